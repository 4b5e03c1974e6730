"""From a proposal to a published version, and back to a file."""

import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from app.accounts.audit import broken_at
from app.library.load import LoadReport, load
from app.settings import ROOT
from tests.accounts.people import Door, sign_in
from tests.library.edition.conftest import app_of, served

API = "/api/v1/edition"
REASON = "Le délai de remise était trop court pour les ateliers."
MARKDOWN = {"accept": "text/markdown"}


async def proposed(door: Door, **asked: Any) -> dict[str, Any]:
    answer = await door.post(f"{API}/proposals", json=asked)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def act(door: Door, found: dict[str, Any], path: str, body: Any = None, method: str = "POST") -> httpx.Response:
    headers = {"If-Match": f'"{found["version"]}"'}
    return await door.request(method, f"{API}/proposals/{found['id']}{path}", json=body, headers=headers)


async def done(door: Door, found: dict[str, Any], path: str, body: Any = None, method: str = "POST") -> dict[str, Any]:
    answer = await act(door, found, path, body, method)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def written(door: Door, found: dict[str, Any], old: str, new: str, kind: str = "wording") -> dict[str, Any]:
    assert old in found["source"]
    text = found["source"].replace(old, new, 1)
    return await done(door, found, "", {"source": text, "kind": kind, "reason": REASON}, "PUT")


def approval(part: str) -> dict[str, str]:
    return {"part": part, "verdict": "approved"}


async def approved(found: dict[str, Any], author: Door, jurist: Door, technician: Door) -> dict[str, Any]:
    found = await done(author, found, "/submission")
    found = await done(jurist, found, "/readings", approval("legal"))
    return await done(technician, found, "/readings", approval("technical"))


async def loaded(room: httpx.AsyncClient, root: Path) -> LoadReport:
    async with app_of(room).state.sessions() as session, session.begin():
        return await load(session, root)


async def exported(room: httpx.AsyncClient, ident: str) -> bytes:
    return (await room.get(f"/api/v1/clauses/{ident}", headers=MARKDOWN)).content


async def test_a_change_read_by_two_people_becomes_a_version_and_its_file_loads_as_the_same_one(
    room: httpx.AsyncClient, author: Door, jurist: Door, technician: Door, tmp_path: Path
) -> None:
    found = await proposed(author, clause="CEC-MOB-003")
    assert (found["status"], found["base_version"], found["may"]) == (
        "draft",
        1,
        ["submit", "edit", "rebase", "abandon"],
    )
    title = yaml.safe_load(found["source"].split("---")[1])["title"]
    found = await written(author, found, f"title: {title}", f"title: {title} et entretenus")
    assert [run["text"] for run in found["diff"]["fields"][0]["runs"] if run["op"] == "insert"] == [" et entretenus"]
    found = await approved(found, author, jurist, technician)
    assert (found["ready"], "publish" in found["may"]) == (True, True)
    made = (await act(author, found, "/publication")).json()
    assert (made["clause"], made["version"]) == ("CEC-MOB-003", 2)
    await served(room)
    clause = (await room.get("/api/v1/clauses/CEC-MOB-003")).json()
    assert clause["title"] == f"{title} et entretenus"
    assert (clause["version"], clause["changelog"][-1]["kind"], clause["changelog"][-1]["reason"]) == (
        2,
        "wording",
        REASON,
    )
    file = await exported(room, "CEC-MOB-003")
    assert sha256(file).hexdigest() == made["content_hash"] == clause["content_hash"]
    # The files on disk are behind: the published version stays; once exported, nothing moves.
    report = await loaded(room, ROOT / "clauses")
    assert not report
    assert report.ahead == {"CEC-MOB-003": 2}
    root = tmp_path / "clauses"
    shutil.copytree(ROOT / "clauses", root)
    (root / "library/mobilier/CEC-MOB-003.md").write_bytes(file)
    report = await loaded(room, root)
    assert (bool(report), report.ahead, report.conflicts) == (False, {}, {})
    assert len((await room.get("/api/v1/clauses/CEC-MOB-003/versions")).json()["items"]) == 2
    history = (await author.get(f"{API}/proposals/{found['id']}")).json()["history"]
    assert [step["act"] for step in history] == [
        "clause.proposed",
        "clause.written",
        "clause.submitted",
        "clause.approved",
        "clause.approved",
        "clause.published",
    ]
    async with app_of(room).state.sessions() as session:
        assert await broken_at(session) is None


async def test_a_file_changed_without_the_published_change_is_a_conflict_and_one_that_holds_it_wins(
    room: httpx.AsyncClient, author: Door, jurist: Door, technician: Door, tmp_path: Path
) -> None:
    found = await proposed(author, clause="CEC-MOB-004")
    found = await written(author, found, "\nwhy: ", "\nwhy: ")  # nothing but the reason
    found = await approved(found, author, jurist, technician)
    assert (await act(author, found, "/publication")).status_code == 200
    root = tmp_path / "clauses"
    shutil.copytree(ROOT / "clauses", root)
    path = root / "library/mobilier/CEC-MOB-004.md"
    path.write_bytes(path.read_bytes() + b"\n")
    report = await loaded(room, root)
    assert (bool(report), report.conflicts) == (False, {"CEC-MOB-004": 2})
    assert "1 en conflit, version publiée gardée : CEC-MOB-004." in str(report)
    await served(room)
    path.write_bytes(await exported(room, "CEC-MOB-004") + b"\n")
    report = await loaded(room, root)
    assert report.changed == {"CEC-MOB-004": 3}


@pytest.mark.parametrize("ident", ["CEC-MOB-001", "CEC-TEX-001", "CEC-FIN-001"])
async def test_an_unchanged_clause_is_exported_byte_for_byte(room: httpx.AsyncClient, ident: str) -> None:
    [path] = (ROOT / "clauses/library").glob(f"*/{ident}.md")
    assert await exported(room, ident) == path.read_bytes()


async def test_the_author_never_reads_and_nobody_reads_twice(
    room: httpx.AsyncClient, author: Door, jurist: Door
) -> None:
    both = await sign_in(room, role="editor", name="diane")
    await sign_in(room, role="legal_reviewer", name="diane")
    found = await proposed(author, clause="CEC-MOB-005")
    found = await written(author, found, "\nwhy: ", "\nwhy: ")
    found = await done(author, found, "/submission")
    refused = await act(author, found, "/readings", approval("technical"))
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "On ne relit pas sa propre proposition : une autre personne doit le faire.",
    )
    assert (await act(jurist, found, "/readings", approval("technical"))).status_code == 403
    found = await done(both, found, "/readings", approval("technical"))
    assert (await act(both, found, "/publication")).json()["type"] == "/problems/etape-editoriale"
    del found["may"]


async def test_a_new_text_sends_the_readings_away(author: Door, jurist: Door, technician: Door) -> None:
    found = await proposed(author, clause="CEC-MOB-006")
    found = await written(author, found, "\nwhy: ", "\nwhy: ")
    found = await approved(found, author, jurist, technician)
    found = await written(author, found, "\nwhy: ", "\nwhy: ", kind="error")
    assert (found["status"], found["ready"], [r["current"] for r in found["readings"]]) == (
        "draft",
        False,
        [False, False],
    )


async def test_a_returned_text_says_what_to_write_again(author: Door, jurist: Door) -> None:
    found = await proposed(author, clause="CEC-MOB-007")
    found = await written(author, found, "\nwhy: ", "\nwhy: ")
    found = await done(author, found, "/submission")
    empty = {"part": "legal", "verdict": "returned", "note": ""}
    assert (await act(jurist, found, "/readings", empty)).json()["errors"][0]["pointer"] == "/note"
    found = await done(jurist, found, "/readings", empty | {"note": "L’article cité n’est pas le bon."})
    assert (found["status"], found["readings"][0]["note"]) == ("draft", "L’article cité n’est pas le bon.")


async def test_a_refusal_keeps_its_reason_and_the_text_can_be_taken_up_again(author: Door, jurist: Door) -> None:
    found = await proposed(author, clause="CEC-MOB-008")
    found = await written(author, found, "\nwhy: ", "\nwhy: ")
    found = await done(author, found, "/submission")
    found = await done(jurist, found, "/refusal", {"reason": "Cette clause existe déjà sous un autre nom."})
    assert (found["status"], found["refusal"]) == ("refused", "Cette clause existe déjà sous un autre nom.")
    assert (await done(author, found, "/reopening"))["status"] == "draft"


async def test_two_people_cannot_overwrite_each_other(author: Door, technician: Door) -> None:
    found = await proposed(author, clause="CEC-MOB-009")
    await technician.put(f"{API}/proposals/{found['id']}/pen")
    seen = (await author.get(f"{API}/proposals/{found['id']}")).json()
    assert (seen["pen"]["name"], seen["pen"]["mine"]) == ("Bruno Platform", False)
    await author.put(f"{API}/proposals/{found['id']}/pen")
    seen = (await author.get(f"{API}/proposals/{found['id']}")).json()
    assert seen["pen"]["name"] == "Bruno Platform", "a pen is not taken from who writes"
    await written(technician, found, "\nwhy: ", "\nwhy: ", kind="error")
    text = {"source": found["source"], "kind": "law", "reason": ""}
    stale = await act(author, found, "", text, "PUT")
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/version-depassee")
    bare = await author.put(f"{API}/proposals/{found['id']}", json=text)
    assert bare.status_code == 428


async def test_a_text_that_the_linter_refuses_is_kept_but_not_sent(author: Door) -> None:
    found = await proposed(author, clause="CEC-MOB-010")
    broken = {"source": "---\nid: [\n---\n# CCTP\nTexte", "kind": "wording", "reason": REASON}
    found = await done(author, found, "", broken, "PUT")
    assert (found["source"], found["check"]["faults"][0]["code"]) == (broken["source"], "yaml")
    refused = await act(author, found, "/submission")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/clause-a-reprendre")
    assert refused.json()["errors"][0]["pointer"] == "/source"


async def test_a_change_is_carried_over_to_the_version_published_meanwhile(
    room: httpx.AsyncClient, author: Door, jurist: Door, technician: Door
) -> None:
    slow = await proposed(technician, clause="CEC-MOB-011")
    quick = await proposed(author, clause="CEC-MOB-011")
    assert quick["others"] == [slow["id"]]
    slow = await written(technician, slow, "\n# C", "\n\n# C")
    quick = await written(author, quick, "\nlevel: ", "\nlevel:  ")
    other = await sign_in(room, role="editor", name="elise")
    quick = await approved(quick, author, jurist, technician)
    assert (await act(author, quick, "/publication")).status_code == 200
    await served(room)
    slow = await approved(slow, technician, jurist, other)
    late = await act(other, slow, "/publication")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/clause-deja-changee")
    slow = await done(technician, slow, "/rebase")
    assert (slow["base_version"], slow["status"], "<<<<" in slow["source"]) == (2, "draft", False)
    assert REASON in slow["source"]
    assert "level:  " in slow["source"]


async def test_a_new_clause_starts_from_a_form_or_from_another_clause(
    room: httpx.AsyncClient, author: Door, jurist: Door, technician: Door
) -> None:
    blank = await proposed(author, family="mobilier")
    assert blank["new"] is True
    assert blank["check"]["faults"]
    copy = await proposed(author, family="mobilier", model="CEC-MOB-001")
    assert int(copy["clause"][-3:]) == int(blank["clause"][-3:]) + 1
    assert (await act(author, copy, "/submission")).status_code == 422  # a copy says what the other one says
    assert (await author.post(f"{API}/proposals", json={"family": "rien"})).json()["errors"][0]["pointer"] == "/family"
    assert (await author.post(f"{API}/proposals", json={"clause": "CEC-XXX-999"})).status_code == 404
    del jurist, technician, room


@pytest.mark.parametrize(("role", "status"), [("visitor", 401), ("writer", 403), ("platform_admin", 403)])
async def test_the_room_is_closed_to_the_others(room: httpx.AsyncClient, role: str, status: int) -> None:
    door = await sign_in(room, role=role, name=f"out-{role}")
    assert (await door.get(f"{API}/proposals")).status_code == status
    assert (await door.post(f"{API}/proposals", json={"clause": "CEC-MOB-001"})).status_code == status


async def test_the_same_key_proposes_once(author: Door) -> None:
    headers = {"Idempotency-Key": "proposition-unique"}
    first, second = [
        (await author.post(f"{API}/proposals", json={"clause": "CEC-MOB-012"}, headers=headers)).json()["id"]
        for _ in range(2)
    ]
    assert first == second


async def test_the_live_check_is_the_linter_of_the_files(author: Door, room: httpx.AsyncClient) -> None:
    source = (await exported(room, "CEC-MOB-001")).decode()
    clean = (await author.post(f"{API}/lint", json={"clause": "CEC-MOB-001", "source": source})).json()
    assert (clean["faults"], sorted(clean["html"])) == ([], ["CCAP", "CCTP"])
    bad = source.replace("{{ part_reemploi }}", "{{ part }}")
    faults = (await author.post(f"{API}/lint", json={"clause": "CEC-MOB-001", "source": bad})).json()["faults"]
    assert {fault["code"] for fault in faults} == {"variable-undeclared", "variable-unused"}


async def test_the_proposals_are_read_page_by_page(author: Door) -> None:
    made = [(await proposed(author, clause=f"CEC-NET-{number:03d}"))["id"] for number in range(1, 6)]
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        query = f"?limit=3&cursor={cursor}" if cursor else "?limit=3"
        page = (await author.get(f"{API}/proposals{query}")).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen))
    assert set(made) <= set(seen)
    assert (await author.get(f"{API}/proposals?cursor=abc")).status_code == 400
