"""The contract: complete, in French, true. Its examples are run one by one against the application."""

import html
import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.settings import ROOT
from app.web.contract import operations, routes_of
from app.web.contract_examples import Documented, Example, read_examples

DOCUMENTED = read_examples(ROOT / "docs" / "api-examples.yaml")
EXAMPLES = [(entry, example) for entry in DOCUMENTED for example in entry.examples]
ENGLISH = re.compile(r"\b(the|and|with|which|this|that|when|only|from|their|each|what)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


@pytest.mark.parametrize(("entry", "example"), EXAMPLES, ids=[f"{e.operation}: {x.title}" for e, x in EXAMPLES])
async def test_a_documented_example_answers_what_it_says(
    client: httpx.AsyncClient, entry: Documented, example: Example
) -> None:
    answer = await client.request(entry.method, example.path, headers=example.headers, json=example.body)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (example.status, example.type)
    text = answer.content.decode("utf-8", errors="replace")
    assert [wanted for wanted in example.holds if wanted not in text] == []


def test_every_documented_operation_exists(document: dict[str, Any]) -> None:
    assert {entry.operation for entry in DOCUMENTED} - {name for name, _ in operations(document)} == set()


def test_every_public_read_has_an_example(document: dict[str, Any]) -> None:
    """A session or a key cannot be shown in an example; reads of one's own things are told by their summary."""
    shown = {entry.operation for entry in DOCUMENTED if entry.examples}
    rooms = {"Bibliothèque", "Données ouvertes", "Droit", "Conseil", "Exploitation", "Erreurs"}
    public = {
        name
        for name, operation in operations(document)
        if name.startswith("GET /api/v1/") and not operation.get("security") and rooms & set(operation["tags"])
    }
    assert public - shown == set()


def test_every_route_of_the_application_is_in_the_contract(app: FastAPI, document: dict[str, Any]) -> None:
    told = {name for name, _ in operations(document)}
    assert {f"{method.upper()} {path}" for method, path in routes_of(app)} == told
    assert len(told) > 30


def test_every_operation_is_named_tagged_and_says_its_limits_and_problems(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    declared = {tag["name"] for tag in document["tags"]}
    for name, operation in operations(document):
        assert operation.get("summary"), name
        assert set(operation["tags"]) <= declared, name
        assert {"400", "429"} <= operation["responses"].keys(), name
        if "requestBody" in operation:
            assert {"413", "422"} <= operation["responses"].keys(), name
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], (name, status)
            else:
                assert "RateLimit" in answer["headers"], (name, status)


def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids))


def test_what_a_reader_of_the_contract_sees_is_french(document: dict[str, Any]) -> None:
    def said(node: Any, path: str) -> list[tuple[str, str]]:
        if isinstance(node, list):
            return [found for index, inner in enumerate(node) for found in said(inner, f"{path}/{index}")]
        if not isinstance(node, dict):
            return []
        own = [
            (f"{path}/{name}", node[name])
            for name in ("summary", "description")
            if isinstance(node.get(name), str) and ENGLISH.search(node[name])
        ]
        return own + [
            found for name, inner in node.items() if name != "examples" for found in said(inner, f"{path}/{name}")
        ]

    assert said(document, "") == []


async def test_the_reference_is_readable_without_javascript(
    client: httpx.AsyncClient, document: dict[str, Any]
) -> None:
    page = await client.get("/api", headers={"Accept": "text/html"})
    text = html.unescape(page.text)
    assert "<h1>L’API de Clausier</h1>" in text
    for name, operation in operations(document):
        assert f"<code>{name}</code>" in text
        assert operation["summary"] in text
    assert EXAMPLES[0][1].title in text


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", "/api/v1/check", "POST"),
        ("PUT", "/api/v1/organisations/lookup", "GET"),
        ("PATCH", "/api/v1/clauses/CEC-MOB-001", "GET"),
    ],
)
async def test_an_address_asked_by_another_method_says_which_it_takes(
    client: httpx.AsyncClient, method: str, path: str, allow: str
) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allow)
    assert answer.headers["content-type"] == "application/problem+json"
