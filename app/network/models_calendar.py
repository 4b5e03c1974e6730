"""What organisations announce: events with their registrations, funding schemes."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, ForeignKey, Identity, Index, String, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.network.rules import Place, SchemeKind


class NetworkEvent(Versioned, Base):
    """A meeting, a webinar, a visit."""

    __tablename__ = "network_event"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after"),
        Index("ix_network_event_starts_at_id", "starts_at", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    space: Mapped[str] = mapped_column(String(41), default="", server_default="")
    """Empty: for all."""
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    capacity: Mapped[int | None]
    """Null: as many as come."""
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why it is cancelled."""
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class EventRegistration(Base):
    """A seat, or a place on the waiting list in the order of `id`."""

    __tablename__ = "event_registration"
    __table_args__ = (
        Index("uq_event_registration_person", "event_id", "person_id", unique=True),
        Index("ix_event_registration_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("network_event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    place: Mapped[Place] = mapped_column(EnumText(Place))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class FundingScheme(Versioned, Base):
    """An aid, a call for projects, a call for expressions of interest: written by the organisation that funds it."""

    __tablename__ = "funding_scheme"
    __table_args__ = (
        CheckConstraint("closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on", name="closes_after"),
        Index("ix_funding_scheme_closes_on_id", "closes_on", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[SchemeKind] = mapped_column(EnumText(SchemeKind))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    eligibility: Mapped[str] = mapped_column(Text)
    amount: Mapped[str] = mapped_column(String(300), default="", server_default="")
    link: Mapped[str] = mapped_column(String(500), default="", server_default="")
    opens_on: Mapped[date | None] = mapped_column(Date)
    closes_on: Mapped[date | None] = mapped_column(Date)
    """Null: open all year."""
    clauses: Mapped[list[str]] = mapped_column(ARRAY(String(16)))
    """The eco-conditions: clauses of the family « financement-public »."""
    fictitious: Mapped[bool] = mapped_column(Boolean, default=False, server_default="false")
    """Demonstration data, marked as such wherever it is shown."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
