"""Erased people, remembered outside the database: a restored backup holds them again, and they are erased again.

A line says a number and two instants, nothing of the person. The file is a promise that outlives the base, so it is
kept beside it (`var/`), never in it; the nightly purge writes again what a crash between the two would have lost.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Person
from app.accounts.personal import erase

FILE: Final = "effacements.jsonl"


class Tombstone(NamedTuple):
    """The number alone would not do: a base restored from before gives it to somebody else."""

    person: int
    created_at: datetime


def read(folder: Path) -> Iterator[Tombstone]:
    path = folder / FILE
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        try:
            told = json.loads(line)
            yield Tombstone(int(told["person"]), datetime.fromisoformat(told["created_at"]))
        except (ValueError, KeyError, TypeError):  # a line cut by a full disk or a crash
            continue


def _write(folder: Path, rows: Iterable[Tombstone]) -> None:
    lines = [json.dumps({"person": one.person, "created_at": one.created_at.isoformat()}) for one in rows]
    if not lines:
        return
    folder.mkdir(parents=True, exist_ok=True)
    # A new line first: what a crash left unfinished does not spoil the next one.
    content = "".join(f"\n{line}\n" for line in lines).encode()
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)


async def erase_for_good(session: AsyncSession, person: Person, folder: Path) -> None:
    """Erases, and remembers it once the transaction is done."""
    made = Tombstone(person.id, person.created_at)
    await erase(session, person)
    event.listen(session.sync_session, "after_commit", lambda _: _write(folder, [made]), once=True)


async def complete(session: AsyncSession, folder: Path) -> int:
    """Adds the erased people that the file does not know."""
    known = {one.person for one in read(folder)}
    asked = select(Person.id, Person.created_at).where(Person.erased_at.is_not(None)).order_by(Person.id)
    missing = [Tombstone(*row) for row in await session.execute(asked) if row.id not in known]
    _write(folder, missing)
    return len(missing)


async def erase_again(session: AsyncSession, folder: Path) -> str:
    """After a restoration: the sentence to tell, empty when everybody is already erased."""
    promised = dict(read(folder))
    asked = select(Person).where(Person.id.in_(promised), Person.erased_at.is_(None)).order_by(Person.id)
    people = [one for one in (await session.execute(asked)).scalars() if one.created_at == promised[one.id]]
    for person in people:
        await erase(session, person)
    return f"{len(people)} compte(s) effacé(s) de nouveau : la base les avait retrouvés." if people else ""
