"""Organisations: by SIRET, verified when the register answers, joined by invitation, never left without a head."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from procrastinate import App
from sqlalchemy import select, update
from starlette.responses import Response

from app.accounts.models import Invitation, Organisation
from app.accounts.rules import OrganisationKind, siret_of
from app.accounts.sessions import now
from app.main import JOBS
from app.outbound import jobs
from tests.accounts.people import Door, make_organisation, sign_in, siret_for
from tests.accounts.post import GOOD, carry, enter, letters, new_account, new_email, state, token_in
from tests.registries.register import KNOWN, Register


@pytest.mark.parametrize(
    "typed",
    ["73282932000074", "732 829 320 00074", "35600000000048", "35600000049837", " 7328 2932 0000 74 "],
)
def test_a_real_number_is_a_siret(typed: str) -> None:
    assert siret_of(typed) is not None


@pytest.mark.parametrize(
    "typed", ["73282932000075", "35600000049838", "7328293200007", "732829320000744", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "abc", ""]
)
def test_anything_else_is_not(typed: str) -> None:
    assert siret_of(typed) is None


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place: int, shift: int) -> None:
    good = "73282932000074"
    wrong = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    assert siret_of(wrong) is None


@pytest.fixture
async def register(client: httpx.AsyncClient) -> AsyncIterator[Register]:
    before, register = state(client).companies, Register()
    state(client).companies = register.client()
    yield register
    state(client).companies = before


async def work(client: httpx.AsyncClient, register: Register) -> None:
    """Runs the jobs that wait, as the worker does."""
    kept = state(client)
    context: dict[str, Any] = {
        "sessions": kept.sessions,
        "clauses": kept.settings.clauses,
        "settings": kept.settings,
        "companies": register.client(),
    }
    connected: App
    with JOBS.replace_connector(jobs.connector(kept.database_url)) as connected:
        async with connected.open_async():
            await connected.run_worker_async(
                wait=False, install_signal_handlers=False, delete_jobs="successful", additional_context=context
            )


async def _forget(client: httpx.AsyncClient, siret: str) -> None:
    """Frees a number that an earlier test of this worker used."""
    async with state(client).sessions() as session, session.begin():
        used = update(Organisation).where(Organisation.siret == siret)
        await session.execute(used.values(siret=siret_for(70_000 + int(now().timestamp() * 10) % 9_000)))


async def test_a_wrong_number_is_refused_before_any_call(client: httpx.AsyncClient, register: Register) -> None:
    door = await new_account(client)
    answer = await door.get("/api/v1/organisations/lookup?siret=73282932000075")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "?siret")
    body = {"siret": "73282932000075", "kind": "firm", "name": "X"}
    assert (await door.post("/api/v1/organisations", json=body)).status_code == 422
    assert register.calls == []


async def test_the_register_gives_the_name_and_the_address(client: httpx.AsyncClient, register: Register) -> None:
    await _forget(client, KNOWN)
    door = await new_account(client)
    said = (await door.get(f"/api/v1/organisations/lookup?siret={KNOWN}")).json()
    assert (said["status"], said["name"], said["registered"]) == ("found", "CARREFOUR", False)
    body = {"siret": KNOWN, "kind": "firm", "name": "Un nom tapé"}
    made = (await door.post("/api/v1/organisations", json=body)).json()
    assert (made["name"], made["department"], made["verification"]) == ("CARREFOUR", "06", "verified")
    assert register.calls == [KNOWN]
    said = (await door.get("/api/v1/session")).json()
    assert (said["organisation"]["id"], said["organisation"]["role"]) == (made["id"], "administrator")
    again = await (await new_account(client)).post("/api/v1/organisations", json=body)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/organisation-connue")


async def test_a_silent_register_stops_nobody_and_is_asked_again(client: httpx.AsyncClient, register: Register) -> None:
    await _forget(client, KNOWN)
    register.next = Response(status_code=503)
    door = await new_account(client)
    body = {"siret": KNOWN, "kind": "firm", "name": "Nom tapé à la main"}
    made = (await door.post("/api/v1/organisations", json=body)).json()
    assert (made["name"], made["verification"]) == ("Nom tapé à la main", "pending")
    await work(client, register)
    assert (await door.get(f"/api/v1/organisations/{made['id']}")).json()["verification"] == "pending"
    register.next = None
    # The periodic round, as the clock would start it.
    with JOBS.replace_connector(jobs.connector(state(client).database_url)) as connected:
        async with connected.open_async():
            await connected.tasks["accounts:verify_pending"].defer_async(timestamp=0)
    await work(client, register)
    checked = (await door.get(f"/api/v1/organisations/{made['id']}")).json()
    assert (checked["verification"], checked["name"]) == ("verified", "CARREFOUR")


async def test_the_same_creation_sent_twice_makes_one_organisation(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    body = {"siret": siret_for(61_000 + door.person_id % 9_000), "kind": "local_authority", "name": "Commune"}
    twice = [
        await door.post("/api/v1/organisations", json=body, headers={"Idempotency-Key": "une-seule-fois"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in twice] == [201, 201]
    assert twice[0].json() == twice[1].json()


async def test_another_organisation_answers_as_if_it_did_not_exist(client: httpx.AsyncClient) -> None:
    mine, other = await make_organisation(client), await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=mine)
    for path in ("", "/members", "/invitations", "/requests", "/history", "/history.csv"):
        foreign = await admin.get(f"/api/v1/organisations/{other.id}{path}")
        unknown = await admin.get(f"/api/v1/organisations/2000000000{path}")
        traces = [answer.json().pop("trace_id", "") for answer in (foreign, unknown)]
        bodies = [answer.text.replace(trace, "") for answer, trace in zip((foreign, unknown), traces, strict=True)]
        assert (foreign.status_code, bodies[0]) == (404, bodies[1])


async def test_an_administrator_changes_the_kind_from_the_version_read(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=org)
    writer = await sign_in(client, role="writer", organisation=org)
    url = f"/api/v1/organisations/{org.id}"
    read = await admin.get(url)
    body = {"name": org.name, "kind": "public_establishment"}
    headers = {"If-Match": read.headers["ETag"]}
    assert (await writer.put(url, json=body, headers=headers)).status_code == 403
    assert (await admin.put(url, json=body)).status_code == 428
    assert (await admin.put(url, json=body, headers=headers)).json()["kind"] == "public_establishment"
    assert (await admin.put(url, json=body, headers=headers)).status_code == 412
    firm = {"name": org.name, "kind": "firm"}
    assert (await admin.put(url, json=firm, headers={"If-Match": "*"})).status_code == 403


# --- Invitations ---------------------------------------------------------------------------------


async def _invite(admin: Door, org_id: int, email: str, role: str = "writer") -> httpx.Response:
    return await admin.post(f"/api/v1/organisations/{org_id}/invitations", json={"email": email, "role": role})


async def test_an_invited_newcomer_makes_an_account_and_has_the_role(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin, email = await sign_in(client, role="administrator", organisation=org), new_email()
    assert (await _invite(admin, org.id, email)).status_code == 201
    token, door = await token_in(client, email), await sign_in(client, role="visitor")
    read = (await door.post("/api/v1/invitations/read", json={"token": token})).json()
    assert (read["organisation"], read["role"], read["has_account"]) == (org.name, "writer", False)
    body = {"token": token, "given_name": "Lou", "family_name": "Blanc", "passphrase": GOOD}
    said = carry(door, await door.post("/api/v1/invitations/newcomer", json=body))
    assert (said["organisation"]["id"], said["organisation"]["role"]) == (org.id, "writer")
    again = await door.post("/api/v1/invitations/read", json={"token": token})
    assert again.status_code == 410


async def test_an_invited_member_of_elsewhere_accepts_with_their_account(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin, door = await sign_in(client, role="administrator", organisation=org), await new_account(client)
    await _invite(admin, org.id, door.email, "reader")
    token = await token_in(client, door.email)
    newcomer = {"token": token, "given_name": "A", "family_name": "B", "passphrase": GOOD}
    assert (await door.post("/api/v1/invitations/newcomer", json=newcomer)).status_code == 409
    said = (await door.post("/api/v1/invitations/accept", json={"token": token})).json()
    assert (said["organisation"]["id"], said["organisation"]["role"]) == (org.id, "reader")


async def test_an_invitation_ends_by_time_by_hand_or_by_a_newer_one(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin, door = await sign_in(client, role="administrator", organisation=org), await sign_in(client, role="visitor")

    async def status_of(email: str, place: int = -1) -> int:
        token = await token_in(client, email, place)
        return (await door.post("/api/v1/invitations/read", json={"token": token})).status_code

    late, revoked, twice = new_email(), new_email(), new_email()
    await _invite(admin, org.id, late)
    async with state(client).sessions() as session, session.begin():
        await session.execute(update(Invitation).where(Invitation.email == late).values(expires_at=now()))
    made = (await _invite(admin, org.id, revoked)).json()
    gone = await admin.delete(f"/api/v1/organisations/{org.id}/invitations/{made['id']}")
    await _invite(admin, org.id, twice)
    await _invite(admin, org.id, twice)
    assert gone.status_code == 204
    assert [await status_of(late), await status_of(revoked)] == [410, 410]
    assert [await status_of(twice, 0), await status_of(twice, 1)] == [410, 200]
    listed = (await admin.get(f"/api/v1/organisations/{org.id}/invitations")).json()["items"]
    assert [one["email"] for one in listed] == [twice]


async def test_only_an_administrator_with_a_second_factor_invites(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    for role, strong in (("writer", True), ("administrator", False)):
        door = await sign_in(client, role=role, organisation=org, strong=strong)
        assert (await _invite(door, org.id, new_email())).status_code == 403


async def test_an_invitation_used_by_many_at_once_serves_once(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin, email = await sign_in(client, role="administrator", organisation=org), new_email()
    await _invite(admin, org.id, email)
    token = await token_in(client, email)
    doors = [await new_account(client) for _ in range(4)]
    answers = await asyncio.gather(*(d.post("/api/v1/invitations/accept", json={"token": token}) for d in doors))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]


# --- Members -------------------------------------------------------------------------------------


async def test_members_show_what_one_may_do_with_them(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=org)
    reader = await sign_in(client, role="reader", organisation=org)
    url = f"/api/v1/organisations/{org.id}/members"
    seen = {one["person_id"]: one["may"] for one in (await admin.get(url)).json()["items"]}
    assert seen == {admin.person_id: [], reader.person_id: ["change_role", "remove"]}
    seen = {one["person_id"]: one["may"] for one in (await reader.get(url)).json()["items"]}
    assert seen == {admin.person_id: [], reader.person_id: ["leave"]}


async def test_the_last_administrator_stays(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=org)
    other = await sign_in(client, role="writer", organisation=org)
    url = f"/api/v1/organisations/{org.id}/members"
    demoted = await admin.patch(f"{url}/{admin.person_id}", json={"role": "reader"}, headers={"If-Match": "*"})
    assert (demoted.status_code, demoted.json()["type"]) == (409, "/problems/dernier-administrateur")
    assert (await admin.delete(f"{url}/{admin.person_id}")).status_code == 409
    raised = await admin.patch(f"{url}/{other.person_id}", json={"role": "administrator"}, headers={"If-Match": "*"})
    assert (raised.status_code, raised.json()["role"]) == (200, "administrator")
    assert (await admin.delete(f"{url}/{admin.person_id}")).status_code == 204
    assert (await admin.get(url)).status_code == 403


async def test_two_administrators_cannot_remove_each_other_at_once(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    one = await sign_in(client, role="administrator", organisation=org, name="un")
    two = await sign_in(client, role="administrator", organisation=org, name="deux")
    url = f"/api/v1/organisations/{org.id}/members"
    answers = await asyncio.gather(one.delete(f"{url}/{two.person_id}"), two.delete(f"{url}/{one.person_id}"))
    assert min(answer.status_code for answer in answers) == 204
    left = await asyncio.gather(one.get(url), two.get(url))
    heads = [m for a in left if a.status_code == 200 for m in a.json()["items"] if m["role"] == "administrator"]
    assert len(heads) == 1


async def test_a_member_leaves_alone_and_removes_nobody(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=org)
    writer = await sign_in(client, role="writer", organisation=org)
    url = f"/api/v1/organisations/{org.id}/members"
    assert (await writer.delete(f"{url}/{admin.person_id}")).status_code == 403
    assert (await writer.delete(f"{url}/{writer.person_id}")).status_code == 204


# --- Security history ----------------------------------------------------------------------------


async def _told(admin: Door, address: str) -> list[tuple[str, str, str, str]]:
    page = (await admin.get(address)).json()
    return [(one["kind"], one["person"], one["by"], one["detail"]) for one in page["items"]]


async def test_administrators_read_who_came_in_and_what_was_given(client: httpx.AsyncClient) -> None:
    org, elsewhere = await make_organisation(client), await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=org, name="Chef")
    guest = await new_account(client)
    await _invite(admin, org.id, guest.email)
    await guest.post("/api/v1/invitations/accept", json={"token": await token_in(client, guest.email)})
    await enter(client, guest.email)
    body = {"name": "Suivi", "scopes": ["lecture"], "days": 30}
    key = (await admin.post("/api/v1/api-keys", json=body)).json()
    await admin.delete(f"/api/v1/api-keys/{key['id']}")
    url = f"/api/v1/organisations/{org.id}"
    await admin.patch(f"{url}/members/{guest.person_id}", json={"role": "reader"}, headers={"If-Match": "*"})
    await admin.delete(f"{url}/members/{guest.person_id}")
    chief, prefix = f"Chef O{org.id}", f"clé {key['prefix']}…"
    told = [
        ("member_removed", "Anne Martin", chief, ""),
        ("role_changed", "Anne Martin", chief, "rôle : lecteur"),
        ("key_revoked", chief, chief, prefix),
        ("key_created", chief, "", prefix),
        ("signed_in", "Anne Martin", "", "phrase de passe"),
        ("joined", "Anne Martin", "", "rôle : rédacteur"),
        ("invited", chief, "", "rôle : rédacteur"),
    ]
    assert await _told(admin, f"{url}/history") == told
    first = (await admin.get(f"{url}/history?limit=3")).json()
    rest = await _told(admin, f"{url}/history?limit=100&cursor={first['next']}")
    assert rest == told[3:]
    sheet = await admin.get(f"{url}/history.csv")
    assert sheet.text.splitlines()[1].split(";")[1:4] == ["Membre retiré", "Anne Martin", chief]
    assert len(sheet.text.splitlines()) == 1 + len(told)
    stranger = await sign_in(client, role="administrator", organisation=elsewhere)
    assert await _told(stranger, f"/api/v1/organisations/{elsewhere.id}/history") == []


async def test_the_history_is_for_administrators_with_a_second_factor(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    url = f"/api/v1/organisations/{org.id}/history"
    for role, strong in (("writer", True), ("administrator", False)):
        door = await sign_in(client, role=role, organisation=org, strong=strong)
        assert (await door.get(url)).status_code == 403
        assert (await door.get(f"{url}.csv")).status_code == 403
    admin = await sign_in(client, role="administrator", organisation=org)
    assert (await admin.get(f"{url}?cursor=zzz")).status_code == 400


# --- Requests to join ----------------------------------------------------------------------------


async def test_who_asks_to_join_waits_for_an_administrator(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=org)
    door = await new_account(client)
    for _ in range(2):
        assert (await door.post("/api/v1/organisations/join", json={"siret": org.siret})).status_code == 202
    assert "demande à rejoindre" in (await letters(client, admin.email))[-1].subject
    waiting = (await admin.get(f"/api/v1/organisations/{org.id}/requests")).json()["items"]
    assert [one["email"] for one in waiting] == [door.email]
    url = f"/api/v1/organisations/{org.id}/requests/{waiting[0]['id']}"
    assert (await admin.post(url, json={"accept": True, "role": "writer"})).status_code == 204
    assert (await admin.post(url, json={"accept": True})).status_code == 409
    entered, _ = await enter(client, door.email)
    assert (await entered.get("/api/v1/session")).json()["organisation"]["role"] == "writer"


async def test_the_active_organisation_is_one_of_mine(client: httpx.AsyncClient) -> None:
    one, two = await make_organisation(client), await make_organisation(client, kind=OrganisationKind.FIRM)
    door = await sign_in(client, role="reader", organisation=one, name="double")
    assert (await door.put("/api/v1/session/organisation", json={"organisation_id": two.id})).status_code == 404
    async with state(client).sessions() as session, session.begin():
        assert await session.scalar(select(Organisation.id).where(Organisation.id == two.id))
