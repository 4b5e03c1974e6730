"""Words that another program would run: formulas, names of files, addresses to go to, headers of letters (S15)."""

import csv
import email.message
import io
from datetime import date
from typing import Any, Final

import httpx
import openpyxl
import pytest
from fastapi import FastAPI

from app.documents.compose import files
from app.documents.pieces import Written
from app.settings import ROOT
from app.web.cells import safe_cell
from tests.access import canary
from tests.access.planted import PDF, YEAR, World, plant
from tests.accounts.people import make_organisation, sign_in
from tests.accounts.post import letters
from tests.bench import regexes
from tests.documents.made import job, of_family

FORMULAS: Final = ("=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(1+9)", "\t=1+1", "\r=1+1", "＝1+1")
NAMES: Final = (
    'a"; filename="x.exe',
    "a\r\nX-Injecte: oui.pdf",
    "../../etc/passwd",
    "a\u202efdp.exe",
    "é'*UTF-8''x",
    "a\x00b",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_told_as_text(formula: str) -> None:
    assert safe_cell(formula) == f"'{formula}"


@pytest.mark.parametrize("plain", ["-12.5", "12", "Chaises = 4", "", "l’école"])
def test_what_no_spreadsheet_runs_is_kept(plain: str) -> None:
    assert safe_cell(plain) == plain


def test_whoever_writes_a_table_asks_for_safe_cells() -> None:
    writers = [path for path in (ROOT / "app").rglob("*.py") if "csv.writer(" in path.read_text(encoding="utf-8")]
    assert len(writers) >= 5
    assert [path.name for path in writers if "safe_cell" not in path.read_text(encoding="utf-8")] == []


def test_no_cell_of_a_workbook_is_a_formula_that_somebody_typed() -> None:
    hostile = {"title": FORMULAS[0], "buyer_name": FORMULAS[1], "pieces": (Written.CRT, Written.BPU, Written.SUIVI)}
    asked = job(of_family("mobilier"), formats=("xlsx",), contract_start=date(2027, 1, 31), **hostile)
    assert len(files(asked)) == 3
    for file in files(asked):
        if file.form == "xlsx":
            for sheet in openpyxl.load_workbook(io.BytesIO(file.content)):
                assert all(cell.data_type != "f" for row in sheet for cell in row), file.name


async def test_every_table_of_the_site_keeps_formulas_asleep(app: FastAPI, client: httpx.AsyncClient) -> None:
    world = await plant(client)
    org = await make_organisation(client, name="=cmd|' /C calc'!A0")
    door = await sign_in(client, role="administrator", organisation=org)
    await door.put(f"/api/v1/charter/figures/formes/{YEAR}", json={"value": 4, "note": "@SUM(1+9)"})
    tables = [row for row in canary.reads(app) if row.path.endswith((".csv", "/csv"))]
    assert len(tables) >= 8
    for row in tables:
        for who in (door, world.buyer, world.firm):
            answer = await who.get(row.address(world.values(row.path)))
            if answer.status_code == 200:
                text = answer.text.removeprefix("\ufeff")
                separator = max(";,", key=text.partition("\n")[0].count)
                cells = [cell for line in csv.reader(io.StringIO(text), delimiter=separator) for cell in line]
                assert [cell for cell in cells if safe_cell(cell) != cell] == [], row.path


def _names(answer: httpx.Response) -> tuple[str | None, list[str]]:
    message = email.message.Message()
    message["Content-Disposition"] = answer.headers["content-disposition"]
    return message.get_filename(), [name for name, _ in message.get_params(header="content-disposition") or []]


@pytest.fixture(scope="module")
async def world(client: httpx.AsyncClient) -> World:
    return await plant(client)


@pytest.mark.parametrize("name", NAMES)
async def test_a_hostile_name_of_a_file_stays_a_name(world: World, name: str) -> None:
    door = world.buyer
    ident = world.places["/api/v1/charter/proofs"]
    sent = await door.post(f"/api/v1/charter/proofs/{ident}", params={"name": f"{name}.pdf"}, content=PDF)
    assert sent.status_code in {200, 422}, sent.text
    answer = await door.get(f"/api/v1/charter/proofs/{ident}")
    given, parameters = _names(answer)
    assert set(parameters) <= {"attachment", "filename", "filename*"}
    assert "x-injecte" not in answer.headers
    assert given is not None
    assert not set(given) & set('/\\\r\n\x00\u202e"'), given


@pytest.mark.parametrize("title", NAMES)
async def test_a_hostile_subject_names_no_other_file(client: httpx.AsyncClient, title: str) -> None:
    body: dict[str, Any] = {
        "purchase": {"object": title.replace("\x00", ""), "nature": "supplies", "cpv": ["39160000"]},
        "items": [],
        "pieces": ["CCTP"],
    }
    answer = await client.post("/api/v1/documents", json=body)
    assert answer.status_code in {200, 409, 422}, answer.text
    if answer.status_code == 200:
        given, parameters = _names(answer)
        assert set(parameters) <= {"attachment", "filename"}
        assert given is not None
        assert given.isascii()
        assert not set(given) & set('/\\\r\n"')


async def test_a_return_address_never_leaves_the_site(client: httpx.AsyncClient) -> None:
    from app.accounts.routes_proconnect import safe_path  # noqa: PLC0415 (the one door of all returns)

    assert client
    away = (
        "//mal.test",
        "/\\mal.test",
        "https://mal.test",
        "javascript:alert(1)",
        "/\t/mal.test",
        "\\\\mal.test",
        "",
        "mal",
    )
    assert {safe_path(back) for back in away} == {"/"}
    assert safe_path("/clauses?q=a") == "/clauses?q=a"


async def test_a_name_cannot_write_a_header_of_a_letter(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client, name="Ville\r\nBcc: tous@exemple.test")
    admin = await sign_in(client, role="administrator", organisation=org)
    address = f"lettre.{org.id}@exemple.test"
    sent = await admin.post(f"/api/v1/organisations/{org.id}/invitations", json={"email": address, "role": "reader"})
    assert sent.status_code == 201, sent.text
    (letter,) = await letters(client, address)
    assert not set(letter.subject) & set("\r\n")


def test_no_regular_expression_is_slow_on_text_made_to_hurt_it() -> None:
    """A tenth of the bench's text, twenty times its limit, in processor time: only what explodes is over it."""
    assert regexes.slow(20 * regexes.LIMIT, share=10) == {}
