"""What searches read, derived from the declarations of firms (`indexing.rebuild`): one more key than `reach` each."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Numeric, PrimaryKeyConstraint, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database.engine import Base

_FIRM = "firm.organisation_id"
_CASCADE = "CASCADE"


class Able(Base):
    """(clause, place) → firms that say they meet it, in the order in which they are shown."""

    __tablename__ = "able"
    __table_args__ = (
        PrimaryKeyConstraint(
            "clause_id", "place", "band", "draw", "organisation_id",
            postgresql_include=[
                "siren", "level", "value", "valid_until", "families", "traits", "distance_km", "radius_km",
            ],
        ),
        Index("ix_able_organisation_id", "organisation_id"),
    )  # fmt: skip

    clause_id: Mapped[str] = mapped_column(String(11))
    place: Mapped[str] = mapped_column(String(3))
    """As in `reach`, within what the declaration is limited to."""
    band: Mapped[int] = mapped_column(SmallInteger)
    draw: Mapped[int] = mapped_column(BigInteger)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(_FIRM, ondelete=_CASCADE))
    siren: Mapped[int] = mapped_column(Integer)
    """Nine digits fit: distinct numbers are counted three times as fast as texts."""
    level: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    valid_until: Mapped[date]
    """Compared with the day of the question: what expired yesterday is out this morning, whatever the jobs did."""
    families: Mapped[int] = mapped_column(Integer)
    """Bits of `rules.FAMILIES`."""
    traits: Mapped[int] = mapped_column(Integer)
    distance_km: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    radius_km: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")


class FirmWord(Base):
    """Stem, or branch of the CPV (« <391 », « =39 »), → firms that hold it, by their lot: the country's order."""

    __tablename__ = "firm_word"
    __table_args__ = (
        PrimaryKeyConstraint("word", "draw", "organisation_id", postgresql_include=["families", "traits"]),
        Index("ix_firm_word_organisation_id", "organisation_id"),
    )

    word: Mapped[str] = mapped_column(Text)
    draw: Mapped[int] = mapped_column(BigInteger)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(_FIRM, ondelete=_CASCADE))
    families: Mapped[int] = mapped_column(Integer)
    traits: Mapped[int] = mapped_column(Integer)
