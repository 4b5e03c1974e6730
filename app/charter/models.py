"""The charter as it was signed, who signed it, exceptions of files, declared figures with their proof, AGEC rates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.charter.rules import AdhesionState
from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base


class CharterVersion(Base):
    """The text of the charter, kept the first time that it is read or signed: `number` counts from 1."""

    __tablename__ = "charter_version"
    __table_args__ = (UniqueConstraint("content_hash", name="uq_charter_version_content_hash"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """As `CharterOut` answers it."""
    since: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class CharterAdhesion(Versioned, Base):
    """An organisation asks, the platform answers, the organisation may withdraw; one open adhesion at a time."""

    __tablename__ = "charter_adhesion"
    __table_args__ = (
        Index(
            "uq_charter_adhesion_open",
            "organisation_id",
            unique=True,
            postgresql_where=text("state IN ('asked', 'accepted')"),
        ),
        Index("ix_charter_adhesion_state_id", "state", "id"),
        Index("ix_charter_adhesion_organisation_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    charter_version: Mapped[int] = mapped_column(ForeignKey("charter_version.number"))
    """The version that is signed."""
    state: Mapped[AdhesionState] = mapped_column(EnumText(AdhesionState))
    deliberation: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Number of the deliberation or of the decision that authorises the signature."""
    deliberated_on: Mapped[date | None] = mapped_column(Date)
    asked_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why it was refused."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawal: Mapped[str] = mapped_column(Text, default="", server_default="")


class CharterException(Base):
    """A file does not keep a modality, and somebody says why; taken back, it stays in the record."""

    __tablename__ = "charter_exception"
    __table_args__ = (
        Index(
            "uq_charter_exception_open",
            "file_id",
            "modality",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    modality: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class CharterFigure(Versioned, Base):
    """A figure that an organisation declares for a period; no row is « non déclaré », never zero."""

    __tablename__ = "charter_figure"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code", "period", name="uq_charter_figure_organisation_id_code_period"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    code: Mapped[str] = mapped_column(String(40))
    """Of an indicator, or `agec-1-total`, `spaser-contrats`."""
    period: Mapped[str] = mapped_column(String(7))
    """« 2026 » or « 2026-T3 »."""
    value: Mapped[Decimal] = mapped_column(Numeric(16, 2))
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proof_name: Mapped[str] = mapped_column(String(140), default="", server_default="")
    proof_media: Mapped[str] = mapped_column(String(100), default="", server_default="")
    proof: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class AgecRate(Versioned, Base):
    """A rate that the administrator read in the annex of decree 2024-134, where the law room has none."""

    __tablename__ = "agec_rate"
    __table_args__ = (UniqueConstraint("category", "tier", "kind", name="uq_agec_rate_category_tier_kind"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    category: Mapped[int]
    tier: Mapped[int]
    """2024, 2027 or 2030."""
    kind: Mapped[str] = mapped_column(String(10))
    """`reuse` or `recycled`."""
    value: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    source: Mapped[str] = mapped_column(Text)
    """Where it was read."""
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class SpaserPublication(Base):
    """The organisation shows its indicators of two years to everybody."""

    __tablename__ = "spaser_publication"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    first_year: Mapped[int] = mapped_column(primary_key=True)
    """Of the two."""
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
