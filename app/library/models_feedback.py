"""What readers say of a clause, for the editors."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Identity, Index, String, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from app.database.engine import Base


class ClauseFeedback(Base):
    """A message about a version; nothing tells who wrote it but the address that they chose to give."""

    __tablename__ = "clause_feedback"
    __table_args__ = (
        Index("ix_clause_feedback_clause_id", "clause_id"),
        CheckConstraint("email IS NULL OR email <> ''", name="email_or_nothing"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(16))
    message: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(254))
    idempotency_key: Mapped[str | None] = mapped_column(String(128), unique=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    handled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Set by an editor once the message has been dealt with."""
    status: Mapped[str] = mapped_column(String(16), default="received", server_default="received")
    """received, in_progress, answered or closed."""
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    """Moves with each answer: `version` is that of the clause."""

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 (SQLAlchemy's way)
