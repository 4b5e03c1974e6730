"""Every route × every identity: whom the signature does not admit gets nothing; a public route is public on purpose."""

from collections import Counter
from typing import Final

import httpx
import pytest
from fastapi import FastAPI

from app.accounts.rules import PlatformRoleName, Role, at_least
from tests.access.census import Census, Guard, routes_of
from tests.access.public import PUBLIC_READS, PUBLIC_WRITES
from tests.accounts.people import Door, sign_in

REFUSED: Final = {401, 403}
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
    if mine not in {r.value for r in Role} or not at_least(Role(mine), guard.role):
        return False
    return guard.side == "any" or (guard.side == "firm") == organisation.startswith("firm")


async def _door(client: httpx.AsyncClient, identity: str) -> Door:
    door = await sign_in(client, **IDENTITIES[identity])  # type: ignore[arg-type]
    if identity == "expired":
        door.cookies.set("session", "x" * 43)
    return door


@pytest.fixture
async def census(app: FastAPI) -> list[Census]:
    return routes_of(app)


async def test_every_route_of_the_contract_is_in_the_census(app: FastAPI, census: list[Census]) -> None:
    documented = {
        f"{method.upper()} {path}"
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if method in {"get", "post", "put", "patch", "delete"}
    }
    assert documented <= {row.name for row in census}
    assert len(census) >= 200


async def test_a_public_route_is_public_on_purpose(census: list[Census]) -> None:
    public = {row.name for row in census if row.guard.public}
    writes = {name for name in public if not name.startswith("GET ")}
    assert writes == PUBLIC_WRITES
    assert public - writes == PUBLIC_READS


@pytest.mark.parametrize("identity", IDENTITIES)
async def test_whom_a_signature_does_not_admit_gets_nothing(
    client: httpx.AsyncClient, census: list[Census], identity: str
) -> None:
    door = await _door(client, identity)
    wrong: list[str] = []
    told: Counter[int] = Counter()
    for row in census:
        if row.guard.public:
            continue
        answer = await door.request(
            row.method,
            row.address({}),
            json={} if row.method in {"POST", "PUT", "PATCH"} else None,
            headers={"Idempotency-Key": "access-matrix-0001", "If-Match": '"1"'},
        )
        told[answer.status_code] += 1
        if not admits(row.guard, identity) and answer.status_code not in REFUSED:
            wrong.append(f"{row.name}: {answer.status_code}")
        if identity == "visitor" and answer.status_code != 401:
            wrong.append(f"{row.name}: {answer.status_code} to nobody")
        if answer.status_code >= 500 and answer.status_code not in {501, 503}:
            wrong.append(f"{row.name}: {answer.status_code}")
    assert wrong == []
    assert told.total() == sum(not row.guard.public for row in census)


async def test_the_matrix_bites_when_a_guard_is_forgotten(census: list[Census]) -> None:
    guarded = [row for row in census if not row.guard.public]
    assert {role for row in guarded if (role := row.guard.role)} == set(Role)
    assert {name for row in guarded for name in row.guard.platform} == set(PlatformRoleName)
    assert any(not admits(row.guard, "A reader") for row in guarded)
