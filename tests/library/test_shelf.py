"""The shelf of a running process follows the database, and outlives it."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.library import queries
from app.library.load import load
from app.library.queries import LibraryNotReady, follow, refresh, shelf
from app.library.ready import ReadyPages
from app.web.etag import Page
from tests.conftest import database
from tests.library.sample import clauses_folder, condition, criterion, write

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture(autouse=True)
def held_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other tests of this process keep their own shelf, and their application does not write here."""
    monkeypatch.setattr(queries._Held, "shelf", None)
    monkeypatch.setattr(queries._Held, "owner", None)


@pytest.fixture
def own_url(server_url: str) -> Iterator[str]:
    for url in database(server_url, f"clausier_shelf_{os.getpid()}"):
        migrate(url)
        yield url


@pytest.fixture
async def with_sessions(own_url: str) -> AsyncIterator[Sessions]:
    engine = connect(own_url)
    yield sessions(engine)
    await engine.dispose()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = clauses_folder(tmp_path)
    write(folder, condition())
    return folder


async def loaded(with_sessions: Sessions, root: Path) -> None:
    async with with_sessions() as session, session.begin():
        await load(session, root)


async def refreshed(with_sessions: Sessions, root: Path) -> list[str]:
    async with with_sessions() as session:
        return list((await refresh(session, root)).clauses)


async def test_before_the_first_reading_the_library_says_that_it_is_not_ready() -> None:
    with pytest.raises(LibraryNotReady):
        shelf()
    assert queries.readiness() == "les clauses ne sont pas encore lues"


async def test_a_load_makes_a_new_shelf_and_no_load_keeps_the_old_one(with_sessions: Sessions, root: Path) -> None:
    await loaded(with_sessions, root)
    assert await refreshed(with_sessions, root) == ["CEC-MOB-901"]
    first = shelf()
    await refreshed(with_sessions, root)
    assert shelf() is first
    write(root, criterion())
    await loaded(with_sessions, root)
    assert await refreshed(with_sessions, root) == ["CEC-MOB-901", "CEC-MOB-902"]
    assert shelf().generation == 2


async def test_the_running_application_follows_the_database(with_sessions: Sessions, root: Path) -> None:
    await loaded(with_sessions, root)
    async with follow(with_sessions, root, every=0.01):
        assert list(shelf().clauses) == ["CEC-MOB-901"]
        write(root, criterion())
        await loaded(with_sessions, root)
        async with asyncio.timeout(20):
            while len(shelf().clauses) < 2:  # noqa: ASYNC110 (the watcher gives no event)
                await asyncio.sleep(0)


async def test_a_database_that_goes_leaves_the_last_shelf(
    with_sessions: Sessions, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await loaded(with_sessions, root)
    async with follow(with_sessions, root, every=0.01):
        async with with_sessions() as session, session.begin():
            await session.execute(text("ALTER TABLE library_generation RENAME TO elsewhere"))
        async with asyncio.timeout(20):
            while not caplog.records:  # noqa: ASYNC110
                await asyncio.sleep(0)
        assert list(shelf().clauses) == ["CEC-MOB-901"]


async def test_a_record_of_an_older_shape_is_read_again_from_its_file(with_sessions: Sessions, root: Path) -> None:
    await loaded(with_sessions, root)
    async with with_sessions() as session, session.begin():
        await session.execute(text("ALTER TABLE clause_version DISABLE TRIGGER clause_version_is_immutable"))
        await session.execute(text("UPDATE clause_version SET record = record - 'requirement'"))
    await refreshed(with_sessions, root)
    assert shelf().clauses["CEC-MOB-901"].record.requirement == "mobilier.chaises-reemploi"


async def test_a_withdrawn_clause_is_read_but_not_offered(with_sessions: Sessions, root: Path) -> None:
    write(root, criterion())
    await loaded(with_sessions, root)
    (root / "library" / "mobilier" / "CEC-MOB-902.md").unlink()
    await loaded(with_sessions, root)
    await refreshed(with_sessions, root)
    assert shelf().clauses["CEC-MOB-902"].status == "withdrawn"
    assert [clause.id for clause in shelf().active] == ["CEC-MOB-901"]


async def test_an_empty_library_answers_empty(with_sessions: Sessions, root: Path) -> None:
    shutil.rmtree(root / "library")
    await loaded(with_sessions, root)
    assert await refreshed(with_sessions, root) == []


def test_ready_pages_stay_within_their_bytes() -> None:
    ready = ReadyPages(most=10)
    pages = [Page.of(bytes([n]) * 4) for n in range(4)]
    for number, page in enumerate(pages):
        ready.keep(number, page)
        ready.get(0)
    kept = {number: ready.get(number) for number in range(4)}
    assert [number for number, found in kept.items() if found] == [0, 3]
    assert kept[0] is not None
    assert kept[0].page is pages[0]
