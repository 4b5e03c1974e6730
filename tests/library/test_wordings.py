"""Wordings: their little markup, safe HTML, and values as a French reader expects them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.blocks import Block, blocks_of, variables_in
from app.library.files import BadClauseFile, parse
from app.library.html import wording_html
from app.library.record import ClauseRecord, Variable
from app.library.schema import clause_schema, rendered
from app.library.values import shown
from app.settings import ROOT
from app.web.negotiation import media_type_of
from tests.library.sample import condition, file_of

PART = Variable(label="Part", type="percentage", unit="%", min=Decimal(0), max=Decimal(100), default=Decimal(20))


def test_blocks_are_paragraphs_lists_and_tables() -> None:
    text = "Une ligne\nsuivie.\n\nListe :\n- un,\n  suite\n- deux\n\n1. a\n2. b\n\n| T | U |\n| --- | --- |\n| x | y |"
    assert blocks_of(text) == [
        Block("paragraph", ("Une ligne suivie.",)),
        Block("paragraph", ("Liste :",)),
        Block("bullets", ("un, suite", "deux")),
        Block("numbers", ("a", "b")),
        Block("table", rows=(("T", "U"), ("x", "y"))),
    ]


def test_variables_are_found_in_their_order() -> None:
    assert variables_in("{{ part }} puis {{delai}} et {{ part }}") == ["part", "delai", "part"]


def test_html_marks_variables_and_runs_nothing() -> None:
    html = wording_html(
        'Au moins {{ part }} <b onclick="x">{{ autre }}</b>\n\n| A | B |\n| --- | --- |\n| 1 | & |', {"part": PART}
    )
    assert html == (
        '<p>Au moins <mark data-variable="part">20\u00a0%</mark> &lt;b onclick=&quot;x&quot;&gt;'
        '<mark data-variable="autre">[autre]</mark>&lt;/b&gt;</p>'
        '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        "<tbody><tr><td>1</td><td>&amp;</td></tr></tbody></table>"
    )


@given(st.text())
def test_no_wording_breaks_out_of_its_html(text: str) -> None:
    html = wording_html(text, {"part": PART})
    assert "<script" not in html.lower()
    assert html.count("<p>") == html.count("</p>")


def variable(kind: str, unit: str = "") -> Variable:
    return Variable.model_validate({"label": "Délai", "type": kind, "unit": unit, "min": 0, "max": 10_000_000})


@pytest.mark.parametrize(
    ("kind", "unit", "value", "read"),
    [
        ("percentage", "%", Decimal(20), "20\u00a0%"),
        ("decimal", "kg", Decimal("2.50"), "2,5\u00a0kg"),
        ("amount", "€", Decimal(1_234_567), "1\u202f234\u202f567\u00a0€"),
        ("years", "ans", Decimal(1), "1\u00a0an"),
        ("years", "ans", Decimal(5), "5\u00a0ans"),
        ("months", "mois", Decimal(1), "1\u00a0mois"),
        ("date", "", date(2026, 8, 1), "1er\u00a0août\u00a02026"),
        ("text", "", "x < y", "x < y"),
        ("text", "", None, "[Délai]"),
        ("text", "", "", "[Délai]"),
    ],
)
def test_a_value_is_read_as_in_french(kind: str, unit: str, value: Decimal | date | str | None, read: str) -> None:
    assert shown(variable(kind, unit), value) == read


OFFERED = ("application/json", "text/markdown", "text/html")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/markdown", "text/markdown"),
        ("text/html, */*;q=0.1", "text/html"),
        ("text/*", "text/markdown"),
        ("text/html;q=0, text/markdown;q=0.2", "text/markdown"),
        ("text/html;q=abc, */*;q=0.1", "application/json"),
    ],
)
def test_the_preferred_form_wins(accept: str, chosen: str) -> None:
    assert media_type_of(accept, OFFERED) == chosen


def test_a_record_survives_its_json() -> None:
    record = parse(file_of(condition()).encode(), "essai.md").record
    assert ClauseRecord.model_validate_json(record.model_dump_json()) == record
    assert ClauseRecord.model_validate(record.model_dump(mode="json")) == record


def test_typed_quotes_and_spaces_become_french_ones() -> None:
    record = parse(file_of(condition(why="L'acheteur : il paie 20 %.")).encode(), "essai.md").record
    assert record.why == "L’acheteur\u00a0: il paie 20\u00a0%."


def test_every_trouble_of_a_file_is_told_at_once() -> None:
    broken = file_of(condition(kind="souhait", level=9, couleur=1))
    with pytest.raises(BadClauseFile) as caught:
        parse(broken.encode(), "library/mobilier/essai.md")
    assert {trouble.field for trouble in caught.value.troubles} == {"kind", "level", "couleur"}
    assert str(caught.value).startswith("library/mobilier/essai.md:kind: Valeurs admises")


def test_the_committed_schema_is_the_generated_one() -> None:
    assert (ROOT / "clauses/schema/clause.json").read_text(encoding="utf-8") == rendered()


def test_the_schema_is_of_the_front_matter() -> None:
    schema = clause_schema()
    assert "wordings" not in schema["properties"]
    assert {"id", "title", "kind", "level"} <= set(schema["required"])
