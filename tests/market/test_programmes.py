"""Programmes of purchases, saved searches, invitations, reminders."""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import time_machine
from sqlalchemy import select

from app.accounts.sessions import now
from app.market import alerts, upkeep
from app.market.models import Firm
from tests.accounts.people import Door, make_organisation, sign_in
from tests.accounts.post import letters, state
from tests.market.makers import API, cover, declare, new_firm, new_offer

NEXT_YEAR = f"{date.today().year + 1}-03-15"  # noqa: DTZ011 (a date of the tests)


async def announce(door: Door, **fields: Any) -> dict[str, Any]:
    body = {"title": "Mobilier de seconde main des écoles", "families": ["mobilier"], "expected_on": NEXT_YEAR}
    made = await door.post(f"{API}/programmes", json=body | {"status": "published"} | fields)
    assert made.status_code == 201, made.text
    return dict(made.json())


async def listed(client: httpx.AsyncClient, **asked: Any) -> list[int]:
    found: list[int] = []
    cursor: str | None = None
    while True:
        answer = await client.get(f"{API}/programmes", params=asked | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        found += [one["id"] for one in answer.json()["items"]]
        cursor = answer.json()["next"]
        if cursor is None:
            return found


async def test_a_published_purchase_is_followed_by_family_and_territory(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation=await make_organisation(client))
    here = await announce(buyer, departments=["35"])
    anywhere = await announce(buyer)
    draft = await announce(buyer, status="draft", departments=["35"])
    assert here["expected_on"].endswith("-03-01")
    found = await listed(client, family="mobilier", department="35", limit=1)
    assert {here["id"], anywhere["id"]} <= set(found)
    assert len(found) == len(set(found))
    assert draft["id"] not in found
    assert here["id"] not in await listed(client, department="13")
    assert here["id"] not in await listed(client, family="textile")
    assert (await client.get(f"{API}/programmes/{draft['id']}")).status_code == 404
    feed = await client.get(f"{API}/programmes.atom", params={"family": "mobilier", "department": "35"})
    titles = [e.text or "" for e in ET.fromstring(feed.content).iter("{http://www.w3.org/2005/Atom}title")]  # noqa: S314
    assert any("Mobilier de seconde main" in title for title in titles)


async def test_only_its_organisation_changes_a_programme(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation=await make_organisation(client))
    other = await sign_in(client, organisation=await make_organisation(client))
    firm = await sign_in(client, organisation="firm")
    made = await announce(buyer)
    address, tag = f"{API}/programmes/{made['id']}", {"If-Match": f'"{made["version"]}"'}
    body = {"title": "Mobilier retiré", "families": ["mobilier"], "expected_on": NEXT_YEAR, "status": "withdrawn"}
    assert (await other.put(address, json=body, headers=tag)).status_code == 404
    assert (await firm.put(address, json=body, headers=tag)).status_code == 403
    assert (await buyer.put(address, json=body)).status_code == 428
    assert (await buyer.put(address, json=body, headers=tag)).status_code == 200
    assert made["id"] not in await listed(client)


async def test_a_past_month_or_an_unknown_family_is_refused_beside_its_field(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client)
    body = {"title": "Mobilier", "families": ["licorne"], "expected_on": "2020-01-01", "status": "published"}
    refused = await buyer.post(f"{API}/programmes", json=body)
    assert refused.status_code == 422
    assert {e["pointer"] for e in refused.json()["errors"]} == {"/families/0", "/expected_on"}


async def follow(door: Door, subject: str, query: str) -> dict[str, Any]:
    made = await door.post(f"{API}/saved-searches", json={"subject": subject, "name": "Ma veille", "query": query})
    assert made.status_code == 201, made.text
    return dict(made.json())


async def tell(client: httpx.AsyncClient, ident: int) -> None:
    async with state(client).sessions() as session, session.begin():
        await alerts.tell(session, state(client).settings, ident)


async def test_a_saved_search_tells_what_is_new_once(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, name="veilleuse", organisation=await make_organisation(client))
    saved = await follow(buyer, "firms", "family=mobilier&department=2B")
    await tell(client, saved["id"])
    assert await letters(client, buyer.email) == []
    door, firm = await new_firm(client, department="2B", name="Meubles du Cap")
    await new_offer(door)
    await tell(client, saved["id"])
    await tell(client, saved["id"])
    (letter,) = await letters(client, buyer.email)
    assert "Meubles du Cap" in letter.body
    assert f"/entreprises/{firm['siret']}" in letter.body
    feed = await client.get(saved["feed"].replace(state(client).settings.public_url, ""))
    assert b"Meubles du Cap" in feed.content


async def test_a_firm_follows_purchases_and_stops(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation=await make_organisation(client))
    door, _ = await new_firm(client)
    saved = await follow(door, "programmes", "family=mobilier&department=976")
    await announce(buyer, departments=["976"], title="Tables pour Mayotte")
    await tell(client, saved["id"])
    assert "Tables pour Mayotte" in (await letters(client, door.email))[-1].body
    stranger = await sign_in(client, name="autre")
    assert (await stranger.delete(f"{API}/saved-searches/{saved['id']}")).status_code == 404
    assert (await door.delete(f"{API}/saved-searches/{saved['id']}")).status_code == 204
    assert (await door.get(f"{API}/saved-searches")).json()["items"] == []
    feed = await client.get(saved["feed"].replace(state(client).settings.public_url, ""))
    assert feed.status_code == 404


async def test_a_search_that_cannot_be_read_is_refused(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client)
    for query in ("department=999", "couleur=bleu", "level=12"):
        body = {"subject": "firms", "name": "Veille", "query": query}
        refused = await buyer.post(f"{API}/saved-searches", json=body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/query")


async def test_a_firm_is_invited_once_by_an_organisation(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation=await make_organisation(client, name="Commune du Lac"))
    address = f"atelier.{buyer.organisation_id}@exemple.test"
    assert (await buyer.post(f"{API}/firm-invitations", json={"email": address})).status_code == 202
    assert (await buyer.post(f"{API}/firm-invitations", json={"email": address})).status_code == 409
    (letter,) = await letters(client, address)
    assert "Commune du Lac" in letter.body
    firm = await sign_in(client, organisation="firm")
    assert (await firm.post(f"{API}/firm-invitations", json={"email": address})).status_code == 403


async def test_a_proof_is_recalled_once_thirty_days_before_its_end(client: httpx.AsyncClient) -> None:
    door, _ = await new_firm(client)
    end = str(now().date() + timedelta(days=60))
    await door.post(f"{API}/proofs", json={"title": "Attestation", "expires_on": end})

    async def remind() -> int:
        async with state(client).sessions() as session, session.begin():
            await upkeep.remind(session, state(client).settings)
        return len(await letters(client, door.email))

    assert await remind() == 0
    with time_machine.travel(now() + timedelta(days=31), tick=True):
        assert await remind() == 1
        assert await remind() == 1


async def test_an_offer_that_has_ended_leaves_the_directory_at_night(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client, department="974")
    end = str(now().date() + timedelta(days=5))
    await new_offer(door, valid_until=end)
    await cover(door, firm, {"kind": "department", "code": "974"})
    await declare(door)

    async def families() -> list[str]:
        async with state(client).sessions() as session, session.begin():
            await upkeep.rebuild_ended(session)
            asked = select(Firm.families).where(Firm.siret == firm["siret"])
            return list((await session.execute(asked)).scalar_one())

    assert await families() == ["mobilier"]
    with time_machine.travel(now() + timedelta(days=6), tick=True):
        assert await families() == []
