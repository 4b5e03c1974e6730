"""Sourcings: the need, its versions, whom it told, sealed answers, questions, the chained journal, what is learnt."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Identity,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.market.sourcing.rules import Dates, Refusal

_SOURCING = "sourcing.id"
_CASCADE = "CASCADE"


class Sourcing(Versioned, Base):
    """A consultation of the market before the tender (CCP R.2111-1). Its row never changes because a firm answers."""

    __tablename__ = "sourcing"
    __table_args__ = (
        Index("ix_sourcing_organisation_id", "organisation_id", "id"),
        Index("ix_sourcing_published", "id", postgresql_where=text("published_at IS NOT NULL")),
        Index("ix_sourcing_families", "families", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("purchase_file.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(200))
    need: Mapped[str] = mapped_column(Text, default="", server_default="")
    families: Mapped[list[str]] = mapped_column(ARRAY(String(32)))
    cpv: Mapped[list[str]] = mapped_column(ARRAY(String(8)))
    departments: Mapped[list[str]] = mapped_column(ARRAY(String(3)))
    """Where the contract is performed; empty: the whole country."""
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """`[{"id", "text", "clause_id", "clause_version", "level"}]`; a free question has no clause."""
    closes_on: Mapped[date | None]
    closes_hour: Mapped[str] = mapped_column(String(8), default="18:00:00", server_default="18:00:00")
    """In Paris."""
    closes_at: Mapped[datetime | None] = mapped_column(Moment)
    launch_date: Mapped[date | None]
    """Expected launch of the consultation: from that day nobody writes any more (cone of silence)."""
    cap: Mapped[int | None]
    cap_reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    show_count: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether the buyer sees how many answered before the closing."""
    secret: Mapped[str] = mapped_column(String(64))
    """Of the pseudonyms, never shown."""
    seed: Mapped[str] = mapped_column(String(64), default="", server_default="")
    number: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    """Of the last published version."""
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the answers were unsealed: once, after the closing."""
    result_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def dates(self) -> Dates:
        return Dates(self.published_at, self.closes_at, self.launch_date, self.withdrawn_at)


class SourcingVersion(Base):
    """What everybody was told, as it was: never changed."""

    __tablename__ = "sourcing_version"

    sourcing_id: Mapped[int] = mapped_column(ForeignKey(_SOURCING, ondelete=_CASCADE), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(500), default="", server_default="")


class SourcingInterest(Base):
    """An agent's declaration of interests for one sourcing."""

    __tablename__ = "sourcing_interest"

    sourcing_id: Mapped[int] = mapped_column(ForeignKey(_SOURCING, ondelete=_CASCADE), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete=_CASCADE), primary_key=True)
    none: Mapped[bool]
    detail: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    at: Mapped[datetime] = mapped_column(Moment)


class SourcingRecipient(Base):
    """A firm of the draw, with its lot; `told` tells whether it was written to."""

    __tablename__ = "sourcing_recipient"
    __table_args__ = (Index("ix_sourcing_recipient_organisation_id", "organisation_id", "sourcing_id"),)

    sourcing_id: Mapped[int] = mapped_column(ForeignKey(_SOURCING, ondelete=_CASCADE), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    siren: Mapped[str] = mapped_column(String(9))
    stratum: Mapped[str] = mapped_column(String(40))
    lot: Mapped[int] = mapped_column(BigInteger)
    told: Mapped[bool]
    told_at: Mapped[datetime | None] = mapped_column(Moment)


class SourcingRefusal(Base):
    """« We will not answer, because… »: counted by code, never shown with a name to anybody but the buyer."""

    __tablename__ = "sourcing_refusal"

    sourcing_id: Mapped[int] = mapped_column(ForeignKey(_SOURCING, ondelete=_CASCADE), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    code: Mapped[Refusal] = mapped_column(EnumText(Refusal))
    at: Mapped[datetime] = mapped_column(Moment)


class SourcingAnswer(Versioned, Base):
    """Encrypted with the operator's key until and after the closing: a leak of the table tells nothing.

    No number of its own: a sequence would tell a firm that another has answered.
    """

    __tablename__ = "sourcing_answer"
    __table_args__ = (UniqueConstraint("sourcing_id", "siren", name="uq_sourcing_answer_siren"),)

    sourcing_id: Mapped[int] = mapped_column(ForeignKey(_SOURCING, ondelete=_CASCADE), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    siren: Mapped[str] = mapped_column(String(9))
    sealed: Mapped[str] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)


class SourcingQuestion(Base):
    """Asked by a firm, published to all with its answer; who asked is not kept, only the pseudonym."""

    __tablename__ = "sourcing_question"
    __table_args__ = (Index("ix_sourcing_question_sourcing_id", "sourcing_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    sourcing_id: Mapped[int] = mapped_column(ForeignKey(_SOURCING, ondelete=_CASCADE))
    pseudonym: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(String(2000))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


class SourcingEvent(Base):
    """The journal of one sourcing: append-only (a trigger refuses the rest), each line holds the hash of the last."""

    __tablename__ = "sourcing_event"
    __table_args__ = (PrimaryKeyConstraint("sourcing_id", "seq"),)

    sourcing_id: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(16))
    """`buyer`, `firm` or `platform`."""
    organisation_id: Mapped[int | None]
    person_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class ClauseMarketFeedback(Base):
    """What a firm said of a clause, once unsealed: codes only, under a pseudonym of its own for each clause."""

    __tablename__ = "clause_market_feedback"
    __table_args__ = (Index("ix_clause_market_feedback_clause_id", "clause_id"),)

    sourcing_id: Mapped[int] = mapped_column(ForeignKey(_SOURCING, ondelete=_CASCADE), primary_key=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"), primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(16), primary_key=True)
    clause_version: Mapped[int]
    level: Mapped[int] = mapped_column(SmallInteger)
    feasibility: Mapped[str] = mapped_column(String(16))
    cost: Mapped[str] = mapped_column(String(16), default="", server_default="")
    blocker: Mapped[str] = mapped_column(String(16), default="", server_default="")
    months: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    condition: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    """Free text, screened."""


class SourcingNotice(Base):
    """Something to tell a firm: at once while its weekly quota lasts, else in the digest."""

    __tablename__ = "sourcing_notice"
    __table_args__ = (
        Index("ix_sourcing_notice_organisation_id", "organisation_id", "written_at"),
        Index("ix_sourcing_notice_waiting", "id", postgresql_where=text("written_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    sourcing_id: Mapped[int] = mapped_column(ForeignKey(_SOURCING, ondelete=_CASCADE))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str] = mapped_column(String(16))
    """`published`, `corrected`, `answered` (a question), `result`, `concluded`."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    written_at: Mapped[datetime | None] = mapped_column(Moment)
