"""Personal data: a register that forgets no table, an export that finds all, an erasure that leaves no trace."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest
import time_machine
from sqlalchemy import select, update

import app.main  # noqa: F401 (imports every room's models)
from app.accounts.models import Person
from app.accounts.models_trail import SecurityEvent
from app.accounts.operators import create_admin
from app.accounts.personal import references
from app.accounts.register import register
from app.accounts.retention import purge
from app.accounts.sessions import now
from app.database.engine import Base
from tests.accounts.people import Door, make_organisation, sign_in
from tests.accounts.post import GOOD, carry, enter, letters, new_account, state, with_totp


def test_every_table_stands_in_the_register_once() -> None:
    listed = [table for row in register() for table in row.tables]
    assert sorted(listed) == sorted(Base.metadata.tables), "add the new table to app/accounts/register.yaml"


async def test_the_register_is_public(client: httpx.AsyncClient) -> None:
    rows = (await client.get("/api/v1/personal-data")).json()["items"]
    assert {"compte", "sessions", "historique"} <= {row["code"] for row in rows}


async def _export(door: Door) -> dict[str, Any]:
    answer = await door.post("/api/v1/me/export")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {n: json.loads(archive.read(n)) for n in archive.namelist() if n.endswith(".json")}


async def test_an_export_holds_every_row_of_the_person_and_no_secret(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    _, codes = await with_totp(door)
    told = await _export(door)
    assert told["person.json"][0]["email"] == door.email
    assert {"user_session.json", "security_event.json", "totp.json", "recovery_code.json"} <= set(told)
    text = json.dumps(told)
    secret = ("argon2", door.cookies["session"], codes[0], codes[0].replace("-", ""), "sealed", "hash")
    assert [one for one in secret if one in text] == []


async def test_an_export_is_ones_own_and_wants_a_recent_proof(client: httpx.AsyncClient) -> None:
    door, other = await new_account(client), await new_account(client)
    assert other.email not in json.dumps(await _export(door))
    stale = await sign_in(client, fresh=False)
    assert (await stale.post("/api/v1/me/export")).json()["type"] == "/problems/reauthentification"


def test_the_export_knows_every_reference_to_a_person() -> None:
    found = {(table.name, column.name) for table, column in references()}
    assert ("membership", "person_id") in found
    assert ("invitation", "invited_by") in found


async def test_an_erasure_leaves_no_occurrence_anywhere(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    read = await door.get("/api/v1/me")
    names = {"given_name": "Zéphyrine", "family_name": "Quelquepart"}
    await door.patch("/api/v1/me", json=names, headers={"If-Match": read.headers["ETag"]})
    said = {"message": "Le taux de cette clause me paraît haut pour une petite commune.", "email": door.email}
    assert (await door.post("/api/v1/clauses/CEC-MOB-001/feedback", json=said)).status_code in {200, 201, 202}
    await with_totp(door)
    wrong = await door.post("/api/v1/me/erasure", json={"email": "une@autre.test"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/email")
    assert (await door.post("/api/v1/me/erasure", json={"email": door.email})).status_code == 200
    assert (await door.get("/api/v1/session")).json()["person"] is None
    assert (await enter(client, door.email))[1].status_code == 401
    assert occurrences(state(client).database_url, [door.email, "Zéphyrine", "Quelquepart"]) == []


def occurrences(url: str, words: list[str]) -> list[str]:
    """The tables of the whole database (jobs included) that still hold one of these words."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT quote_ident(nspname) || '.' || quote_ident(relname) FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND nspname IN ('public', 'jobs')"
        ).fetchall()
        found = []
        for (table,) in tables:
            for word in words:
                asked = f"SELECT count(*) FROM {table} t WHERE position(%s in t::text) > 0"  # noqa: S608 (our names)
                row = connection.execute(asked, (word,)).fetchone()  # type: ignore[arg-type]
                if row and row[0]:
                    found.append(f"{table}: {word}")
        return found


async def test_the_last_administrator_names_another_before_leaving(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=org)
    assert (await admin.get("/api/v1/me/erasure")).json() == {"alone_in": []}
    await sign_in(client, role="writer", organisation=org)
    assert (await admin.get("/api/v1/me/erasure")).json() == {"alone_in": [org.name]}
    answer = await admin.post("/api/v1/me/erasure", json={"email": admin.email})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/dernier-administrateur")


@pytest.fixture
async def unused(client: httpx.AsyncClient) -> Door:
    door = await new_account(client)
    async with state(client).sessions() as session, session.begin():
        mine = update(Person).where(Person.id == door.person_id)
        await session.execute(mine.values(last_login_at=now() - timedelta(days=701)))
    return door


async def _purge(client: httpx.AsyncClient) -> dict[str, int]:
    async with state(client).sessions() as session, session.begin():
        return await purge(session, state(client).settings)


async def test_an_unused_account_is_warned_once_then_erased(client: httpx.AsyncClient, unused: Door) -> None:
    await _purge(client)
    await _purge(client)
    warned = [letter for letter in await letters(client, unused.email) if "sera supprimé" in letter.subject]
    assert len(warned) == 1
    with time_machine.travel(now() + timedelta(days=31)):
        await _purge(client)
    async with state(client).sessions() as session:
        person = await session.get(Person, unused.person_id)
    assert (person.email, person.erased_at is not None) == (None, True)


async def test_a_login_keeps_a_warned_account(client: httpx.AsyncClient, unused: Door) -> None:
    await _purge(client)
    assert (await enter(client, unused.email))[1].status_code == 200
    with time_machine.travel(now() + timedelta(days=31)):
        await _purge(client)
    assert (await enter(client, unused.email))[1].status_code == 200


async def test_the_history_is_forgotten_after_a_year(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    async with state(client).sessions() as session, session.begin():
        mine = SecurityEvent.person_id == door.person_id
        newest = select(SecurityEvent.id).where(mine).order_by(SecurityEvent.id.desc()).limit(1).scalar_subquery()
        old = update(SecurityEvent).where(mine, SecurityEvent.id != newest)
        await session.execute(old.values(at=now() - timedelta(days=366)))
    await _purge(client)
    assert len((await door.get("/api/v1/me/history")).json()["items"]) == 1


# --- Operators -----------------------------------------------------------------------------------


async def test_the_first_operator_enters_by_a_link_then_adds_a_second_factor(client: httpx.AsyncClient) -> None:
    settings = state(client).settings
    async with state(client).sessions() as session, session.begin():
        link = await create_admin(session, settings, "Operateur@Exemple.test")
    path, token = link.split("#")
    assert path == f"{settings.public_url}/creer-un-compte/confirmer"
    door = await sign_in(client, role="visitor")
    body = {"token": token, "given_name": "Op", "family_name": "Érateur", "passphrase": GOOD}
    said = carry(door, await door.post("/api/v1/sign-up/complete", json=body))
    assert (said["platform_roles"], said["second_factor_needed"]) == (["platform_admin"], True)
    assert (await door.get("/api/v1/platform/state")).json()["type"] == "/problems/second-facteur"
    await with_totp(door)
    answer = await door.get("/api/v1/platform/state")
    assert (answer.status_code, answer.json()["trail_broken_at"]) == (200, None)


async def test_roles_of_the_platform_are_given_taken_and_never_all_lost(client: httpx.AsyncClient) -> None:
    admin, door = await sign_in(client, role="platform_admin"), await new_account(client)
    url = f"/api/v1/platform/people/{door.person_id}"
    given = await admin.put(f"{url}/roles", json={"roles": ["editor", "legal_reviewer"]})
    assert given.json()["roles"] == ["editor", "legal_reviewer"]
    found = (await admin.get(f"/api/v1/platform/people?q={door.email}")).json()["items"]
    assert [one["id"] for one in found] == [door.person_id]
    taken = await admin.put(f"{url}/roles", json={"roles": []})
    assert taken.json()["roles"] == []
    kinds = [event["kind"] for event in (await door.get("/api/v1/me/history")).json()["items"]]
    assert kinds.count("platform_role_taken") == 2
    assert (await door.get("/api/v1/platform/people")).status_code == 403


async def test_a_suspended_account_is_closed_at_once(client: httpx.AsyncClient) -> None:
    admin, door = await sign_in(client, role="platform_admin"), await new_account(client)
    url = f"/api/v1/platform/people/{door.person_id}/suspension"
    assert (await admin.put(url, json={"suspended": True})).json()["suspended"] is True
    assert (await door.get("/api/v1/session")).json()["person"] is None
    assert (await enter(client, door.email))[1].status_code == 401
    await admin.put(url, json={"suspended": False})
    assert (await enter(client, door.email))[1].status_code == 200
    own = f"/api/v1/platform/people/{admin.person_id}/suspension"
    assert (await admin.put(own, json={"suspended": True})).status_code == 403
