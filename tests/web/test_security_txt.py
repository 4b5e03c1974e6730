"""Whoever finds a vulnerability is told where to write, by the standard address (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.settings import Settings
from app.web import problems
from app.web.security_txt import ADDRESS, router
from tests.conftest import running


async def _read(contact: str) -> httpx.Response:
    app = FastAPI()
    app.state.settings = Settings(contact=contact, public_url="https://clausier.example/")
    problems.install(app)
    app.include_router(router)
    async with running(app) as client:
        return await client.get(ADDRESS)


def _fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


async def test_the_contact_of_the_operator_is_given_for_less_than_a_year() -> None:
    answer = await _read("securite@clausier.example")
    fields = _fields(answer.text)
    expires = datetime.fromisoformat(fields["Expires"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:securite@clausier.example"
    assert fields["Canonical"] == "https://clausier.example/.well-known/security.txt"
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=366)


async def test_the_address_of_a_form_is_given_as_it_is() -> None:
    answer = await _read("https://clausier.example/contact")
    assert _fields(answer.text)["Contact"] == "https://clausier.example/contact"


async def test_a_contact_of_several_lines_adds_no_field() -> None:
    answer = await _read("a@clausier.example\nPolicy: https://evil.example")
    assert set(_fields(answer.text)) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}


async def test_without_a_contact_the_address_says_so() -> None:
    answer = await _read("")
    assert answer.status_code == 404
    assert "adresse de contact" in answer.json()["detail"]


async def test_the_application_serves_it(app: FastAPI) -> None:
    assert any(context.path == ADDRESS for context in iter_route_contexts(app.routes))
