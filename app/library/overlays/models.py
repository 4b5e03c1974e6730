"""What an organisation changes in a clause: kept apart, never published."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment, Versioned
from app.database.engine import Base


class ClauseOverlay(Versioned, Base):
    """One per clause and organisation; the parent is an immutable version."""

    __tablename__ = "clause_overlay"
    __table_args__ = (
        ForeignKeyConstraint(["clause_id", "parent_version"], ["clause_version.clause_id", "clause_version.number"]),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"), primary_key=True)
    parent_version: Mapped[int]
    wordings: Mapped[dict[str, str]] = mapped_column(JSONB)
    """Piece → own text, for the pieces that differ."""
    defaults: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Variable → own default."""
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    updated_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now(), onupdate=func.now())
