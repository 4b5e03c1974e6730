"""The loader on a real database: versions are added, never changed or lost."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.library.files import BadClauseFile
from app.library.load import LoadReport, load
from app.library.models import Clause, ClauseVersion, LibraryChange, LibraryGeneration
from app.settings import ROOT
from tests.conftest import database

Sessions = async_sessionmaker[AsyncSession]
MODEL = ROOT / "clauses/library/mobilier/CEC-MOB-001.md"


@pytest.fixture
def own_url(server_url: str) -> Iterator[str]:
    for url in database(server_url, f"clausier_load_{os.getpid()}"):
        migrate(url)
        yield url


@pytest.fixture
async def with_sessions(own_url: str) -> AsyncIterator[Sessions]:
    engine = connect(own_url)
    yield sessions(engine)
    await engine.dispose()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of two clauses."""
    folder = tmp_path / "library" / "mobilier"
    folder.mkdir(parents=True)
    shutil.copy(MODEL, folder)
    text = MODEL.read_text(encoding="utf-8").replace("CEC-MOB-001", "CEC-MOB-090")
    (folder / "CEC-MOB-090.md").write_text(text, encoding="utf-8")
    return tmp_path


def edit(root: Path, ident: str, old: str, new: str) -> None:
    path = root / "library" / "mobilier" / f"{ident}.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


async def run(with_sessions: Sessions, root: Path) -> LoadReport:
    async with with_sessions() as session, session.begin():
        return await load(session, root)


async def state(with_sessions: Sessions) -> tuple[int, int, int]:
    """Generation, versions, lines of the journal."""
    async with with_sessions() as session:
        generation = await session.get_one(LibraryGeneration, 1)
        versions = await session.scalar(select(func.count()).select_from(ClauseVersion))
        changes = await session.scalar(select(func.count()).select_from(LibraryChange))
        return generation.number, versions or 0, changes or 0


async def test_a_second_load_of_the_same_files_changes_nothing(with_sessions: Sessions, root: Path) -> None:
    first = await run(with_sessions, root)
    before = await state(with_sessions)
    second = await run(with_sessions, root)
    assert sorted(first.created) == ["CEC-MOB-001", "CEC-MOB-090"]
    assert not second
    assert str(second) == "2 clauses lues, rien n’a changé (génération 1)."
    assert await state(with_sessions) == before == (1, 2, 2)


async def test_a_changed_file_makes_a_new_version_and_keeps_the_old_one(with_sessions: Sessions, root: Path) -> None:
    await run(with_sessions, root)
    edit(root, "CEC-MOB-001", "default: 20", "default: 25")
    report = await run(with_sessions, root)
    assert report.changed == {"CEC-MOB-001": 2}
    async with with_sessions() as session:
        query = select(ClauseVersion).where(ClauseVersion.clause_id == "CEC-MOB-001").order_by(ClauseVersion.number)
        old, new = (await session.scalars(query)).all()
    assert old.source == MODEL.read_bytes()
    assert old.record["variables"]["part_reemploi"]["default"] == 20
    assert new.record["variables"]["part_reemploi"]["default"] == 25


async def test_a_removed_file_is_withdrawn_then_restored_never_deleted(with_sessions: Sessions, root: Path) -> None:
    await run(with_sessions, root)
    path = root / "library" / "mobilier" / "CEC-MOB-090.md"
    kept = path.read_bytes()
    path.unlink()
    assert (await run(with_sessions, root)).withdrawn == {"CEC-MOB-090": 1}
    async with with_sessions() as session:
        assert (await session.get_one(Clause, "CEC-MOB-090")).withdrawn_at is not None
    path.write_bytes(kept)
    assert (await run(with_sessions, root)).restored == {"CEC-MOB-090": 1}
    assert await state(with_sessions) == (3, 2, 4)


async def test_a_failed_load_changes_nothing(with_sessions: Sessions, root: Path) -> None:
    await run(with_sessions, root)
    before = await state(with_sessions)
    edit(root, "CEC-MOB-001", "default: 20", "default: 25")
    edit(root, "CEC-MOB-090", "kind: performance_condition", "kind: souhait")
    with pytest.raises(BadClauseFile, match=r"library/mobilier/CEC-MOB-090\.md:kind: Valeurs admises"):
        await run(with_sessions, root)
    assert await state(with_sessions) == before


async def test_one_id_in_two_files_is_refused(with_sessions: Sessions, root: Path) -> None:
    shutil.copy(MODEL, root / "library" / "mobilier" / "copie.md")
    with pytest.raises(BadClauseFile, match=r"est déjà celui de library/mobilier/CEC-MOB-001\.md"):
        await run(with_sessions, root)


async def test_two_loaders_at_once_make_one_set_of_versions(with_sessions: Sessions, root: Path) -> None:
    reports = await asyncio.gather(run(with_sessions, root), run(with_sessions, root), run(with_sessions, root))
    assert [bool(report) for report in reports].count(True) == 1
    assert await state(with_sessions) == (1, 2, 2)


@pytest.mark.parametrize("statement", [update(ClauseVersion).values(path="autre"), delete(ClauseVersion)])
async def test_the_database_itself_refuses_to_touch_a_version(
    with_sessions: Sessions, root: Path, statement: object
) -> None:
    await run(with_sessions, root)
    with pytest.raises(DBAPIError, match="immutable"):
        async with with_sessions() as session, session.begin():
            await session.execute(statement)  # type: ignore[call-overload]
