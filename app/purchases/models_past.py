"""What an organisation published before: its DECP, as imported."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Date, ForeignKey, Identity, Index, Numeric, String, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment
from app.database.engine import Base


class PastImport(Base):
    """A file that was imported."""

    __tablename__ = "past_import"
    __table_args__ = (Index("ix_past_import_organisation_id", "organisation_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    contracts: Mapped[int]
    others: Mapped[int]
    """Contracts of other buyers that the file held, left aside."""
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PastContract(Base):
    """A published contract. Imported again, it is replaced by the newer file."""

    __tablename__ = "past_contract"
    __table_args__ = (
        Index("uq_past_contract_organisation_id_buyer_ident", "organisation_id", "buyer", "ident", unique=True),
        Index("ix_past_contract_organisation_id_notified_on", "organisation_id", "notified_on", "id"),
        Index("ix_past_contract_import_id", "import_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    import_id: Mapped[int] = mapped_column(ForeignKey("past_import.id", ondelete="CASCADE"))
    buyer: Mapped[str] = mapped_column(String(14))
    """SIRET: another establishment of the same organisation may have published it."""
    ident: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(Text)
    cpv: Mapped[str] = mapped_column(String(8))
    notified_on: Mapped[date] = mapped_column(Date)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    clause: Mapped[bool | None]
    criterion: Mapped[bool | None]
    """Null: the file declared nothing."""
    concession: Mapped[bool]
