"""The public reads, through HTTP, on the real clauses."""

import csv
import io
import json

import httpx
import pytest

from app.library.record import ClauseRecord
from app.library.schemas import ClauseOut, ClausePage, VocabularyOut
from app.settings import ROOT

MODEL = ROOT / "clauses/library/mobilier/CEC-MOB-001.md"
API = "/api/v1"


async def listed(client: httpx.AsyncClient, **parameters: object) -> dict[str, object]:
    answer = await client.get(f"{API}/clauses", params=parameters)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    ClausePage.model_validate_json(answer.content, strict=False)
    return answer.json()  # type: ignore[no-any-return]


def ids(page: dict[str, object]) -> list[str]:
    return [item["id"] for item in page["items"]]  # type: ignore[attr-defined]


async def test_the_list_says_how_many_there_are_and_counts_each_facet(client: httpx.AsyncClient) -> None:
    page = await listed(client, limit=3)
    assert len(ids(page)) == 3
    assert page["total"] >= 60  # type: ignore[operator]
    assert set(page["facets"]) == {"family", "lever", "kind", "piece", "level", "duty"}  # type: ignore[call-overload]
    levels = page["facets"]["level"]  # type: ignore[index]
    assert sum(value["count"] for value in levels) == page["total"]
    assert page["items"][0]["score"] is None  # type: ignore[index]


async def test_pages_follow_each_other_without_gap_or_repeat(client: httpx.AsyncClient) -> None:
    whole = ids(await listed(client, limit=100, family="mobilier", sort="title"))
    seen: list[str] = []
    cursor: object = None
    while True:
        page = await listed(client, limit=4, family="mobilier", sort="title", **({"cursor": cursor} if cursor else {}))
        seen += ids(page)
        cursor = page["next"]
        if not cursor:
            break
    assert seen == whole
    assert len(seen) == len(set(seen))


async def test_pages_of_a_search_follow_each_other_too(client: httpx.AsyncClient) -> None:
    whole = ids(await listed(client, limit=100, q="réemploi mobilier"))
    first = await listed(client, limit=5, q="réemploi mobilier")
    second = await listed(client, limit=5, q="réemploi mobilier", cursor=first["next"])
    assert ids(first) + ids(second) == whole[:10]


async def test_values_of_one_facet_widen_and_two_facets_narrow(client: httpx.AsyncClient) -> None:
    one = await listed(client, family="mobilier")
    two = await listed(client, family=["mobilier", "nettoyage"])
    both = await listed(client, family="mobilier", level=3)
    assert two["total"] > one["total"] > both["total"] > 0  # type: ignore[operator]


async def test_a_facet_is_counted_as_if_nothing_were_chosen_in_it(client: httpx.AsyncClient) -> None:
    everything = await listed(client)
    chosen = await listed(client, family="mobilier")
    assert chosen["facets"]["family"] == everything["facets"]["family"]  # type: ignore[index]
    assert chosen["facets"]["level"] != everything["facets"]["level"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("parameters", "status", "kind"),
    [
        ({"famille": "mobilier"}, 400, "/problems/parametre-inconnu"),
        ({"limit": 0}, 422, "/problems/champs"),
        ({"limit": 101}, 422, "/problems/champs"),
        ({"level": 4}, 422, "/problems/champs"),
        ({"kind": "souhait"}, 422, "/problems/champs"),
        ({"cpv": "abc"}, 422, "/problems/champs"),
        ({"cursor": "n’importe quoi"}, 400, "/problems/curseur"),
        ({"cursor": "WzEsMl0"}, 400, "/problems/curseur"),
    ],
)
async def test_what_is_asked_wrongly_is_refused_with_a_problem(
    client: httpx.AsyncClient, parameters: dict[str, object], status: int, kind: str
) -> None:
    answer = await client.get(f"{API}/clauses", params=parameters)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["type"]) == (status, kind)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_unknown_parameter_is_refused_even_after_the_same_path_was_cached(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{API}/vocabulary")).status_code == 200
    assert (await client.get(f"{API}/vocabulary?x=1")).status_code == 400


async def test_a_known_answer_is_304_and_a_ready_answer_is_the_same_bytes(client: httpx.AsyncClient) -> None:
    for path in ("/clauses?limit=2", "/clauses/CEC-MOB-001", "/vocabulary", "/changes", "/clauses.csv"):
        first = await client.get(API + path)
        again = await client.get(API + path)
        known = await client.get(API + path, headers={"If-None-Match": first.headers["etag"]})
        assert first.content == again.content
        assert first.headers["etag"] == again.headers["etag"]
        assert (known.status_code, known.content) == (304, b"")
        assert first.headers["cache-control"].startswith("public, max-age=300")


async def test_a_clause_is_whole_with_law_words_and_relations_resolved(client: httpx.AsyncClient) -> None:
    body = (await client.get(f"{API}/clauses/CEC-MOB-001")).json()
    ClauseOut.model_validate(body)
    assert body["version"] == 1
    assert body["legal"][1]["article"].startswith("Décret n")
    assert body["legal"][0]["confidence"] in {"verified", "to_check"}
    assert all(term["definition"] for term in body["definitions"])
    assert all(ref["title"] for refs in body["relations"].values() for ref in refs)
    assert '<mark data-variable="part_reemploi">20\u00a0%</mark>' in body["html"]["CCTP"]
    assert "{{ part_reemploi }}" in body["wordings"]["CCTP"]
    assert body["variables"]["part_reemploi"]["default"] == 20


@pytest.mark.parametrize(
    ("accept", "kind", "start"),
    [
        ("text/markdown", "text/markdown", "---\nid: CEC-MOB-001"),
        ("text/html,application/xhtml+xml", "text/html", "<!doctype html>"),
        ("*/*", "application/json", '{"id":"CEC-MOB-001"'),
        ("text/html;q=0.4, application/json", "application/json", '{"id":"CEC-MOB-001"'),
    ],
)
async def test_a_clause_comes_in_the_form_that_the_reader_prefers(
    client: httpx.AsyncClient, accept: str, kind: str, start: str
) -> None:
    answer = await client.get(f"{API}/clauses/CEC-MOB-001", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(kind)
    assert answer.text.startswith(start)
    assert "Accept" in answer.headers["vary"]


async def test_markdown_is_the_file_byte_for_byte(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/clauses/CEC-MOB-001", headers={"Accept": "text/markdown"})
    assert answer.content == MODEL.read_bytes()


async def test_an_unknown_clause_and_an_unknown_version_are_not_found(client: httpx.AsyncClient) -> None:
    for path in ("/clauses/CEC-MOB-999", "/clauses/CEC-MOB-999/versions", "/clauses/CEC-MOB-001/versions/99"):
        answer = await client.get(API + path)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/introuvable")


async def test_versions_are_listed_and_read(client: httpx.AsyncClient) -> None:
    listed_versions = (await client.get(f"{API}/clauses/CEC-MOB-001/versions")).json()["items"]
    assert [version["number"] for version in listed_versions] == [1]
    body = (await client.get(f"{API}/clauses/CEC-MOB-001/versions/1")).json()
    assert body["content_hash"] == listed_versions[0]["content_hash"]


async def test_the_dumps_hold_every_clause_once(client: httpx.AsyncClient) -> None:
    lines = (await client.get(f"{API}/clauses.jsonl")).text.splitlines()
    rows = list(
        csv.DictReader(io.StringIO((await client.get(f"{API}/clauses.csv")).content.decode("utf-8-sig")), delimiter=";")
    )
    records = [json.loads(line) for line in lines]
    total = (await listed(client, limit=1))["total"]
    assert len(records) == len(rows) == len({row["id"] for row in rows}) == total
    fields = {name: records[0][name] for name in ClauseRecord.model_fields}
    assert ClauseRecord.model_validate(fields).id == rows[0]["id"]


async def test_the_vocabulary_gives_the_closed_lists(client: httpx.AsyncClient) -> None:
    body = (await client.get(f"{API}/vocabulary")).json()
    VocabularyOut.model_validate(body)
    assert [level["code"] for level in body["levels"]] == [1, 2, 3]
    assert len(body["families"]) == 22
    assert len(body["levers"]) == 15


async def test_changes_are_read_by_small_steps(client: httpx.AsyncClient) -> None:
    first = (await client.get(f"{API}/changes?limit=2")).json()
    second = (await client.get(f"{API}/changes?limit=2&since={first['next']}")).json()
    assert [change["kind"] for change in first["items"]] == ["created", "created"]
    assert second["items"][0]["id"] > first["items"][-1]["id"]
    last = (await client.get(f"{API}/changes?limit=500")).json()
    assert last["next"] is None


async def test_the_public_pages_are_readable_without_javascript(client: httpx.AsyncClient) -> None:
    page = await client.get("/clauses?q=chaises&family=mobilier", headers={"Accept": "text/html"})
    clause = await client.get("/clauses/CEC-MOB-001", headers={"Accept": "text/html"})
    missing = await client.get("/clauses/CEC-MOB-999", headers={"Accept": "text/html"})
    assert 'value="chaises"' in page.text
    assert "/clauses/CEC-MOB-" in page.text
    assert "<h1>Part minimale de mobilier issu du réemploi</h1>" in clause.text
    assert "Part minimale de mobilier" in clause.text.partition("</title>")[0]
    assert missing.status_code == 404


async def test_what_is_typed_in_the_address_is_never_run(client: httpx.AsyncClient) -> None:
    page = await client.get('/clauses?q="><script>alert(1)</script>', headers={"Accept": "text/html"})
    assert "<script>alert" not in page.text


async def test_the_compressed_form_is_another_form_with_its_own_tag(client: httpx.AsyncClient) -> None:
    """First made on the slow path, then found on the fast one: the same bytes both times."""
    path = f"{API}/clauses?limit=9&sort=title"
    answers = [await client.get(path, headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    assert [answer.headers["content-encoding"] for answer in answers] == ["gzip", "gzip"]
    assert answers[0].content == answers[1].content == plain.content
    assert answers[0].headers["etag"] == answers[1].headers["etag"] != plain.headers["etag"]
    assert "content-encoding" not in plain.headers
    for answer, encoding in ((answers[0], "gzip"), (plain, "identity")):
        headers = {"Accept-Encoding": encoding, "If-None-Match": answer.headers["etag"]}
        assert (await client.get(path, headers=headers)).status_code == 304


async def test_the_fast_door_sends_the_same_headers_as_the_slow_one(client: httpx.AsyncClient) -> None:
    path = f"{API}/clauses?limit=8&sort=recent"
    slow, fast = [dict((await client.get(path)).headers) for _ in range(2)]
    assert slow.pop("x-request-id") != fast.pop("x-request-id")
    assert slow == fast
    assert fast["x-content-type-options"] == "nosniff"


async def test_head_and_other_methods_do_not_take_the_fast_door(client: httpx.AsyncClient) -> None:
    path = f"{API}/clauses?limit=7"
    assert (await client.get(path)).status_code == 200
    assert (await client.post(path)).status_code == 405
