"""An organisation imports what it published and sees its past; a wrong file changes nothing."""

import csv
import json
from typing import Any

import httpx

from tests.accounts.people import Door, Org, make_organisation, sign_in

PATH = "/api/v1/past-contracts"


def contract(org: Org, number: int, **facts: Any) -> dict[str, Any]:
    said = facts.pop("said", ["Pas de considération environnementale"])
    usual = {
        "id": f"2025-{number:03d}",
        "acheteur": {"id": org.siret},
        "objet": f"Marché {number}",
        "codeCPV": "39121200-8",
        "dateNotification": "2025-03-01",
        "montant": 1000,
        "considerationsEnvironnementales": {"considerationEnvironnementale": said},
    }
    return {**usual, **facts}


def a_file(*contracts: dict[str, Any]) -> bytes:
    return json.dumps({"marches": {"marche": list(contracts)}}, indent=1).encode()


async def send(door: Door, content: bytes, name: str = "decp-2025.json", **headers: str) -> httpx.Response:
    return await door.post(PATH, files={"file": (name, content, "application/json")}, headers=headers)


async def test_what_was_published_becomes_a_share_by_year_and_family(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    door = await sign_in(client, organisation=org)
    other = await make_organisation(client)
    made = await send(
        door,
        a_file(
            contract(org, 1, said=["Clause environnementale"]),
            contract(org, 2, said=["Critère environnemental", "Clause environnementale"]),
            contract(org, 3),
            contract(org, 4, said=["MQ"], dateNotification="2024-05-02", codeCPV="99999999"),
            contract(other, 5),
        ),
    )
    assert made.status_code == 201, made.text
    assert (await send(await sign_in(client, organisation=other), a_file(contract(other, 6)))).status_code == 201
    assert {name: made.json()[name] for name in ("file_name", "contracts", "others", "may")} == {
        "file_name": "decp-2025.json", "contracts": 4, "others": 1, "may": ["delete"],
    }  # fmt: skip
    found = (await door.get(f"{PATH}/summary")).json()
    assert found["finding"] == "2 contrats sur 3 déclarés ont une clause ou un critère environnemental"
    assert [(one["label"], one["contracts"], one["declared"], one["share"]) for one in found["years"]] == [
        ("2024", 1, 0, None), ("2025", 3, 3, 66.7),
    ]  # fmt: skip
    assert [(one["family"], one["with_clause"], one["with_criterion"], one["amount"]) for one in found["families"]] == [
        ("mobilier", 2, 1, 3000.0), ("", 0, 0, 1000.0),
    ]  # fmt: skip
    rows = list(csv.reader((await door.get(f"{PATH}/summary.csv")).text.splitlines()))
    assert rows[1] == ["2024", "Sans famille (CPV absent ou hors familles)", "1", "0", "0", "0", "0", "", "1000.00"]
    assert rows[2][:2] == ["2025", "Mobilier"]


async def test_a_wrong_line_refuses_the_whole_file_and_says_which(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    door = await sign_in(client, organisation=org)
    assert (await send(door, a_file(contract(org, 1)))).status_code == 201
    before = (await door.get(f"{PATH}/summary")).json()
    wrong = await send(door, a_file(contract(org, 2), contract(org, 3, dateNotification="hier")))
    assert wrong.status_code == 422
    assert wrong.json()["type"] == "/problems/decp"
    assert [error["pointer"] for error in wrong.json()["errors"]] == ["/file"]
    assert "Ligne 19" in wrong.json()["detail"]
    assert (await door.get(f"{PATH}/summary")).json() == before
    for content in (b"", b"%PDF-1.7", b"{}", b'{"marches": []}'):
        assert (await send(door, content)).status_code == 422


async def test_a_file_without_a_contract_of_ours_is_refused(client: httpx.AsyncClient) -> None:
    org, other = await make_organisation(client), await make_organisation(client)
    refused = await send(await sign_in(client, organisation=org), a_file(contract(other, 1)))
    assert refused.status_code == 422
    assert org.siret[:9] in refused.json()["detail"].replace("\u202f", "")


async def test_the_same_contract_imported_again_is_replaced_and_an_import_can_be_removed(
    client: httpx.AsyncClient,
) -> None:
    org = await make_organisation(client)
    door = await sign_in(client, organisation=org)
    await send(door, a_file(contract(org, 1), contract(org, 2)))
    again = await send(door, a_file(contract(org, 2, said=["Clause environnementale"])), "deuxième.json")
    listed = (await door.get(PATH)).json()["items"]
    assert sorted((one["ident"], one["clause"]) for one in listed) == [("2025-001", False), ("2025-002", True)]
    assert [one["file_name"] for one in (await door.get(f"{PATH}/imports")).json()["items"]] == [
        "deuxième.json", "decp-2025.json",
    ]  # fmt: skip
    assert (await door.delete(f"{PATH}/imports/{again.json()['id']}")).status_code == 204
    assert [one["ident"] for one in (await door.get(PATH)).json()["items"]] == ["2025-001"]
    assert (await door.delete(f"{PATH}/imports/{again.json()['id']}")).status_code == 404


async def test_contracts_are_listed_by_pages_year_and_family(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    door = await sign_in(client, organisation=org)
    days = [f"2024-01-{day:02d}" for day in (3, 1, 2, 2, 5)]
    await send(door, a_file(*(contract(org, n, dateNotification=day) for n, day in enumerate(days)), contract(org, 9)))
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await door.get(f"{PATH}?limit=2&year=2024{cursor}")).json()
        seen += [one["notified_on"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == sorted(days, reverse=True)
    assert len((await door.get(f"{PATH}?family=mobilier")).json()["items"]) == 6
    assert (await door.get(f"{PATH}?family=aucune")).json()["items"] == []
    assert (await door.get(f"{PATH}?cursor=abc")).status_code == 400


async def test_the_same_import_sent_twice_is_done_once(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    door = await sign_in(client, organisation=org)
    key = {"Idempotency-Key": "import-decp-0001"}
    first = await send(door, a_file(contract(org, 1)), **key)
    second = await send(door, a_file(contract(org, 1)), **key)
    assert first.json() == second.json()
    assert len((await door.get(f"{PATH}/imports")).json()["items"]) == 1


async def test_the_past_of_an_organisation_is_its_own(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    writer = await sign_in(client, organisation=org)
    made = (await send(writer, a_file(contract(org, 1)))).json()
    stranger = await sign_in(client, organisation=await make_organisation(client))
    assert (await stranger.get(PATH)).json()["items"] == []
    assert (await stranger.delete(f"{PATH}/imports/{made['id']}")).status_code == 404
    reader = await sign_in(client, role="reader", organisation=org)
    assert len((await reader.get(PATH)).json()["items"]) == 1
    assert (await reader.get(f"{PATH}/summary")).json()["may"] == []
    assert (await send(reader, a_file(contract(org, 2)))).status_code == 403
    assert (await reader.delete(f"{PATH}/imports/{made['id']}")).status_code == 403
    for path in (PATH, f"{PATH}/summary", f"{PATH}/summary.csv", f"{PATH}/imports"):
        assert (await client.get(path)).status_code == 401
        assert (await (await sign_in(client, organisation="firm")).get(path)).status_code == 403
