"""Signing the charter: asked by the organisation, answered by the platform, shown to everybody, withdrawn."""

import io
from typing import Any

import docx
import httpx

from tests.accounts.people import Door, Org, make_organisation, sign_in


def on(row: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{row["version"]}"'}


async def asked(client: httpx.AsyncClient, organisation: Org) -> tuple[Door, dict[str, Any]]:
    admin = await sign_in(client, role="administrator", organisation=organisation)
    answer = await admin.post("/api/v1/charter/adhesions", json={"deliberation": "2026-114"})
    assert answer.status_code == 201, answer.text
    return admin, dict(answer.json())


async def decided(client: httpx.AsyncClient, row: dict[str, Any], **body: Any) -> httpx.Response:
    platform = await sign_in(client, role="platform_admin")
    return await platform.post(f"/api/v1/charter/adhesions/{row['id']}/decision", json=body, headers=on(row))


async def test_an_accepted_organisation_stands_in_the_register_with_the_version_that_it_signed(
    client: httpx.AsyncClient,
) -> None:
    organisation = await make_organisation(client, name="Ville de Saint-Exemple", department="35")
    admin, row = await asked(client, organisation)
    register = "/api/v1/charter/signatories?q=Saint-Exemple"
    assert (await client.get(register)).json()["items"] == []
    current = (await client.get("/api/v1/charter/versions")).json()["current"]
    accepted = (await decided(client, row, accept=True)).json()
    assert (accepted["state"], accepted["charter_version"]) == ("accepted", current)
    page = (await client.get(register + "&department=35")).json()
    assert [line["organisation"] for line in page["items"]] == ["Ville de Saint-Exemple"]
    assert page["facets"]["department"] == [{"value": "35", "count": 1}]
    assert page["count"] == 1
    text = (await client.get("/api/v1/charter/signatories.csv?q=Saint-Exemple")).text
    assert f"Ville de Saint-Exemple;{organisation.siret};Collectivité;35;{current};" in text
    gone = await admin.post(
        f"/api/v1/charter/adhesions/{row['id']}/withdrawal", json={"reason": "Fusion"}, headers=on(accepted)
    )
    assert gone.json()["state"] == "withdrawn"
    assert (await client.get(register)).json()["items"] == []
    mine = (await admin.get("/api/v1/charter/adhesion")).json()
    assert (mine["adhesion"]["withdrawal"], mine["may"]) == ("Fusion", ["ask"])


async def test_a_refusal_says_why_and_the_organisation_may_ask_again(client: httpx.AsyncClient) -> None:
    admin, row = await asked(client, await make_organisation(client))
    assert (await decided(client, row, accept=False)).status_code == 422
    refused = await decided(client, row, accept=False, reason="Délibération manquante.")
    assert refused.json()["reason"] == "Délibération manquante."
    assert (await decided(client, refused.json(), accept=True)).json()["type"] == "/problems/adhesion-close"
    assert (await admin.post("/api/v1/charter/adhesions", json={})).status_code == 201


async def test_one_adhesion_at_a_time(client: httpx.AsyncClient) -> None:
    admin, _ = await asked(client, await make_organisation(client))
    again = await admin.post("/api/v1/charter/adhesions", json={})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/adhesion-ouverte")


async def test_only_an_administrator_asks_and_only_the_platform_answers(client: httpx.AsyncClient) -> None:
    organisation = await make_organisation(client)
    writer = await sign_in(client, role="writer", organisation=organisation)
    assert (await writer.post("/api/v1/charter/adhesions", json={})).status_code == 403
    assert (await writer.get("/api/v1/charter/adhesion")).json()["may"] == []
    admin, row = await asked(client, organisation)
    answer = await admin.post(f"/api/v1/charter/adhesions/{row['id']}/decision", json={"accept": True}, headers=on(row))
    assert answer.status_code == 403
    other = await sign_in(client, role="administrator", organisation=await make_organisation(client))
    stolen = await other.post(f"/api/v1/charter/adhesions/{row['id']}/withdrawal", json={}, headers=on(row))
    assert stolen.status_code == 404


async def test_an_answer_to_a_stale_demand_is_refused(client: httpx.AsyncClient) -> None:
    admin, row = await asked(client, await make_organisation(client))
    await admin.post(f"/api/v1/charter/adhesions/{row['id']}/withdrawal", json={}, headers=on(row))
    assert (await decided(client, row, accept=True)).status_code == 412


async def test_the_letters_name_the_organisation_the_version_and_what_is_left_to_fill_in(
    client: httpx.AsyncClient,
) -> None:
    organisation = await make_organisation(client, name="Communauté de communes du Test")
    admin = await sign_in(client, role="administrator", organisation=organisation)
    for name in ("delegation", "deliberation"):
        answer = await admin.post(f"/api/v1/charter/letters/{name}", json={"referent": "Léa Roux, acheteuse"})
        text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
        assert "Communauté de communes du Test" in text
        assert "Léa Roux, acheteuse" in text
        assert "version 1" in text
        assert "[nom et fonction du signataire]" in text
