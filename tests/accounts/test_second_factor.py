"""Extended powers stay closed without a second factor, on every real route of the edition and of the administration."""

import httpx
import pytest
from fastapi import FastAPI

from app.accounts.models import PlatformRole
from app.accounts.rules import PlatformRoleName
from tests.access.bodies import sent
from tests.access.census import Census, routes_of
from tests.accounts.people import sign_in
from tests.accounts.post import new_account, state, with_totp

OWN = {
    PlatformRoleName.EDITOR: ("GET /api/v1/edition/queue", "POST /api/v1/edition/proposals"),
    PlatformRoleName.LEGAL_REVIEWER: ("GET /api/v1/edition/queue", "POST /api/v1/edition/proposals/{ident}/readings"),
    PlatformRoleName.PLATFORM_ADMIN: ("GET /api/v1/platform/people", "PUT /api/v1/platform/people/{ident}/roles"),
}
"""Routes that each role must have: the census below cannot pass by being empty."""


def _of(app: FastAPI, role: PlatformRoleName) -> list[Census]:
    return [row for row in routes_of(app) if role in row.guard.platform]


@pytest.mark.parametrize("role", list(PlatformRoleName))
async def test_a_role_of_the_platform_opens_nothing_without_a_second_factor(
    client: httpx.AsyncClient, app: FastAPI, role: PlatformRoleName
) -> None:
    weak, document = await sign_in(client, role=role, name=f"sans{role}", strong=False), app.openapi()
    routes = _of(app, role)
    assert set(OWN[role]) <= {row.name for row in routes}
    for row in routes:
        body = sent(document, row.method, row.path)
        answer = await weak.request(row.method, row.address({"ident": "1"}), **body)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/second-facteur"), row.name
    assert (await weak.get("/api/v1/session")).json()["second_factor_needed"] is True


@pytest.mark.parametrize("role", list(PlatformRoleName))
async def test_an_application_of_codes_is_enough_to_open_them(
    client: httpx.AsyncClient, role: PlatformRoleName
) -> None:
    door = await new_account(client)
    async with state(client).sessions() as session, session.begin():
        session.add(PlatformRole(person_id=door.person_id, role=role))
    address = OWN[role][0].removeprefix("GET ")
    assert (await door.get(address)).json()["type"] == "/problems/second-facteur"
    await with_totp(door)
    assert (await door.get(address)).status_code == 200
