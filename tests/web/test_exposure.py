"""What a stranger, another site or a proxy must not get: the cookie, the answers, the files beside the code."""

from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from app.accounts.sessions import set_cookie
from app.settings import Settings


def _cookie(public_url: str) -> tuple[str, SimpleCookie]:
    app = FastAPI()
    app.state.settings = Settings(public_url=public_url)
    response = Response()
    scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b"", "app": app}
    set_cookie(Request(scope), response, "jeton", lifetime=timedelta(hours=12))
    header = response.headers["set-cookie"]
    return header, SimpleCookie(header)


def test_over_tls_the_cookie_is_bound_to_this_host_and_kept_from_scripts_and_other_sites() -> None:
    _, cookies = _cookie("https://clausier.example")
    cookie = cookies["__Host-session"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "lax", "/")
    assert cookie["domain"] == ""
    assert int(cookie["max-age"]) == 12 * 3600


def test_without_tls_the_cookie_claims_nothing_that_a_browser_would_refuse() -> None:
    header, cookies = _cookie("http://127.0.0.1:8000")
    assert list(cookies) == ["session"]
    assert "Secure" not in header


@pytest.mark.parametrize("path", ["/api/v1/clauses", "/api/v1/session", "/health/live"])
async def test_no_answer_is_shared_with_a_page_of_another_origin(client: httpx.AsyncClient, path: str) -> None:
    origin = {"Origin": "https://ailleurs.example"}
    read = await client.get(path, headers=origin)
    asked = await client.options(path, headers={**origin, "Access-Control-Request-Method": "POST"})
    for answer in (read, asked):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


async def test_trace_echoes_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.request("TRACE", "/api/v1/clauses", headers={"X-Secret": "canari"})
    assert answer.status_code == 405
    assert "canari" not in answer.text


@pytest.mark.parametrize("path", ["/.git/HEAD", "/.env", "/pyproject.toml", "/../app/settings.py", "/assets/"])
async def test_files_beside_the_web_app_are_not_served(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404
    page = await client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 404 or "<div id=" in page.text
    assert "refs/heads" not in page.text
