"""What an operator sees: one JSON line per event, counters by route; what a client sees of a crash and of a rush."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator

import anyio
import httpx
import pytest
from fastapi import FastAPI

from app.settings import Settings
from app.web import logs, metrics, problems
from app.web.headers import Headers
from app.web.logs import Observed
from app.web.shedding import CAPACITIES, Capacity, Gate, Shedder, class_of
from tests.conftest import running

PRIVATE = "correct horse battery staple"
TIGHT = Capacity("reads", at_once=1, queue=1, patience=30, retry_after=3)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """The log of the process, as its operator reads it."""
    stream = io.StringIO()
    handler = logs.install(stream)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def bare() -> FastAPI:
    app = FastAPI()
    app.state.settings = Settings()
    app.state.gate, app.state.inside = asyncio.Event(), asyncio.Event()
    problems.install(app)
    app.include_router(metrics.router)

    @app.get("/api/v1/things/{ident}")
    async def thing(ident: str) -> str:
        return ident

    @app.get("/api/v1/crash")
    async def crash() -> str:
        raise RuntimeError(f"the row of {PRIVATE}")

    @app.get("/api/v1/slow")
    async def slow() -> str:
        app.state.inside.set()
        await app.state.gate.wait()
        return "done"

    app.add_middleware(Shedder, capacities=(TIGHT, *CAPACITIES[1:]))
    app.add_middleware(Observed)
    app.add_middleware(Headers, over_tls=True)
    return app


@pytest.fixture
async def site(bare: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with running(bare) as client:
        yield client


async def test_an_answer_is_one_json_line_without_the_identifier_nor_the_query(
    site: httpx.AsyncClient, lines: io.StringIO
) -> None:
    answer = await site.get(f"/api/v1/things/{PRIVATE}", params={"email": "a@b.fr\r\n\u2028{"})
    (line,) = [json.loads(raw) for raw in lines.getvalue().splitlines()]
    assert line["request_id"] == answer.headers["x-request-id"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/v1/things/{ident}", 200)
    assert PRIVATE not in lines.getvalue()
    assert "a@b" not in lines.getvalue()


@pytest.mark.parametrize("text", ["a\r\nb", "\x1b[31mred", "x\u2028y", '"}{', "\x00"])
async def test_whatever_is_logged_stays_on_one_line(text: str, lines: io.StringIO) -> None:
    logging.getLogger("clausier.test").warning("seen %s", text)
    (raw,) = lines.getvalue().splitlines()
    assert json.loads(raw)["event"] == f"seen {text}"


async def test_a_crash_gives_a_reference_and_hides_its_reason(site: httpx.AsyncClient, lines: io.StringIO) -> None:
    answer = await site.get("/api/v1/crash")
    body = answer.json()
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["trace_id"] == answer.headers["x-request-id"]
    assert PRIVATE not in answer.text
    assert answer.headers["content-security-policy"]
    crash = next(json.loads(raw) for raw in lines.getvalue().splitlines() if "trace" in json.loads(raw))
    assert crash["request_id"] == body["trace_id"]


async def test_a_rush_waits_then_is_refused_on_a_kept_connection(bare: FastAPI, site: httpx.AsyncClient) -> None:
    first = asyncio.create_task(site.get("/api/v1/slow"))
    await bare.state.inside.wait()
    second = asyncio.create_task(site.get("/api/v1/slow"))
    await anyio.wait_all_tasks_blocked()
    assert _waiting(bare) == 1
    refused = await site.get("/api/v1/things/a")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "3")
    assert refused.json()["type"] == "/problems/occupe"
    assert (await site.post("/api/v1/things/a")).status_code == 405, "writes have a budget of their own"
    bare.state.gate.set()
    assert [(await first).status_code, (await second).status_code] == [200, 200]
    assert (await site.get("/api/v1/things/a")).status_code == 200


def _waiting(bare: FastAPI) -> int:
    layer = bare.middleware_stack
    while not isinstance(layer, Shedder):
        layer = layer.app  # type: ignore[union-attr]
    return layer.gates["reads"].waiting


async def test_a_request_that_waited_too_long_is_refused(bare: FastAPI, site: httpx.AsyncClient) -> None:
    object.__setattr__(TIGHT, "patience", 0)
    try:
        first = asyncio.create_task(site.get("/api/v1/slow"))
        await bare.state.inside.wait()
        assert (await site.get("/api/v1/things/a")).status_code == 503
    finally:
        object.__setattr__(TIGHT, "patience", 30)
        bare.state.gate.set()
        await first


async def test_what_computes_without_ever_waiting_still_fills_the_gate() -> None:
    gate, ran = Gate(Capacity("reads", at_once=2, queue=1, retry_after=1)), []

    async def compute(number: int) -> bool:
        entered = await gate.enter()
        if entered:
            ran.append(number)
            gate.leave()
        return entered

    answers = await asyncio.gather(*(compute(number) for number in range(6)))
    assert answers == [True, True, True, False, False, False], "two inside, one waiting, the others refused at once"
    assert ran == [0, 1, 2]


async def test_a_queue_that_never_empties_keeps_its_newcomers_a_fifth_of_the_time() -> None:
    gate = Gate(Capacity("reads", at_once=1, queue=9, retry_after=1, patience=30))
    assert await gate.enter()
    waiting = [asyncio.create_task(gate.enter()) for _ in range(2)]
    await anyio.wait_all_tasks_blocked()
    now = asyncio.get_running_loop().time()
    assert gate.patience(now + 29) == 30, "a burst"
    assert gate.patience(now + 31) == 6, "a standing queue"
    for task in waiting:
        gate.leave()
        assert await task
    assert gate.patience(now + 31) == 30, "it has emptied"


@pytest.mark.parametrize(
    ("method", "path", "query", "kind"),
    [
        ("GET", "/health/ready", b"", None),
        ("GET", "/metrics", b"", None),
        ("GET", "/assistant", b"", "reads"),
        ("GET", "/api/v1/clauses", b"", "reads"),
        ("GET", "/api/v1/clauses", b"limit=2&q=x", "search"),
        ("POST", "/api/v1/recommendations", b"", "search"),
        ("POST", "/api/v1/documents", b"", "documents"),
        ("GET", "/api/v1/analyses/12", b"", "reads"),
        ("PATCH", "/api/v1/purchases/1", b"", "writes"),
    ],
)
def test_each_class_of_request_has_its_capacity(method: str, path: str, query: bytes, kind: str | None) -> None:
    assert class_of(method, path, query) == kind


async def test_metrics_count_by_route_and_never_by_identifier(site: httpx.AsyncClient) -> None:
    await site.get("/api/v1/things/FR-000123")
    text = (await site.get("/metrics")).text
    assert 'clausier_requests_total{method="GET",route="/api/v1/things/{ident}",status="200"}' in text
    assert "FR-000123" not in text


async def test_metrics_are_for_the_bearer_of_the_token_alone(bare: FastAPI, site: httpx.AsyncClient) -> None:
    bare.state.settings = Settings(metrics_token="x" * 30)
    assert (await site.get("/metrics")).status_code == 404
    assert (await site.get("/metrics", headers={"authorization": "Bearer " + "y" * 30})).status_code == 404
    assert (await site.get("/metrics", headers={"authorization": "Bearer " + "x" * 30})).status_code == 200


async def test_data_has_a_closed_policy_and_personal_answers_are_not_kept(site: httpx.AsyncClient) -> None:
    plain = await site.get("/api/v1/things/a")
    personal = await site.get("/api/v1/things/a", headers={"authorization": "Bearer clz_live_x"})
    assert plain.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert plain.headers["strict-transport-security"].startswith("max-age=31536000")
    assert "cache-control" not in plain.headers
    assert personal.headers["cache-control"] == "no-store"


async def test_a_page_known_to_the_browser_keeps_the_policy_of_pages(client: httpx.AsyncClient) -> None:
    html = {"accept": "text/html"}
    first = await client.get("/assistant", headers=html)
    again = await client.get("/assistant", headers=html | {"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in first.headers["content-security-policy"]
