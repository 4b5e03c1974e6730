"""The drill: a backup taken from a living base, brought back elsewhere, counted, and used."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from app.accounts import audit
from app.accounts.models import Person
from app.accounts.retention import purge
from app.accounts.tombstones import FILE, erase_again, read
from app.database.backup import BackupError, backup, restore
from app.database.engine import connect, sessions
from app.main import create_app
from tests.accounts.post import new_account
from tests.conftest import database, running


@pytest.fixture
def fresh_url(server_url: str) -> Iterator[str]:
    yield from database(server_url, f"clausier_restored_{os.getpid()}")


async def _composed(client: httpx.AsyncClient) -> bytes:
    clauses = (await client.get("/api/v1/clauses", params={"limit": 5})).content
    one = (await client.get("/api/v1/clauses/CEC-MOB-001", headers={"accept": _DOCX})).content
    assert one[:2] == b"PK"
    return clauses + one


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def test_a_backup_comes_back_with_every_row_and_the_same_documents(
    app: FastAPI, client: httpx.AsyncClient, database_url: str, fresh_url: str, tmp_path: Path
) -> None:
    before = await _composed(client)
    made = backup(database_url, tmp_path / "base.tar")
    back = restore(fresh_url, tmp_path / "base.tar")
    assert back == made
    assert back.rows["clause_version"] >= 300
    assert (tmp_path / "base.tar").stat().st_mode & 0o077 == 0
    async with running(create_app(app.state.settings, database_url=fresh_url)) as elsewhere:
        assert await _composed(elsewhere) == before
    # The application of this worker takes its library back.
    async with app.router.lifespan_context(app):
        assert await _composed(client) == before


def test_a_base_that_holds_something_is_never_overwritten(database_url: str, tmp_path: Path) -> None:
    made = backup(database_url, tmp_path / "base.tar")
    with pytest.raises(BackupError, match="n’est pas vide"):
        restore(database_url, tmp_path / "base.tar")
    assert backup(database_url, tmp_path / "again.tar").rows == made.rows


@pytest.mark.parametrize("damage", ["flip", "cut", "foreign"])
def test_a_damaged_backup_is_refused_and_touches_nothing(
    database_url: str, fresh_url: str, tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "base.tar"
    backup(database_url, file)
    content = bytearray(file.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 0xFF
    file.write_bytes({"flip": bytes(content), "cut": bytes(content[:9000]), "foreign": b"holiday"}[damage])
    with pytest.raises(BackupError, match=r"abîmée|n’est pas une sauvegarde"):
        restore(fresh_url, file)
    with psycopg.connect(fresh_url) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_a_failed_backup_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(psycopg.OperationalError):
        backup("postgresql://127.0.0.1:1/none", tmp_path / "base.tar")
    assert list(tmp_path.iterdir()) == []


async def test_who_was_erased_since_the_backup_is_erased_again_before_anybody_is_served(
    app: FastAPI, client: httpx.AsyncClient, database_url: str, fresh_url: str, tmp_path: Path
) -> None:
    gone, stays = await new_account(client), await new_account(client)
    backup(database_url, tmp_path / "base.tar")
    assert (await gone.post("/api/v1/me/erasure", json={"email": gone.email})).status_code == 200
    folder = app.state.settings.var
    assert gone.email not in (folder / FILE).read_text()
    # A number that a restored base gave to somebody else, and a line that a crash cut.
    with (folder / FILE).open("a") as file:
        file.write(json.dumps({"person": stays.person_id, "created_at": "2020-01-01T00:00:00+00:00"}) + '\n{"per')
    restore(fresh_url, tmp_path / "base.tar")
    engine = connect(fresh_url)
    for told in ("1 compte(s) effacé(s) de nouveau : la base les avait retrouvés.", ""):
        async with sessions(engine)() as session, session.begin():
            assert await erase_again(session, folder) == told
    async with sessions(engine)() as session:
        one, other = await session.get_one(Person, gone.person_id), await session.get_one(Person, stays.person_id)
        assert (one.email, one.given_name, other.email) == (None, "", stays.email)
        assert await audit.broken_at(session) is None
    await engine.dispose()


async def test_the_nightly_purge_completes_the_list_of_erased_people(app: FastAPI, client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    await door.post("/api/v1/me/erasure", json={"email": door.email})
    file = app.state.settings.var / FILE
    file.unlink()
    for added in (True, False):
        async with app.state.sessions() as session, session.begin():
            assert bool((await purge(session, app.state.settings))["tombstones"]) is added
    assert door.person_id in {one.person for one in read(app.state.settings.var)}
