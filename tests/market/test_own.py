"""Whose page, refusal, plan or search it is: an act on one's own touches nobody else's.

Each of these killed a mutant of `tests/access/mutants.py` that nothing else noticed.
"""

import httpx
import pytest

from tests.accounts.people import make_organisation, sign_in
from tests.accounts.post import new_email
from tests.market.makers import API, cover, new_firm, new_offer
from tests.market.sourcing_makers import answer, published, supplier


async def test_a_firm_that_changes_where_it_works_changes_nobody_else(client: httpx.AsyncClient) -> None:
    first, page = await new_firm(client, department="35")
    second, other = await new_firm(client, department="22")
    await new_offer(second, title="Bancs de chêne")
    await cover(first, page, {"kind": "department", "code": "29"})
    seen = (await client.get(f"{API}/firms/{other['siret']}")).json()
    mine = (await client.get(f"{API}/firms/{page['siret']}")).json()
    assert [line["code"] for line in seen["coverages"]] == ["22"]
    assert [line["code"] for line in mine["coverages"]] == ["29"]
    assert (mine["offers"], [one["title"] for one in seen["offers"]]) == ([], ["Bancs de chêne"])


async def test_a_refusal_is_taken_back_by_its_firm_alone(client: httpx.AsyncClient) -> None:
    first, second = await supplier(client), await supplier(client)
    buyer = await sign_in(client, organisation=await make_organisation(client))
    ident = await published(buyer)
    here = f"{API}/published-sourcings/{ident}"
    for code, door in (("too_big", first), ("too_big", second)):
        assert (await door.put(f"{here}/refusal", json={"code": code})).json()["refusal"] == code
    assert (await answer(second, ident)).json()["refusal"] is None
    line = next(one for one in (await first.get(f"{API}/received-sourcings")).json()["items"] if one["id"] == ident)
    assert line["state"] == "refused"


async def test_lists_and_limits_are_those_of_ones_own_house(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await sign_in(client, organisation=await make_organisation(client))
    two = await sign_in(client, organisation=await make_organisation(client))
    plan = "Intitulé;Code CPV;Montant estimé (€ HT);Date de lancement;Département\r\nChaises;39160000;120000;T2 2027;69"
    assert (await one.post(f"{API}/purchase-plans", files={"file": ("p.csv", plan.encode())})).status_code == 201
    assert len((await one.get(f"{API}/purchase-plans")).json()["items"]) == 1
    assert (await two.get(f"{API}/purchase-plans")).json()["items"] == []
    programme = {"title": "Écoles", "families": ["mobilier"], "expected_on": "2027-03-15", "status": "published"}
    made = await one.post(f"{API}/programmes", json=programme)
    assert made.status_code == 201, made.text
    shown = [row for row in (await two.get(f"{API}/programmes?limit=50")).json()["items"] if row["title"] == "Écoles"]
    assert all("edit" not in row["may"] for row in shown)
    monkeypatch.setattr("app.market.routes_searches.MOST", 1)
    monkeypatch.setattr("app.market.routes_searches.PER_DAY", 1)
    search = {"subject": "firms", "name": "Veille", "query": "family=mobilier"}
    for door in (one, two):
        assert (await door.post(f"{API}/saved-searches", json=search)).status_code == 201, "each their own many"
        assert (await door.post(f"{API}/firm-invitations", json={"email": new_email()})).status_code == 202
    assert (await two.post(f"{API}/saved-searches", json=search)).status_code == 422
    assert (await two.post(f"{API}/firm-invitations", json={"email": new_email()})).status_code == 429
