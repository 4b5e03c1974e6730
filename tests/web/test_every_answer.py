"""The headers that close a browser's doors, on every route and on every kind of answer (S05)."""

from typing import Final

import httpx
import pytest
from fastapi import FastAPI

from app.web.headers import CONTENT_SECURITY_POLICY, DATA_POLICY
from tests.access import canary
from tests.access.planted import World, plant
from tests.accounts.people import sign_in

PAGE: Final = {"Accept": "text/html"}
JSON: Final = {"Content-Type": "application/json"}
KINDS: Final[list[tuple[int, str, str, dict[str, str], bytes]]] = [
    (200, "GET", "/", PAGE, b""),
    (200, "GET", "/clauses/CEC-MOB-001", PAGE, b""),
    (405, "HEAD", "/api/v1/clauses", {}, b""),
    (400, "GET", "/api/v1/clauses?inconnu=1", {}, b""),
    (401, "GET", "/api/v1/purchases", {}, b""),
    (401, "GET", "/api/v1/purchases", {"Authorization": "Bearer clz_live_faux"}, b""),
    (404, "GET", "/api/v1/rien", {}, b""),
    (404, "GET", "/assets/rien.js", {}, b""),
    (404, "GET", "/clauses/CEC-ZZZ-999", PAGE, b""),
    (405, "DELETE", "/api/v1/clauses", {}, b""),
    (405, "TRACE", "/api/v1/clauses", {}, b""),
    (413, "POST", "/api/v1/check", JSON, b" " * (2 * 1024 * 1024)),
    (422, "POST", "/api/v1/check", JSON, b"{"),
    (422, "POST", "/api/v1/check", {"Content-Type": "text/plain"}, b'{"purchase": {}}'),
    (303, "GET", "/api/v1/proconnect/callback?state=faux", {}, b""),
]


def _closed(answer: httpx.Response, path: str) -> None:
    headers, where = answer.headers, (path, answer.status_code)
    data = path.startswith(("/api/", "/health", "/metrics"))
    # A page may say it stricter, never looser.
    policy = headers["content-security-policy"]
    assert policy == (DATA_POLICY if data else CONTENT_SECURITY_POLICY) or policy.startswith("default-src 'none'"), (
        where
    )
    assert "unsafe" not in policy, where
    assert headers["x-content-type-options"] == "nosniff", where
    assert headers["referrer-policy"] == "same-origin", where
    assert headers["cross-origin-opener-policy"] == "same-origin", where
    assert headers["cross-origin-resource-policy"] == "same-origin", where
    assert headers["permissions-policy"], where
    assert headers["x-request-id"], where
    assert not {"server", "x-powered-by"} & set(headers), where
    assert not [name for name in headers if name.startswith("access-control-")], where
    kind = headers.get("content-type", "")
    if answer.content:
        assert kind, where
    if kind.startswith(("text/", "application/xhtml")):
        assert "charset=utf-8" in kind.lower(), (*where, kind)


@pytest.mark.parametrize(("status", "method", "path", "headers", "body"), KINDS)
async def test_every_kind_of_answer_is_closed(  # noqa: PLR0913, PLR0917 (the facts of a request)
    client: httpx.AsyncClient, status: int, method: str, path: str, headers: dict[str, str], body: bytes
) -> None:
    answer = await client.request(method, path, headers=headers, content=body)
    assert answer.status_code == status, answer.text[:200]
    _closed(answer, path)


async def test_an_answer_known_already_keeps_its_headers(client: httpx.AsyncClient) -> None:
    for path in ("/api/v1/clauses", "/api/v1/clauses/CEC-MOB-001", "/clauses/CEC-MOB-001"):
        headers = PAGE if path.startswith("/clauses") else {}
        tag = (await client.get(path, headers=headers)).headers.get("etag")
        if tag:
            again = await client.get(path, headers=headers | {"If-None-Match": tag})
            assert again.status_code == 304, path
            _closed(again, path)


@pytest.fixture(scope="module")
async def world(client: httpx.AsyncClient) -> World:
    return await plant(client)


async def test_every_read_is_closed_and_what_a_session_reads_is_kept_nowhere(
    client: httpx.AsyncClient, app: FastAPI, world: World
) -> None:
    visitor = await sign_in(client, role="visitor")
    for row in canary.reads(app):
        path = row.address(world.values(row.path))
        for door in (visitor, world.firm if row.guard.side == "firm" else world.buyer):
            answer = await door.get(path)
            _closed(answer, path)
            if door is not visitor and path.startswith("/api/") and answer.status_code != 304:
                cached = answer.headers.get("cache-control", "")
                assert "no-store" in cached or "private" in cached or row.guard.public, (path, cached)
            if answer.headers.get("content-disposition"):
                assert "\n" not in answer.headers["content-disposition"], path
