"""A purchasing plan checked in bulk, through the door that buyers use."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import openpyxl
import pytest

from app.market.planning import reading, rules
from tests.accounts.people import Door, make_organisation, sign_in
from tests.market.makers import API, declare, new_firm, new_offer

PLANS = f"{API}/purchase-plans"
HEAD = (
    "Plan d’achats 2027 de la commune;;;;\r\n"
    "Intitulé;Code CPV;Montant estimé (€ HT);Date de lancement;Département;Service\r\n"
)


async def send(door: Door, content: str | bytes, name: str = "plan.csv", **fields: str) -> httpx.Response:
    data = content.encode() if isinstance(content, str) else content
    return await door.post(PLANS, files={"file": (name, data)}, data=fields)


def _workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


async def test_each_line_of_a_plan_meets_the_law_the_market_and_the_charter(client: httpx.AsyncClient) -> None:
    for _ in range(3):
        firm, _page = await new_firm(client, department="19")
        await new_offer(firm)
        await declare(firm)
    buyer = await sign_in(client, organisation="A")
    made = await send(
        buyer,
        HEAD + "Mobilier scolaire;39160000-1;120 000 €;T2 2027;19;Écoles\r\nAchat de chaises;;;mars 2027;Corrèze;\r\n",
    )
    assert made.status_code == 201, made.text
    plan = made.json()
    assert plan["ignored"] == ["Service"]
    first, second = plan["lines"]
    assert (first["number"], first["cpv"], first["amount"], first["launch"]) == (3, ["39160000"], 120000, "2027-04-01")
    assert [family["code"] for family in first["families"]] == ["mobilier"]
    assert not first["guessed"]
    assert {"env-performance-condition", "agec-58-reuse-recycled"} <= {duty["code"] for duty in first["duties"]}
    assert 4 <= len(first["clauses"]) <= 8
    assert first["depth"]["covering"]["firms"] >= 3
    assert first["depth"]["joint"] == {"firms": None, "words": "moins de 3 entreprises"}
    assert first["sourcing"]["need"] == "needed"
    assert first["sourcing"]["start_by"] == "2026-12-02"
    assert first["charter"]["asked"] >= first["charter"]["kept"] > 0
    assert second["guessed"]
    assert second["families"][0]["code"] == "mobilier"
    assert (await buyer.get(f"{PLANS}/{plan['id']}")).json() == plan
    assert [one["id"] for one in (await buyer.get(PLANS)).json()["items"]] == [plan["id"]]


async def test_a_wrong_line_is_told_with_its_number_and_nothing_is_kept(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation="A")
    before = (await buyer.get(PLANS)).json()
    refused = await send(
        buyer, HEAD + "Bon achat;39160000;1000;2027-05-01;19\r\nÉté;391;beaucoup;un jour;Atlantide\r\n"
    )
    assert refused.status_code == 422
    told = {one["pointer"]: one["detail"] for one in refused.json()["errors"]}
    assert list(told) == [f"/lignes/4/{name}" for name in ("objet", "date", "cpv", "montant", "departement")]
    assert told["/lignes/4/cpv"].startswith("Ligne 4, colonne « cpv » : un code CPV a huit chiffres")
    assert "rien n’a été enregistré" in refused.json()["detail"]
    assert (await buyer.get(PLANS)).json() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a;b\r\n1;2\r\n", "Aucune ligne d’en-tête"),
        ("objet;montant\r\nMobilier;1\r\n", "le droit dépend de la date"),
        ("objet;date\r\n", "aucun achat"),
        ("objet;intitulé;date\r\nA;B;2027\r\n", "deux colonnes disent la même chose"),
        ("objet;date\r\n" + "Mobilier;2027\r\n" * (reading.MOST_LINES + 1), "dépasse 200 achats"),
    ],
)
async def test_a_sheet_that_is_no_plan_says_why(client: httpx.AsyncClient, content: str, said: str) -> None:
    buyer = await sign_in(client, organisation="A")
    refused = await send(buyer, content)
    assert refused.status_code == 422
    assert said in refused.json()["errors"][0]["detail"]


async def test_a_hostile_workbook_is_refused_without_being_opened(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation="A")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    broken = _workbook(("objet", "date"))[:-200]
    for content in (bomb.getvalue(), broken, b"PK\x03\x04", b"\x00\x01binaire"):
        refused = await send(buyer, content, "plan.xlsx")
        assert refused.status_code == 422, refused.text
        assert refused.json()["type"].endswith("/problems/fichier-refuse") or refused.json()["errors"]
    heavy = await send(buyer, b"objet;date\r\n" + b"x" * (6 * 1024 * 1024))
    assert heavy.status_code == 413


async def test_lines_become_a_programme_once_all_or_none(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation="A")
    book = _workbook(("objet", "cpv", "date", "montant"), ("Mobilier de bureau", "39130000", date(2027, 6, 15), 90000),
                     ("Achat du passé", "39130000", date(2025, 1, 1), None))  # fmt: skip
    plan = (await send(buyer, book, "plan.xlsx")).json()
    address = f"{PLANS}/{plan['id']}/programmes"
    refused = await buyer.post(address, json={"lines": [2, 3]})
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {"pointer": "/lines/1", "detail": "Ligne 3 : ce mois est passé ; annoncez un achat à venir."}
    ]
    assert (await buyer.get(f"{PLANS}/{plan['id']}")).json()["lines"][0]["programme"] is None
    done = (await buyer.post(address, json={"lines": [2]})).json()
    assert (done["made"], done["already"]) == (1, 0)
    again = (await buyer.post(address, json={"lines": [2]})).json()
    assert (again["made"], again["already"]) == (0, 1)
    ident = (await buyer.get(f"{PLANS}/{plan['id']}")).json()["lines"][0]["programme"]
    announced = (await client.get(f"{API}/programmes/{ident}")).json()
    assert announced["title"] == "Mobilier de bureau"
    assert (announced["amount_band"], announced["expected_on"]) == ("25k-100k", "2027-06-01")


async def test_a_line_prepares_a_sourcing_that_asks_about_the_clauses_proposed(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation="A")
    plan = (await send(buyer, HEAD + "Mobilier scolaire;39160000;120000;2027-09-01;19\r\n")).json()
    line = plan["lines"][0]
    made = await buyer.post(f"{PLANS}/{plan['id']}/lines/{line['number']}/sourcing")
    assert made.status_code == 201, made.text
    sourcing = (await buyer.get(f"{API}/sourcings/{made.json()['sourcing_id']}")).json()
    asked = [question["clause_id"] for question in sourcing["questions"] if question["clause_id"]]
    assert asked == [clause["id"] for clause in line["clauses"]]
    assert (sourcing["families"], sourcing["departments"]) == (["mobilier"], ["19"])


async def test_the_result_is_downloaded_and_no_cell_runs_as_a_formula(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation="A")
    plan = (await send(buyer, 'objet;date\r\n"=HYPERLINK(""http://x"")";2027-03-01\r\n')).json()
    table = await buyer.get(f"{PLANS}/{plan['id']}/resultat.csv")
    assert table.text.startswith("\ufeffligne;objet;cpv;")
    assert ";\"'=HYPERLINK(" in table.text
    book = openpyxl.load_workbook(io.BytesIO((await buyer.get(f"{PLANS}/{plan['id']}/resultat.xlsx")).content))
    assert book.active["B2"].data_type == "s"
    for kind in ("csv", "xlsx"):
        template = await client.get(f"{API}/purchase-plan-template.{kind}")
        assert (await send(buyer, template.content, f"modele.{kind}")).status_code == 201


async def test_a_plan_is_checked_again_and_is_nobody_elses(client: httpx.AsyncClient) -> None:
    buyer = await sign_in(client, organisation="A")
    plan = (await send(buyer, "objet;cpv;date\r\nMobilier;39130000;2027\r\n")).json()
    address = f"{PLANS}/{plan['id']}"
    other = await sign_in(client, organisation=await make_organisation(client))
    for answer in (await other.get(address), await other.get(f"{address}/resultat.csv"), await other.delete(address)):
        assert answer.status_code == 404
    assert (await buyer.post(f"{address}/check")).status_code == 428
    again = await buyer.post(f"{address}/check", headers={"If-Match": f'"{plan["version"]}"'})
    assert again.json()["judged_at"] > plan["judged_at"]
    assert (await buyer.delete(address)).status_code == 204
    assert (await buyer.get(address)).status_code == 404


@pytest.mark.parametrize(
    ("said", "amount"),
    [("120 000,50 € HT", "120000.50"), ("45 k€", "45000.00"), ("1,2 M€", "1200000.00"), ("1.200.000", "1200000.00")],
)
def test_amounts_are_read_as_buyers_write_them(said: str, amount: str) -> None:
    assert reading.amount_of(said) == Decimal(amount)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2027-03-15", date(2027, 3, 15)), ("15/03/2027", date(2027, 3, 15)), ("03/2027", date(2027, 3, 1)),
        ("T2 2027", date(2027, 4, 1)), ("1er trimestre 2028", date(2028, 1, 1)), ("Février 2027", date(2027, 2, 1)),
        ("2027", date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_dates_are_read_as_buyers_write_them(said: str, day: date) -> None:
    assert reading.day_of(said) == day


def test_a_thin_market_asks_for_a_sourcing_before_the_clauses_are_imposed() -> None:
    day = date(2027, 6, 1)
    assert rules.advice(covering=2, joint=0, clauses=5, launch=day).need == "needed"
    assert rules.advice(covering=50, joint=2, clauses=5, launch=day).need == "needed"
    assert rules.advice(covering=50, joint=5, clauses=5, launch=day).need == "useful"
    assert rules.advice(covering=50, joint=6, clauses=5, launch=day).need == "free"
    assert rules.advice(covering=50, joint=0, clauses=0, launch=day).need == "free"
