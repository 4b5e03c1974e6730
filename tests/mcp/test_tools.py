"""The tools, through the SDK's own client, against the running application."""

import base64
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import httpx2
import pytest
from docx import Document
from fastapi import FastAPI
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, EmbeddedResource, TextContent

PURCHASE = {
    "object": "Mobilier scolaire",
    "cpv": ["39160000"],
    "nature": "supplies",
    "estimated_value": 120000,
    "launch_date": "2026-12-01",
    "buyer": {"kind": "local_authority"},
}
ADDRESS = "http://127.0.0.1:8000/mcp"


@pytest.fixture
async def tools(app: FastAPI, client: httpx.AsyncClient) -> AsyncIterator[Client]:
    """`client` keeps the application started."""
    assert client
    async with (
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)) as http,
        Client(streamable_http_client(ADDRESS, http_client=http)) as session,
    ):
        yield session


def told(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    content = result.structured_content or json.loads(result.content[0].text)  # type: ignore[union-attr]
    assert content["licence"] == "Licence Ouverte 2.0 (Etalab)"
    return content


async def test_the_five_tools_are_offered_as_read_only(tools: Client) -> None:
    offered = {tool.name: tool for tool in (await tools.list_tools()).tools}
    names = {"chercher_clauses", "lire_clause", "obligations_applicables", "proposer_clauses", "generer_docx"}
    assert set(offered) == names
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in offered.values())
    assert all(tool.description for tool in offered.values())


async def test_searching_gives_what_the_api_gives(tools: Client, client: httpx.AsyncClient) -> None:
    found = told(await tools.call_tool("chercher_clauses", {"q": "chaises", "famille": ["mobilier"], "limite": 5}))
    listed = (await client.get("/api/v1/clauses?q=chaises&family=mobilier&limit=5")).json()
    assert [clause["id"] for clause in found["clauses"]] == [item["id"] for item in listed["items"]]
    assert found["total"] == listed["total"]


async def test_a_clause_is_read_whole_in_any_version(tools: Client, client: httpx.AsyncClient) -> None:
    expected = (await client.get("/api/v1/clauses/CEC-MOB-001")).json()
    for arguments in ({"id": "CEC-MOB-001"}, {"id": "CEC-MOB-001", "version": 1}):
        read = told(await tools.call_tool("lire_clause", arguments))
        assert {name: read[name] for name in ("title", "wordings", "legal")} == {
            name: expected[name] for name in ("title", "wordings", "legal")
        }


async def test_a_clause_that_does_not_exist_is_said_in_a_sentence(tools: Client) -> None:
    for arguments in ({"id": "CEC-MOB-999"}, {"id": "CEC-MOB-001", "version": 99}):
        result = await tools.call_tool("lire_clause", arguments)
        assert result.is_error
        assert isinstance(result.content[0], TextContent)
        assert "n’existe pas" in result.content[0].text


async def test_duties_and_proposals_are_those_of_the_api(tools: Client, client: httpx.AsyncClient) -> None:
    duties = told(await tools.call_tool("obligations_applicables", {"achat": PURCHASE}))
    proposed = told(await tools.call_tool("proposer_clauses", {"achat": PURCHASE, "ambition": 2}))
    over_http = (await client.post("/api/v1/duties/assess", json={"purchase": PURCHASE})).json()
    advice = (await client.post("/api/v1/recommendations", json={"purchase": PURCHASE, "ambition": 2})).json()
    assert duties["duties"] == over_http["duties"]
    assert proposed["items"] == advice["items"]


async def test_a_family_that_does_not_exist_is_refused_with_its_place(tools: Client) -> None:
    for name in ("obligations_applicables", "proposer_clauses"):
        result = await tools.call_tool(name, {"achat": {**PURCHASE, "families": ["licornes"]}})
        assert result.is_error
        assert isinstance(result.content[0], TextContent)
        assert "/purchase/families/0" in result.content[0].text


async def test_a_document_comes_back_as_a_file(tools: Client) -> None:
    asked = {"purchase": PURCHASE, "items": [{"clause_id": "CEC-MOB-001"}], "pieces": ["CCTP"]}
    result = await tools.call_tool("generer_docx", {"demande": asked})
    assert not result.is_error, result.content
    note, file = result.content
    assert isinstance(file, EmbeddedResource)
    assert isinstance(note, TextContent)
    content = base64.b64decode(file.resource.blob)  # type: ignore[union-attr]
    assert "Part minimale de mobilier issu du réemploi" in Document(io.BytesIO(content)).element.xml
    assert note.text.startswith("CCTP_mobilier-scolaire.docx")


async def test_what_is_missing_for_a_document_is_listed(tools: Client) -> None:
    asked = {"purchase": PURCHASE, "items": [{"clause_id": "CEC-MOB-999"}], "pieces": ["CCTP"]}
    result = await tools.call_tool("generer_docx", {"demande": asked})
    assert result.is_error
    assert isinstance(result.content[0], TextContent)
    assert "/items/0/clause_id" in result.content[0].text


async def test_another_site_cannot_use_the_tools_from_a_browser(app: FastAPI, client: httpx.AsyncClient) -> None:
    assert client
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
        answer = await browser.post("/mcp", json={}, headers={"Origin": "https://ailleurs.example"})
    assert answer.status_code == 403
