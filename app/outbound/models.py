"""The tables of what leaves the house: letters, the addresses that refuse them, webhooks and their deliveries."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, SmallInteger, String, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.outbound.rules import Ended, Outcome


class Mail(Base):
    """A letter written in the transaction of an act, sent by a job. Once sent, its text is forgotten."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_created_at", "created_at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(80))
    """The same at each attempt: a letter that arrives twice is recognised by the reader's mail program."""
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    unsubscribe: Mapped[str] = mapped_column(String(600), default="", server_default="")
    """What the link that ends such letters says; empty for those that one must receive."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    error: Mapped[str] = mapped_column(String(200), default="", server_default="")
    unanswered: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    """How many times the server took the whole text and said nothing: the letter may have left."""


class SuppressedAddress(Base):
    """An address whose server refuses our letters: only those that its owner asks for still go there."""

    __tablename__ = "suppressed_address"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    bounces: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    last_at: Mapped[datetime] = mapped_column(Moment)
    since: Mapped[datetime | None] = mapped_column(Moment)
    """Null while there are too few refusals to conclude, or once lifted."""


class Webhook(Versioned, Base):
    """An address of an organisation's own system, that we call when something happens."""

    __tablename__ = "webhook"
    __table_args__ = (Index("ix_webhook_organisation_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    sealed_secret: Mapped[str] = mapped_column(Text)
    """Encrypted with the operator's key: a copy of the database alone signs nothing."""
    sealed_former: Mapped[str] = mapped_column(Text, default="", server_default="")
    former_until: Mapped[datetime | None] = mapped_column(Moment)
    """After a rotation, both secrets sign until then."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    ended: Mapped[Ended | None] = mapped_column(EnumText(Ended))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)
    """The last time that the receiver said yes."""


class WebhookDelivery(Base):
    """One event for one address, written in the transaction of the act; a job brings it."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("ix_webhook_delivery_webhook_id", "webhook_id", "id"),
        Index("ix_webhook_delivery_created_at", "created_at"),
        Index("ix_webhook_delivery_waiting", "id", postgresql_where=text("delivered_at IS NULL AND failed_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(40))
    """`webhook-id`: the same at each attempt, so that the receiver can do nothing twice."""
    event: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    tried_at: Mapped[datetime | None] = mapped_column(Moment)
    next_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[Outcome | None] = mapped_column(EnumText(Outcome))
    status: Mapped[int | None] = mapped_column(SmallInteger)
    """What the receiver's server answered last."""
    why: Mapped[str] = mapped_column(String(200), default="", server_default="")
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)


class JobFailure(Base):
    """Why a job failed last: the queue itself keeps only that it did."""

    __tablename__ = "job_failure"

    job_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Of `jobs.procrastinate_jobs`, which Procrastinate owns."""
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
