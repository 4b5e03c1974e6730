"""Firms for the tests of the market, made through the doors that firms use."""

from typing import Any

import httpx

from app.accounts.rules import OrganisationKind
from tests.accounts.people import Door, make_organisation, sign_in

API = "/api/v1"


async def new_firm(client: httpx.AsyncClient, *, department: str = "35", name: str = "") -> tuple[Door, dict[str, Any]]:
    """A firm with its page, and its writer."""
    organisation = await make_organisation(client, kind=OrganisationKind.FIRM, department=department, name=name)
    door = await sign_in(client, organisation=organisation)
    made = await door.post(f"{API}/firms")
    assert made.status_code == 201, made.text
    return door, made.json()


async def new_offer(door: Door, **fields: Any) -> dict[str, Any]:
    body = {"kind": "goods", "title": "Mobilier de seconde main", "families": ["mobilier"], "levers": ["reemploi"]}
    made = await door.post(f"{API}/offers", json=body | fields)
    assert made.status_code == 201, made.text
    return dict(made.json())


async def declare(door: Door, clause: str = "CEC-MOB-001", **fields: Any) -> httpx.Response:
    return await door.put(f"{API}/capabilities/{clause}", json={"answer": "met", "level": 1} | fields)


async def cover(door: Door, firm: dict[str, Any], *coverages: dict[str, Any], **fields: Any) -> httpx.Response:
    page = await door.get(f"{API}/firms/{firm['siret']}")
    body = {"coverages": list(coverages)} | fields
    return await door.put(f"{API}/firms/{firm['siret']}", json=body, headers={"If-Match": page.headers["ETag"]})
