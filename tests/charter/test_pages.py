"""The charter, its register and the dashboard are read without JavaScript; an older version stays readable."""

from dataclasses import replace

import httpx
from fastapi import FastAPI

from app.charter import queries
from app.law.catalogue import law_at
from app.settings import Settings


async def test_the_public_pages_are_readable_without_javascript(client: httpx.AsyncClient) -> None:
    html = {"Accept": "text/html"}
    text = (await client.get("/charte", headers=html)).text
    assert "Ne jamais exiger du neuf" in text
    assert "Gouvernance" in text
    assert "<h1>Les signataires de la charte</h1>" in (await client.get("/charte/signataires", headers=html)).text
    assert "Rien n’est diffusé sous cinq organismes" in (await client.get("/tableau-de-bord", headers=html)).text


async def test_another_text_becomes_another_version_and_the_older_stays_as_it_was_read(
    client: httpx.AsyncClient, app: FastAPI, settings: Settings
) -> None:
    current = (await client.get("/api/v1/charter/versions")).json()["current"]
    before = (await client.get(f"/api/v1/charter/versions/{current}")).json()
    charter = law_at(settings.clauses).charter
    async with app.state.sessions() as session, session.begin():
        changed = await queries.current_version(session, replace(charter, governance="Comité annuel."))
        again = await queries.current_version(session, replace(charter, governance="Comité annuel."))
    assert changed.number == again.number > current
    assert (await client.get(f"/api/v1/charter/versions/{current}")).json() == before
    newer = (await client.get(f"/api/v1/charter/versions/{changed.number}")).json()
    assert newer["content"]["governance"] == "Comité annuel."
    assert (await client.get("/api/v1/charter/versions")).json()["current"] == current
