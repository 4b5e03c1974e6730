"""A database that says nothing becomes an error in a bounded time; the rest of the answers do not wait for it."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import serving
from app.database.engine import connect, sessions
from app.database.migrate import revisions
from app.database.patience import waiting_at_most
from app.main import create_app
from app.web import health
from tests.faults.reading import COMPUTED, PAGES, READS


async def test_a_statement_that_outlasts_the_patience_is_an_error_and_its_connection_is_not_used_again(
    database_url: str,
) -> None:
    engine = connect(database_url, for_requests=True, wait=0.05)
    try:
        async with sessions(engine)() as session:
            with pytest.raises(OperationalError, match="did not answer in time"):
                await session.execute(text("SELECT pg_sleep(30)"))
        async with sessions(engine)() as session, asyncio.timeout(20):
            with waiting_at_most(20):
                assert await session.scalar(text("SELECT 1")) == 1
    finally:
        await engine.dispose()


async def test_the_statements_of_a_request_share_its_seconds(database_url: str) -> None:
    engine = connect(database_url, for_requests=True, wait=20)
    try:
        async with sessions(engine)() as session:
            with waiting_at_most(20):
                await session.execute(text("SELECT 1"))
            with waiting_at_most(0), pytest.raises(OperationalError):
                await session.execute(text("SELECT 1"))
    finally:
        await engine.dispose()


async def test_requests_have_the_limits_of_the_server_and_jobs_have_longer_ones(database_url: str) -> None:
    shown = {}
    for name, engine in (("requests", connect(database_url, for_requests=True)), ("jobs", connect(database_url))):
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        async with engine.connect() as connection:
            shown[name] = [await connection.scalar(text(f"SHOW {one}")) for one in names]
        await engine.dispose()
    assert shown == {"requests": ["5s", "2s", "90s"], "jobs": ["10min", "10s", "0"]}


@pytest.fixture
def silent_url() -> Iterator[str]:
    """A server that takes connections and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[socket.socket] = []

    def take() -> None:
        while True:
            try:
                kept.append(listener.accept()[0])
            except OSError:
                return

    threading.Thread(target=take, daemon=True).start()
    yield f"postgresql://nobody@127.0.0.1:{listener.getsockname()[1]}/none"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for one in kept:
        one.close()


@pytest.fixture
async def cut(app: FastAPI, client: httpx.AsyncClient) -> FastAPI:
    """An application without its database, beside the one that read the library."""
    del client
    return create_app(app.state.settings, database_url="postgresql://127.0.0.1:1/none")


async def test_without_the_database_the_library_is_read_and_the_assistant_computes(cut: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cut), base_url="http://clausier.test") as client:
        for path in (*PAGES, *READS):
            answer = await client.get(path, headers={"accept": "text/html, */*"})
            assert answer.status_code == 200, (path, answer.text)
        for path, body in COMPUTED.items():
            answer = await client.post(path, json=body, headers={"cookie": "session=somebody"})
            assert answer.status_code == 200, (path, answer.text)
        assert (await client.get("/health/live")).status_code == 200
        ready = await client.get("/health/ready")
        assert (ready.status_code, ready.json()["detail"]) == (503, "La base de données ne répond pas.")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/v1/session"), ("GET", "/api/v1/purchases"), ("POST", "/api/v1/purchases"), ("GET", "/api/v1/me")],
)
async def test_without_the_database_nobody_is_told_that_they_are_signed_out(
    cut: FastAPI, method: str, path: str
) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cut), base_url="http://clausier.test") as client:
        answer = await client.request(method, path, headers={"cookie": "session=somebody"})
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/base")
    assert answer.headers["x-read-only"] == "1", "the web app shows its banner at once"
    assert answer.headers["retry-after"] == "5"


async def test_a_mute_database_is_given_up(app: FastAPI, client: httpx.AsyncClient, silent_url: str) -> None:
    del client
    mute = create_app(app.state.settings, database_url=silent_url)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(mute), base_url="http://clausier.test") as asking:
        answer = await asking.get("/api/v1/purchases", headers={"cookie": "session=somebody"})
    assert answer.status_code == 503


async def test_readiness_names_an_old_schema_and_a_full_disk(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = revisions()[0]
    monkeypatch.setattr("app.database.migrate.revisions", lambda: ("next", head))
    said = (await client.get("/health/ready")).json()["detail"]
    assert said == f"Le schéma de la base est à {head}, cette version attend next (python -m app migrate)."
    monkeypatch.setattr("app.database.migrate.revisions", lambda: ("before",))
    degraded = (await client.get("/health/ready")).json()
    assert degraded["status"] == "degraded"
    assert "plus récent que cette version" in degraded["reasons"][0]
    assert "Mio sur le disque" in health.disk(app.state.settings.var, least=2**62)
    assert health.disk(app.state.settings.var / "not" / "yet", least=0) == ""


async def test_readiness_tells_late_jobs(client: httpx.AsyncClient, app: FastAPI) -> None:
    late = "SELECT jobs.defer_job('x', 'x:y', '{}'::jsonb, NULL, now() - interval '25 minutes')"
    async with app.state.sessions() as session, session.begin():
        ident = await session.scalar(text(late))
    try:
        assert (await client.get("/health/ready")).json() == {
            "status": "degraded",
            "reasons": ["les travaux de fond ont 25 min de retard"],
        }
    finally:
        async with app.state.sessions() as session, session.begin():
            await session.execute(text("SET LOCAL search_path = jobs"))
            await session.execute(text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": ident})


def test_a_start_waits_for_its_database_but_not_for_a_wrong_password() -> None:
    tries, said = [], []

    def action() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise ConnectionRefusedError("refused")
        return "there"

    assert serving.awaited(action, str, said.append) == "there"
    assert len(said) == 1
    assert serving.refusal_of(Exception('FATAL:  password authentication failed for user "x"')) == ""
    assert "starting up" in serving.refusal_of(Exception("FATAL:  the database system is starting up"))
