"""What is wrong with who gets what, as sentences: the tests want none, the mutants want one."""

from typing import Any, Final

import httpx
from fastapi import FastAPI

from app.accounts.rules import Role
from tests.access import canary
from tests.access.bodies import sent
from tests.access.census import Census, Guard, routes_of
from tests.access.planted import API, World
from tests.accounts.people import Door, make_organisation, sign_in
from tests.market.makers import new_firm

REFUSED: Final = {401, 403}
UNKNOWN: Final = "999999999"
IDENTITIES: Final = {
    "visitor": {"role": "visitor"},
    "expired": {"role": "visitor"},
    "A reader": {"role": "reader"},
    "A writer": {"role": "writer"},
    "A administrator": {"role": "administrator"},
    "B writer": {"role": "writer", "organisation": "B"},
    "firm reader": {"role": "reader", "organisation": "firm"},
    "firm administrator": {"role": "administrator", "organisation": "firm"},
    "firm 2 writer": {"role": "writer", "organisation": "firm2"},
    "editor": {"role": "editor"},
    "legal reviewer": {"role": "legal_reviewer"},
    "platform administrator": {"role": "platform_admin"},
    "reading key of A": {"role": "key_reader"},
    "writing key of A": {"role": "key_writer"},
}
OPEN: Final = {
    *(f"{method} /api/v1/published-sourcings/{{ident}}/answer" for method in ("GET", "PUT", "DELETE")),
    "POST /api/v1/published-sourcings/{ident}/questions",
    "PUT /api/v1/published-sourcings/{ident}/refusal",
    "GET /api/v1/proofs/{ident}/file",
}
"""A published sourcing is read and answered by every firm, the file of a proof read by every buyer: meant so."""
_RANKS: Final = ["reader", "writer", "administrator"]


def admits(guard: Guard, identity: str) -> bool:
    """What the signature says of an identity, written here a second time from its words."""
    who = IDENTITIES[identity]
    role, organisation = who["role"], who.get("organisation", "A")
    if guard.public or role == "visitor":
        return guard.public
    if guard.browser and role.startswith("key_"):
        return False
    if guard.platform:
        return role in {name.value for name in guard.platform}
    if guard.role is None:
        return True
    mine = {"key_reader": "reader", "key_writer": "writer"}.get(role, role)
    if mine not in _RANKS or _RANKS.index(mine) < _RANKS.index(guard.role.value):
        return False
    return guard.side == "any" or (guard.side == "firm") == organisation.startswith("firm")


async def door_of(client: httpx.AsyncClient, identity: str) -> Door:
    door = await sign_in(client, **IDENTITIES[identity])  # type: ignore[arg-type]
    if identity == "expired":
        door.cookies.set("session", "x" * 43)
    return door


async def ask(door: Door, app: FastAPI, row: Census, values: dict[str, str], **headers: str) -> httpx.Response:
    """A request whose form is right, so that only rights can refuse it."""
    given = sent(app.openapi(), row.method, row.path)
    own = given.pop("headers", {}) | {"If-Match": '"1"'} | headers
    return await door.request(row.method, row.address(values), headers=own, **given)


async def let_in_wrongly(
    client: httpx.AsyncClient, app: FastAPI, identity: str, room: str = ""
) -> tuple[list[str], int]:
    """Routes that answer an identity that their signature does not admit, and the number of routes tried."""
    door, wrong, tried = await door_of(client, identity), list[str](), 0
    for row in routes_of(app):
        if row.guard.public or not row.room.startswith(room) or (admits(row.guard, identity) and row.method != "GET"):
            continue
        answer = await ask(door, app, row, {})
        tried += 1
        if not admits(row.guard, identity) and answer.status_code not in REFUSED:
            wrong.append(f"{row.name}: {answer.status_code}")
        if identity in {"visitor", "expired"} and answer.status_code != 401:
            wrong.append(f"{row.name}: {answer.status_code} to nobody")
        if answer.status_code >= 500 and answer.status_code not in {501, 503}:
            wrong.append(f"{row.name}: {answer.status_code}")
    return wrong, tried


async def told_apart(client: httpx.AsyncClient, app: FastAPI, world: World, room: str = "") -> tuple[list[str], int]:
    """Routes where a stranger can tell another's object from one that nobody has, and the number of pairs compared."""
    org = await make_organisation(client)
    strangers = [
        await sign_in(client, role="administrator", organisation=org),
        (await new_firm(client))[0],
    ]
    own = await strangers[0].post(f"{API}/purchases", json={})
    mine = {f"{API}/purchases/": str(own.json()["id"]), f"{API}/organisations/": str(org.id)}
    wrong, compared = list[str](), 0
    for row in routes_of(app):
        if row.guard.public or "{" not in row.path or row.name in OPEN or not row.room.startswith(room):
            continue
        pairs = [(world.values(row.path), _unknown(row.path, world))] if _owned(row.path, world) else []
        if theirs := world.inner.get(row.path):
            name = row.path.rsplit("{", 1)[1].split("}")[0]
            here = next(ident for start, ident in mine.items() if row.path.startswith(start))
            pairs.append(({"ident": here, name: theirs}, {"ident": here, name: UNKNOWN}))
        for door in strangers:
            if row.guard.side == ("firm" if door is strangers[0] else "buyer"):
                continue  # the matrix has refused these
            for seen, none in pairs:
                compared += 1
                first, second = await ask(door, app, row, seen), await ask(door, app, row, none)
                if _said(first) != _said(second) or first.status_code < 400:
                    wrong.append(f"{row.name}: {first.status_code} {first.text[:90]} / {second.status_code}")
                if first.status_code == 422 and first.json()["type"] == "/problems/champs":
                    wrong.append(f"{row.name}: its form is refused before its rights {first.text[:200]}")
    return wrong, compared


def _owned(path: str, world: World) -> bool:
    return "{ident}" in path and any(path.startswith(start) for start in world.places)


def _unknown(path: str, world: World) -> dict[str, str]:
    return world.values(path) | {"ident": UNKNOWN}


def _said(answer: httpx.Response) -> tuple[int, dict[str, Any] | str]:
    """All that a client sees, but the number of the request."""
    if not answer.headers.get("content-type", "").endswith("json"):
        return answer.status_code, answer.text
    return answer.status_code, {**answer.json(), "trace_id": ""}


async def marks_shown(
    client: httpx.AsyncClient, app: FastAPI, world: World, who: str, room: str = ""
) -> tuple[list[str], int]:
    """The private sentences that somebody else is shown, and the number of answers read."""
    door, allowed = await _other(client, who), _may_read(world, who)
    wrong, seen = list[str](), 0
    async for where, text in canary.crawl(app, door, world, room):
        seen += 1
        wrong += [f"{where}: {mark}" for mark in canary.leaks(text, world) if mark not in allowed]
    return wrong, seen


async def _other(client: httpx.AsyncClient, who: str) -> Door:
    if who == "rival firm":
        return (await new_firm(client))[0]
    if who in {"other buyer", "other key"}:
        org = await make_organisation(client)
        return await sign_in(client, role="administrator" if who == "other buyer" else "key_writer", organisation=org)
    return await sign_in(client, role=who)


def _may_read(world: World, who: str) -> set[str]:
    """What somebody else is meant to see, by decision: buyers read the proofs of firms, the operator knows accounts."""
    if who == "platform_admin":
        asked = {mark for mark in world.marks if "délibération" in mark}
        return {world.buyer.email, world.firm.email} | asked
    return {mark for mark, whose in world.marks.items() if whose == "buyers" and who in {"other buyer", "other key"}}


async def half_let_in(client: httpx.AsyncClient, app: FastAPI, room: str = "") -> tuple[list[str], int]:
    """Routes of powers that a session without a second factor opens, and sensitive ones that an old proof opens."""
    weak = await sign_in(client, role="administrator", name="faible", strong=False)
    platform = await sign_in(client, role="platform_admin", name="faible", strong=False)
    editor = await sign_in(client, role="editor", name="faible", strong=False)
    wrong, tried = list[str](), 0
    for row in routes_of(app):
        needs = bool(row.guard.platform) or row.guard.role is Role.ADMINISTRATOR
        if not needs or not row.room.startswith(room):
            continue
        for door in (weak, platform, editor):
            tried += 1
            answer = await ask(door, app, row, {})
            if answer.status_code != 403:
                wrong.append(f"{row.name}: {answer.status_code} without a second factor")
    stale = await sign_in(client, name="ancien", fresh=False)
    for row in routes_of(app):
        if row.guard.fresh and row.room.startswith(room):
            tried += 1
            answer = await ask(stale, app, row, {})
            if (answer.status_code, answer.json()["type"]) != (403, "/problems/reauthentification"):
                wrong.append(f"{row.name}: {answer.status_code} with an old proof")
    return wrong, tried
