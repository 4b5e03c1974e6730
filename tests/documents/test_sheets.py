import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator

from app.documents.compose import File, files
from app.documents.content import Lot
from app.documents.follow_up import after, end_of, rhythms
from app.documents.pieces import Written
from app.documents.xlsx import Column, Sheet, Workbook, letters, workbook
from tests.documents.accessibility import sheet_barriers
from tests.documents.made import PURCHASES, chosen, job, of_family, records

SHEETS = (Written.CRT, Written.BPU, Written.SUIVI)
START = date(2027, 1, 31)


def made(family: str) -> list[File]:
    purchase, ccag = PURCHASES[family]
    asked = job(of_family(family), purchase=purchase, ccag=ccag, pieces=SHEETS, formats=("xlsx", "ics"))
    return files(replace(asked, contract_start=START))


@pytest.mark.parametrize("family", PURCHASES)
def test_every_sheet_is_valid_and_accessible(family: str, tmp_path: Path) -> None:
    for file in made(family):
        if file.form != "xlsx":
            continue
        assert (file.name, sheet_barriers(file.content)) == (file.name, [])
        path = tmp_path / "checked.xlsx"
        path.write_bytes(file.content)
        errors = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path).errors
        assert (file.name, [str(error) for error in errors]) == (file.name, [])


def test_the_same_input_gives_the_same_bytes() -> None:
    assert made("mobilier") == made("mobilier")


@pytest.mark.parametrize("value", ["=1+1", "+A1", "_x0041_", '<a> & "b"', "ligne\nsuivante", "🪑", "'apostrophe"])
def test_a_text_comes_out_as_typed_and_is_never_a_formula(value: str) -> None:
    book = Workbook("Titre", "", (Sheet("F", (Column("Texte", 20),), ((value,),)),))
    cell = load_workbook(io.BytesIO(workbook(book)))["F"]["A2"]
    # openpyxl leaves Excel's escape as it is; Excel and LibreOffice undo it.
    assert str(cell.value).replace("_x005F_", "_") == value
    assert cell.data_type == "s"


def test_sheet_names_fit_what_excel_takes() -> None:
    names = ["a/b:c*d?[e]", "x" * 40, "X" * 40, ""]
    book = Workbook("T", "", tuple(Sheet(name, (Column("C", 9),), ()) for name in names))
    assert load_workbook(io.BytesIO(workbook(book))).sheetnames == ["a b c d e", "x" * 31, "X" * 27 + " (2)", "Feuille"]
    assert [letters(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_lots_have_their_column() -> None:
    clause = chosen(records()["CEC-MOB-006"], lots=("2",))
    asked = job([clause], pieces=(Written.CRT,), formats=("xlsx",), lots=(Lot("1"), Lot("2", "Chaises")))
    sheet = load_workbook(io.BytesIO(files(asked)[0].content))["Réponses"]
    assert [cell.value for cell in sheet[1]][1] == "Lot"
    assert sheet["B2"].value == "Lot\u00a02 – Chaises"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (
            "Chaque trimestre, puis au bilan annuel",
            [("chaque trimestre", "2027-04-30"), ("chaque année", "2028-01-31")],
        ),
        ("Deux fois par an", [("chaque semestre", "2027-07-31")]),
        ("Une fois par an", [("chaque année", "2028-01-31")]),
        ("Deux mois avant chaque date anniversaire", [("deux mois avant la date anniversaire", "2027-11-30")]),
        ("Chaque mois, puis au décompte", [("chaque mois", "2027-02-28"), ("à la fin du marché", "2029-01-31")]),
        ("Tous les quinze jours", [("tous les quinze jours", "2027-02-14")]),
        ("À chaque livraison", []),
    ],
)
def test_the_words_of_a_control_give_its_dates(when: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.label, r.first.isoformat()) for r in rhythms(when, START, 24)] == expected


def test_a_rhythm_comes_back_to_its_day_after_a_short_month() -> None:
    [monthly] = rhythms("Chaque mois", START, 4)
    assert [day.isoformat() for day in monthly.dates(end_of(START, 4))] == [
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
        "2027-05-31",
    ]
    assert after(date(2028, 2, 29), 12) == date(2029, 2, 28)


@pytest.mark.parametrize("family", PURCHASES)
def test_every_row_is_tall_enough_for_its_longest_cell(family: str) -> None:
    """LibreOffice shows a row as tall as the file says: a wrapped text would be cut."""
    books = [load_workbook(io.BytesIO(file.content)) for file in made(family) if file.form == "xlsx"]
    for page in (sheet for book in books for sheet in book):
        for row in page.iter_rows():
            height = page.row_dimensions[row[0].row].height
            for cell in row:
                width = page.column_dimensions[cell.column_letter].width
                least = sum(-(-len(line) // int(width * 1.15)) for line in str(cell.value or "").split("\n"))
                assert height >= least * 12.75, (page.title, cell.coordinate)
