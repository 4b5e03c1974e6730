"""The controls of a contract and its AGEC spending, as a buyer keeps them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.purchases import queries
from tests.accounts.people import Door, make_organisation, sign_in
from tests.purchases.contracts import dated, made, tag
from tests.purchases.makers import draft, item

START = date(2026, 1, 15)


# --- Controls ---------------------------------------------------------------------------------------


async def followed(client: httpx.AsyncClient, **changes: Any) -> tuple[Door, dict[str, Any], list[dict[str, Any]]]:
    door = await sign_in(client, organisation=await make_organisation(client))
    file = await made(door, "CEC-MOB-001", "CEC-MOB-003", **changes)
    await dated(door, file, start=str(START))
    return door, file, (await door.get(f"{file['path']}/follow-up")).json()["checks"]


def result(key: str, **changes: Any) -> dict[str, Any]:
    return {"key": key, "result": "conform", "done_on": "2026-04-20", "note": "", "penalty_due": None, **changes}


async def test_each_control_of_the_clauses_has_its_date_who_and_what(client: httpx.AsyncClient) -> None:
    _, _, checks = await followed(client)
    quarterly = [one for one in checks if one["clause_id"] == "CEC-MOB-001" and one["rhythm"] == "chaque trimestre"]
    assert [one["due"] for one in quarterly][:2] == ["2026-04-15", "2026-07-15"]
    assert quarterly[0]["state"] == "late"
    assert quarterly[0]["who"]
    assert quarterly[0]["what"]
    assert "Plafond" in quarterly[0]["penalty"]
    on_event = [one for one in checks if one["clause_id"] == "CEC-MOB-003"]
    assert [(one["due"], one["state"]) for one in on_event] == [(None, "on_event")]
    assert any(one["clause_id"] == "" and "revue" in one["title"] for one in checks)


async def test_without_a_start_date_every_clause_is_there_once_without_a_date(client: httpx.AsyncClient) -> None:
    door = await sign_in(client)
    file = await made(door, "CEC-MOB-001")
    found = (await door.get(f"{file['path']}/follow-up")).json()
    assert (found["start"], found["end"]) == (None, None)
    assert [(one["clause_id"], one["due"], one["state"]) for one in found["checks"]] == [
        ("CEC-MOB-001", None, "on_event")
    ]


async def test_the_start_of_the_documents_step_is_taken_when_the_calendar_has_none(client: httpx.AsyncClient) -> None:
    door = await sign_in(client)
    output = {**draft()["output"], "contractStart": "2027-7-1"}
    file = await made(door, "CEC-MOB-001", output=output)
    assert (await door.get(f"{file['path']}/follow-up")).json()["start"] == "2027-07-01"


async def test_a_result_is_recorded_corrected_and_erased(client: httpx.AsyncClient) -> None:
    door, file, checks = await followed(client)
    key = checks[0]["key"]
    answer = await door.post(f"{file['path']}/checks", json=result(key))
    assert answer.status_code == 201, answer.text
    record = answer.json()
    assert (record["label"], record["documents"], answer.headers["etag"]) == ("Conforme", [], '"1"')
    assert (await door.post(f"{file['path']}/checks", json=result(key))).status_code == 422
    worse = {"result": "not_conform", "done_on": "2026-04-21", "note": "Part à 12 %", "penalty_due": 1500.5}
    path = f"{file['path']}/checks/{record['id']}"
    assert (await door.put(path, json=worse, headers=tag(7))).status_code == 412
    assert (await door.put(path, json=worse, headers=tag(1))).json()["penalty_due"] == 1500.5
    counts = (await door.get(f"{file['path']}/follow-up")).json()["counts"]
    assert {name: counts[name] for name in ("recorded", "not_conform", "penalties")} == {
        "recorded": 1, "not_conform": 1, "penalties": 1500.5,
    }  # fmt: skip
    assert (await door.delete(path, headers=tag(2))).status_code == 204
    after = (await door.get(f"{file['path']}/follow-up")).json()
    assert (after["counts"]["recorded"], after["counts"]["penalties"]) == (0, None)


async def test_the_task_of_the_file_follows_the_controls(client: httpx.AsyncClient) -> None:
    door, file, checks = await followed(client)

    async def state() -> str:
        tasks = (await door.get(f"{file['path']}/progress")).json()["tasks"]
        return next(str(task["state"]) for task in tasks if task["id"] == "suivre")

    assert await state() == "todo"
    await door.post(f"{file['path']}/checks", json=result(checks[0]["key"]))
    assert await state() == "started"


async def test_a_control_on_an_event_may_come_back(client: httpx.AsyncClient) -> None:
    door, file, checks = await followed(client)
    key = next(one["key"] for one in checks if one["state"] == "on_event")
    for _ in range(2):
        assert (await door.post(f"{file['path']}/checks", json=result(key))).status_code == 201
    found = (await door.get(f"{file['path']}/follow-up")).json()["checks"]
    assert [len(one["records"]) for one in found if one["key"] == key] == [2]


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "CEC-XXX-001//12m/1"},
        {"result": "parfait"},
        {"done_on": str(date.today() + timedelta(days=3))},  # noqa: DTZ011 (three days ahead in any zone)
        {"penalty_due": 10},
        {"result": "not_conform", "penalty_due": -1},
        {"note": "a\u0000b"},
    ],
)
async def test_a_result_that_cannot_be_is_refused(client: httpx.AsyncClient, changes: dict[str, Any]) -> None:
    door, file, checks = await followed(client)
    answer = await door.post(f"{file['path']}/checks", json={**result(checks[0]["key"]), **changes})
    assert answer.status_code == 422, answer.text


async def test_a_result_stays_when_its_clause_leaves_and_follows_when_the_contract_starts_later(
    client: httpx.AsyncClient,
) -> None:
    door, file, checks = await followed(client)
    key = next(one["key"] for one in checks if one["clause_id"] == "CEC-MOB-001")
    await door.post(f"{file['path']}/checks", json=result(key))
    await door.put(f"{file['path']}/timeline", json={"dates": {"start": "2026-02-15"}}, headers=tag(1))
    moved = (await door.get(f"{file['path']}/follow-up")).json()["checks"]
    assert [(one["due"], one["state"]) for one in moved if one["key"] == key] == [("2026-05-15", "recorded")]
    kept = draft(items=[item("CEC-MOB-003")])
    assert (await door.put(file["path"], json={"draft": kept}, headers=tag(file["version"]))).status_code == 200
    gone = [one for one in (await door.get(f"{file['path']}/follow-up")).json()["checks"] if one["gone"]]
    assert [(one["key"], one["clause_id"], len(one["records"])) for one in gone] == [(key, "CEC-MOB-001", 1)]


# --- Documents joined -------------------------------------------------------------------------------


async def join(door: Door, check: int, content: bytes, name: str = "bilan.pdf") -> httpx.Response:
    return await door.post("/api/v1/check-documents", data={"check": str(check)}, files={"file": (name, content)})


async def test_a_document_is_joined_guarded_and_only_downloaded(client: httpx.AsyncClient) -> None:
    door, file, checks = await followed(client)
    record = (await door.post(f"{file['path']}/checks", json=result(checks[0]["key"]))).json()
    pdf = b"%PDF-1.7\n%bilan"
    joined = await join(door, record["id"], pdf, "../Bilan de l’année <1>.exe")
    assert joined.status_code == 201, joined.text
    assert (joined.json()["name"], joined.json()["size"]) == ("Bilan de l’année _1_.pdf", len(pdf))
    sent = await door.get(f"/api/v1/check-documents/{joined.json()['id']}")
    assert sent.content == pdf
    assert sent.headers["content-disposition"].startswith("attachment; ")
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.headers["cache-control"] == "no-store"
    shown = (await door.get(f"{file['path']}/follow-up")).json()["checks"]
    assert [len(one["records"][0]["documents"]) for one in shown if one["records"]] == [1]
    for content, said in ((b"", "vide"), (b"MZ\x90", "Joignez"), (b"<html>", "Joignez"), (b"PK\x03\x04", "abîmé")):
        refused = await join(door, record["id"], content)
        assert refused.status_code == 422, content
        assert said in refused.json()["detail"]
    assert (await join(door, record["id"], b"%PDF-" + b"0" * (10 * 1024 * 1024))).status_code == 422
    assert (await door.delete(f"/api/v1/check-documents/{joined.json()['id']}")).status_code == 204
    assert (await door.get(f"/api/v1/check-documents/{joined.json()['id']}")).status_code == 404


# --- AGEC -------------------------------------------------------------------------------------------


async def test_what_is_not_declared_is_not_zero(client: httpx.AsyncClient) -> None:
    door = await sign_in(client)
    file = await made(door)
    path = f"{file['path']}/spending"
    line = (await door.post(path, json={"year": 2026, "category": 9, "total": 1000, "reused": 200})).json()
    assert {name: line[name] for name in ("total", "reused", "recycled", "donated", "reuse_rate", "recycled_rate")} == {
        "total": 1000, "reused": 200, "recycled": None, "donated": None, "reuse_rate": 20.0, "recycled_rate": None,
    }  # fmt: skip
    twice = await door.post(path, json={"year": 2026, "category": 9})
    assert [error["pointer"] for error in twice.json()["errors"]] == ["/category"]
    for wrong in ({"year": 2026, "category": 18}, {"year": 2026, "category": 1, "total": 1, "reused": 2}):
        assert (await door.post(path, json=wrong)).status_code == 422
    changed = await door.put(f"{path}/{line['id']}", json={"total": 1000, "recycled": 0}, headers=tag(1))
    assert (changed.json()["reused"], changed.json()["recycled"]) == (None, 0)
    assert (await door.put(f"{path}/{line['id']}", json={}, headers=tag(1))).status_code == 412
    listed = (await door.get(path)).json()
    assert ([one["label"] for one in listed["items"]] != [], len(listed["categories"])) == (True, 17)
    assert (await door.delete(f"{path}/{line['id']}", headers=tag(2))).status_code == 204


# --- Who --------------------------------------------------------------------------------------------


async def test_readers_read_and_other_organisations_find_nothing(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    writer = await sign_in(client, organisation=org)
    file = await made(writer, "CEC-MOB-001")
    key = (await writer.get(f"{file['path']}/follow-up")).json()["checks"][0]["key"]
    record = (await writer.post(f"{file['path']}/checks", json=result(key))).json()
    proof = (await join(writer, record["id"], b"%PDF-1.4")).json()
    reader = await sign_in(client, role="reader", organisation=org)
    stranger = await sign_in(client, organisation=await make_organisation(client))
    reads = [f"{file['path']}/{name}" for name in ("timeline", "timeline.ics", "follow-up", "spending")]
    for path in (*reads, f"/api/v1/check-documents/{proof['id']}"):
        assert (await reader.get(path)).status_code == 200, path
        assert (await stranger.get(path)).status_code == 404, path
        assert (await client.get(path)).status_code == 401, path
    change = {name: value for name, value in result(key).items() if name != "key"}
    for method, path, body in (
        ("PUT", f"{file['path']}/timeline", {"dates": {}}),
        ("POST", f"{file['path']}/feeds", None),
        ("DELETE", f"{file['path']}/feeds/1", None),
        ("POST", f"{file['path']}/checks", result(key)),
        ("PUT", f"{file['path']}/checks/{record['id']}", change),
        ("DELETE", f"{file['path']}/checks/{record['id']}", None),
        ("POST", f"{file['path']}/spending", {"year": 2026, "category": 9}),
        ("PUT", f"{file['path']}/spending/1", {}),
        ("DELETE", f"{file['path']}/spending/1", None),
        ("DELETE", f"/api/v1/check-documents/{proof['id']}", None),
    ):
        sent = {"json": body} if body is not None else {}
        assert (await reader.request(method, path, headers=tag(0), **sent)).status_code == 403, path
        assert (await stranger.request(method, path, headers=tag(0), **sent)).status_code == 404, path
    assert (await join(stranger, record["id"], b"%PDF-1.4")).status_code == 404
    assert (await join(reader, record["id"], b"%PDF-1.4")).status_code == 403


# --- Indicators -------------------------------------------------------------------------------------


async def test_the_indicators_count_what_was_saved_checked_and_declared(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    door, file, checks = await followed(client)
    key = next(one["key"] for one in checks if one["clause_id"] == "CEC-MOB-001")
    await door.post(f"{file['path']}/checks", json=result(key))
    await door.post(f"{file['path']}/spending", json={"year": 2026, "category": 9, "total": 1000, "donated": 0})
    thrown = await made(door, "CEC-MOB-001")
    await door.delete(thrown["path"], headers=tag(thrown["version"]))
    async with app.state.sessions() as session:
        found = await queries.indicators(session, by=("quarter", "family"), organisation_id=door.organisation_id)
        early = await queries.indicators(session, organisation_id=door.organisation_id, until=date(2026, 1, 1))
    (counted,) = found.groups
    assert (counted.quarter, counted.family, counted.files) == ("2027-T1", "mobilier", 1)
    assert (counted.clauses, counted.clauses_to_check, counted.clauses_checked, counted.clauses_kept) == (2, 2, 1, 1)
    (amount,) = found.agec
    assert (amount.year, amount.category, amount.total, amount.reused, amount.donated) == (
        2026, 9, Decimal(1000), None, Decimal(0),
    )  # fmt: skip
    assert (early.groups, early.agec) == ((), ())
