"""The directory of referents: joined by consent, found by facets, asked, left without a trace."""

from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import func, select

from app.network.models_people import NetworkReferent
from app.outbound.models import Mail
from tests.accounts.people import Door, make_organisation, sign_in

REFERENTS = "/api/v1/network/referents"
CARD: dict[str, Any] = {
    "about": "Le mobilier reconditionné dans les écoles.",
    "families": ["mobilier"],
    "departments": ["69"],
    "spaces": ["acheteurs-publics"],
    "audience": "everyone",
    "way": "form",
    "rule": "Réponse sous une semaine.",
    "consent": True,
}


async def buyer(client: httpx.AsyncClient, name: str) -> Door:
    return await sign_in(client, organisation=await make_organisation(client), name=name)


async def listed(client: httpx.AsyncClient, name: str, **changes: Any) -> tuple[Door, int]:
    door = await buyer(client, name)
    saved = await door.put(f"{REFERENTS}/mine", json=CARD | changes, headers={"If-Match": '"0"'})
    assert saved.status_code == 200, saved.text
    page = (await door.get(f"{REFERENTS}?limit=50")).json()
    return door, next(row["id"] for row in page["items"] if row["name"].startswith(name))


async def names(client: httpx.AsyncClient, query: str = "") -> list[str]:
    page = (await client.get(f"{REFERENTS}?limit=50&{query}")).json()
    return [row["name"].split()[0] for row in page["items"]]


async def test_nobody_is_listed_without_consent_nor_without_a_subject(client: httpx.AsyncClient) -> None:
    door = await buyer(client, "Nina")
    first = {"If-Match": '"0"'}
    refused = await door.put(f"{REFERENTS}/mine", json=CARD | {"consent": False}, headers=first)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/consent")
    empty = await door.put(f"{REFERENTS}/mine", json=CARD | {"families": [], "spaces": []}, headers=first)
    assert (empty.status_code, empty.json()["errors"][0]["pointer"]) == (422, "/families")
    wrong = await door.put(f"{REFERENTS}/mine", json=CARD | {"families": ["lune"], "spaces": ["mars"]}, headers=first)
    assert [one["pointer"] for one in wrong.json()["errors"]] == ["/families/0", "/spaces/0"]
    assert (await door.get(f"{REFERENTS}/mine")).json()["listed"] is False
    assert (await client.put(f"{REFERENTS}/mine", json=CARD, headers=first)).status_code == 401
    firm = await sign_in(client, organisation="firm")
    assert (await firm.put(f"{REFERENTS}/mine", json=CARD, headers=first)).status_code == 403


async def test_a_referent_is_found_by_family_space_territory_and_organisation(client: httpx.AsyncClient) -> None:
    await listed(client, "Lyane", families=["textile"], departments=["2A"], spaces=["spgd"])
    await listed(client, "Partout", families=["textile"], departments=[], spaces=[])
    assert {"Lyane", "Partout"} <= set(await names(client, "family=textile"))
    assert await names(client, "family=textile&department=2A") == ["Lyane", "Partout"]
    assert await names(client, "family=textile&department=75") == ["Partout"]
    assert "Partout" not in await names(client, "space=spgd")
    page = (await client.get(f"{REFERENTS}?family=textile&department=2A&limit=1")).json()
    assert page["next"] is not None
    organisation = page["items"][0]["organisation_id"]
    assert await names(client, f"organisation={organisation}") == ["Lyane"]
    corse = next(one for one in page["facets"]["departments"] if one["code"] == "2A")
    assert (corse["label"], corse["count"]) == ("Corse-du-Sud", 1)
    assert (await client.get(f"{REFERENTS}?cursor=zzz")).status_code == 400


async def test_who_is_for_members_is_hidden_from_visitors_and_an_address_is_shown_to_members_alone(
    client: httpx.AsyncClient,
) -> None:
    await listed(client, "Discrete", families=["jouets-puericulture"], audience="members")
    door, _ = await listed(client, "Ouverte", families=["jouets-puericulture"], way="address")
    assert await names(client, "family=jouets-puericulture") == ["Ouverte"]
    reader = await buyer(client, "Rita")
    assert await names(reader, "family=jouets-puericulture") == ["Discrete", "Ouverte"]
    shown = (await reader.get(f"{REFERENTS}?family=jouets-puericulture")).json()["items"]
    assert [row["address"] for row in shown] == ["", door.email]
    public = (await client.get(f"{REFERENTS}?family=jouets-puericulture")).text
    assert "@" not in public


async def test_a_message_reaches_the_referent_with_the_address_of_who_asks(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    referent, ident = await listed(client, "Renee")
    asker = await buyer(client, "Ali")
    body = {"subject": "Chaises reconditionnées", "text": "Comment contrôlez-vous la livraison ?"}
    key = {"Idempotency-Key": "un-seul-message"}
    for _ in range(2):
        assert (await asker.post(f"{REFERENTS}/{ident}/messages", json=body, headers=key)).status_code == 201
    async with app.state.sessions() as session:
        told = list(await session.scalars(select(Mail).where(Mail.subject.contains("Chaises reconditionnées"))))
    assert [mail.recipient for mail in told] == [referent.email]
    assert asker.email in told[0].body
    assert (await client.post(f"{REFERENTS}/{ident}/messages", json=body)).status_code == 401
    _, silent = await listed(client, "Muette", way="spaces")
    refused = await asker.post(f"{REFERENTS}/{silent}/messages", json=body)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/referent-sans-message")


async def test_a_change_names_its_version_and_withdrawing_leaves_nothing(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    door, ident = await listed(client, "Odette")
    mine = (await door.get(f"{REFERENTS}/mine")).json()
    changed = CARD | {"rule": "Le mardi."}
    assert (await door.put(f"{REFERENTS}/mine", json=changed)).status_code == 428
    assert (await door.put(f"{REFERENTS}/mine", json=changed, headers={"If-Match": '"0"'})).status_code == 412
    version = {"If-Match": f'"{mine["version"]}"'}
    assert (await door.put(f"{REFERENTS}/mine", json=changed, headers=version)).json()["rule"] == "Le mardi."
    for _ in range(2):
        assert (await door.delete(f"{REFERENTS}/mine")).json()["listed"] is False
    assert "Odette" not in await names(client)
    async with app.state.sessions() as session:
        kept = select(func.count()).select_from(NetworkReferent).where(NetworkReferent.id == ident)
        assert await session.scalar(kept) == 0
