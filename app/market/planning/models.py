"""A purchasing plan that a buyer had checked: its lines as read, what was found of each, what became a programme."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, SmallInteger, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment, Versioned
from app.database.engine import Base


class PurchasePlan(Versioned, Base):
    __tablename__ = "purchase_plan"
    __table_args__ = (Index("ix_purchase_plan_organisation_id", "organisation_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    file_name: Mapped[str] = mapped_column(String(200))
    buyer_kind: Mapped[str] = mapped_column(String(24))
    count: Mapped[int] = mapped_column(SmallInteger)
    ignored: Mapped[list[str]] = mapped_column(JSONB)
    """Titles of the columns that were not read."""
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """`schemas.PlanLineOut`, as it was found when `judged_at`."""
    programmes: Mapped[dict[str, int]] = mapped_column(JSONB)
    """Number of a line → the programme made of it."""
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    judged_at: Mapped[datetime] = mapped_column(Moment)
