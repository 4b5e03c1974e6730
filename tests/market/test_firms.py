"""Firms through their doors: a page in minutes, a territory, offers, proofs, capabilities."""

import asyncio
import io
from datetime import date, timedelta
from typing import Any

import httpx
import openpyxl
import time_machine

from app.accounts.sessions import now
from tests.accounts.people import sign_in
from tests.market.makers import API, cover, declare, new_firm, new_offer

SOON = str(date.today() + timedelta(days=20))  # noqa: DTZ011 (a date of the tests)


async def found(client: httpx.AsyncClient, **asked: Any) -> dict[str, list[str]]:
    """SIRET → reasons, over every page."""
    seen: dict[str, list[str]] = {}
    cursor: str | None = None
    while True:
        answer = await client.get(f"{API}/firms", params=asked | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        for item in answer.json()["items"]:
            assert item["siret"] not in seen, "a firm stands on two pages"
            seen[item["siret"]] = item["reasons"]
        cursor = answer.json()["next"]
        if cursor is None:
            return seen


async def test_a_firm_has_its_page_with_one_press_while_the_register_is_down(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client, name="Ateliers du Gué")
    assert firm["name"] == "Ateliers du Gué"
    assert firm["official"]["read_at"] is not None
    assert [one["name"] for one in firm["coverages"]] == ["Ille-et-Vilaine"]
    assert firm["completeness"] < 50
    assert "Ajoutez une offre" in firm["to_do"]
    assert (await door.post(f"{API}/firms")).status_code == 409
    public = (await client.get(f"{API}/firms/{firm['siret']}")).json()
    assert public["to_do"] == []
    assert public["may"] == ["read"]


async def test_a_buyer_has_no_firm_page(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation="A")
    assert (await buyer.post(f"{API}/firms")).status_code == 403
    assert (await client.post(f"{API}/firms")).status_code == 401


async def test_an_update_says_which_version_it_starts_from(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client)
    address = f"{API}/firms/{firm['siret']}"
    assert (await door.put(address, json={})).status_code == 428
    changed = await cover(door, firm, {"kind": "radius", "radius_km": 80}, description="Réparation")
    assert changed.status_code == 200, changed.text
    assert (await door.put(address, json={}, headers={"If-Match": '"1"'})).status_code == 412
    other, _ = await new_firm(client)
    assert (await other.put(address, json={}, headers={"If-Match": changed.headers["ETag"]})).status_code == 404


async def test_the_directory_says_why_a_firm_reaches_a_department(client: httpx.AsyncClient) -> None:
    seated, one = await new_firm(client, department="35")
    around, two = await new_firm(client, department="22")
    far, three = await new_firm(client, department="13")
    for door in (seated, around, far):
        await new_offer(door)
    await cover(around, two, {"kind": "radius", "radius_km": 120})
    await cover(far, three, {"kind": "country"})
    reasons = await found(client, family="mobilier", department="35")
    assert reasons[one["siret"]] == ["établie dans le département (Ille-et-Vilaine)"]
    assert reasons[two["siret"]][0].startswith("à ")
    assert reasons[two["siret"]][0].endswith("km pour un rayon de 120")
    assert reasons[three["siret"]] == ["couvre toute la France"]
    shown = list(reasons)
    assert shown.index(one["siret"]) < shown.index(two["siret"]) < shown.index(three["siret"])
    assert one["siret"] not in await found(client, family="mobilier", department="66")


async def test_a_firm_of_two_departments_stands_once_on_small_pages(client: httpx.AsyncClient) -> None:
    for number in range(5):
        door, firm = await new_firm(client, department="03")
        await new_offer(door, families=["textile"])
        if number % 2:
            await cover(door, firm, {"kind": "department", "code": "03"}, {"kind": "department", "code": "63"})
    reasons = await found(client, family="textile", department=["03", "63"], limit=1)
    assert len(reasons) == 5


async def test_filters_read_words_levers_statuses_and_cpv(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client, department="58")
    await new_offer(door, title="Rénovation de chaises d’école", levers=["reparation"], cpv=["39160000"])
    await cover(door, firm, {"kind": "department", "code": "58"}, declared_statuses=["ess"], description="Menuiserie")
    place = {"department": "58"}
    siret = firm["siret"]
    for asked in (
        {"q": "chaise"}, {"q": "menuiserie"}, {"q": siret}, {"lever": "reparation"}, {"status": "ess"},
        {"cpv": "39160000"}, {"cpv": "39161000"}, {"cpv": "39000000"},
    ):  # fmt: skip
        assert siret in await found(client, **place, **asked), asked
    for asked in ({"q": "bitume"}, {"lever": "sobriete"}, {"status": "siae"}, {"cpv": "45000000"}):
        assert siret not in await found(client, **place, **asked), asked
    facets = (await client.get(f"{API}/firms/facets", params=place)).json()
    assert facets["count"] == {"number": len(await found(client, **place)), "how": "exact"}
    assert {"code": "ess", "label": "Économie sociale et solidaire", "count": 1} in facets["statuses"]


async def test_the_map_counts_under_the_filters_of_the_list(client: httpx.AsyncClient) -> None:
    async def counted(**asked: str) -> dict[str, int]:
        answer = await client.get(f"{API}/firms/map", params={"family": "equipements-medicaux"} | asked)
        assert answer.status_code == 200, answer.text
        assert not any(one["capped"] for one in answer.json()["items"])
        return {one["code"]: one["firms"] for one in answer.json()["items"]}

    everybody = ({}, {"lever": "reparation"}, {"q": "scalpels"}, {"clause": "CEC-MOB-001", "level": "2"})
    before = [await counted(**asked) for asked in everybody]
    door, firm = await new_firm(client, department="90")
    offered = {"families": ["equipements-medicaux"], "levers": ["reparation"], "title": "Scalpels"}
    await new_offer(door, **offered)
    await cover(door, firm, {"kind": "department", "code": "90"}, {"kind": "department", "code": "70"})
    await declare(door, level=2, territories=["70"])
    other, page = await new_firm(client, department="90")
    await new_offer(other, **offered | {"levers": ["reemploi"], "title": "Lits"})
    await cover(other, page, {"kind": "country", "code": ""})
    after = [await counted(**asked) for asked in everybody]
    grown = [{code for code in now if now[code] != then[code]} for now, then in zip(after, before, strict=True)]
    assert grown == [set(after[0]), {"90", "70"}, {"90", "70"}, {"70"}]
    assert (after[0]["70"] - before[0]["70"], after[0]["75"] - before[0]["75"]) == (2, 1)
    # A word and a clause together, and a department that is asked for: where else the search would find somebody.
    both = await counted(q="scalpels", clause="CEC-MOB-001", department="90")
    assert {code for code in both if both[code]} == {"70"}


async def test_what_only_the_firm_says_is_shown_as_declared(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client)
    await cover(door, firm, declared_statuses=["siae"])
    shown = (await client.get(f"{API}/firms/{firm['siret']}")).json()["statuses"]
    assert [(one["code"], one["source"]) for one in shown] == [("siae", "declared")]


async def test_a_page_kept_private_is_nowhere(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client, department="23")
    await new_offer(door)
    assert firm["siret"] in await found(client, department="23")
    await cover(door, firm, {"kind": "department", "code": "23"}, listed=False)
    assert firm["siret"] not in await found(client, department="23")
    assert (await client.get(f"{API}/firms/{firm['siret']}")).status_code == 404
    assert (await door.get(f"{API}/firms/{firm['siret']}")).status_code == 200


async def test_a_contact_is_seen_only_when_the_firm_says_so(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client)
    await cover(door, firm, contact="platform", contact_email="atelier@exemple.test")
    address = f"{API}/firms/{firm['siret']}"
    assert (await client.get(address)).json()["contact_email"] == ""
    assert (await door.get(address)).json()["contact_email"] == "atelier@exemple.test"
    await cover(door, firm, contact="public", contact_email="atelier@exemple.test")
    assert (await client.get(address)).json()["contact_email"] == "atelier@exemple.test"


async def test_a_gisement_says_what_how_much_where_and_until_when(client: httpx.AsyncClient) -> None:
    door, _ = await new_firm(client, department="44")
    refused = await door.post(
        f"{API}/offers", json={"kind": "material_flow", "title": "Briques", "families": ["batiment"]}
    )
    assert {e["pointer"] for e in refused.json()["errors"]} == {"/direction", "/quantity", "/unit", "/department"}
    lot = {"kind": "material_flow", "title": "Briques pleines", "families": ["batiment"], "direction": "offered"}
    lot |= {"quantity": 12.5, "unit": "tonnes", "department": "44", "available_until": SOON, "condition": "Triées"}
    made = await new_offer(door, **lot)
    asked = {"kind": "material_flow", "department": "44", "direction": "offered"}
    assert made["id"] in [one["id"] for one in (await client.get(f"{API}/offers", params=asked)).json()["items"]]
    with time_machine.travel(now() + timedelta(days=21), tick=True):
        assert made["id"] not in [
            one["id"] for one in (await client.get(f"{API}/offers", params=asked)).json()["items"]
        ]


async def test_expired_evidence_leaves_the_counts_the_same_day(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client, department="09")
    await new_offer(door)
    proof = await door.post(f"{API}/proofs", json={"title": "Attestation d’atelier", "expires_on": SOON})
    assert proof.status_code == 201, proof.text
    assert (await declare(door, level=2, value=35, proof_id=proof.json()["id"])).status_code == 200
    asked = {"clause": "CEC-MOB-001", "department": "09", "level": 2}
    assert await found(client, **asked) == {
        firm["siret"]: ["établie dans le département (Ariège)", "déclare répondre à CEC-MOB-001"]
    }
    with time_machine.travel(now() + timedelta(days=20), tick=True):
        assert len(await found(client, **asked)) == 1
    with time_machine.travel(now() + timedelta(days=21), tick=True):
        assert await found(client, **asked) == {}
        shown = (await client.get(f"{API}/firms/{firm['siret']}")).json()
        assert shown["capabilities"] == []


async def test_a_proof_is_declared_until_the_team_checks_it(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client)
    proof = (await door.post(f"{API}/proofs", json={"title": "Label"})).json()
    await declare(door, proof_id=proof["id"])
    editor = await sign_in(client, role="editor")
    assert (await door.post(f"{API}/proofs/{proof['id']}/verification")).status_code == 403
    assert (await editor.post(f"{API}/proofs/{proof['id']}/verification")).status_code == 200
    (shown,) = (await client.get(f"{API}/firms/{firm['siret']}")).json()["capabilities"]
    assert shown["verified"] is True
    page = (await door.get(f"{API}/firms/{firm['siret']}")).json()
    tag = f'"{page["proofs"][0]["version"]}"'
    changed = await door.put(f"{API}/proofs/{proof['id']}", json={"title": "Autre"}, headers={"If-Match": tag})
    assert changed.json()["verified_at"] is None


async def test_a_proof_file_is_judged_by_its_bytes_and_kept_from_other_firms(client: httpx.AsyncClient) -> None:
    door, _ = await new_firm(client)
    proof = (await door.post(f"{API}/proofs", json={"title": "Label"})).json()
    address, tag = f"{API}/proofs/{proof['id']}/file", {"If-Match": f'"{proof["version"]}"'}
    bad = await door.put(address, files={"file": ("a.pdf", b"<html>")}, headers=tag)
    assert bad.status_code == 422
    good = await door.put(address, files={"file": ("a.pdf", b"%PDF-1.7 ok")}, headers=tag)
    assert good.status_code == 200, good.text
    buyer, rival = await sign_in(client, organisation="A"), (await new_firm(client))[0]
    assert (await buyer.get(address)).content == b"%PDF-1.7 ok"
    assert (await rival.get(address)).status_code == 404
    assert (await client.get(address)).status_code == 401


CSV = "clause;reponse;niveau;valeur;delai_mois;departements;jusqu_au;preuve;remarque\n"


async def send(door: httpx.AsyncClient, content: bytes, name: str = "c.csv") -> httpx.Response:
    return await door.post(f"{API}/capabilities/import", files={"file": (name, content)})


async def test_an_import_says_each_faulty_line_and_changes_nothing(client: httpx.AsyncClient) -> None:
    door, _ = await new_firm(client)
    await declare(door, "CEC-MOB-002", level=3)
    text = CSV + "CEC-MOB-001;oui;2;35;;35,22;31/12/2027;;\nCEC-ZZZ-999;oui;;;;;;;\nCEC-MOB-003;peut-être;;;;;;;\n"
    refused = await send(door, text.encode())
    assert refused.status_code == 422
    assert "rien n’a été enregistré" in refused.json()["detail"]
    assert sorted(e["pointer"] for e in refused.json()["errors"]) == ["/lignes/3/clause", "/lignes/4/reponse"]
    kept = (await door.get(f"{API}/capabilities")).json()["items"]
    assert [(one["clause_id"], one["level"]) for one in kept] == [("CEC-MOB-002", 3)]


async def test_an_import_reads_csv_and_xlsx(client: httpx.AsyncClient) -> None:
    door, _ = await new_firm(client)
    made = await send(door, (CSV + "CEC-MOB-001;Oui;2;35,5 %;;35;31/12/2027;;\n").encode("cp1252"))
    assert made.status_code == 200, made.text
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["clause", "réponse", "niveau", "jusqu’au"])
    book.active.append(["CEC-MOB-001", "oui avec délai", 1, None])
    book.active.append(["CEC-MOB-002", "oui", 3, date(2028, 1, 31)])
    packed = io.BytesIO()
    book.save(packed)
    refused = await send(door, packed.getvalue(), "c.xlsx")
    assert refused.json()["errors"][0]["pointer"] == "/lignes/2/delai_mois"
    book.active.cell(2, 2, "non")
    packed = io.BytesIO()
    book.save(packed)
    again = await send(door, packed.getvalue(), "c.xlsx")
    assert (again.json()["created"], again.json()["changed"]) == (1, 1), again.text
    kept = {one["clause_id"]: one for one in (await door.get(f"{API}/capabilities")).json()["items"]}
    assert kept["CEC-MOB-001"]["answer"] == "not_met"
    assert kept["CEC-MOB-002"]["declared_until"] == "2028-01-31"


async def test_a_broken_workbook_is_refused_in_words(client: httpx.AsyncClient) -> None:
    door, _ = await new_firm(client)
    refused = await send(door, b"PK\x03\x04 nothing", "c.xlsx")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/file"


async def test_the_platform_checks_a_proof_that_the_firm_only_declares(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client)
    await cover(door, firm, {"kind": "department", "code": "35"}, listed=True)
    proof = (await door.post(f"{API}/proofs", json={"title": "Label RecyVal", "number": "RV-12"})).json()
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    sent = await door.put(f"{API}/proofs/{proof['id']}/file", files={"file": ("a.png", png)},
                          headers={"If-Match": f'"{proof["version"]}"'})  # fmt: skip
    assert sent.status_code == 200, sent.text
    await declare(door, proof_id=proof["id"])
    editor = await sign_in(client, role="editor")

    async def listed(state: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            asked = {"state": state, "limit": 1} | ({"cursor": cursor} if cursor else {})
            page = (await editor.get(f"{API}/proof-verifications", params=asked)).json()
            found += page["items"]
            if not (cursor := page["next"] or ""):
                return [one for one in found if one["id"] == proof["id"]]

    async def seen() -> bool:
        return bool((await client.get(f"{API}/firms/{firm['siret']}")).json()["capabilities"][0]["verified"])

    (waiting,) = await listed("waiting")
    assert (waiting["firm"], waiting["number"], waiting["has_file"]) == (firm["name"], "RV-12", True)
    assert (await editor.get(f"{API}/proof-verifications/{proof['id']}/file")).content == png
    assert not await seen()
    assert (await editor.post(f"{API}/proofs/{proof['id']}/verification")).status_code == 200
    assert await seen()
    assert await listed("waiting") == []
    assert (await listed("verified"))[0]["verified_at"]
    assert (await editor.delete(f"{API}/proofs/{proof['id']}/verification")).status_code == 204
    assert not await seen()
    assert (await door.delete(f"{API}/proofs/{proof['id']}")).status_code == 204
    page = (await client.get(f"{API}/firms/{firm['siret']}")).json()
    assert page["capabilities"], "a capability stays, without its proof"
    for other in (door, await sign_in(client, organisation="A")):
        assert (await other.get(f"{API}/proof-verifications")).status_code == 403
        assert (await other.get(f"{API}/proof-verifications/{proof['id']}/file")).status_code == 403


async def test_acts_of_one_firm_at_the_same_instant_wait_for_each_other(client: httpx.AsyncClient) -> None:
    door, firm = await new_firm(client, department="26")
    await new_offer(door)
    proof = (await door.post(f"{API}/proofs", json={"title": "Attestation"})).json()
    await declare(door, "CEC-MOB-004", proof_id=proof["id"])
    answers = await asyncio.gather(
        *(declare(door, clause) for clause in ("CEC-MOB-001", "CEC-MOB-001", "CEC-MOB-003")),
        *(new_offer(door, title=f"Lot {n}") for n in range(3)),
        door.post(f"{API}/firms/{firm['siret']}/refresh"),
        door.delete(f"{API}/proofs/{proof['id']}"),
    )
    codes = [one.status_code for one in answers if isinstance(one, httpx.Response)]
    assert sorted(codes) == [200, 200, 200, 204, 428]  # the second declaration on a clause changes the first
    kept = {one["clause_id"]: one["proof_id"] for one in (await door.get(f"{API}/capabilities")).json()["items"]}
    assert kept == dict.fromkeys(("CEC-MOB-001", "CEC-MOB-003", "CEC-MOB-004"))
