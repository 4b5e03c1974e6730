"""Somebody who did everything goes: their export held it all, and what is left of them is what the register says."""

import json
import re

import httpx
import psycopg
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Person
from app.accounts.personal import gather
from app.accounts.register import register
from app.accounts.traces import MENTIONS, addresses, references
from tests.access.planted import API
from tests.accounts.everything import NAMES, do_everything
from tests.accounts.people import Door
from tests.accounts.post import state

UNSIGNED = re.compile("ne porte(nt)? plus")
"""What the register says of the rows that stay after an erasure: their number points to an empty account."""
JOURNALS = {"audit_event", "sourcing_event"}


def _then(table: str) -> str:
    return next(row.then for row in register() if table in row.tables)


Place = tuple[str, str]
_TEXTS = {"text", "character varying", "jsonb", "json", "ARRAY", "bytea"}
_COLUMNS = (
    "SELECT format('%I.%I', table_schema, table_name), quote_ident(column_name), data_type "
    "FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) "
    "WHERE table_schema IN ('public', 'jobs') AND table_type = 'BASE TABLE'"
)


async def _held(session: AsyncSession, door: Door) -> dict[Place, int]:
    """(table, column) → how many rows hold this person."""
    places = [(table, column, column == door.person_id) for table, column in references()]
    places += [(table, column, func.lower(column) == door.email) for table, column in addresses()]
    found = {}
    for table, column, mine in places:
        rows = await session.scalar(select(func.count()).select_from(table).where(mine))
        found[table.name, column.name] = rows or 0
    return found


def _sum(held: list[dict[Place, int]]) -> dict[Place, int]:
    return {place: sum(one[place] for one in held) for place in held[0]}


def _said(url: str, words: list[str], *, texts_only: bool = False) -> dict[str, list[str]]:
    """By table of the whole database, jobs included: the words that it still holds, in JSON shape or not."""
    shapes = {shape: word for word in words for shape in {word, json.dumps(word)[1:-1]}}
    found: dict[str, list[str]] = {}
    with psycopg.connect(url) as connection:
        tables: dict[str, list[str]] = {}
        for table, column, kind in connection.execute(_COLUMNS).fetchall():
            if not texts_only or kind in _TEXTS:
                shown = f"encode({column}, 'escape')" if kind == "bytea" else f"{column}::text"
                tables.setdefault(table, []).append(shown)
        for table, columns in tables.items():
            query = f"SELECT 1 FROM {table} WHERE strpos(concat_ws(' ', {', '.join(columns)}), %s) > 0 LIMIT 1"  # noqa: S608
            for shape, word in shapes.items():
                if connection.execute(query, (shape,)).fetchone():  # type: ignore[arg-type]
                    found.setdefault(table, []).append(word)
    return found


async def test_nothing_is_left_of_somebody_who_did_everything(client: httpx.AsyncClient) -> None:
    cast = await do_everything(client)
    async with state(client).sessions() as session:
        held = [await _held(session, door) for door in cast.people]
        empty = {place for place, count in _sum(held).items() if not count}
        assert empty == set(), "tests/accounts/everything.py does not fill these columns"
        for door, places in zip(cast.people, held, strict=True):
            person = await session.get_one(Person, door.person_id)
            exported = await gather(session, person)
            short = {place for place, count in places.items() if len(exported.get(place[0], [])) < count}
            assert short == set()
    before = {place for place, count in _sum(held).items() if count}
    for door in cast.people:
        answer = await door.post(f"{API}/me/erasure", json={"email": door.email})
        assert answer.status_code == 200, answer.text
    words = [word for door in cast.people for word in (door.email, f"nouvelle.{door.email}")]
    words += [part for names in NAMES for part in names] + ["sujet-hildegonde", "02 99 00 00 01"]
    assert _said(state(client).database_url, words) == {}
    numbers = _said(state(client).database_url, [str(door.person_id) for door in cast.people], texts_only=True)
    assert {table.partition(".")[2] for table in numbers} <= JOURNALS
    async with state(client).sessions() as session:
        left = _sum([await _held(session, door) for door in cast.people])
    untold = {place for place in before if left[place] and not UNSIGNED.search(_then(place[0]))}
    assert untold == set(), "the register does not say that these rows stay without a name"


def test_the_numbers_without_a_key_and_the_addresses_are_found_by_the_schema() -> None:
    assert ("sourcing_event", "person_id") in {(table.name, column.name) for table, column in references()}
    found = {table.name for table, _ in addresses()}
    assert {"mail", "firm", "clause_feedback", "suppressed_address", "invitation", "one_time_link"} == found
    assert set(MENTIONS) <= {table for row in register() for table in row.tables}
