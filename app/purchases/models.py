"""A buyer's saved file, and what people leave on it: exports, shares, comments, decisions, approvals."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Date, ForeignKey, Identity, Index, Numeric, String, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.purchases.rules import DecisionKind, FileState, Part, Right

Draft = dict[str, Any]


class PurchaseFile(Versioned, Base):
    """A purchase of an organisation. `version` is the ETag; `revision` counts the changes of what it says."""

    __tablename__ = "purchase_file"
    __table_args__ = (
        Index("ix_purchase_file_organisation_id_state_updated_at", "organisation_id", "state", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str] = mapped_column(String(300))
    draft: Mapped[Draft] = mapped_column(JSONB)
    """As the Assistant keeps it (`drafts.DraftIn`, with its camel-case names)."""
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    """Approvals and exports name it: they fall behind when the file changes after them."""
    state: Mapped[FileState] = mapped_column(EnumText(FileState))
    state_since: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    object: Mapped[str] = mapped_column(Text, default="", server_default="")
    """With the four below, read from the draft at each save: what lists and indicators sort and count by."""
    families: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    cpv: Mapped[list[str]] = mapped_column(ARRAY(String(8)))
    launch_date: Mapped[date | None] = mapped_column(Date)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    """Euros excluding VAT; null while unknown."""
    copied_from: Mapped[int | None] = mapped_column(ForeignKey("purchase_file.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    updated_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PurchaseExport(Base):
    """A set of pieces that was made from a file, with the clauses it holds: what alerts are computed from."""

    __tablename__ = "purchase_export"
    __table_args__ = (Index("ix_purchase_export_file_id_id", "file_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    pieces: Mapped[list[str]] = mapped_column(ARRAY(String(16)))
    manifest: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """`[{"id", "version", "hash", "title", "lots"}]`, in the order of the basket."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the file that was sent."""


class PurchaseShare(Base):
    """A link to one file for somebody without an account here: the address holds the token, we only its hash."""

    __tablename__ = "purchase_share"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_purchase_share_token_hash"),
        Index("ix_purchase_share_file_id", "file_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64))
    right: Mapped[Right] = mapped_column(EnumText(Right))
    label: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """For whom: what the list of links shows."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class PurchaseComment(Versioned, Base):
    """On the file, or on one of its clauses."""

    __tablename__ = "purchase_comment"
    __table_args__ = (Index("ix_purchase_comment_file_id_id", "file_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    clause_id: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Null: written through a share link, and signed by `share_id` and `signed`."""
    share_id: Mapped[int | None] = mapped_column(ForeignKey("purchase_share.id", ondelete="SET NULL"))
    signed: Mapped[str] = mapped_column(String(120), default="", server_default="")
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PurchaseDecision(Base):
    """A clause kept, refused or changed, by whom and why."""

    __tablename__ = "purchase_decision"
    __table_args__ = (Index("ix_purchase_decision_file_id_id", "file_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    clause_id: Mapped[str] = mapped_column(String(16))
    clause_version: Mapped[int | None]
    kind: Mapped[DecisionKind] = mapped_column(EnumText(DecisionKind))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    """What was changed: `{"part_reemploi": ["20", "30"]}`, old then new."""
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PurchaseApproval(Base):
    """« Vu et approuvé » by one of the three who must agree; it stands for the revision that it names, no other."""

    __tablename__ = "purchase_approval"
    __table_args__ = (
        Index("ix_purchase_approval_file_id_id", "file_id", "id"),
        UniqueConstraint("file_id", "part", "revision", "by", name="uq_purchase_approval_file_id_part_revision_by"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("purchase_file.id", ondelete="CASCADE"))
    part: Mapped[Part] = mapped_column(EnumText(Part))
    revision: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
