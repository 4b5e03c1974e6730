"""AGEC article 58, SPASER and the public dashboard: nothing invented, nothing shown under five contributors."""

import httpx

from app.charter.rules_public import Shown, guarded
from tests.accounts.people import Door, make_organisation, sign_in

CHARTER = "/api/v1/charter"


async def declare(door: Door, code: str, period: str, value: float) -> None:
    answer = await door.put(f"{CHARTER}/figures/{code}/{period}", json={"value": value})
    assert answer.status_code == 200, answer.text


def shown(code: str, organisations: int) -> Shown:
    return Shown(code, code, organisations, organisations, organisations)


def test_a_figure_of_four_contributors_is_withheld_and_cannot_be_found_by_subtraction() -> None:
    rows = guarded([shown("a", 20), shown("b", 4), shown("c", 6)])
    assert [(row.code, row.organisations) for row in rows] == [("a", 20), ("b", None), ("c", None)]
    assert [row.files for row in guarded([shown("a", 5), shown("b", 7)])] == [5, 7]
    assert [row.clauses for row in guarded([shown("a", 9), shown("b", 3), shown("c", 3)])] == [9, None, None]


async def test_agec_amounts_give_rates_and_a_rate_not_found_stays_unknown(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    for name, value in (("total", 10000), ("reused", 1500), ("donated", 500)):
        await declare(door, f"agec-1-{name}", "2026", value)
    await declare(door, "agec-2-total", "2026", 4000)
    found = (await door.get(f"{CHARTER}/agec?year=2026")).json()
    assert found["years"] == [2024, 2025, 2026]
    textiles, computers = (line["years"][-1] for line in found["items"][:2])
    assert (textiles["reuse"], textiles["recycled"]) == (20, None)
    assert textiles["reuse_objective"] == {"value": 8, "not_applicable": False, "origin": "law"}
    assert computers["reuse_objective"] == {"value": None, "not_applicable": False, "origin": None}
    assert "décret" in found["missing"]
    lines = (await door.get(f"{CHARTER}/agec/2026.csv")).text.splitlines()
    assert lines[0].startswith("annee,siret,raison_sociale,type_produit_acquis,montant_total")
    assert lines[1].endswith(",10000.00,1500.00,500.00,,")
    assert len(lines) == 3


async def test_the_administrator_writes_a_missing_rate_with_its_source_and_no_known_rate(
    client: httpx.AsyncClient,
) -> None:
    platform = await sign_in(client, role="platform_admin")
    asked = {"value": 20, "source": "Annexe du décret, ligne 3"}
    assert (await platform.put(f"{CHARTER}/agec-rates/1/2024/reuse", json=asked)).status_code == 404
    made = await platform.put(f"{CHARTER}/agec-rates/4/2024/reuse", json=asked)
    assert made.json()["value"] == 20, made.text
    assert (await platform.put(f"{CHARTER}/agec-rates/4/2024/reuse", json=asked)).status_code == 428
    door = await sign_in(client, organisation=await make_organisation(client))
    line = (await door.get(f"{CHARTER}/agec?year=2026")).json()["items"][3]["years"][-1]
    assert line["reuse_objective"] == {"value": 20, "not_applicable": False, "origin": "administrator"}
    assert (await door.get(f"{CHARTER}/agec-rates")).status_code == 403


async def test_spaser_indicators_are_read_by_everybody_once_published_and_not_before(client: httpx.AsyncClient) -> None:
    organisation = await make_organisation(client, name="Région du SPASER")
    admin = await sign_in(client, role="administrator", organisation=organisation)
    await declare(admin, "spaser-contrats", "2026", 40)
    await declare(admin, "spaser-contrats-env", "2026", 30)
    public = f"/api/v1/spaser/{organisation.siret}/2026"
    assert (await client.get(public)).status_code == 404
    assert (await admin.put(f"{CHARTER}/spaser/2026/publication")).status_code == 200
    found = {line["code"]: line["cells"] for line in (await client.get(public)).json()["items"]}
    assert (found["contrats-env"][0]["share"], found["contrats-env"][1]["value"]) == (75, None)
    text = (await client.get(f"{public}/csv")).text
    assert f"2026;{organisation.siret};Région du SPASER;Contrats attribués;contrats;40" in text
    listed = (await client.get("/api/v1/spaser?limit=100")).json()["items"]
    assert "Région du SPASER" in [line["organisation"] for line in listed]
    assert (await admin.delete(f"{CHARTER}/spaser/2026/publication")).status_code == 204
    assert (await client.get(public)).status_code == 404


async def test_the_dashboard_shows_each_dimension_with_its_csv(client: httpx.AsyncClient) -> None:
    found = (await client.get("/api/v1/dashboard")).json()
    assert [part["dimension"] for part in found["parts"]] == ["lever", "family", "department"]
    assert found["least"] == 5
    for part in found["parts"]:
        assert all(row["organisations"] is None or row["organisations"] >= 5 for row in part["rows"])
        csv = await client.get(f"/api/v1/dashboard/{part['dimension']}.csv")
        assert csv.text.lstrip("\ufeff").startswith("code;libelle;clauses;dossiers;organismes")
