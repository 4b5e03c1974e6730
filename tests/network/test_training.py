"""The training modules: complete, about things that exist, with a quiz that can be answered."""

from collections import Counter

import httpx
import pytest

from app.law.catalogue import law_at
from app.network.training import TrainingError, lint_training, module_faults, parse, read_modules, shuffled
from app.settings import ROOT

CLAUSES = ROOT / "clauses"
KNOWN = {path.stem for path in (CLAUSES / "library").glob("*/*.md")}
FILE = (CLAUSES / "training" / "06-sourcer.md").read_text(encoding="utf-8")


def test_ten_modules_at_least_reach_buyers_elected_officials_and_firms() -> None:
    modules = read_modules(CLAUSES)
    assert len(modules) >= 10
    assert {audience for module in modules for audience in module.audience} == {"acheteurs", "elus", "entreprises"}
    assert lint_training(CLAUSES, KNOWN, law_at(CLAUSES).texts) == []


def test_the_place_of_the_right_choice_says_nothing() -> None:
    places = Counter(shuffled(m.code, q)[1] for m in read_modules(CLAUSES) for q in m.quiz)
    assert max(places.values()) <= places.total() * 0.45


def test_shuffling_keeps_the_choices_and_follows_the_right_one() -> None:
    for module in read_modules(CLAUSES):
        for question in module.quiz:
            choices, right = shuffled(module.code, question)
            assert sorted(choices) == sorted(question.choices)
            assert choices[right] == question.choices[question.right - 1]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("clauses: [CEC-MOB-001", "clauses: [CEC-MOB-999", "CEC-MOB-999"),
        ("texts: [ccp-r2111-1,", "texts: [ccp-r9999-9,", "ccp-r9999-9"),
        ("    right: 2", "    right: 4", "pas de choix n° 4"),
        ("## Pourquoi sourcer\n", "## Pourquoi sourcer\n\nVoyez CEC-MOB-001.\n", "citez-la"),
    ],
)
def test_a_module_about_what_does_not_exist_is_refused(old: str, new: str, word: str) -> None:
    assert old in FILE
    module = parse(FILE.replace(old, new, 1), "x.md")
    assert word in " ".join(module_faults(module, KNOWN, law_at(CLAUSES).texts))


@pytest.mark.parametrize("broken", ["", "---\ncode: x\n---\n## A\n\nb\n", FILE.replace("minutes: 20", "minutes: 900")])
def test_a_broken_file_is_named(broken: str) -> None:
    with pytest.raises(TrainingError, match=r"training/x\.md"):
        parse(broken, "x.md")


async def test_a_module_is_served_with_its_texts_its_clauses_and_an_etag(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/api/v1/network/training")).json()["items"]
    assert [card["order"] for card in listed] == sorted(card["order"] for card in listed)
    answer = await client.get("/api/v1/network/training/sourcer")
    body = answer.json()
    assert {text["confidence"] for text in body["texts"]} >= {"to_check"}
    assert [clause["id"] for clause in body["clauses"]] == ["CEC-MOB-001", "CEC-TOU-016", "CEC-TOU-014"]
    again = await client.get("/api/v1/network/training/sourcer", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert (await client.get("/api/v1/network/training/rien")).status_code == 404


async def test_a_module_is_readable_without_javascript(client: httpx.AsyncClient) -> None:
    page = await client.get("/formation/sourcer", headers={"accept": "text/html"})
    assert "<h1>Sourcer avant d’exiger</h1>" in page.text
    assert "<details><summary>Réponse</summary>" in page.text
    assert (await client.get("/formation/rien", headers={"accept": "text/html"})).status_code == 404
    assert 'href="/formation/sourcer"' in (await client.get("/formation", headers={"accept": "text/html"})).text
