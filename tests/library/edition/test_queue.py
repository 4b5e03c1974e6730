"""The editors' desk: what waits, for how long, and what readers said."""

import io
import zipfile
from datetime import date

import httpx
import pytest
from sqlalchemy import select

from app.library import queries
from app.library.edition.watching import law_changed, months_since_check, overdue
from app.outbound.models import Mail
from tests.accounts.people import Door
from tests.library.edition.conftest import app_of, served
from tests.library.edition.test_flow import API, act, proposed, written

MESSAGE = {"subject": "law", "message": "L’article cité a été modifié au printemps.", "email": "lectrice@exemple.test"}


async def queue(door: Door) -> dict[str, object]:
    found: dict[str, object] = (await door.get(f"{API}/queue")).json()
    return found


async def test_what_waits_is_counted_and_the_next_one_to_read_is_named(
    room: httpx.AsyncClient, author: Door, jurist: Door, technician: Door
) -> None:
    before = await queue(jurist)
    found = await proposed(author, clause="CEC-TEX-003")
    found = await written(author, found, "\nwhy: ", "\nwhy: ")
    found = (await act(author, found, "/submission")).json()
    seen = await queue(jurist)
    assert (seen["to_review"], seen["next_to_read"]) == (int(str(before["to_review"])) + 1, found["id"])
    assert (await queue(author))["next_to_read"] is None
    found = (await act(jurist, found, "/readings", {"part": "legal", "verdict": "approved"})).json()
    found = (await act(technician, found, "/readings", {"part": "technical", "verdict": "approved"})).json()
    assert (await queue(author))["to_validate"] == 1
    await act(author, found, "/publication")
    assert (await queue(author))["to_export"] == 1
    await served(room)
    packed = zipfile.ZipFile(io.BytesIO((await author.get(f"{API}/export")).content))
    exported = (await room.get("/api/v1/clauses/CEC-TEX-003", headers={"accept": "text/markdown"})).content
    assert packed.namelist() == ["clauses/library/textile/CEC-TEX-003.md"]
    assert packed.read(packed.namelist()[0]) == exported


async def test_a_message_is_answered_by_mail_and_leaves_the_inbox(room: httpx.AsyncClient, author: Door) -> None:
    sent = (await room.post("/api/v1/clauses/CEC-MOB-001/feedback", json=MESSAGE)).json()
    [message] = (await author.get(f"{API}/feedback")).json()["items"]
    assert (message["id"], message["answerable"], message["status"]) == (sent["id"], True, "received")
    assert "email" not in message
    path, headers = f"{API}/feedback/{message['id']}", {"If-Match": '"1"'}
    empty = await author.put(path, json={"status": "answered"}, headers=headers)
    assert empty.json()["errors"][0]["pointer"] == "/answer"
    answer = {"status": "answered", "answer": "Merci, la clause est corrigée."}
    told = await author.put(path, json=answer, headers=headers)
    assert (told.json()["status"], told.json()["handled_by"]) == ("answered", "Anne Platform")
    assert (await author.put(path, json=answer, headers=headers)).status_code == 412
    assert (await author.get(f"{API}/feedback")).json()["items"] == []
    assert len((await author.get(f"{API}/feedback?status=answered")).json()["items"]) == 1
    async with app_of(room).state.sessions() as session:
        mails = (await session.scalars(select(Mail).where(Mail.recipient == MESSAGE["email"]))).all()
    assert ["Merci, la clause est corrigée." in mail.body for mail in mails] == [True]


async def test_the_clauses_that_the_law_catches_up_within_a_year_are_told(
    author: Door, room: httpx.AsyncClient
) -> None:
    await served(room)
    page = (await author.get(f"{API}/watch?why=law&limit=1")).json()
    rest = (await author.get(f"{API}/watch?why=law&cursor={page['next']}")).json()
    found = {item["clause"]: item for item in [*page["items"], *rest["items"]]}
    assert found["CEC-TEX-001"]["why"] in {"coming", "overtaken"}
    assert page["items"][0]["clause"] not in {item["clause"] for item in rest["items"]}


@pytest.mark.parametrize(("today", "late"), [(date(2027, 5, 23), False), (date(2027, 5, 24), True)])
async def test_a_review_is_overdue_the_day_after_its_date(room: httpx.AsyncClient, today: date, *, late: bool) -> None:
    await served(room)
    found = {watched.clause.id for watched in overdue(queries.shelf().active, today)}
    assert ("CEC-MOB-001" in found) is late


async def test_the_age_of_the_checks_has_no_hole(room: httpx.AsyncClient) -> None:
    await served(room)
    active = queries.shelf().active
    months = months_since_check(active, date(2027, 6, 1))
    assert [month for month, _ in months] == list(range(len(months)))
    assert sum(number for _, number in months) == len(active)
    assert law_changed(active, None, date(2027, 1, 1)) == []


async def test_the_desk_is_for_the_editorial_team(room: httpx.AsyncClient) -> None:
    for path in ("queue", "feedback", "watch?why=law", "export"):
        assert (await room.get(f"{API}/{path}")).status_code == 401
