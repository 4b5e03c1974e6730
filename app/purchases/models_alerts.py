"""What was told of the clauses that change in saved files."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment
from app.database.engine import Base


class PurchaseAlert(Base):
    """The changes of a file that its people know of: `CEC-MOB-001@3`."""

    __tablename__ = "purchase_alert"

    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"), primary_key=True)
    told: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    at: Mapped[datetime] = mapped_column(Moment)
