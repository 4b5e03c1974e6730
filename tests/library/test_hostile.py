"""Queries made to break or to slow: a clear refusal or a sane answer, never a fault of ours."""

import httpx
import pytest

from app.library.queries import shelf
from app.library.query import LONGEST, MOST_WORDS

API = "/api/v1"
HOSTILE = [
    "a" * 2000,
    "mobilier " * 200,
    " ".join(f"mot{n}" for n in range(300))[:2000],
    "\x00\x01\x02mobilier\x7f",
    "le la de du des et ou",
    "🪑🪑🪑",
    "'; DROP TABLE clause; --",
    '" OR 1=1 --',
    "(a+)+$ .* [[[ \\d{1,9999}",
    "<script>alert(1)</script>",
    "%00%ff%s%n",
    "../../etc/passwd",
    "ﷺ" * 300,
    "é" * 900 + "e\u0301" * 300,
    "-" * 1000 + "'" * 900,
    "1" * 2000,
    "a.b." * 400,
    "L. " * 600,
]


@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
async def test_every_search_door_answers_sanely(client: httpx.AsyncClient, q: str) -> None:
    listed = await client.get(f"{API}/clauses", params={"q": q})
    assert listed.status_code == 200
    assert listed.json()["total"] == 0 or listed.json()["items"]
    short = q[:400]
    for door in ("cpv", "suggestions"):
        assert (await client.get(f"{API}/{door}", params={"q": short})).status_code == 200
    page = await client.get("/clauses", params={"q": q}, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("clauses", {"q": "x" * 10_000}, 422),
        ("cpv", {"q": "x" * 10_000}, 422),
        ("suggestions", {"q": "x" * 10_000}, 422),
        ("suggestions", {"q": ""}, 422),
        ("suggestions", {}, 422),
        ("suggestions", {"q": "mobilier", "limit": 5}, 400),
        ("clauses", {"limit": 10**30}, 422),
        ("clauses", {"limit": -1}, 422),
        ("cpv", {"q": "mobilier", "limit": 10**30}, 422),
        ("clauses", {"family": ["mobilier"] * 500}, 422),
        ("clauses", {"cursor": "A" * 10_000}, 422),
    ],
)
async def test_what_is_too_much_is_refused_in_french(
    client: httpx.AsyncClient, path: str, parameters: dict[str, object], status: int
) -> None:
    answer = await client.get(f"{API}/{path}", params=parameters)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_work_of_a_query_is_bounded() -> None:
    """Past the first characters and words nothing is read: the longest query costs what a long title costs."""
    reader = shelf().index.reader
    query = reader.read(" ".join(f"motinconnu{n}" for n in range(10_000)))
    assert len(query.unknown) <= MOST_WORDS
    assert reader.read("mobilier " + "x " * LONGEST + "ordinateur").families.keys() == {"mobilier"}
