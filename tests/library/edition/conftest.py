"""An editorial room of its own: what is published here changes the library of nobody else."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.library import queries
from app.library.load import load
from app.main import create_app
from app.settings import Settings
from tests.accounts.people import Door, sign_in
from tests.conftest import database, running


@pytest.fixture(scope="module")
def room_url(server_url: str) -> Iterator[str]:
    for url in database(server_url, f"clausier_edition_{os.getpid()}"):
        migrate(url)
        yield url


@pytest.fixture(scope="module")
async def room(room_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """The application on a library of its own; the shelf of the other tests comes back at the end."""
    settings = Settings(var=Path(tmp_path_factory.mktemp("var")), worker=False, limits=1000, companies_url="")
    engine = connect(room_url)
    async with sessions(engine)() as session, session.begin():
        await load(session, settings.clauses)
    await engine.dispose()
    held, owner = queries._Held.shelf, queries._Held.owner
    async with running(create_app(settings, database_url=room_url)) as client:
        yield client
    queries._Held.shelf, queries._Held.owner = held, owner


def app_of(room: httpx.AsyncClient) -> FastAPI:
    return room._transport.app  # type: ignore[attr-defined, no-any-return]


async def served(room: httpx.AsyncClient) -> None:
    """What every process does within two seconds: look at the generation."""
    app = app_of(room)
    async with app.state.sessions() as session:
        await queries.refresh(session, app.state.settings.clauses)


@pytest.fixture(scope="module")
async def author(room: httpx.AsyncClient) -> Door:
    return await sign_in(room, role="editor", name="anne")


@pytest.fixture(scope="module")
async def technician(room: httpx.AsyncClient) -> Door:
    return await sign_in(room, role="editor", name="bruno")


@pytest.fixture(scope="module")
async def jurist(room: httpx.AsyncClient) -> Door:
    return await sign_in(room, role="legal_reviewer", name="claire")
