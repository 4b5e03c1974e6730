"""The family pages: complete, true to our own lists, readable, and each its own thought."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
import yaml

from app.settings import ROOT

CLAUSES = ROOT / "clauses"
FIELDS = [
    "code",
    "headline",
    "what_matters",
    "duties",
    "cpv",
    "market",
    "not_to_ask",
    "mistakes",
    "start_with",
    "questions_for_sourcing",
    "agec",
    "updated",
]
MAX_WORDS = 40
NBSP = "\u00a0"


def _read(path: str) -> Any:
    return yaml.safe_load((CLAUSES / path).read_text(encoding="utf-8"))


FAMILIES = {family["code"]: family for family in _read("families.yaml")}
DUTIES = {duty["code"]: duty for duty in _read("law/duties.yaml")["duties"]}
CATEGORIES = {category["number"] for category in _read("law/targets.yaml")["agec"]}
PAGES = {path.stem: _read(f"families/{path.name}") for path in sorted((CLAUSES / "families").glob("*.yaml"))}


def _front_matter(text: str) -> dict[str, Any]:
    record: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return record


RECORDS = (_front_matter(path.read_text(encoding="utf-8")) for path in (CLAUSES / "library").glob("*/*.md"))
CLAUSE_FAMILIES: dict[str, list[str]] = {record["id"]: record["families"] for record in RECORDS}


def _texts(value: Any) -> list[str]:
    """Every text a reader sees, at any depth; neither codes nor the labels of the CPV."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in {"code", "id", "cpv"} for text in _texts(item)]
    return []


def _sentences(text: str) -> list[str]:
    """Cut at an ordinary space only: « L.<NBSP>2112-2 » stays whole."""
    return [sentence for sentence in re.split(r"(?<=[.?!]) +", text.strip()) if sentence]


def _words(sentence: str) -> int:
    return len(re.findall(r"[\w€%°²-]+", sentence.replace("’", " ")))


@pytest.fixture(params=sorted(FAMILIES))
def page(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = PAGES[request.param]
    return found


def test_every_family_has_its_page_and_every_page_its_family() -> None:
    assert sorted(PAGES) == sorted(FAMILIES)
    assert {name: page["code"] for name, page in PAGES.items()} == {name: name for name in PAGES}


def test_a_page_has_exactly_the_fields_in_order(page: dict[str, Any]) -> None:
    assert list(page) == FIELDS
    assert isinstance(page["updated"], date)
    rows = {"duties": "code note", "cpv": "prefix label", "not_to_ask": "what why instead"}
    rows |= {"mistakes": "title story fix", "start_with": "id reason"}
    for field, keys in rows.items():
        assert all(list(row) == keys.split() for row in page[field]), field
    assert all(text.strip() for text in _texts(page))


def test_a_page_has_the_announced_lengths(page: dict[str, Any]) -> None:
    assert _words(page["headline"]) <= 20
    assert len(_sentences(page["headline"])) == 1
    assert 3 <= len(page["what_matters"]) <= 5
    assert 2 <= len(_sentences(page["market"])) <= 4
    assert 3 <= len(page["not_to_ask"]) <= 6
    assert len(page["mistakes"]) == 3
    assert all(2 <= len(_sentences(mistake["story"])) <= 3 for mistake in page["mistakes"])
    assert 3 <= len(page["start_with"]) <= 5
    assert 3 <= len(page["questions_for_sourcing"]) <= 5
    assert all(question.endswith(f"{NBSP}?") for question in page["questions_for_sourcing"])


def test_duties_exist_once_and_an_unsure_one_says_so(page: dict[str, Any]) -> None:
    codes = [row["code"] for row in page["duties"]]
    assert set(codes) <= set(DUTIES)
    assert len(codes) == len(set(codes))
    for row in page["duties"]:
        assert len(_sentences(row["note"])) == 1
        if DUTIES[row["code"]]["confidence"] != "verified":
            assert "à vérifier" in row["note"], row["code"]


def test_the_first_clauses_exist_and_belong_to_the_family_or_to_all(page: dict[str, Any]) -> None:
    ids = [row["id"] for row in page["start_with"]]
    assert len(ids) == len(set(ids))
    for clause in ids:
        assert {page["code"], "toutes-familles"} & set(CLAUSE_FAMILIES.get(clause, [])), clause


def test_branches_are_those_of_the_family_and_categories_exist(page: dict[str, Any]) -> None:
    assert [row["prefix"] for row in page["cpv"]] == FAMILIES[page["code"]]["cpv"]
    assert set(page["agec"]) <= CATEGORIES
    assert page["agec"] == sorted(set(page["agec"]))


def test_sentences_are_short_and_well_set(page: dict[str, Any]) -> None:
    for text in _texts(page):
        assert not re.search(r"['\"]|[^\u00a0][;:?!»]|«[^\u00a0]", text), text
        for sentence in _sentences(text):
            assert _words(sentence) <= MAX_WORDS, sentence


def test_no_two_pages_share_a_sentence() -> None:
    seen = Counter(
        sentence for page in PAGES.values() for sentence in {s.lower() for t in _texts(page) for s in _sentences(t)}
    )
    assert [sentence for sentence, pages in seen.items() if pages > 1] == []
