"""The life of a contract after its file: dates of the procedure, controls and their proofs, AGEC spending."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Date, ForeignKey, Identity, Index, LargeBinary, Numeric, String, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.purchases.followup import Result


class PurchaseTimeline(Versioned, Base):
    """The dates of a procedure, as its people entered them."""

    __tablename__ = "purchase_timeline"

    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"), primary_key=True)
    dates: Mapped[dict[str, str]] = mapped_column(JSONB)
    """Milestone → ISO date."""
    others: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Free steps: `[{"key", "label", "day"}]`."""
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    updated_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PurchaseFeed(Base):
    """A calendar address: it holds a token, we only its hash. It dies with the membership of who made it."""

    __tablename__ = "purchase_feed"
    __table_args__ = (
        Index("uq_purchase_feed_token_hash", "token_hash", unique=True),
        Index("ix_purchase_feed_file_id", "file_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class PurchaseCheck(Versioned, Base):
    """What came of a control. It keeps what was to be checked: the clause may change or leave the basket later."""

    __tablename__ = "purchase_check"
    __table_args__ = (
        # A dated control has one result; one that depends on an event may come back.
        Index("uq_purchase_check_file_id_key", "file_id", "key", unique=True, postgresql_where=text("due IS NOT NULL")),
        Index("ix_purchase_check_file_id", "file_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(1200))
    """With the numbers of up to fifty lots."""
    clause_id: Mapped[str] = mapped_column(String(16), default="", server_default="")
    clause_version: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    due: Mapped[date | None] = mapped_column(Date)
    result: Mapped[Result] = mapped_column(EnumText(Result))
    done_on: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    penalty_due: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    """Euros; null: not assessed."""
    recorded_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PurchaseProof(Base):
    """A document joined to a control."""

    __tablename__ = "purchase_proof"
    __table_args__ = (Index("ix_purchase_proof_check_id", "check_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("purchase_check.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PurchaseSpending(Versioned, Base):
    """What a contract bought in a category of decree 2024-134 over a year: null is « not declared », never zero."""

    __tablename__ = "purchase_spending"
    __table_args__ = (Index("uq_purchase_spending_file_id_year_category", "file_id", "year", "category", unique=True),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    year: Mapped[int]
    category: Mapped[int]
    total: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    reused: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    recycled: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    donated: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    updated_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
