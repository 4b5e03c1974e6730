"""The real engine for every test: one database per worker, on `DATABASE_URL` or on the embedded PostgreSQL."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from psycopg import sql
from sqlalchemy.engine import make_url

from app.database import embedded
from app.database.engine import connect, psycopg_url, sessions
from app.database.migrate import migrate
from app.library.load import load
from app.main import create_app
from app.settings import ROOT, Settings

STATE = ROOT / ".state"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def server_url() -> str:
    """The address of a PostgreSQL where databases may be made."""
    given = os.environ.get("DATABASE_URL")
    return given or embedded.start(STATE / "postgres")


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, with its start and its stop."""
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://clausier.test") as client:
            yield client


def database(server_url: str, name: str) -> Iterator[str]:
    """A database that lives as long as its user."""
    admin = make_url(psycopg_url(server_url)).set(drivername="postgresql")
    address = admin.render_as_string(hide_password=False)
    quoted = sql.Identifier(name)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    yield admin.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))


@pytest.fixture(scope="session")
def empty_database_url(server_url: str) -> Iterator[str]:
    """A database without any table, for the tests of migrations."""
    yield from database(server_url, f"clausier_empty_{os.getpid()}")


@pytest.fixture(scope="session")
def database_url(server_url: str) -> Iterator[str]:
    """A migrated database, one per worker."""
    for url in database(server_url, f"clausier_test_{os.getpid()}"):
        migrate(url)
        yield url


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the tests: the real clauses, no built frontend unless it is there."""
    return Settings(
        var=Path(tmp_path_factory.mktemp("var")), worker=False, limits=1000, companies_url="", database_wait=30
    )


@pytest.fixture(scope="session")
async def app(database_url: str, settings: Settings) -> FastAPI:
    """The application, with the real clauses loaded in the worker's database."""
    engine = connect(database_url)
    async with sessions(engine)() as session, session.begin():
        await load(session, settings.clauses)
    await engine.dispose()
    return create_app(settings, database_url=database_url)


@pytest.fixture(scope="session")
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with running(app) as client:
        yield client
