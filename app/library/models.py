"""The tables of the library: a clause, its immutable versions, and the generation that readers hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, LargeBinary, String, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment
from app.database.engine import Base


class LibraryGeneration(Base):
    """One row: its number moves with every load that changes something."""

    __tablename__ = "library_generation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class Clause(Base):
    """A clause's life; its current version is the one with the highest number."""

    __tablename__ = "clause"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    """Set while the file is gone from `clauses/`: the clause stays readable, never offered."""


class ClauseVersion(Base):
    """What a file said once; a trigger refuses any update or deletion."""

    __tablename__ = "clause_version"

    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of `source`."""
    path: Mapped[str] = mapped_column(Text)
    source: Mapped[bytes] = mapped_column(LargeBinary)
    """The file byte for byte."""
    record: Mapped[dict[str, Any]] = mapped_column(JSONB)
    published_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    origin: Mapped[str] = mapped_column(String(8), default="file", server_default="file")
    """`file`: read by a load; `edition`: published in the editorial room, to be exported."""


class LibraryChange(Base):
    """The journal that `/changes` reads: what each load did."""

    __tablename__ = "library_change"
    __table_args__ = (Index("ix_library_change_clause_id", "clause_id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    generation: Mapped[int]
    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"))
    kind: Mapped[str] = mapped_column(String(16))
    """created, changed, withdrawn or restored."""
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class CpvCode(Base):
    """A code of the official nomenclature, once `cpv import` has loaded it; else `clauses/cpv.tsv` serves."""

    __tablename__ = "cpv_code"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    check: Mapped[str] = mapped_column(String(1))
    label: Mapped[str] = mapped_column(Text)
