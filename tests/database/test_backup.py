"""The drill: a backup taken from a living base, brought back elsewhere, counted, and used."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from app.database.backup import BackupError, backup, restore
from app.main import create_app
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
