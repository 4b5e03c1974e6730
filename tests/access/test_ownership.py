"""Whose it is decides: to another organisation, an object that exists is an object that does not."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI

from tests.access.census import Census, routes_of
from tests.accounts.people import Door, sign_in
from tests.market import sourcing_makers
from tests.purchases.makers import draft

UNKNOWN: Final = "999999999"


async def _purchase(client: httpx.AsyncClient) -> str:
    owner = await sign_in(client, role="writer", organisation="A")
    return str((await owner.post("/api/v1/purchases", json={"draft": draft()})).json()["id"])


async def _organisation(client: httpx.AsyncClient) -> str:
    return str((await sign_in(client, role="administrator", organisation="A")).organisation_id)


async def _sourcing(client: httpx.AsyncClient) -> str:
    ident, _ = await sourcing_makers.draft(await sign_in(client, role="writer", organisation="A"))
    return str(ident)


OWNED: Final[dict[str, Callable[[httpx.AsyncClient], Awaitable[str]]]] = {
    "/api/v1/purchases/{ident}": _purchase,
    "/api/v1/organisations/{ident}": _organisation,
    "/api/v1/sourcings/{ident}": _sourcing,
}
"""What belongs to organisation A, by the address of its routes."""


async def _asked(door: Door, row: Census, ident: str) -> tuple[int, dict[str, Any]]:
    answer = await door.request(
        row.method,
        row.address({"ident": ident}),
        json={} if row.method in {"POST", "PUT", "PATCH"} else None,
        headers={"Idempotency-Key": f"ownership-{ident}", "If-Match": '"1"'},
    )
    body = answer.json() if answer.headers.get("content-type", "").endswith("json") else {}
    body.pop("trace_id", None)
    return answer.status_code, body


@pytest.mark.parametrize("other", [("administrator", "B"), ("writer", "B"), ("administrator", "firm")])
@pytest.mark.parametrize("root", OWNED)
async def test_another_organisation_cannot_tell_an_object_from_none(
    app: FastAPI, client: httpx.AsyncClient, root: str, other: tuple[str, str]
) -> None:
    ident = await OWNED[root](client)
    owner = await sign_in(client, role="administrator", organisation="A")
    stranger = await sign_in(client, role=other[0], organisation=other[1])
    rows = [row for row in routes_of(app) if row.path.startswith(root)]
    assert len(rows) >= 5
    for row in rows:
        theirs, none = await _asked(stranger, row, ident), await _asked(stranger, row, UNKNOWN)
        assert theirs == none, row.name
        assert theirs[0] >= 400, row.name
    assert (await owner.get(f"{root.removesuffix('/{ident}')}/{ident}")).status_code == 200
