"""A living key asks four times more, on the account of its organisation; a revoked one gives nothing."""

import httpx
from fastapi import FastAPI
from sqlalchemy import update

from app.accounts.models_access import ApiKey
from app.accounts.quota import key_holder
from app.accounts.sessions import now
from tests.accounts.people import sign_in

READS = "/api/v1/duties"


async def test_a_key_of_an_organisation_has_four_times_the_reads(client: httpx.AsyncClient) -> None:
    nobody = (await client.get(READS)).headers["ratelimit-policy"]
    door = await sign_in(client, role="key_reader", organisation="A")
    holder = (await door.get(READS)).headers["ratelimit-policy"]
    quotas = [int(policy.split(";")[1].removeprefix("q=")) for policy in (nobody, holder)]
    assert quotas[1] == 4 * quotas[0]


async def test_a_key_belongs_to_its_organisation_until_it_is_revoked(app: FastAPI, client: httpx.AsyncClient) -> None:
    door = await sign_in(client, role="key_reader", organisation="B", name="Clé à révoquer")
    key = door.headers["Authorization"].removeprefix("Bearer ")
    holder_of = key_holder(app.state.sessions)
    assert await holder_of(key) == str(door.organisation_id)
    assert await holder_of(key[:-1] + ("a" if key[-1] != "a" else "b")) is None
    assert await holder_of("n’importe quoi") is None
    async with app.state.sessions() as session, session.begin():
        await session.execute(update(ApiKey).where(ApiKey.person_id == door.person_id).values(revoked_at=now()))
    assert await holder_of(key) is None
