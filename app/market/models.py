"""Firms and what they declare: profile, territory, offers, capabilities, proofs; and the programmes of buyers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.market.rules import Answer, ContactMode, CoverageKind, OfferKind, Status

_FIRM = "firm.organisation_id"
_CASCADE = "CASCADE"
_NO_TEXTS = text("'{}'")


class Firm(Versioned, Base):
    """What a firm shows of itself; its official identity stays in `organisation`, copied here for the searches."""

    __tablename__ = "firm"
    __table_args__ = (
        Index("ix_firm_draw", "draw", "organisation_id", postgresql_where=text("listed")),
        Index("ix_firm_siren", "siren"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, autoincrement=False)
    siret: Mapped[str] = mapped_column(String(14), unique=True)
    siren: Mapped[str] = mapped_column(String(9))
    name: Mapped[str] = mapped_column(String(200))
    department: Mapped[str] = mapped_column(String(3), default="", server_default="")
    latitude: Mapped[float | None] = mapped_column(Double)
    longitude: Mapped[float | None] = mapped_column(Double)
    category: Mapped[str] = mapped_column(String(4), default="", server_default="")
    """PME, ETI or GE, as the register says."""
    headcount: Mapped[str] = mapped_column(String(2), default="", server_default="")
    official_traits: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    """Bits of `rules.TRAITS` that the register confirms."""
    official_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the register first said that the establishment is closed."""
    declared_traits: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    website: Mapped[str] = mapped_column(String(200), default="", server_default="")
    contact: Mapped[ContactMode] = mapped_column(EnumText(ContactMode), default=ContactMode.PLATFORM)
    contact_email: Mapped[str] = mapped_column(String(254), default="", server_default="")
    contact_phone: Mapped[str] = mapped_column(String(30), default="", server_default="")
    families: Mapped[list[str]] = mapped_column(ARRAY(String(32)), default=list, server_default=_NO_TEXTS)
    levers: Mapped[list[str]] = mapped_column(ARRAY(String(32)), default=list, server_default=_NO_TEXTS)
    places: Mapped[list[str]] = mapped_column(ARRAY(String(3)), default=list, server_default=_NO_TEXTS)
    """Derived from the coverages: departments, or « FR » alone."""
    branches: Mapped[list[str]] = mapped_column(ARRAY(String(10)), default=list, server_default=_NO_TEXTS)
    """Derived from the CPV codes of the offers (`rules.branches_of`)."""
    words: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=_NO_TEXTS)
    """Stems of the name, the description and the offers; searches read them in `firm_word`."""
    draw: Mapped[int] = mapped_column(BigInteger)
    """A stable lot drawn from the SIRET: the order between equals, that nobody can buy or earn."""
    listed: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Seen in the directory: the firm said yes and the establishment is open."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class Coverage(Base):
    """Where a firm works; the derived keys stand in `reach` and in `firm.places`."""

    __tablename__ = "coverage"

    organisation_id: Mapped[int] = mapped_column(ForeignKey(_FIRM, ondelete=_CASCADE), primary_key=True)
    kind: Mapped[CoverageKind] = mapped_column(EnumText(CoverageKind), primary_key=True)
    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    """FR, a region, a department or a commune (INSEE); for a radius, the department of its centre."""
    radius_km: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")


class Reach(Base):
    """The inverted table: (family, place) → firms, in the order in which they are shown."""

    __tablename__ = "reach"
    __table_args__ = (
        PrimaryKeyConstraint(
            "family", "place", "band", "draw", "organisation_id",
            postgresql_include=["traits", "distance_km", "radius_km"],
        ),
        Index("ix_reach_organisation_id", "organisation_id"),
    )  # fmt: skip

    family: Mapped[str] = mapped_column(String(32))
    """« * »: every family."""
    place: Mapped[str] = mapped_column(String(3))
    """A department, « FR » (everywhere), « * » (wherever it works)."""
    band: Mapped[int] = mapped_column(SmallInteger)
    """`rules.Band`: the nearer first."""
    draw: Mapped[int] = mapped_column(BigInteger)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(_FIRM, ondelete=_CASCADE))
    traits: Mapped[int] = mapped_column(Integer)
    """Bits of levers and statuses, so that filters read this index only."""
    distance_km: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    radius_km: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")


class Offer(Versioned, Base):
    __tablename__ = "offer"
    __table_args__ = (
        Index("ix_offer_organisation_id", "organisation_id"),
        Index("ix_offer_flow", "id", postgresql_where=text("kind = 'material_flow'")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(_FIRM, ondelete=_CASCADE))
    kind: Mapped[OfferKind] = mapped_column(EnumText(OfferKind))
    title: Mapped[str] = mapped_column(String(150))
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    families: Mapped[list[str]] = mapped_column(ARRAY(String(32)))
    levers: Mapped[list[str]] = mapped_column(ARRAY(String(32)), server_default=_NO_TEXTS)
    cpv: Mapped[list[str]] = mapped_column(ARRAY(String(8)), server_default=_NO_TEXTS)
    valid_until: Mapped[date | None]
    direction: Mapped[str] = mapped_column(String(8), default="", server_default="")
    """`offered` or `sought`; the rest is for a gisement too."""
    quantity: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))
    unit: Mapped[str] = mapped_column(String(20), default="", server_default="")
    condition: Mapped[str] = mapped_column(String(200), default="", server_default="")
    place: Mapped[str] = mapped_column(String(200), default="", server_default="")
    department: Mapped[str] = mapped_column(String(3), default="", server_default="")
    available_from: Mapped[date | None]
    available_until: Mapped[date | None]
    responsibility: Mapped[str] = mapped_column(String(300), default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class Proof(Versioned, Base):
    __tablename__ = "proof"
    __table_args__ = (
        Index("ix_proof_organisation_id", "organisation_id"),
        Index("ix_proof_expires_on", "expires_on"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(_FIRM, ondelete=_CASCADE))
    title: Mapped[str] = mapped_column(String(150))
    issuer: Mapped[str] = mapped_column(String(150), default="", server_default="")
    number: Mapped[str] = mapped_column(String(80), default="", server_default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    file: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    file_name: Mapped[str] = mapped_column(String(150), default="", server_default="")
    media_type: Mapped[str] = mapped_column(String(100), default="", server_default="")
    sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the platform's team checked it at its issuer."""
    reminded_for: Mapped[date | None]
    """The expiry that the last reminder was about."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class Capability(Versioned, Base):
    """« We meet this clause at this level »: withdrawn, it stays for the trend."""

    __tablename__ = "capability"
    __table_args__ = (
        Index(
            "uq_capability_current", "organisation_id", "clause_id", unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index(
            "ix_capability_clause_id", "clause_id", "answer",
            postgresql_include=["level", "value", "siren", "valid_until", "withdrawn_at", "created_at", "places"],
        ),
        Index("ix_capability_proof_id", "proof_id", postgresql_where=text("proof_id IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(_FIRM, ondelete=_CASCADE))
    siren: Mapped[str] = mapped_column(String(9))
    """Counts are of firms, never of establishments."""
    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"))
    clause_version: Mapped[int]
    requirement: Mapped[str] = mapped_column(String(80))
    answer: Mapped[Answer] = mapped_column(EnumText(Answer))
    level: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    variable: Mapped[str] = mapped_column(String(41), default="", server_default="")
    """The variable of the clause that `value` is about."""
    delay_months: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    note: Mapped[str] = mapped_column(String(500), default="", server_default="")
    territories: Mapped[list[str]] = mapped_column(ARRAY(String(3)), server_default=_NO_TEXTS)
    """Departments it is limited to; empty: wherever the firm works."""
    places: Mapped[list[str]] = mapped_column(ARRAY(String(3)), server_default=_NO_TEXTS)
    """Derived: `territories` within the firm's places."""
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("proof.id", ondelete="SET NULL"))
    declared_until: Mapped[date | None]
    valid_until: Mapped[date] = mapped_column(default=date.max, server_default=text("'9999-12-31'"))
    """Derived: the sooner of `declared_until` and the proof's expiry; past it, no count holds it."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class SavedSearch(Base):
    """A search that tells its author what is new, by mail and by a secret feed."""

    __tablename__ = "saved_search"
    __table_args__ = (
        Index("ix_saved_search_person_id", "person_id"),
        Index("uq_saved_search_feed", "feed", unique=True),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete=_CASCADE))
    subject: Mapped[str] = mapped_column(String(16))
    """`firms` or `programmes`."""
    name: Mapped[str] = mapped_column(String(100))
    query: Mapped[str] = mapped_column(String(1000))
    """As in the address of the page."""
    feed: Mapped[str] = mapped_column(String(64))
    by_mail: Mapped[bool] = mapped_column(default=True, server_default="true")
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    told_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class FirmInvitation(Base):
    """A buyer asked a firm to register: once per address and buyer, and never again after a refusal."""

    __tablename__ = "firm_invitation"
    __table_args__ = (Index("uq_firm_invitation", "organisation_id", "email_hash", unique=True),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete=_CASCADE))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    email_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class Programme(Versioned, Base):
    """A coming purchase that an organisation announces."""

    __tablename__ = "programme"
    __table_args__ = (
        Index("ix_programme_organisation_id", "organisation_id"),
        Index("ix_programme_published", "published_at", "id", postgresql_where=text("status = 'published'")),
        Index("ix_programme_families", "families", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    families: Mapped[list[str]] = mapped_column(ARRAY(String(32)))
    levers: Mapped[list[str]] = mapped_column(ARRAY(String(32)), server_default=_NO_TEXTS)
    cpv: Mapped[list[str]] = mapped_column(ARRAY(String(8)), server_default=_NO_TEXTS)
    departments: Mapped[list[str]] = mapped_column(ARRAY(String(3)), server_default=_NO_TEXTS)
    """Where it is performed; empty: the whole country."""
    amount_band: Mapped[str] = mapped_column(String(16), default="", server_default="")
    expected_on: Mapped[date]
    """First day of the month when the consultation is expected."""
    status: Mapped[Status] = mapped_column(EnumText(Status), default=Status.DRAFT)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
