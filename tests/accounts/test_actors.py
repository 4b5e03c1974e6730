"""Who is let in: sessions, keys, roles, and requests of other sites. On routes made for the test."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from app.accounts import audit
from app.accounts.actors import (
    BuyerWriter,
    Editor,
    FirmReader,
    FreshlySigned,
    LegalReviewer,
    OrgAdmin,
    OrgReader,
    OrgWriter,
    PlatformAdmin,
    Signed,
    Visitor,
)
from app.accounts.idempotency import Once
from app.accounts.models import Membership, Person
from app.accounts.models_access import ApiKey, UserSession
from app.accounts.models_trail import AuditEvent
from app.accounts.schemas import Strict
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.web import problems
from tests.accounts.people import Door, make_organisation, sign_in

pytestmark = pytest.mark.usefixtures("client")


class NoteIn(Strict):
    text: str


class NoteOut(Strict):
    text: str
    author: int


def _routes(doors: FastAPI) -> None:  # noqa: C901 (one route per actor)
    @doors.api_route("/api/v1/anyone", methods=["GET", "POST"])
    async def anyone(visitor: Visitor) -> str:
        return visitor.person.email or "" if visitor else "nobody"

    @doors.post("/api/v1/signed")
    async def signed(_: Signed) -> str:
        return "in"

    @doors.get("/api/v1/reader")
    async def reader(member: OrgReader) -> str:
        return f"{member.organisation.name}:{member.role}"

    @doors.post("/api/v1/writer")
    async def writer(member: OrgWriter) -> str:
        return member.role

    @doors.post("/api/v1/sourcings")
    async def sealed(member: OrgWriter) -> str:
        return member.role

    @doors.post("/api/v1/admin")
    async def admin(member: OrgAdmin) -> str:
        return member.role

    @doors.post("/api/v1/buyer")
    async def buyer(member: BuyerWriter) -> str:
        return member.role

    @doors.get("/api/v1/firm")
    async def firm(member: FirmReader) -> str:
        return member.role

    @doors.post("/api/v1/editor")
    async def editor(_: Editor) -> str:
        return "in"

    @doors.post("/api/v1/lawyer")
    async def lawyer(_: LegalReviewer) -> str:
        return "in"

    @doors.post("/api/v1/platform")
    async def platform(_: PlatformAdmin) -> str:
        return "in"

    @doors.post("/api/v1/fresh")
    async def fresh(_: FreshlySigned) -> str:
        return "in"

    @doors.post("/api/v1/notes", status_code=201)
    async def notes(session: DbSession, member: OrgWriter, once: Once, asked: NoteIn) -> NoteOut:
        async def make() -> NoteOut:
            audit.record(session, member, "note.written", ("note", asked.text))
            return NoteOut(text=asked.text, author=member.person.id)

        return await once(asked, NoteOut, make)


@pytest.fixture
async def doors(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Routes of every kind, on the database and the settings of the application."""
    small = FastAPI()
    small.state.settings, small.state.sessions = app.state.settings, app.state.sessions
    problems.install(small)
    _routes(small)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=small), base_url="http://clausier.test") as door:
        yield door


IDENTITIES = ("visitor", "reader", "writer", "administrator", "key_reader", "key_writer")
PLATFORM = ("editor", "legal_reviewer", "platform_admin")


@pytest.mark.parametrize(
    ("route", "allowed"),
    [
        ("/api/v1/signed", {"reader", "writer", "administrator", "key_writer", *PLATFORM}),
        ("/api/v1/writer", {"writer", "administrator", "key_writer"}),
        ("/api/v1/buyer", {"writer", "administrator", "key_writer"}),
        ("/api/v1/admin", {"administrator"}),
        ("/api/v1/editor", {"editor"}),
        ("/api/v1/lawyer", {"legal_reviewer"}),
        ("/api/v1/platform", {"platform_admin"}),
        ("/api/v1/fresh", {"reader", "writer", "administrator", *PLATFORM}),
        ("/api/v1/sourcings", {"writer", "administrator"}),
    ],
)
async def test_each_door_opens_for_its_roles_only(doors: httpx.AsyncClient, route: str, allowed: set[str]) -> None:
    opened = set()
    for role in (*IDENTITIES, *PLATFORM):
        answer = await (await sign_in(doors, role=role)).post(route)
        assert answer.status_code in {200, 401, 403}, answer.text
        assert (answer.status_code == 401) == (role == "visitor")
        if answer.status_code == 200:
            opened.add(role)
    assert opened == allowed


async def test_a_member_acts_for_their_own_organisation(doors: httpx.AsyncClient) -> None:
    assert (await (await sign_in(doors, role="reader")).get("/api/v1/reader")).json() == "Commune A:reader"
    other = await sign_in(doors, role="writer", organisation="B")
    assert (await other.get("/api/v1/reader")).json() == "Établissement B:writer"


async def test_a_firm_is_no_buyer_and_a_buyer_no_firm(doors: httpx.AsyncClient) -> None:
    firm, buyer = await sign_in(doors, organisation="firm"), await sign_in(doors)
    assert [(await door.get("/api/v1/firm")).status_code for door in (firm, buyer)] == [200, 403]
    assert [(await door.post("/api/v1/buyer")).status_code for door in (firm, buyer)] == [403, 200]


async def test_powers_want_a_second_factor(doors: httpx.AsyncClient) -> None:
    for role, route in (("administrator", "admin"), ("editor", "editor"), ("platform_admin", "platform")):
        weak = await (await sign_in(doors, role=role, strong=False)).post(f"/api/v1/{route}")
        assert (weak.status_code, weak.json()["type"]) == (403, "/problems/second-facteur")


async def test_sensitive_acts_want_a_recent_proof(doors: httpx.AsyncClient) -> None:
    stale = await (await sign_in(doors, fresh=False)).post("/api/v1/fresh")
    assert (stale.status_code, stale.json()["type"]) == (403, "/problems/reauthentification")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://ailleurs.test"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://sous.127.0.0.1:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
    ],
)
async def test_another_site_changes_nothing(doors: httpx.AsyncClient, headers: dict[str, str]) -> None:
    door = await sign_in(doors)
    for route in ("/api/v1/signed", "/api/v1/anyone"):
        answer = await door.post(route, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/origine")
    assert (await door.get("/api/v1/reader", headers=headers)).status_code == 200


async def test_the_token_of_another_session_is_refused(doors: httpx.AsyncClient) -> None:
    one, other = await sign_in(doors), await sign_in(doors)
    assert (
        await one.post("/api/v1/signed", headers={"X-CSRF-Token": other.headers["X-CSRF-Token"]})
    ).status_code == 403


async def test_a_request_with_a_key_reads_no_cookie(doors: httpx.AsyncClient) -> None:
    door = await sign_in(doors, role="administrator")
    refused = await door.get("/api/v1/reader", headers={"Authorization": f"Bearer clz_live_{'a' * 8}_{'b' * 43}"})
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/cle")


async def _change(door: httpx.AsyncClient, statement: object) -> None:
    async with door._transport.app.state.sessions() as session, session.begin():  # type: ignore[attr-defined]
        await session.execute(statement)


@pytest.mark.parametrize("change", [{"seen_at": timedelta(hours=-2)}, {"expires_at": timedelta(0)}])
async def test_a_session_ends_by_idleness_and_by_age(doors: httpx.AsyncClient, change: dict[str, timedelta]) -> None:
    door = await sign_in(doors, name="oisif")
    values = {name: now() + shift for name, shift in change.items()}
    await _change(doors, update(UserSession).where(UserSession.person_id == door.person_id).values(values))
    assert (await door.get("/api/v1/reader")).status_code == 401


async def test_a_suspended_person_is_out_at_once(doors: httpx.AsyncClient) -> None:
    door, key = await sign_in(doors, name="suspendu"), await sign_in(doors, role="key_reader", name="suspendu")
    await _change(doors, update(Person).where(Person.id == door.person_id).values(suspended_at=now()))
    assert [(await d.get("/api/v1/reader")).status_code for d in (door, key)] == [401, 401]


@pytest.mark.parametrize("change", [{"revoked_at": timedelta(0)}, {"expires_at": timedelta(0)}])
async def test_a_key_ends_when_revoked_or_old(doors: httpx.AsyncClient, change: dict[str, timedelta]) -> None:
    door = await sign_in(doors, role="key_reader", name="cle")
    assert (await door.get("/api/v1/reader")).status_code == 200
    values = {name: now() + shift for name, shift in change.items()}
    await _change(doors, update(ApiKey).where(ApiKey.person_id == door.person_id).values(values))
    assert (await door.get("/api/v1/reader")).status_code == 401


async def test_a_key_never_outranks_its_maker_nor_outlives_their_membership(doors: httpx.AsyncClient) -> None:
    org = await make_organisation(doors)
    key = await sign_in(doors, role="key_writer", organisation=org)
    mine = Membership.person_id == key.person_id
    await _change(doors, update(Membership).where(mine).values(role="reader"))
    assert [(await key.post("/api/v1/writer")).status_code, (await key.get("/api/v1/reader")).status_code] == [403, 200]
    await _change(doors, Membership.__table__.delete().where(mine))
    assert (await key.get("/api/v1/reader")).status_code == 401


async def test_a_scope_opens_its_room_only(doors: httpx.AsyncClient) -> None:
    sealed = await sign_in(doors, role="key_writer", scopes=["sourcages:ecriture"])
    statuses = [(await sealed.post(f"/api/v1/{route}")).status_code for route in ("sourcings", "writer")]
    assert statuses == [200, 403]


async def test_the_use_of_a_key_is_noted(doors: httpx.AsyncClient) -> None:
    key = await sign_in(doors, role="key_reader", name="note")
    await key.get("/api/v1/reader")
    async with doors._transport.app.state.sessions() as session:  # type: ignore[attr-defined]
        used = await session.scalar(select(ApiKey).where(ApiKey.person_id == key.person_id))
    assert used.used_at is not None


async def _notes(door: Door, text: str, key: str) -> httpx.Response:
    return await door.post("/api/v1/notes", json={"text": text}, headers={"Idempotency-Key": key})


async def test_the_same_demand_sent_twice_is_done_once(doors: httpx.AsyncClient) -> None:
    door, other = await sign_in(doors, name="deux"), await sign_in(doors, name="trois")
    first, again = await _notes(door, "un", "clef-0001"), await _notes(door, "un", "clef-0001")
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    changed = await _notes(door, "deux", "clef-0001")
    assert (changed.status_code, changed.json()["type"]) == (422, "/problems/idempotence")
    assert (await _notes(other, "un", "clef-0001")).json()["author"] == other.person_id
    async with doors._transport.app.state.sessions() as session:  # type: ignore[attr-defined]
        told = (await session.scalars(select(AuditEvent).where(AuditEvent.person_id == door.person_id))).all()
    assert [(event.act, event.object_id) for event in told] == [("note.written", "un")]


async def test_the_trail_is_a_chain_that_no_one_may_change(doors: httpx.AsyncClient) -> None:
    door = await sign_in(doors)
    for text_ in ("a", "b", "c"):
        await door.post("/api/v1/notes", json={"text": text_})
    sessions = doors._transport.app.state.sessions  # type: ignore[attr-defined]
    async with sessions() as session:
        assert await audit.broken_at(session) is None
    with pytest.raises(DBAPIError, match="append-only"):
        await _change(doors, update(AuditEvent).values(act="rien"))
    async with sessions() as session, session.begin() as transaction:
        await session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER audit_event_is_append_only"))
        forged = await session.scalar(select(AuditEvent.id).order_by(AuditEvent.id.desc()).offset(1).limit(1))
        await session.execute(update(AuditEvent).where(AuditEvent.id == forged).values(act="rien"))
        assert await audit.broken_at(session) == forged
        await transaction.rollback()


async def test_the_session_says_who_is_here(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/session")).json()["person"] is None
    door = await sign_in(client, role="administrator", organisation="B")
    said = (await door.get("/api/v1/session")).json()
    assert said["person"]["email"] == door.email
    assert (said["csrf_token"], said["organisation"]["role"]) == (door.headers["X-CSRF-Token"], "administrator")
    assert "invite" in said["organisation"]["may"]


async def test_signing_out_closes_the_session_on_the_server(client: httpx.AsyncClient) -> None:
    door = await sign_in(client)
    left = await door.delete("/api/v1/session")
    assert (left.status_code, 'session=""' in left.headers["set-cookie"]) == (200, True)
    back = await sign_in(client, role="visitor")
    back.cookies.set("session", door.cookies.get("session") or "")
    assert (await back.get("/api/v1/session")).json()["person"] is None
