"""Where somebody stands in the database, read from the schema itself: a new table is found without being told."""

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Person
from app.accounts.models_access import ApiKey
from app.accounts.models_trail import IdempotencyKey
from app.database.engine import Base

_ADDRESSES: Final = {"email", "recipient", "contact_email"}
"""How a column that holds an electronic address is called, in every table."""
MENTIONS: Final = {
    "idempotency_key": ("answer",),
    "mail": ("subject", "body", "error"),
    "notice": ("title",),
    "webhook_delivery": ("body", "why"),
}
"""What the house writes to others, where a name may stand: kept some days, unnamed at once by an erasure."""
UNNAMED: Final = "Compte supprimé"
NO_ADDRESS: Final = "adresse-effacee@clausier.invalid"


def references() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that points to a person. The journals outlive what they tell of: a number, and no foreign key."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            keys = {key.column.table.name for key in column.foreign_keys}
            if Person.__tablename__ in keys or column.name == "person_id":
                yield table, column


def addresses() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column where somebody's address may stand, but the account's own."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name in _ADDRESSES and table.name != Person.__tablename__:
                yield table, column


def replays(person_id: int) -> ColumnElement[bool]:
    """The answers kept for this person, by session or by a key of theirs."""
    keys = select(func.concat("k", ApiKey.id)).where(ApiKey.person_id == person_id)
    return or_(IdempotencyKey.account == f"p{person_id}", IdempotencyKey.account.in_(keys))


async def unname(session: AsyncSession, person: Person) -> None:
    """Takes the name and the address out of what was written to others these days, as text or as JSON."""
    said = {person.email: NO_ADDRESS}
    if person.given_name and person.family_name:  # a first name alone is a word like another
        said[f"{person.given_name} {person.family_name}"] = UNNAMED
    for words, instead in said.items():
        if not words:
            continue
        for shape in {words, json.dumps(words)[1:-1], json.dumps(words, ensure_ascii=False)[1:-1]}:
            for table, names in MENTIONS.items():
                for name in names:
                    column = Base.metadata.tables[table].c[name]
                    held = func.strpos(column, shape) > 0
                    new = {name: func.replace(column, shape, instead)}
                    await session.execute(update(column.table).where(held).values(new))
