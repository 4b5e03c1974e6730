"""A tender that an organisation keeps after its analysis: its files, and where the analysis is."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, LargeBinary, String, func
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment
from app.database.engine import Base


class KeptTender(Base):
    __tablename__ = "kept_tender"
    __table_args__ = (
        Index("ix_kept_tender_organisation_id", "organisation_id", "id"),
        Index("ix_kept_tender_file_id", "file_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("purchase_file.id", ondelete="SET NULL"))
    """The file that it serves; null: the organisation's own."""
    title: Mapped[str] = mapped_column(String(300))
    analysis: Mapped[str] = mapped_column(String(43))
    """Its id: only the organisation's members read what is there (`Analysis.organisation_id`)."""
    analysed_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class KeptTenderDocument(Base):
    """A file of it, byte for byte."""

    __tablename__ = "kept_tender_document"
    __table_args__ = (Index("ix_kept_tender_document_tender_id", "tender_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    tender_id: Mapped[int] = mapped_column(ForeignKey("kept_tender.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
