"""Who holds the network: the spaces as an administrator sets them, referents, what moderators decided and why."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.network.rules import Audience, Ruling, Way


class NetworkSpace(Versioned, Base):
    """A space as an administrator changed it; without a row, it is as in `clauses/network/spaces.yaml`."""

    __tablename__ = "network_space"

    code: Mapped[str] = mapped_column(String(41), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(300))
    rank: Mapped[int]
    read_first: Mapped[bool]
    open: Mapped[bool]
    """Closed: still read, nothing more is written."""
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class NetworkReferent(Versioned, Base):
    """Somebody who agreed to be asked. Withdrawing erases the row: nothing is kept of it."""

    __tablename__ = "network_referent"
    __table_args__ = (
        Index("uq_network_referent_person_id", "person_id", unique=True),
        Index("ix_network_referent_families", "families", postgresql_using="gin"),
        Index("ix_network_referent_departments", "departments", postgresql_using="gin"),
        Index("ix_network_referent_spaces", "spaces", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    about: Mapped[str] = mapped_column(Text)
    families: Mapped[list[str]] = mapped_column(ARRAY(String(41)))
    departments: Mapped[list[str]] = mapped_column(ARRAY(String(3)))
    """Empty: the whole country."""
    spaces: Mapped[list[str]] = mapped_column(ARRAY(String(41)))
    audience: Mapped[Audience] = mapped_column(EnumText(Audience))
    way: Mapped[Way] = mapped_column(EnumText(Way))
    rule: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """When and how to ask, in the referent's words."""
    consented_at: Mapped[datetime] = mapped_column(Moment)


class NetworkAppeal(Base):
    """The author of a hidden message contests it, once per decision; somebody else than who hid it rejects it."""

    __tablename__ = "network_appeal"
    __table_args__ = (
        CheckConstraint("num_nonnulls(question_id, answer_id, experience_id) = 1", name="one_target"),
        Index("ix_network_appeal_question_id", "question_id"),
        Index("ix_network_appeal_answer_id", "answer_id"),
        Index("ix_network_appeal_experience_id", "experience_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("network_question.id", ondelete="CASCADE"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("network_answer.id", ondelete="CASCADE"))
    experience_id: Mapped[int | None] = mapped_column(ForeignKey("clause_experience.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    handled_at: Mapped[datetime | None] = mapped_column(Moment)


class NetworkRuling(Base):
    """The journal of moderation: who decided what, when, for which reason. Rows are only added."""

    __tablename__ = "network_ruling"
    __table_args__ = (
        Index("ix_network_ruling_space_id", "space", "id"),
        Index("ix_network_ruling_target", "kind", "target_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    space: Mapped[str] = mapped_column(String(41))
    """Empty for a report on experience, which belongs to no space."""
    kind: Mapped[str] = mapped_column(String(16))
    target_id: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str] = mapped_column(String(200))
    act: Mapped[Ruling] = mapped_column(EnumText(Ruling))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
