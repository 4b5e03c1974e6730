"""What is remembered of acts: the security history of people, the chained audit trail, answers to replay."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment
from app.database.engine import Base


class SecurityEvent(Base):
    """Shown to the person, and to the administrators of the organisation when it concerns it."""

    __tablename__ = "security_event"
    __table_args__ = (
        Index("ix_security_event_person_id_id", "person_id", "id"),
        Index("ix_security_event_organisation_id_id", "organisation_id", "id"),
        Index("ix_security_event_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    ip_prefix: Mapped[str] = mapped_column(String(50), default="", server_default="")
    user_agent: Mapped[str] = mapped_column(String(200), default="", server_default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")


class AuditEvent(Base):
    """Append-only (a trigger refuses the rest); each row holds the hash of the one before."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_organisation_id_id", "organisation_id", "id"),
        Index("ix_audit_event_object", "object_kind", "object_id"),
        UniqueConstraint("previous_hash", name="uq_audit_event_previous_hash"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None]
    """Numbers, not foreign keys: the trail outlives what it tells of, and holds no name."""
    key_id: Mapped[int | None]
    organisation_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class IdempotencyKey(Base):
    """An answer already given to a `POST`: the same key gets it again, and nothing is done twice."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_created_at", "created_at"),)

    account: Mapped[str] = mapped_column(String(24), primary_key=True)
    """`p12` for a person, `k7` for an API key."""
    route: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
