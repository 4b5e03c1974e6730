"""Families and glossary, through the API and as pages readable without JavaScript."""

import re
from html.parser import HTMLParser

import httpx
import pytest

from app.library.html import term_link
from app.library.terms import linker, spelled
from app.library.vocabularies import Term
from tests.library.test_collection import FAMILIES, files, record, words

PAGE = {"accept": "text/html"}
GLOSSARY = list(words().glossary.values())


class _Anchors(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [found["href"] or ""] if tag == "a" and "href" in found else []
        self.ids += [found["id"] or ""] if "id" in found else []


def term(ident: str, name: str) -> Term:
    return Term(id=ident, term=name, definition="Une définition.", source="Ici", confidence="verified")  # type: ignore[arg-type]


async def test_the_families_are_listed_with_their_clauses(client: httpx.AsyncClient) -> None:
    cards = (await client.get("/api/v1/families")).json()["items"]
    assert sorted(card["code"] for card in cards) == FAMILIES
    assert all(card["clauses"] >= 10 and card["headline"] for card in cards)


@pytest.mark.parametrize("code", FAMILIES)
async def test_a_family_has_its_page_with_everything_on_it(client: httpx.AsyncClient, code: str) -> None:
    family = (await client.get(f"/api/v1/families/{code}")).json()
    assert {clause["id"] for clause in family["clauses"]} == {f.record.id for f in files() if f.record.family == code}
    answer = await client.get(f"/familles/{code}", headers=PAGE)
    assert answer.status_code == 200
    for title in ("Ce qui compte", "Par quelles clauses commencer", "Le marché", "Ce qu’il ne faut pas demander"):
        assert f"<h2>{title}</h2>" in answer.text
    assert [m["title"] for m in family["mistakes"]] == re.findall(r"<h3>(.*?)</h3>", answer.text)
    linked = _Anchors(answer.text).links
    assert {f"/clauses/{clause['id']}" for clause in family["clauses"]} <= set(linked)
    assert {f"/obligations#{duty['code']}" for duty in family["duties"]} <= set(linked)


async def test_an_unknown_family_says_so(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/families/fusees")).status_code == 404
    page = await client.get("/familles/fusees", headers=PAGE)
    assert (page.status_code, "Famille introuvable" in page.text) == (404, True)


async def test_the_library_leads_to_families_and_glossary(client: httpx.AsyncClient) -> None:
    links = _Anchors((await client.get("/clauses", headers=PAGE)).text).links
    assert {"/familles", "/glossaire"} <= set(links)
    families = _Anchors((await client.get("/familles", headers=PAGE)).text).links
    assert {f"/familles/{code}" for code in FAMILIES} <= set(families)
    sitemap = (await client.get("/sitemap.xml")).text
    assert "/familles/mobilier</loc>" in sitemap
    assert "/glossaire</loc>" in sitemap


async def test_a_clause_leads_to_the_definition_of_its_words(client: httpx.AsyncClient) -> None:
    clause = _Anchors((await client.get("/clauses/CEC-MOB-001", headers=PAGE)).text)
    wanted = {f"/glossaire#{ident}" for ident in record("CEC-MOB-001").definitions}
    assert wanted
    assert wanted <= set(clause.links)
    assert "/familles/mobilier" in clause.links
    there = _Anchors((await client.get("/glossaire", headers=PAGE)).text)
    assert {link.partition("#")[2] for link in wanted} <= set(there.ids)
    assert len(there.ids) == len(set(there.ids))
    html = (await client.get("/api/v1/clauses/CEC-MOB-001")).json()["html"]
    assert '<a href="/glossaire#reemploi">réemploi</a>' in html["CCTP"]


async def test_the_glossary_gives_the_clauses_that_use_a_term(client: httpx.AsyncClient) -> None:
    items = (await client.get("/api/v1/glossary")).json()["items"]
    assert sorted(item["id"] for item in items) == sorted(words().glossary)
    for item in items:
        assert [c["id"] for c in item["clauses"]] == sorted(
            f.record.id for f in files() if item["id"] in f.record.definitions
        )


def test_only_the_first_use_is_linked_in_any_number_and_the_longest_term_wins() -> None:
    link = linker([term("emballage", "Emballage"), term("reemployable", "Emballage réemployable")], term_link)
    assert link("Les emballages réemployables et l’emballage, puis un emballage.") == (
        'Les <a href="/glossaire#reemployable">emballages réemployables</a> et l’<a href="/glossaire#emballage">'
        "emballage</a>, puis un emballage."
    )
    assert link("emballage") == "emballage"
    assert linker([], term_link)("emballage") == "emballage"


def test_no_term_is_left_without_a_clause_or_defined_twice() -> None:
    used = {ident for file in files() for ident in file.record.definitions}
    assert sorted(set(words().glossary) - used) == []
    names = [entry.term.lower() for entry in GLOSSARY]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "ident",
    ["mise-en-demeure", "reemploi", "recyclage", "reconditionne", "remise-en-etat", "piece-detachee", "biodechet"],
)
def test_a_clause_that_uses_a_defined_word_declares_it(ident: str) -> None:
    """Words with one meaning only: « solde » or « rotation » also have their common sense."""
    used = re.compile(rf"(?<!\w)(?:{spelled(words().glossary[ident].term)})(?!\w)", re.IGNORECASE)
    silent = [
        file.record.id
        for file in files()
        if ident not in file.record.definitions and used.search(" ".join(file.record.wordings.values()))
    ]
    assert silent in ([], ["CEC-BIO-013"]), "celle-ci remet un terrain en état, non un produit"
