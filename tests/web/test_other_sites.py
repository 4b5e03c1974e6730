"""A page of another site, opened by somebody signed in here, changes nothing; a read changes nothing either (S04)."""

from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.accounts import actors
from app.accounts.origin import require_same_origin
from app.web.contract import calls_of
from tests.access import canary, verdicts
from tests.access.census import Census, routes_of
from tests.access.planted import World, plant
from tests.access.rows import counts
from tests.accounts.people import Door, sign_in

ATTACKS: Final[list[dict[str, str]]] = [
    {"Origin": "https://ailleurs.test"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://127.0.0.1:8000.ailleurs.test"},
    {"Origin": "http://sous.127.0.0.1:8000"},
    {"Origin": "https://127.0.0.1:8000"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"X-CSRF-Token": ""},
    {"X-CSRF-Token": "0" * 64},
    {"Origin": "https://ailleurs.test", "Content-Type": "text/plain"},
]
EACH: Final = 2
"""Attacks tried on each route; every attack is tried on dozens of them."""
STATELESS: Final = {
    "DELETE /api/v1/analyses/{ident}",
    "POST /api/v1/agec-declarations",
    "POST /api/v1/analyses",
    "POST /api/v1/awards/simulate",
    "POST /api/v1/clauses/{ident}/feedback",
    "POST /api/v1/duties/assess",
    "POST /api/v1/life-cycle-costs",
    "POST /api/v1/market/feasibility",
    "POST /api/v1/publication-codes",
    "POST /api/v1/recommendations",
    "POST /api/v1/shares/comments",
    "POST /api/v1/unsubscribe/{token}",
}
"""Read no cookie: the caller gives all that decides (a calculation, a link that one holds)."""


@pytest.fixture(scope="module")
async def world(client: httpx.AsyncClient) -> World:
    return await plant(client)


def _guarded(app: FastAPI) -> set[str]:
    """The unsafe routes that read a session or check where they are called from."""
    found = set()
    for context in iter_route_contexts(app.routes):
        if isinstance(context.route, APIRoute):
            calls = set(calls_of(context.route.dependant))
            if calls & {actors._visitor, require_same_origin}:
                found |= {f"{method} {context.path}" for method in context.route.methods}
    return found


async def _doors(client: httpx.AsyncClient, world: World) -> dict[str, Door]:
    team = {role: await sign_in(client, role=role) for role in ("editor", "legal_reviewer", "platform_admin")}
    return team | {"buyer": world.buyer, "firm": world.firm}


def _admitted(row: Census, doors: dict[str, Door]) -> Door:
    if row.guard.platform:
        return doors[min(row.guard.platform).value]
    return doors["firm" if row.guard.side == "firm" else "buyer"]


async def test_no_unsafe_route_obeys_another_site(client: httpx.AsyncClient, app: FastAPI, world: World) -> None:
    guarded, doors, tried = _guarded(app), await _doors(client, world), 0
    unsafe = [row for row in routes_of(app) if row.method != "GET"]
    assert {row.name for row in unsafe if row.name not in guarded} == STATELESS
    before = await counts(app)
    for place, row in enumerate([row for row in unsafe if row.name in guarded]):
        for step in range(EACH):
            attack = ATTACKS[(place + step * 4) % len(ATTACKS)]
            if row.guard.public and "X-CSRF-Token" in attack:
                continue  # who is not signed in yet has no token: the origin decides alone
            answer = await verdicts.ask(_admitted(row, doors), app, row, world.values(row.path), **attack)
            tried += 1
            said: dict[str, Any] = answer.json()
            assert (answer.status_code, said["type"]) == (403, "/problems/origine"), (row.name, attack, said)
    assert tried > 250
    assert await counts(app) == before


async def test_a_read_writes_nothing(client: httpx.AsyncClient, app: FastAPI, world: World) -> None:
    visitor = await sign_in(client, role="visitor")
    before = await counts(app)
    for door in (world.buyer, world.firm, visitor):
        for row in canary.reads(app):
            await door.get(row.address(world.values(row.path)))
    after = await counts(app)
    assert {name: (before[name], number) for name, number in after.items() if number != before[name]} == {}
