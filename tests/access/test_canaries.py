"""Each private sentence is marked, then looked for through everything that each other identity can be shown (S26)."""

import io
import json
import logging
from collections.abc import AsyncIterator
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text as sql

from app.web import logs
from tests.access import canary, verdicts
from tests.access.census import routes_of
from tests.access.planted import World, plant

OTHERS: Final = ("visitor", "other buyer", "rival firm", "editor", "legal_reviewer", "platform_admin", "other key")


@pytest.fixture(scope="module")
async def world(client: httpx.AsyncClient) -> World:
    return await plant(client)


@pytest.fixture
async def log() -> AsyncIterator[io.StringIO]:
    stream = io.StringIO()
    handler = logs.install(stream, logging.DEBUG)
    yield stream
    logging.getLogger().removeHandler(handler)


async def test_the_owners_find_their_own_marks(app: FastAPI, world: World) -> None:
    """Without this, a crawl that looks nowhere would pass."""
    for door, whose in ((world.buyer, "buyer"), (world.firm, "firm")):
        seen = {mark async for _, text in canary.crawl(app, door, world) for mark in canary.leaks(text, world)}
        assert {mark for mark, owner in world.marks.items() if owner == whose} - seen == set()
        assert canary.leaks("\n".join(seen), world, {whose, "buyers", "sealed" if whose == "firm" else ""}) == []


@pytest.mark.parametrize("who", OTHERS)
async def test_nobody_else_is_shown_a_mark(
    app: FastAPI, client: httpx.AsyncClient, world: World, log: io.StringIO, who: str
) -> None:
    wrong, seen = await verdicts.marks_shown(client, app, world, who)
    assert not wrong, "\n".join(wrong)
    assert seen > len(canary.reads(app))
    async for where, text in canary.letters(app, world):
        assert [mark for mark in canary.leaks(text, world) if "@" not in mark] == [], where
    assert log.getvalue()
    assert canary.leaks(log.getvalue(), world) == []
    for line in log.getvalue().splitlines():
        assert isinstance(json.loads(line), dict)


async def test_a_sealed_answer_stands_nowhere_in_clear(app: FastAPI, world: World) -> None:
    sealed = next(mark for mark, whose in world.marks.items() if whose == "sealed")
    async with app.state.sessions() as session:
        for schema, table in (
            await session.execute(
                sql("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'jobs')")
            )
        ).all():
            asked = sql(f'SELECT count(*) FROM "{schema}"."{table}" t WHERE t::text LIKE :mark')  # noqa: S608 (ours)
            assert not await session.scalar(asked, {"mark": f"%{sealed}%"}), table


async def test_a_refusal_never_says_back_what_was_sent(app: FastAPI, world: World) -> None:
    word = "canari-renvoi-4711"
    for row in routes_of(app):
        if row.method in {"POST", "PUT", "PATCH"} and "/demo/" not in row.path:
            body: dict[str, Any] = {"inconnu": word, "title": [word], "text": {"a": word}, "email": word, "token": word}
            door = world.firm if row.guard.side == "firm" else world.buyer
            answer = await door.request(
                row.method, row.address(world.values(row.path)), json=body, headers={"If-Match": '"1"'}
            )
            assert word not in canary.readable(answer), row.name
