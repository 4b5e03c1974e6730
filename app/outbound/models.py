"""The tables of what leaves the house."""

from datetime import datetime

from sqlalchemy import BigInteger, Identity, Index, SmallInteger, String, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment
from app.database.engine import Base


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
    """Where one click ends such letters; empty for those that one must receive."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    error: Mapped[str] = mapped_column(String(200), default="", server_default="")
