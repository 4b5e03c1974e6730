"""Every column that points to a person, by the schema itself: exported, then erased or left without a name."""

import datetime as dt
import uuid
from typing import Any

import httpx
from sqlalchemy import Column, Table, func, insert, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import NoReferencedTableError
from sqlalchemy.ext.asyncio import AsyncSession

import app.main  # noqa: F401 (imports every room's models)
from app.accounts.models import Person
from app.accounts.personal import erase, gather, references
from app.accounts.register import register
from app.accounts.sessions import now
from app.database.engine import Base
from tests.accounts.post import state

EMAIL = "trace@exemple.test"
UNNAMED = "ne porte plus son nom"
"""What the register says of a row that stays after an erasure: its number points to an empty account."""


def _filler(column: Column[Any]) -> object:  # noqa: PLR0911 (one value per type)
    kind = column.type
    if isinstance(kind, ARRAY):
        return []
    values = getattr(kind, "enum", None)
    if values is not None:
        return next(iter(values))
    match kind.python_type:
        case type() as one if one in (dict, list):
            return {}
        case type() as one if one is bytes:
            return uuid.uuid4().bytes
        case type() as one if one is dt.datetime:
            return now()
        case type() as one if one is dt.date:
            return now().date()
        case type() as one if one is str:
            return uuid.uuid4().hex[: getattr(kind, "length", None) or 32]
        case type() as one if one is bool:
            return False
        case _:
            return 1


def _pointers() -> set[tuple[str, str]]:
    """The columns that hold a person's number, those of the journals (no foreign key) included."""
    plain = {(t.name, c.name) for t in Base.metadata.sorted_tables for c in t.columns if c.name == "person_id"}
    return plain | {(table.name, column.name) for table, column in references()}
