"""One clause, one address, several forms: what `Accept` asks for is what comes, or a sentence that says why not."""

import io
import json

import httpx
import pytest
from docx import Document
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import Namespace

CLAUSE = "/api/v1/clauses/CEC-MOB-001"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SCHEMA = Namespace("https://schema.org/")
BASE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("path", [CLAUSE, f"{CLAUSE}/versions/1"])
async def test_a_clause_is_a_word_document_with_its_texts_and_its_limits(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers={"Accept": DOCX})
    assert (answer.status_code, answer.headers["content-type"]) == (200, DOCX)
    assert answer.headers["content-disposition"] == 'attachment; filename="CEC-MOB-001-v1.docx"'
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    record = (await client.get(CLAUSE)).json()
    assert record["title"] in text
    assert record["why"] in text
    assert all(line in text for line in [*record["watch_points"], *record["not_when"]])


@pytest.mark.parametrize("path", [CLAUSE, f"{CLAUSE}/versions/1"])
async def test_a_version_comes_in_every_form_of_the_clause(client: httpx.AsyncClient, path: str) -> None:
    for kind in ("application/json", "text/markdown", "text/html", DOCX, "application/ld+json"):
        answer = await client.get(path, headers={"Accept": f"image/png, {kind};q=0.5"})
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("path", [CLAUSE, f"{CLAUSE}/versions/1", f"{CLAUSE}/diff", "/api/v1/texts"])
async def test_a_form_that_does_not_exist_is_refused_with_the_list_of_those_that_do(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers={"Accept": "image/png, text/html;q=0, application/json;q=0"})
    if path != "/api/v1/texts":
        assert "application/json" in answer.json()["detail"]
    assert (answer.status_code, answer.json()["type"]) == (406, "/problems/format")


async def test_a_clause_as_linked_data_cites_its_law_and_its_vocabulary(client: httpx.AsyncClient) -> None:
    answer = await client.get(CLAUSE, headers={"Accept": "application/ld+json"})
    record = (await client.get(CLAUSE)).json()
    graph = Graph().parse(data=answer.text, format="json-ld")
    clause = URIRef(f"{BASE}/clauses/CEC-MOB-001")
    assert (clause, SCHEMA.name, Literal(record["title"])) in graph
    cited = {str(graph.value(text, SCHEMA.legislationIdentifier)) for text in graph.objects(clause, SCHEMA.citation)}
    assert cited == {text["article"] for text in record["legal"]}
    families = {str(graph.value(term, SCHEMA.termCode)) for term in graph.objects(clause, SCHEMA.about)}
    assert families == {*record["families"], *record["levers"]}


async def test_the_same_linked_data_stands_in_the_page_without_running(client: httpx.AsyncClient) -> None:
    page = await client.get("/clauses/CEC-MOB-001", headers={"Accept": "text/html"})
    block = page.text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert "<" not in block
    given = await client.get(CLAUSE, headers={"Accept": "application/ld+json"})
    assert json.loads(block) == given.json()


async def test_the_vocabulary_is_a_set_of_defined_terms(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/vocabulary", headers={"Accept": "application/ld+json"})
    plain = (await client.get("/api/v1/vocabulary")).json()
    graph = Graph().parse(data=answer.text, format="json-ld")
    for kind, codes in (
        ("family", {family["code"] for family in plain["families"]}),
        ("lever", {lever["code"] for lever in plain["levers"]}),
        ("term", {term["id"] for term in plain["glossary"]}),
    ):
        terms = graph.objects(URIRef(f"{BASE}/api/v1/vocabulary#{kind}"), SCHEMA.hasDefinedTerm)
        assert {str(graph.value(term, SCHEMA.termCode)) for term in terms} == codes


async def test_texts_of_law_are_legislation_with_their_confidence(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/texts", headers={"Accept": "application/ld+json"})
    plain = (await client.get("/api/v1/texts")).json()["items"]
    nodes = {node["identifier"]: node for node in answer.json()["itemListElement"]}
    assert {text["id"] for text in plain} == set(nodes)
    for text in plain:
        node = nodes[text["id"]]
        assert (node["@type"], node["legislationIdentifier"]) == ("Legislation", text["article"])
        assert ("vérifié." in node["skos:editorialNote"]) == (text["confidence"] == "verified")
        assert node.get("legislationDateOfApplicability") == text["in_force_from"]
