"""One's own account: name, address, passphrase, sessions, keys, history."""

import io
import logging
from typing import Any

import httpx
from sqlalchemy import select

from app.accounts.models_access import ApiKey
from app.accounts.tokens import KEY_FORM
from app.web import logs
from tests.accounts.people import make_organisation, sign_in
from tests.accounts.post import GOOD, carry, enter, letters, new_account, new_email, state, token_in
from tests.accounts.test_personal import occurrences


async def test_a_name_is_changed_from_the_version_that_was_read(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    read = await door.get("/api/v1/me")
    body = {"given_name": "Jeanne", "family_name": "Petit"}
    assert (await door.patch("/api/v1/me", json=body)).status_code == 428
    changed = await door.patch("/api/v1/me", json=body, headers={"If-Match": read.headers["ETag"]})
    assert (changed.status_code, changed.json()["given_name"]) == (200, "Jeanne")
    stale = await door.patch("/api/v1/me", json=body, headers={"If-Match": read.headers["ETag"]})
    assert (stale.status_code, stale.headers["ETag"]) == (412, changed.headers["ETag"])


async def test_a_server_owned_field_is_refused(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    body: dict[str, Any] = {"given_name": "A", "family_name": "B", "platform_roles": ["platform_admin"]}
    answer = await door.patch("/api/v1/me", json=body, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/platform_roles")


async def test_an_address_changes_once_the_new_one_is_confirmed_and_the_old_one_is_told(
    client: httpx.AsyncClient,
) -> None:
    door, email = await new_account(client), new_email()
    elsewhere, _ = await enter(client, door.email)
    assert (await door.post("/api/v1/me/email", json={"email": email})).status_code == 202
    assert email in (await letters(client, door.email))[-1].body
    token = await token_in(client, email)
    thief = await new_account(client)
    assert (await thief.post("/api/v1/me/email/confirm", json={"token": token})).status_code == 410
    answer = await door.post("/api/v1/me/email/confirm", json={"token": token})
    assert carry(door, answer)["person"]["email"] == email
    assert (await elsewhere.get("/api/v1/session")).json()["person"] is None
    assert (await enter(client, email))[1].status_code == 200


async def test_an_address_already_taken_is_not_told_to_who_asks(client: httpx.AsyncClient) -> None:
    door, other = await new_account(client), await new_account(client)
    taken = await door.post("/api/v1/me/email", json={"email": other.email})
    free = await door.post("/api/v1/me/email", json={"email": new_email()})
    assert (taken.status_code, taken.content) == (free.status_code, free.content)
    assert "déjà un compte" in (await letters(client, other.email))[-1].subject


async def test_a_new_passphrase_closes_the_other_sessions(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    elsewhere, _ = await enter(client, door.email)
    answer = await door.put("/api/v1/me/passphrase", json={"passphrase": "sept canards parlent peu"})
    carry(door, answer)
    assert (await elsewhere.get("/api/v1/session")).json()["person"] is None
    assert (await door.get("/api/v1/session")).json()["person"] is not None
    assert (await enter(client, door.email, GOOD))[1].status_code == 401


async def test_sessions_are_listed_and_closed_from_afar(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    elsewhere, _ = await enter(client, door.email)
    mine = (await door.get("/api/v1/me/sessions")).json()["items"]
    assert sorted(one["current"] for one in mine) == [False, True]
    other = next(one["id"] for one in mine if not one["current"])
    stranger = await new_account(client)
    assert (await stranger.delete(f"/api/v1/me/sessions/{other}")).status_code == 404
    assert (await door.delete(f"/api/v1/me/sessions/{other}")).status_code == 204
    assert (await elsewhere.get("/api/v1/session")).json()["person"] is None


async def test_the_history_tells_what_happened_by_pages(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    await enter(client, door.email, "une autre phrase de passe")
    await enter(client, door.email)
    first = (await door.get("/api/v1/me/history?limit=2")).json()
    assert [event["kind"] for event in first["items"]] == ["signed_in", "sign_in_refused"]
    rest = (await door.get(f"/api/v1/me/history?limit=2&cursor={first['next']}")).json()
    assert [event["kind"] for event in rest["items"]] == ["signed_in", "account_created"]
    assert (first["items"][0]["label"], first["items"][0]["ip_prefix"].endswith(".0/24")) == ("Connexion", True)
    assert (await door.get("/api/v1/me/history?cursor=zzz")).status_code == 400


async def test_a_key_is_shown_once_works_and_is_revoked(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    door = await sign_in(client, role="writer", organisation=org)
    body = {"name": "Logiciel de marchés", "scopes": ["lecture", "dossiers:ecriture"], "days": 30}
    made = await door.post("/api/v1/api-keys", json=body)
    key = made.json()["key"]
    assert (made.status_code, bool(KEY_FORM.fullmatch(key))) == (201, True)
    listed = (await door.get("/api/v1/api-keys")).json()["items"]
    assert (listed[0]["prefix"] in key, "key" in listed[0]) == (True, False)
    async with state(client).sessions() as session:
        row = (await session.scalars(select(ApiKey).where(ApiKey.id == made.json()["id"]))).one()
    secret, stream = key.rsplit("_", 1)[1], io.StringIO()
    handler = logs.install(stream)
    visitor = await sign_in(client, role="visitor")
    bearer = {"Authorization": f"Bearer {key}"}
    assert (await visitor.get("/api/v1/purchases", headers=bearer)).status_code == 200
    for name in ("key", "api_key", "access_token", "token"):
        assert (await visitor.get("/api/v1/purchases", params={name: key})).status_code in {400, 401}, (
            "never by address"
        )
    await visitor.get("/api/v1/purchases", headers={"Authorization": f"Basic {key}"})
    logging.getLogger().removeHandler(handler)
    assert stream.getvalue().count("\n") >= 6
    assert secret not in stream.getvalue()
    assert occurrences(state(client).database_url, [secret]) == [], "nowhere in a dump, jobs included"
    stranger = await sign_in(client, organisation="B")
    assert (await stranger.delete(f"/api/v1/api-keys/{row.id}")).status_code == 404
    assert (await door.delete(f"/api/v1/api-keys/{row.id}")).status_code == 204
    used = await (await sign_in(client, role="visitor")).get(
        "/api/v1/session", headers={"Authorization": f"Bearer {key}"}
    )
    assert used.status_code == 401


async def test_a_key_asks_for_known_scopes_a_free_name_and_a_year_at_most(client: httpx.AsyncClient) -> None:
    org = await make_organisation(client)
    door = await sign_in(client, role="reader", organisation=org)
    good = {"name": "Lecture", "scopes": ["lecture"], "days": 365}
    assert (await door.post("/api/v1/api-keys", json=good)).status_code == 201
    for change in ({"name": "Lecture"}, {"scopes": ["tout"]}, {"scopes": []}, {"days": 366}):
        assert (await door.post("/api/v1/api-keys", json={**good, "name": "Autre", **change})).status_code == 422
    writing = await door.post("/api/v1/api-keys", json={**good, "name": "Écrire", "scopes": ["ecriture"]})
    assert writing.status_code == 403


async def test_a_key_makes_no_key(client: httpx.AsyncClient) -> None:
    key = await sign_in(client, role="key_writer")
    answer = await key.post("/api/v1/api-keys", json={"name": "Fille", "scopes": ["lecture"]})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/interdit")
