"""Reading the library: the shelf of this process, and what only the database holds (old versions, the journal)."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.law.routes import today_in_paris
from app.library.cpv import CpvEntry
from app.library.files import parse
from app.library.models import Clause, ClauseVersion, CpvCode, LibraryChange, LibraryGeneration
from app.library.published import PublishedClause
from app.library.record import ClauseRecord
from app.library.shelf import Shelf, make_shelf
from app.web.problems import Problem, describe

EVERY: Final = 2.0
"""Seconds between two looks at the generation: how late this process may be after a load elsewhere."""
logger = logging.getLogger(__name__)


class LibraryNotReady(Problem):
    status, type, title = HTTPStatus.SERVICE_UNAVAILABLE, "/problems/bibliotheque", "Bibliothèque pas encore chargée"


describe(LibraryNotReady, "Le service démarre et lit les clauses. Réessayez dans quelques secondes.")


class _Held:
    """What this process holds: one library per process."""

    shelf: Shelf | None = None
    owner: object = None
    """The `follow` that keeps it up to date."""
    lost: bool = False
    """The last look found no database."""


def shelf() -> Shelf:
    """The current state of the library; `LibraryNotReady` before the first reading."""
    if _Held.shelf is None:
        raise LibraryNotReady(headers={"Retry-After": "2"})
    return _Held.shelf


def held_shelf() -> Shelf | None:
    return _Held.shelf


def is_read_only() -> bool:
    """Whether the database is lost: what is in memory is read, nothing is saved. Two or three seconds late."""
    return _Held.lost


def readiness() -> str:
    """Why the library cannot be read yet, or nothing."""
    return "" if _Held.shelf else "les clauses ne sont pas encore lues"


async def generation(session: AsyncSession) -> int:
    return await session.scalar(select(LibraryGeneration.number)) or 0


async def read_clauses(session: AsyncSession) -> list[PublishedClause]:
    """The current version of every clause."""
    rows = await session.execute(
        select(ClauseVersion.clause_id, ClauseVersion.number, ClauseVersion.content_hash, ClauseVersion.record)
        .add_columns(ClauseVersion.published_at, Clause.withdrawn_at)
        .join(Clause, Clause.id == ClauseVersion.clause_id)
        .ext(distinct_on(ClauseVersion.clause_id))
        .order_by(ClauseVersion.clause_id, ClauseVersion.number.desc())
    )
    return [
        PublishedClause(await _record(session, ident, number, record), number, content_hash, published_at, withdrawn_at)
        for ident, number, content_hash, record, published_at, withdrawn_at in rows.all()
    ]


async def _record(session: AsyncSession, ident: str, number: int, stored: object) -> ClauseRecord:
    """The stored record; read again from the file's bytes when the record has gained fields since."""
    try:
        return ClauseRecord.model_validate(stored)
    except ValidationError:
        version = await session.get_one(ClauseVersion, (ident, number))
        return parse(version.source, version.path).record


async def read_cpv(session: AsyncSession) -> list[CpvEntry]:
    """The imported nomenclature; nothing before an import."""
    rows = await session.execute(select(CpvCode.code, CpvCode.check, CpvCode.label))
    return [CpvEntry(code, check, label) for code, check, label in rows]


async def refresh(session: AsyncSession, root: Path) -> Shelf:
    """The shelf of the database's generation: the held one when it is still current."""
    _Held.shelf = await _current(session, root)
    return _Held.shelf


async def _current(session: AsyncSession, root: Path) -> Shelf:
    number = await generation(session)
    held, today = _Held.shelf, today_in_paris()
    if held is not None and held.generation == number and held.day == today:
        return held
    clauses = await read_clauses(session)
    # Building the index takes CPU: in a thread, so that the other requests go on being answered.
    made = await asyncio.to_thread(make_shelf, number, clauses, root, await read_cpv(session), today)
    for trouble in made.words.troubles:
        logger.warning("vocabularies: %s", trouble)
    return made


@asynccontextmanager
async def follow(sessions: async_sessionmaker[AsyncSession], root: Path, every: float = EVERY) -> AsyncIterator[None]:
    """Keeps the shelf up to date while the application runs; a database that is down leaves the last one in place.

    One library per process: the application that started last owns the shelf, an older one stops writing it.
    """
    mine = object()
    _Held.shelf, _Held.owner, _Held.lost = None, mine, False

    async def look() -> None:
        if _Held.owner is not mine:
            return
        try:
            async with sessions() as session:
                found = await _current(session, root)
        except (OperationalError, PoolTimeout, OSError) as error:
            if not _Held.lost:
                logger.warning("database lost, reading from memory: %s", type(error).__name__)
            _Held.lost = True
        except Exception as error:  # noqa: BLE001 (a list being edited: the last shelf goes on serving)
            logger.warning("library not refreshed: %s: %s", type(error).__name__, error)
        else:
            if _Held.owner is mine:
                _Held.shelf, _Held.lost = found, False

    async def watch() -> None:
        while True:
            await asyncio.sleep(every)
            await look()

    await look()
    watcher = asyncio.create_task(watch())
    try:
        yield
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


async def clause_version(session: AsyncSession, ident: str, number: int) -> PublishedClause | None:
    """Any version of a clause, old ones included."""
    version = await session.get(ClauseVersion, (ident, number))
    if version is None:
        return None
    clause = await session.get_one(Clause, ident)
    record = await _record(session, ident, number, version.record)
    return PublishedClause(record, number, version.content_hash, version.published_at, clause.withdrawn_at)


async def clause_source(session: AsyncSession, ident: str, number: int) -> bytes:
    """The file of a version, byte for byte."""
    return (await session.get_one(ClauseVersion, (ident, number))).source


async def versions_of(session: AsyncSession, ident: str) -> Sequence[ClauseVersion]:
    """Every version, the newest first."""
    query = select(ClauseVersion).where(ClauseVersion.clause_id == ident).order_by(ClauseVersion.number.desc())
    return (await session.scalars(query)).all()


async def moves_of(session: AsyncSession, generation: int) -> Sequence[LibraryChange]:
    """The clauses that a generation changed or withdrew."""
    asked = select(LibraryChange).where(
        LibraryChange.generation == generation, LibraryChange.kind.in_(["changed", "withdrawn"])
    )
    return (await session.scalars(asked.order_by(LibraryChange.id))).all()


async def changes_since(session: AsyncSession, since: int, limit: int) -> list[tuple[LibraryChange, str]]:
    """The journal after line `since`, each line with the title of its version."""
    query = (
        select(LibraryChange, ClauseVersion.record["title"].astext)
        .join(
            ClauseVersion,
            (ClauseVersion.clause_id == LibraryChange.clause_id) & (ClauseVersion.number == LibraryChange.version),
        )
        .where(LibraryChange.id > since)
        .order_by(LibraryChange.id)
        .limit(limit)
    )
    return [(change, title) for change, title in await session.execute(query)]
