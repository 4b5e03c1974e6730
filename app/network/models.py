"""What people do in the network: training results, questions and answers, reports, experience with clauses."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.network.rules import Outcome, Shown


class TrainingResult(Base):
    """The best a person did at the quiz of a module; a module once passed stays passed."""

    __tablename__ = "training_result"
    __table_args__ = (Index("ix_training_result_module", "module"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    module: Mapped[str] = mapped_column(String(41), primary_key=True)
    right: Mapped[int]
    questions: Mapped[int]
    minutes: Mapped[int]
    """Of the module when it was passed: hours of training are counted from it."""
    passed_at: Mapped[datetime | None] = mapped_column(Moment)
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class NetworkQuestion(Versioned, Base):
    """A question in a space, on a clause when it names one."""

    __tablename__ = "network_question"
    __table_args__ = (
        Index("ix_network_question_space_id", "space", "id"),
        Index("ix_network_question_clause_id_id", "clause_id", "id"),
        Index("ix_network_question_by", "by"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    space: Mapped[str] = mapped_column(String(41))
    clause_id: Mapped[str | None] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[Shown] = mapped_column(EnumText(Shown))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why it is hidden, told to its author."""
    answers: Mapped[int] = mapped_column(default=0, server_default="0")
    """Visible ones."""
    accepted_id: Mapped[int | None]
    """The answer that solved it."""
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class NetworkAnswer(Versioned, Base):
    __tablename__ = "network_answer"
    __table_args__ = (
        Index("ix_network_answer_question_id_id", "question_id", "id"),
        Index("ix_network_answer_by", "by"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("network_question.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[Shown] = mapped_column(EnumText(Shown))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class NetworkReport(Base):
    """A reader says that a message should not stand; one per person and message."""

    __tablename__ = "network_report"
    __table_args__ = (
        CheckConstraint("(question_id IS NULL) <> (answer_id IS NULL)", name="one_target"),
        UniqueConstraint(
            "by", "question_id", "answer_id", name="uq_network_report_by", postgresql_nulls_not_distinct=True
        ),
        Index("ix_network_report_question_id", "question_id"),
        Index("ix_network_report_answer_id", "answer_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("network_question.id", ondelete="CASCADE"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("network_answer.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    handled_at: Mapped[datetime | None] = mapped_column(Moment)
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class NetworkFollow(Base):
    """Who is told by mail of new answers."""

    __tablename__ = "network_follow"

    question_id: Mapped[int] = mapped_column(ForeignKey("network_question.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class NetworkModerator(Base):
    """Who moderates a space, besides the editors and the administrators of the platform."""

    __tablename__ = "network_moderator"

    space: Mapped[str] = mapped_column(String(41), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class ClauseExperience(Versioned, Base):
    """« Utilisée dans… »: what happened with a clause in one contract."""

    __tablename__ = "clause_experience"
    __table_args__ = (
        UniqueConstraint("by", "clause_id", "used_in", name="uq_clause_experience_by"),
        Index("ix_clause_experience_clause_id_id", "clause_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    clause_id: Mapped[str] = mapped_column(String(16))
    clause_version: Mapped[int]
    used_in: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(EnumText(Outcome))
    offers: Mapped[int | None]
    kept: Mapped[str] = mapped_column(Text, default="", server_default="")
    change: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What to change in the clause: it goes to the editors too."""
    state: Mapped[Shown] = mapped_column(EnumText(Shown))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
