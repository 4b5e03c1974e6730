"""An analysis under way or done: kept a day at a secret address, or as long as an organisation wants."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, Index, Integer, LargeBinary, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.engine import Base

Moment = DateTime(timezone=True)


class Analysis(Base):
    """The file itself is never here: its text, until it is analysed, then the findings with the words they quote."""

    __tablename__ = "analysis"
    __table_args__ = (Index("ix_analysis_expires_at", "expires_at"),)

    secret: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """SHA-256 of the id that the caller holds: a copy of the table opens nothing."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    """Null: as long as its organisation keeps the file."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """Who alone reads it; null: whoever holds its id."""
    moved_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    """Last sign of life of the work."""
    status: Mapped[str] = mapped_column(String(12))
    """waiting, done or failed."""
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer)
    files: Mapped[list[Any]] = mapped_column(JSONB)
    """Name, kind, size, digest, pieces: what the page shows at once."""
    asked: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """The purchase, when one was described."""
    text: Mapped[list[Any] | None] = mapped_column(JSONB)
    """The pieces as they were read; erased when the analysis is done."""
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
