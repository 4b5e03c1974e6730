"""Whose it is decides: to another organisation, an object that exists is an object that does not."""

import httpx
from fastapi import FastAPI

from tests.access import verdicts
from tests.access.planted import plant


async def test_another_organisation_cannot_tell_an_object_from_none(app: FastAPI, client: httpx.AsyncClient) -> None:
    world = await plant(client)
    wrong, compared = await verdicts.told_apart(client, app, world)
    assert not wrong, "\n".join(wrong)
    assert compared > 100
    for door, address in ((world.buyer, f"purchases/{world.places['/api/v1/purchases/{ident}']}"), (world.firm, "me")):
        assert (await door.get(f"/api/v1/{address}")).status_code == 200
