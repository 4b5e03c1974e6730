"""Notices: at the pace their reader chose, one click out, within quotas, and never again where they come back."""

from collections.abc import AsyncIterator
from email import message_from_bytes
from email.policy import default
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select, text

from app.accounts import notices
from app.accounts.models_notices import Notice
from app.accounts.rules import OrganisationKind
from app.accounts.rules_notices import KINDS, PERSON_A_DAY, is_over_quota
from app.outbound import bounces
from app.outbound.mail import Letter, write
from app.outbound.models import Mail, SuppressedAddress
from app.settings import Settings
from tests.accounts.people import Door, make_organisation, sign_in
from tests.outbound.receiver import empty_queue, work
from tests.outbound.smtp import Post, posting

LETTER = Letter("Une preuve expire", "Bonjour,\n\nElle expire demain.\n")


@pytest.fixture(autouse=True)
async def _alone(app: FastAPI, client: httpx.AsyncClient) -> None:
    del client
    await empty_queue(app)


@pytest.fixture
async def box(app: FastAPI) -> AsyncIterator[tuple[Post, Settings]]:
    async with posting() as post:
        told = {"smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_security": "none"}
        yield post, app.state.settings.model_copy(update=told)


@pytest.fixture
async def door(client: httpx.AsyncClient) -> Door:
    """Somebody whom no other test writes to."""
    place = await make_organisation(client, kind=OrganisationKind.FIRM)
    return await sign_in(client, role="administrator", organisation=place, name=f"avis{place.id}")


async def tell(app: FastAPI, door: Door, kind: str = "proof", letter: Letter = LETTER, times: int = 1) -> None:
    async with app.state.sessions() as session, session.begin():
        for _ in range(times):
            await notices.notify(
                session, door.person_id, kind, letter, "/ma-fiche", organisation_id=door.organisation_id
            )


async def morning(app: FastAPI, door: Door) -> int:
    async with app.state.sessions() as session, session.begin():
        return await notices.write_digest(session, app.state.settings, door.person_id)


async def choose(door: Door, **paces: str) -> dict[str, Any]:
    done = await door.put("/api/v1/me/notices", json={"paces": paces})
    assert done.status_code == 200, done.text
    body: dict[str, Any] = done.json()
    return body


def opened(raw: bytes) -> Any:
    return message_from_bytes(raw, policy=default)


async def test_one_click_in_the_mail_program_ends_that_kind_and_no_other(
    app: FastAPI, client: httpx.AsyncClient, box: tuple[Post, Settings], door: Door
) -> None:
    post, settings = box
    await tell(app, door)
    await work(app, settings)
    letter = opened(post.letters[0])
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = letter["List-Unsubscribe"].strip("<>")
    assert link in letter.get_content().replace("\r\n", "\n")
    path = urlsplit(link).path
    shown = await client.get(path)
    assert (shown.status_code, "Preuves à renouveler" in shown.text) == (200, True)
    await tell(app, door)
    done = await client.post(
        path, content="List-Unsubscribe=One-Click", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert done.status_code == 200
    await tell(app, door)
    await tell(app, door, "network")
    await work(app, settings)
    assert [opened(raw)["Subject"] for raw in post.letters] == [LETTER.subject] * 3
    paces = {one["code"]: one["pace"] for one in (await door.get("/api/v1/me/notices")).json()["kinds"]}
    assert (paces["proof"], paces["network"]) == ("none", "immediate")


async def test_a_link_that_is_not_whole_ends_nothing(client: httpx.AsyncClient) -> None:
    for token in ("x" * 40, "notices:1:proof-but-in-the-clear"):
        assert (await client.post(f"/api/v1/unsubscribe/{token}")).status_code in {400, 404, 410}


async def test_the_digest_groups_what_waited_in_one_letter_whose_link_ends_it_all(
    app: FastAPI, client: httpx.AsyncClient, box: tuple[Post, Settings], door: Door
) -> None:
    post, settings = box
    assert (await choose(door, proof="daily", network="daily"))["waiting"] == 0
    await tell(app, door, "network", Letter("Une réponse à votre question", "…"))
    await tell(app, door)
    await work(app, settings)
    assert (post.letters, (await door.get("/api/v1/me/notices")).json()["waiting"]) == ([], 2)
    assert await morning(app, door) == 2
    assert await morning(app, door) == 0
    await work(app, settings)
    [raw] = post.letters
    letter = opened(raw)
    words = letter.get_content()
    assert letter["Subject"] == "2 avis vous attendent sur Clausier"
    assert words.index("Preuves à renouveler") < words.index("Questions suivies")
    assert "http://127.0.0.1:8000/ma-fiche" in words
    await client.post(urlsplit(letter["List-Unsubscribe"].strip("<>")).path)
    paces = {one["code"]: one["pace"] for one in (await door.get("/api/v1/me/notices")).json()["kinds"]}
    assert {code for code, pace in paces.items() if pace == "none"} == {"proof", "network"}


async def test_past_the_quota_of_the_day_the_rest_waits_for_the_morning(app: FastAPI, door: Door) -> None:
    await tell(app, door, times=PERSON_A_DAY + 3)
    async with app.state.sessions() as session:
        sent = select(Mail).where(Mail.recipient == door.email)
        assert len((await session.scalars(sent)).all()) == PERSON_A_DAY
    assert await morning(app, door) == 3


async def test_a_whole_organisation_has_a_quota_and_a_fair_diffusion_its_own() -> None:
    assert is_over_quota("proof", person=0, organisation=60)
    assert not is_over_quota("proof", person=9, organisation=59)
    assert not is_over_quota("sourcing", person=1000, organisation=1000)
    assert [code for code, kind in KINDS.items() if not kind.capped] == ["sourcing"]


def report(message_id: str, recipient: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    """As Postfix writes it."""
    return (
        "From: MAILER-DAEMON@mx.exemple.test\r\nTo: retours@clausier.test\r\nSubject: Undelivered Mail\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.exemple.test\r\nX-Postfix-Queue-ID: 4F2\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <x>: Recipient address rejected\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nSubject: x\r\n\r\n--b--\r\n"
    ).encode()


async def _take_in(app: FastAPI, raw: bytes) -> int:
    async with app.state.sessions() as session, session.begin():
        return await bounces.take_in(session, raw)


async def _sent(app: FastAPI, door: Door) -> str:
    async with app.state.sessions() as session, session.begin():
        return (await write(session, door.email, LETTER)).message_id


async def test_a_letter_that_comes_back_suspends_the_address_until_its_owner_lifts_it(app: FastAPI, door: Door) -> None:
    ident = await _sent(app, door)
    assert await _take_in(app, report(ident, door.email.upper())) == 1
    assert await _take_in(app, report(ident, door.email)) == 0
    shown = (await door.get("/api/v1/me/notices")).json()["refused"]
    assert (shown["email"], "5.1.1" in shown["reason"]) == (door.email, True)
    await tell(app, door)
    async with app.state.sessions() as session:
        kept = select(Notice).where(Notice.person_id == door.person_id)
        assert (await session.scalars(kept)).all() == []
    assert (await door.post("/api/v1/me/notices/lift")).json()["refused"] is None
    await tell(app, door)
    async with app.state.sessions() as session:
        assert len((await session.scalars(kept)).all()) == 1


async def test_only_a_report_about_a_letter_of_ours_counts(app: FastAPI, door: Door) -> None:
    ident = await _sent(app, door)
    for raw in (
        report("<invente@ailleurs>", door.email),
        report(ident, "autre@exemple.test"),
        report(ident, door.email, status="4.2.2"),
        report(ident, door.email, action="delayed"),
        b"Subject: bonjour\r\n\r\nFinal-Recipient: rfc822; x\r\n",
        b"\xff\x00" * 1000,
    ):
        assert await _take_in(app, raw) == 0
    assert (await door.get("/api/v1/me/notices")).json()["refused"] is None


async def test_two_refusals_for_good_suspend_and_a_forgotten_one_does_not_count(app: FastAPI, door: Door) -> None:
    for _ in range(2):
        assert await _take_in(app, report(await _sent(app, door), door.email, status="5.2.1")) == 1
        async with app.state.sessions() as session, session.begin():
            row = await session.get(SuppressedAddress, door.email)
            assert row.since is None
            await session.execute(text("UPDATE suppressed_address SET last_at = last_at - interval '91 days'"))
    for _ in range(2):
        await _take_in(app, report(await _sent(app, door), door.email, status="5.2.1"))
    assert (await door.get("/api/v1/me/notices")).json()["refused"]["bounces"] == 2


async def test_the_platform_sees_what_did_not_leave_tries_again_and_lifts(
    app: FastAPI, client: httpx.AsyncClient, box: tuple[Post, Settings], door: Door
) -> None:
    post, settings = box
    head = await sign_in(client, role="platform_admin")
    async with app.state.sessions() as session, session.begin():
        await session.execute(delete(Mail))
    await tell(app, door)
    post.to_recipient = ["550 5.1.1 No such user"]
    await work(app, settings)
    [failed] = (await head.get("/api/v1/platform/failed-letters")).json()["items"]
    assert (failed["recipient"], "5.1.1" in failed["error"], failed["may"]) == (door.email, True, ["retry"])
    listed = (await head.get("/api/v1/platform/refused-addresses?limit=100")).json()["items"]
    assert door.email in [one["email"] for one in listed]
    lift = "/api/v1/platform/refused-addresses/lift"
    assert (await head.post(lift, json={"email": door.email})).status_code == 204
    assert (await head.post(lift, json={"email": door.email})).status_code == 404
    again = f"/api/v1/platform/failed-letters/{failed['id']}/retry"
    assert (await head.post(again)).status_code == 204
    assert (await head.post(again)).status_code == 404
    await work(app, settings)
    assert len(post.letters) == 1
    assert (await door.get("/api/v1/platform/failed-letters")).status_code == 403


async def test_one_chooses_only_among_what_can_happen_to_oneself(client: httpx.AsyncClient) -> None:
    async def offered(organisation: str) -> set[str]:
        door = await sign_in(client, organisation=organisation, name="choix")
        return {one["code"] for one in (await door.get("/api/v1/me/notices")).json()["kinds"]}

    for_all = {"alert", "network", "event"}
    assert await offered("A") == {*for_all, "file"}
    assert await offered("firm") == {*for_all, "sourcing", "proof"}
