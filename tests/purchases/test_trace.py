"""What people leave on a file: comments, decisions with reasons, approvals that fall, links that expire."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from app.accounts.sessions import now
from app.library import queries as library
from app.purchases.models import PurchaseShare
from app.purchases.rules import Part
from app.purchases.rules_tasks import Facts, tasks_of
from tests.accounts.people import Door, sign_in
from tests.purchases.makers import draft, item, purchase_body


async def made(door: Door, **changes: Any) -> dict[str, Any]:
    answer = await door.post("/api/v1/purchases", json={"draft": draft(**changes)})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def on(row: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{row["version"]}"'}


async def save(door: Door, file: dict[str, Any], **changes: Any) -> dict[str, Any]:
    answer = await door.put(
        f"/api/v1/purchases/{file['id']}", json={"draft": {**file["draft"], **changes}}, headers=on(file)
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def states(**facts: Any) -> dict[str, str]:
    return {task.id: task.state for task in tasks_of(Facts(**{"revision": 2, **facts}))}


def test_each_task_has_the_state_that_the_file_gives_it() -> None:
    empty = states(draft={})
    assert empty == {
        "decrire": "todo",
        "obligations": "not_yet",
        "sourcer": "optional",
        "clauses": "not_yet",
        "completer": "not_yet",
        "relire": "not_yet",
        "generer": "not_yet",
        "suivre": "not_yet",
    }
    chosen = {"described": True, "reached": 4, "items": [1]}
    assert states(draft=chosen, missing=1)["completer"] == "started"
    assert states(draft=chosen)["completer"] == "done"
    assert states(draft=chosen, approved={Part.LAWYER: 2})["relire"] == "started"
    assert states(draft=chosen, approved={Part.BUYER: 2})["relire"] == "done"
    assert states(draft=chosen, approved={Part.BUYER: 1})["relire"] == "again"
    assert states(draft=chosen, exported=2)["generer"] == "done"
    assert states(draft=chosen, exported=1)["generer"] == "again"
    assert states(draft=chosen, probed={"sourcer": "done"})["sourcer"] == "done"


async def test_an_approval_falls_when_the_file_changes(client: httpx.AsyncClient) -> None:
    writer, lawyer = await sign_in(client), await sign_in(client, role="reader", name="juriste")
    file = await made(writer, items=[item("CEC-MOB-001")])
    here = f"/api/v1/purchases/{file['id']}"
    given = await lawyer.post(f"{here}/approvals", json={"part": "juriste", "note": "Vu"}, headers=on(file))
    assert (given.status_code, given.json()["stands"], given.json()["by"]["name"]) == (201, True, "Juriste A")
    assert (await lawyer.post(f"{here}/approvals", json={"part": "acheteur"})).status_code == 428
    moved = await save(writer, file, reached=5)
    assert (await writer.get(f"{here}/approvals")).json()["items"][0]["stands"] is True
    late = await lawyer.post(f"{here}/approvals", json={"part": "juriste"}, headers=on(file))
    assert late.status_code == 412
    changed = await save(writer, moved, items=[])
    (fallen,) = (await writer.get(f"{here}/approvals")).json()["items"]
    assert (fallen["stands"], fallen["revision"], changed["revision"]) == (False, 1, 2)
    assert ((await lawyer.get(f"{here}/approvals")).json()["items"][0]["may"], fallen["may"]) == (["withdraw"], [])
    second = await sign_in(client, role="reader", name="seconde")
    own = await second.post(f"{here}/approvals", json={"part": "juriste"}, headers=on(changed))
    both = await lawyer.post(f"{here}/approvals", json={"part": "juriste"}, headers=on(changed))
    assert own.json()["id"] != both.json()["id"], "two people approve twice"
    assert (await writer.delete(f"{here}/approvals/{fallen['id']}")).status_code == 403
    withdrawn = (await lawyer.delete(f"{here}/approvals/{fallen['id']}")).json()
    assert withdrawn["withdrawn_at"]


async def test_each_clause_kept_refused_or_changed_is_a_decision(client: httpx.AsyncClient) -> None:
    door, other = await sign_in(client), await sign_in(client, name="collegue")
    file = await made(door, items=[item("CEC-MOB-001"), item("CEC-MOB-003", reason="Obligation AGEC")])
    typed = await save(door, file, items=[item("CEC-MOB-001", values={"part_reemploi": "2"})])
    typed = await save(door, typed, items=[item("CEC-MOB-001", values={"part_reemploi": "25"})])
    await save(other, typed, items=[item("CEC-MOB-001", values={"part_reemploi": "30"})])
    here = f"/api/v1/purchases/{file['id']}/decisions"
    found = (await door.get(here)).json()["items"][::-1]
    assert [(one["clause_id"], one["kind"], one["reason"], one["details"]) for one in found] == [
        ("CEC-MOB-001", "accept", "", {"part_reemploi": [None, "25"]}),
        ("CEC-MOB-003", "accept", "Obligation AGEC", {}),
        ("CEC-MOB-003", "refuse", "", {}),
        ("CEC-MOB-001", "change", "", {"part_reemploi": ["25", "30"]}),
    ]
    refused = found[2]
    assert refused["may"] == ["give_reason"]
    assert (await other.get(here)).json()["items"][::-1][2]["may"] == [], "who decided says why"
    said = await door.post(f"{here}/{refused['id']}/reason", json={"reason": "Offre trop rare ici"})
    assert said.json()["reason"] == "Offre trop rare ici"
    again = await door.post(f"{here}/{refused['id']}/reason", json={"reason": "Autre"})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/deja-fait")
    assert (await door.post(f"{here}/{found[3]['id']}/reason", json={"reason": "x"})).status_code == 403


async def test_comments_are_settled_and_reopened(client: httpx.AsyncClient) -> None:
    door, reader = await sign_in(client), await sign_in(client, role="reader")
    file = await made(door, items=[item("CEC-MOB-001")])
    here = f"/api/v1/purchases/{file['id']}/comments"
    body = {"text": " Le taux est-il tenable ? ", "clause_id": "CEC-MOB-001"}
    key = {"Idempotency-Key": "un-commentaire"}
    one = (await reader.post(here, json=body, headers=key)).json()
    assert (await reader.post(here, json=body, headers=key)).json()["id"] == one["id"]
    assert (one["text"], one["by"]["name"], one["may"]) == ("Le taux est-il tenable ?", "Reader A", ["resolve"])
    closed = (await door.put(f"{here}/{one['id']}", json={"resolved": True}, headers=on(one))).json()
    assert closed["resolved_by"]["name"] == "Writer A"
    assert (await door.put(f"{here}/{one['id']}", json={"resolved": False}, headers=on(one))).status_code == 412
    opened = (await door.put(f"{here}/{one['id']}", json={"resolved": False}, headers=on(closed))).json()
    assert opened["resolved_at"] is None
    elsewhere = await made(door)
    other = await door.put(f"/api/v1/purchases/{elsewhere['id']}/comments/{one['id']}", json={"resolved": True})
    assert other.status_code == 404


async def test_a_link_shows_one_file_until_it_is_withdrawn(client: httpx.AsyncClient) -> None:
    door, visitor = await sign_in(client), await sign_in(client, role="visitor")
    file = await made(door, items=[item("CEC-MOB-001")])
    here = f"/api/v1/purchases/{file['id']}/shares"
    link = (await door.post(here, json={"right": "comment", "label": "Service technique", "days": 7})).json()
    token = link["link"].partition("/partage#")[2]
    async with client._transport.app.state.sessions() as session:  # type: ignore[attr-defined]
        row = await session.scalar(select(PurchaseShare).where(PurchaseShare.id == link["id"]))
        assert token not in str(vars(row))
    assert "link" not in (await door.get(here)).json()["items"][0]
    with_token = {"Share-Token": token}
    seen = (await visitor.get("/api/v1/shares/file", headers=with_token)).json()
    assert (seen["title"], [clause["id"] for clause in seen["clauses"]]) == (file["title"], ["CEC-MOB-001"])
    body = {"text": "D’accord", "signed": "Paul, services techniques", "clause_id": "CEC-MOB-001"}
    for _ in range(2):
        assert (await visitor.post("/api/v1/shares/comments", json=body, headers=with_token)).status_code == 201
    (comment,) = (await door.get(f"/api/v1/purchases/{file['id']}/comments")).json()["items"]
    assert (comment["by"], comment["signed"]) == (None, "Paul, services techniques")
    assert (await door.delete(f"{here}/{link['id']}")).json()["works"] is False
    gone = await visitor.get("/api/v1/shares/file", headers=with_token)
    unknown = await visitor.get("/api/v1/shares/file", headers={"Share-Token": "x" * 43})
    assert gone.status_code == 410
    assert {**gone.json(), "trace_id": ""} == {**unknown.json(), "trace_id": ""}


async def test_a_link_to_read_does_not_comment_and_one_day_it_ends(client: httpx.AsyncClient) -> None:
    door, visitor = await sign_in(client), await sign_in(client, role="visitor")
    file = await made(door)
    link = (await door.post(f"/api/v1/purchases/{file['id']}/shares", json={"days": 1})).json()
    headers = {"Share-Token": link["link"].partition("#")[2]}
    body = {"text": "Bonjour", "signed": "X"}
    assert (await visitor.post("/api/v1/shares/comments", json=body, headers=headers)).status_code == 403
    async with client._transport.app.state.sessions() as session, session.begin():  # type: ignore[attr-defined]
        past = update(PurchaseShare).where(PurchaseShare.id == link["id"])
        await session.execute(past.values(expires_at=now() - timedelta(seconds=1)))
    assert (await visitor.get("/api/v1/shares/file", headers=headers)).status_code == 410


async def test_a_clause_that_changed_is_told_for_the_file_and_for_its_last_export(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = await sign_in(client)
    clause = library.shelf().clause("CEC-MOB-001")
    assert clause
    file = await made(door, items=[item("CEC-MOB-001", version=clause.version)])
    here = f"/api/v1/purchases/{file['id']}"
    body = {"purchase": purchase_body(), "items": [{"clause_id": "CEC-MOB-001"}], "pieces": ["CCAP"]}
    assert (await door.post(f"{here}/exports", json=body, headers=on(file))).status_code == 200
    assert (await door.get(f"{here}/progress")).json()["changes"] == []
    newer = type(clause)(clause.record, clause.version + 1, "x" * 64, clause.published_at)
    monkeypatch.setitem(library.shelf().clauses, clause.id, newer)
    (change,) = (await door.get(f"{here}/progress")).json()["changes"]
    assert (change["held"], change["current"], change["places"]) == (
        clause.version,
        clause.version + 1,
        ["file", "export"],
    )
    line = next(one for one in (await door.get("/api/v1/purchases")).json()["items"] if one["id"] == file["id"])
    assert (line["stale"], line["next"]) == (1, "clauses")


async def test_nothing_of_a_file_is_open_to_another_organisation(client: httpx.AsyncClient) -> None:
    door, other = await sign_in(client), await sign_in(client, organisation="B")
    file = await made(door, items=[item("CEC-MOB-001")])
    for method, path, body in (
        ("GET", "progress", None),
        ("GET", "comments", None),
        ("POST", "comments", {"text": "x"}),
        ("PUT", "comments/1", {"resolved": True}),
        ("GET", "decisions", None),
        ("POST", "decisions", {"clause_id": "CEC-MOB-001", "kind": "accept", "reason": "x"}),
        ("POST", "decisions/1/reason", {"reason": "x"}),
        ("GET", "approvals", None),
        ("POST", "approvals", {"part": "acheteur"}),
        ("DELETE", "approvals/1", None),
        ("GET", "shares", None),
        ("POST", "shares", {}),
        ("DELETE", "shares/1", None),
    ):
        theirs = await other.request(method, f"/api/v1/purchases/{file['id']}/{path}", json=body, headers=on(file))
        nothing = await other.request(method, f"/api/v1/purchases/2000000000/{path}", json=body, headers=on(file))
        assert theirs.status_code == 404, (method, path, theirs.text)
        assert {**theirs.json(), "trace_id": ""} == {**nothing.json(), "trace_id": ""}
