"""What one may ask: counted by caller, announced, refused with a sentence and the moment to come back."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.main import create_app
from app.settings import Settings
from app.web.quota import DOCUMENTS, READS, SEARCH, WRITES, Budget, Gcra, RateLimits, budget_of, prefix_of
from tests.conftest import running

FIVE = Budget("five", 5, 50, "essai")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


async def holder_of(key: str) -> str | None:
    if key == "panne":
        raise ConnectionError
    return "7" if key == "bonne" else None


def make(clock: Clock, scale: float) -> Starlette:
    async def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse("ok")

    app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])
    app.add_middleware(RateLimits, key_holder=holder_of, scale=scale, clock=clock)
    return app


def caller(app: Starlette, address: str = "203.0.113.9", key: str = "") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, client=(address, 1))
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.AsyncClient(transport=transport, base_url="http://t", headers=headers)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(clock: Clock) -> Starlette:
    return make(clock, 0.01)  # six reads a minute


async def test_what_is_left_is_announced_and_the_next_one_is_refused_with_a_delay(app: Starlette) -> None:
    client = caller(app)
    answers = [await client.get("/api/v1/duties") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert answers[0].headers["ratelimit-policy"] == '"reads";q=6;w=60'
    assert [answer.headers["ratelimit"] for answer in answers[:2]] == ['"reads";r=5;t=10', '"reads";r=4;t=20']
    refused = answers[-1]
    assert refused.headers["retry-after"] == "10"
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "/problems/trop-de-requetes"
    assert refused.json()["detail"] == "Limite de lecture atteinte. Réessayez dans 10 secondes."


async def test_one_is_admitted_again_after_the_announced_delay(app: Starlette, clock: Clock) -> None:
    client = caller(app)
    for _ in range(6):
        await client.get("/api/v1/duties")
    delay = int((await client.get("/api/v1/duties")).headers["retry-after"])
    clock.now += delay - 1
    assert (await client.get("/api/v1/duties")).status_code == 429
    clock.now += 1
    assert [(await client.get("/api/v1/duties")).status_code for _ in range(2)] == [200, 429]


async def test_callers_do_not_spend_each_others_allowance(app: Starlette) -> None:
    for _ in range(7):
        await caller(app).get("/api/v1/duties")
    assert (await caller(app, "203.0.113.10").get("/api/v1/duties")).status_code == 200
    spoofed = await caller(app).get("/api/v1/duties", headers={"X-Forwarded-For": "198.51.100.1"})
    assert spoofed.status_code == 429


async def test_addresses_of_one_ipv6_subscriber_are_one_caller(app: Starlette) -> None:
    for host in range(6):
        await caller(app, f"2001:db8:1:2::{host:x}").get("/api/v1/duties")
    assert (await caller(app, "2001:db8:1:2::ff").get("/api/v1/duties")).status_code == 429
    assert (await caller(app, "2001:db8:1:3::1").get("/api/v1/duties")).status_code == 200


async def test_a_known_key_has_four_times_more_wherever_it_calls_from(app: Starlette) -> None:
    answers = [await caller(app, f"203.0.113.{n}", "bonne").get("/api/v1/duties") for n in range(25)]
    assert [answer.status_code for answer in answers] == [200] * 24 + [429]
    assert answers[0].headers["ratelimit-policy"] == '"reads";q=24;w=60'


@pytest.mark.parametrize("key", ["inventee", "panne"])
async def test_a_key_that_cannot_be_recognised_gives_nothing_more(app: Starlette, key: str) -> None:
    answers = [await caller(app, key=key).get("/api/v1/duties") for _ in range(4)]
    answers += [await caller(app).get("/api/v1/duties") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]


async def test_pages_and_files_are_not_counted(app: Starlette) -> None:
    answers = [await caller(app).get(path) for path in ("/clauses", "/api", "/assets/a.js") * 5]
    assert {answer.status_code for answer in answers} == {200}
    assert all("ratelimit" not in answer.headers for answer in answers)


def test_each_kind_of_request_draws_on_its_own_budget() -> None:
    assert budget_of("GET", "/api/v1/clauses", b"family=mobilier") is READS
    assert budget_of("GET", "/api/v1/clauses", b"q=chaise") is SEARCH
    assert budget_of("POST", "/api/v1/recommendations", b"") is SEARCH
    assert budget_of("POST", "/api/v1/documents/preview", b"") is SEARCH
    assert budget_of("POST", "/api/v1/documents", b"") is DOCUMENTS
    assert budget_of("POST", "/api/v1/analyses", b"") is DOCUMENTS
    assert budget_of("PATCH", "/api/v1/purchases/3", b"") is WRITES
    assert budget_of("POST", "/mcp", b"") is SEARCH


def test_an_address_that_is_none_is_its_own_prefix() -> None:
    assert prefix_of("testclient") == "testclient"
    assert prefix_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert prefix_of("pas:une:adresse") == "pas:une:adresse"


@given(st.lists(st.floats(min_value=0, max_value=30), max_size=60))
def test_no_window_ever_admits_more_than_twice_the_quota(pauses: list[float]) -> None:
    """The burst may come on top of the steady rate: never more, and a rest gives the whole burst back."""
    gcra, now, admitted = Gcra(), 0.0, []
    for pause in pauses:
        now += pause
        verdict = gcra.ask(FIVE, "a", FIVE.quota, now)
        assert 0 <= verdict.remaining <= FIVE.quota
        if verdict.allowed:
            admitted.append(now)
    for start in admitted:
        assert len([moment for moment in admitted if start <= moment < start + FIVE.window]) <= 2 * FIVE.quota
    rested = now + FIVE.window
    assert all(gcra.ask(FIVE, "a", FIVE.quota, rested).allowed for _ in range(FIVE.quota))


def test_the_counters_never_hold_more_callers_than_they_may() -> None:
    gcra = Gcra(most=3)
    for caller_number in range(10):
        gcra.ask(FIVE, str(caller_number), FIVE.quota, 0)
    assert len(gcra._full_at) == 3


async def test_a_ready_answer_of_the_fast_door_is_counted_too(database_url: str, settings: Settings) -> None:
    own = create_app(settings.model_copy(update={"limits": 0.01}), database_url=database_url)
    async with running(own) as client:
        answers = [await client.get("/api/v1/clauses?limit=3") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert answers[5].headers["ratelimit"].startswith('"reads";r=0;t=')
    assert answers[5].content == answers[0].content
