"""Every route × every identity: whom the signature does not admit gets nothing; a public route is public on purpose."""

import httpx
import pytest
from fastapi import FastAPI

from app.accounts.rules import PlatformRoleName, Role
from tests.access import verdicts
from tests.access.census import Census, routes_of
from tests.access.public import PUBLIC_READS, PUBLIC_WRITES


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
    assert {row.name for row in census} - documented == {
        "GET /{path:path}",
        "GET /metrics",
        "GET /.well-known/security.txt",
    }
    assert len(census) >= 320


async def test_a_public_route_is_public_on_purpose(census: list[Census]) -> None:
    public = {row.name for row in census if row.guard.public}
    writes = {name for name in public if not name.startswith("GET ")}
    assert writes == PUBLIC_WRITES
    assert public - writes == PUBLIC_READS


@pytest.mark.parametrize("identity", verdicts.IDENTITIES)
async def test_whom_a_signature_does_not_admit_gets_nothing(
    client: httpx.AsyncClient, app: FastAPI, census: list[Census], identity: str
) -> None:
    wrong, tried = await verdicts.let_in_wrongly(client, app, identity)
    assert not wrong, "\n".join(wrong)
    refused = sum(not row.guard.public and not verdicts.admits(row.guard, identity) for row in census)
    assert tried >= refused > 10


async def test_the_matrix_bites_when_a_guard_is_forgotten(census: list[Census]) -> None:
    guarded = [row for row in census if not row.guard.public]
    assert {role for row in guarded if (role := row.guard.role)} == set(Role)
    assert {name for row in guarded for name in row.guard.platform} == set(PlatformRoleName)
    assert any(not verdicts.admits(row.guard, "A reader") for row in guarded)
