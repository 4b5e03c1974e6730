"""Lots, formats, clauses pulled in: what the body of a composition may ask for."""

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar
from openpyxl import load_workbook

from app.documents import convert
from tests.documents.test_api import URL, body, clause, errors
from tests.documents.validity import Package

LOTS = [{"number": "1", "title": "Tables"}, {"number": "2", "title": "Chaises"}]


async def archive(client: httpx.AsyncClient, asked: dict[str, Any]) -> zipfile.ZipFile:
    answer = await client.post(URL, json=asked)
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


def text(content: bytes) -> str:
    return "".join(Package(content).document.itertext()).replace("\u00a0", " ")


async def test_a_clause_says_which_lot_it_bears_on(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json=body(clause(lots=["2"]), lots=LOTS, pieces=["CCTP"]))
    assert "Lot concerné : Lot 2 – Chaises" in text(answer.content)
    assert "La consultation comprend les lots suivants" in text(answer.content)


async def test_one_set_per_lot_holds_the_clauses_of_that_lot(client: httpx.AsyncClient) -> None:
    items = [clause(lots=["2"]), clause("CEC-MOB-004")]
    found = await archive(client, body(*items, lots=LOTS, for_lots=["1", "2"], pieces=["CCTP"]))
    one, two = (found.read(name) for name in found.namelist())
    assert [name.split("/")[0] for name in found.namelist()] == ["lot-1", "lot-2"]
    assert "Démontage" in text(one)
    assert "Part minimale de mobilier" not in text(one)
    assert "Part minimale de mobilier" in text(two)
    assert "La présente pièce vaut pour un seul lot : Lot 2 – Chaises." in text(two)


async def test_a_lot_that_is_not_in_the_list_is_refused(client: httpx.AsyncClient) -> None:
    assert await errors(client, body(clause(lots=["3"]), lots=LOTS, for_lots=["4"])) == [
        ("/items/0/lots/0", "Le lot « 3 » n’est pas dans la liste des lots."),
        ("/for_lots/0", "Le lot « 4 » n’est pas dans la liste des lots."),
    ]
    assert [pointer for pointer, _ in await errors(client, body(lots=[LOTS[0], LOTS[0]]))] == ["/lots"]


async def test_a_required_clause_is_pulled_in_and_told(client: httpx.AsyncClient) -> None:
    answer = (await client.post(f"{URL}/preview", json=body(clause("CEC-MOB-006")))).json()
    assert answer["added"] == [
        {
            "clause_id": "CEC-MOB-005",
            "title": "Garantie et disponibilité des pièces détachées",
            "because": "CEC-MOB-006",
            "lots": [],
        }
    ]
    assert answer["missing"] == []
    composed = await client.post(URL, json=body(clause("CEC-MOB-006"), pieces=["CCTP"]))
    assert "Garantie et disponibilité des pièces détachées" in text(composed.content)


async def test_a_clause_is_pulled_in_for_the_lots_that_need_it(client: httpx.AsyncClient) -> None:
    asked = body(clause("CEC-MOB-006"), clause("CEC-MOB-005", lots=["1"]), lots=LOTS)
    answer = (await client.post(f"{URL}/preview", json=asked)).json()
    assert [(added["clause_id"], added["lots"]) for added in answer["added"]] == [("CEC-MOB-005", ["2"])]


async def test_the_answer_grid_is_filled_where_the_candidate_may_write(client: httpx.AsyncClient) -> None:
    items = [clause("CEC-MOB-005"), clause("CEC-MOB-006")]
    answer = await client.post(URL, json=body(*items, pieces=["CRT"], formats=["xlsx"]))
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book["Réponses"]
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "A2"
    titles = {cell.value: cell.column for cell in sheet[1]}
    assert not sheet.cell(2, titles["Réponse du candidat (à remplir)"]).protection.locked
    assert sheet.cell(2, titles["Question ou exigence"]).protection.locked
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"textLength", "list"}
    assert book.properties.title.startswith("Cadre de réponse environnemental")
    assert book.properties.language == "fr-FR"


async def test_the_prices_are_lines_of_a_protected_sheet(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json=body(clause("CEC-BAT-015"), pieces=["BPU"], formats=["xlsx"]))
    sheet = load_workbook(io.BytesIO(answer.content))["Lignes de prix"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0][:5] == (
        1,
        "CEC-BAT-015@1",
        "D1",
        "Dépose soignée en vue de réemploi, par famille d’éléments",
        "unité ou m²",
    )
    assert len(rows) == 6
    assert [rule.type for rule in sheet.data_validations.dataValidation] == ["decimal", "textLength"]


async def test_the_follow_up_counts_its_dates_from_the_start_of_the_contract(client: httpx.AsyncClient) -> None:
    asked = body(clause(), pieces=["SUIVI"], formats=["xlsx", "ics"], contract_start="2027-01-31", reference="2026-14")
    found = await archive(client, asked)
    sheet, calendar = (found.read(name) for name in found.namelist())
    rows = list(load_workbook(io.BytesIO(sheet))["Échéances"].iter_rows(min_row=2, values_only=True))
    quarterly = [row[0].date().isoformat() for row in rows if row[5] == "chaque trimestre"]
    assert quarterly[:3] == ["2027-04-30", "2027-07-31", "2027-10-31"]
    events = list(Calendar.from_ical(calendar).walk("VEVENT"))
    assert all(event["UID"].endswith("@clausier") for event in events)
    later = await archive(client, asked | {"contract_start": "2027-02-15"})
    moved = list(Calendar.from_ical(later.read(later.namelist()[1])).walk("VEVENT"))
    assert [event["UID"] for event in moved] == [event["UID"] for event in events]
    assert [event["DTSTART"].dt for event in moved] != [event["DTSTART"].dt for event in events]


async def test_a_calendar_without_a_start_is_refused(client: httpx.AsyncClient) -> None:
    [(pointer, detail)] = await errors(client, body(clause(), pieces=["SUIVI"], formats=["ics"]))
    assert pointer == "/contract_start"
    assert "Donnez la date de début du marché" in detail


async def test_without_libreoffice_odt_and_pdf_have_their_own_sentence(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "_soffice", lambda: None)
    answer = await client.post(URL, json=body(pieces=["CCTP"], formats=["pdf"]))
    assert (answer.status_code, answer.json()["type"]) == (501, "/problems/conversion-absente")
    assert "LibreOffice n’est pas installé" in answer.json()["detail"]
    assert (await client.post(f"{URL}/preview", json=body())).json()["conversions"] is False


@pytest.fixture
def fake_soffice(app: FastAPI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A `soffice` that makes its profile, then does what the test says; answers where it writes what it saw."""
    seen, temp, kept = tmp_path / "seen", tmp_path / "temp", app.state._state
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    known = kept.pop("conversion_profile", None)

    def install(acts: str) -> Path:
        program = tmp_path / "soffice"
        profile = 'mkdir -p "${1#-env:UserInstallation=file://}/user"'
        program.write_text(f'#!/bin/sh\n{profile}\n[ "$6" = --terminate_after_init ] && exit 0\n{acts}\n')
        program.chmod(0o755)
        monkeypatch.setattr(convert, "_soffice", lambda: str(program))
        return seen

    yield install
    kept.pop("conversion_profile", None)
    if known:
        kept["conversion_profile"] = known


def _alive(pid: str) -> bool:
    """A zombie that nobody has buried yet does nothing any more."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


async def test_a_conversion_that_hangs_is_killed_with_its_children_and_leaves_nothing(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fake_soffice: Callable[[str], Path]
) -> None:
    seen = fake_soffice(f'sleep 1000 & echo $$ $! > "{tmp_path}/seen"; echo kept > "$HOME/half.pdf"; wait')
    monkeypatch.setattr(convert, "_SECONDS", 2)
    answer = await client.post(URL, json=body(clause(), pieces=["CCTP"], formats=["pdf"]))
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/conversion")
    assert answer.json()["detail"] == "LibreOffice a dépassé 2 secondes."
    pids = seen.read_text().split()
    assert len(pids) == 2
    assert [pid for pid in pids if _alive(pid)] == []
    assert [path.name for path in (tmp_path / "temp").iterdir() if "conversion" in path.name] == []


async def test_a_conversion_has_a_bound_on_its_memory_time_and_files(
    client: httpx.AsyncClient, tmp_path: Path, fake_soffice: Callable[[str], Path]
) -> None:
    fake_soffice(f'{{ ulimit -v; ulimit -t; env; }} > "{tmp_path}/seen"; exec {sys.executable} -c "bytearray(4 << 30)"')
    answer = await client.post(URL, json=body(clause(), pieces=["CCTP"], formats=["pdf"]))
    assert (answer.status_code, answer.json()["detail"]) == (503, "LibreOffice n’a rendu aucun fichier.")
    memory, cpu, *environment = (tmp_path / "seen").read_text().split("\n")
    assert (memory, cpu) == (str(3 << 20), "90")
    names = {line.partition("=")[0] for line in environment if line}
    assert names <= {"PATH", "HOME", "LANG", "SAL_USE_VCLPLUGIN", "PWD", "OLDPWD", "SHLVL", "_"}


async def test_a_soffice_that_does_not_start_is_said_and_leaves_nothing(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fake_soffice: Callable[[str], Path]
) -> None:
    fake_soffice("exit 0")
    monkeypatch.setattr(convert, "_soffice", lambda: "/bin/false")
    answer = await client.post(URL, json=body(clause(), pieces=["CCTP"], formats=["odt"]))
    assert (answer.status_code, answer.json()["detail"]) == (503, "LibreOffice ne démarre pas sur ce serveur.")
    assert list((tmp_path / "temp").iterdir()) == []


@pytest.mark.skipif(not convert.available(), reason="LibreOffice absent : « make test » l’installe")
@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("odt", b"PK\x03\x04")])
async def test_libreoffice_makes_the_odt_and_the_pdf(client: httpx.AsyncClient, form: str, start: bytes) -> None:
    answer = await client.post(URL, json=body(clause(), pieces=["CCTP"], formats=[form]))
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(start)
    assert answer.headers["content-disposition"].endswith(f'.{form}"')
