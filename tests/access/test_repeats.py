"""A demand sent twice, a change made from an old reading: every unsafe route is in one of four classes, none in none.

`Idempotency-Key` in its contract: the same key gives the same answer, another body is refused. `If-Match`: 428
without it, 412 when it is old. The others are named below, with why a repetition harms nothing.
"""

from collections import Counter
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI

from tests.access.census import Census
from tests.access.places import Place, plant_more, unsafe
from tests.access.planted import plant
from tests.access.rows import counts
from tests.accounts.people import sign_in

SECRET_ONCE: Final = {
    "POST /api/v1/api-keys",
    "POST /api/v1/me/recovery-codes",
    "POST /api/v1/me/totp",
    "POST /api/v1/purchases/{ident}/feeds",
    "POST /api/v1/purchases/{ident}/shares",
}
"""The answer holds a secret that is kept nowhere, so it cannot be given again: the list shows it, one takes it away."""
SERVES_ONCE: Final = {
    "POST /api/v1/invitations/accept",
    "POST /api/v1/invitations/newcomer",
    "POST /api/v1/me/email/confirm",
    "POST /api/v1/me/passkeys",
    "POST /api/v1/me/totp/confirm",
    "POST /api/v1/passphrase/reset/complete",
    "POST /api/v1/session/proof",
    "POST /api/v1/session/proof/passkey",
    "POST /api/v1/sign-in/passkey",
    "POST /api/v1/sign-in/passphrase",
    "POST /api/v1/sign-in/second-factor",
    "POST /api/v1/sign-up/complete",
}
"""A link, a code or a challenge that serves once, or a way in."""
ASKS: Final = {
    "POST /api/v1/agec-declarations",
    "POST /api/v1/analyses",
    "POST /api/v1/analyses/{ident}/corrections",
    "POST /api/v1/awards/simulate",
    "POST /api/v1/charter/letters/{name}",
    "POST /api/v1/check",
    "POST /api/v1/demo/session",
    "POST /api/v1/documents",
    "POST /api/v1/documents/preview",
    "POST /api/v1/documents/with-template",
    "POST /api/v1/documents/with-template/preview",
    "POST /api/v1/duties/assess",
    "POST /api/v1/edition/lint",
    "POST /api/v1/invitations/read",
    "POST /api/v1/life-cycle-costs",
    "POST /api/v1/market/feasibility",
    "POST /api/v1/me/export",
    "POST /api/v1/me/passkeys/options",
    "POST /api/v1/network/argumentaires",
    "POST /api/v1/proconnect/start",
    "POST /api/v1/publication-codes",
    "POST /api/v1/recommendations",
    "POST /api/v1/session/proof/passkey/options",
    "POST /api/v1/sign-in/passkey/options",
    "POST /api/v1/sourcings/{ident}/synthesis",
}
"""Calculates, composes or prepares a way in; what is kept of it, if anything, goes by itself within the day."""
ONE_LETTER: Final = {
    "POST /api/v1/firm-invitations",
    "POST /api/v1/me/email",
    "POST /api/v1/organisations/join",
    "POST /api/v1/passphrase/reset",
    "POST /api/v1/platform/failed-letters/{ident}/retry",
    "POST /api/v1/sign-up",
    "POST /api/v1/webhooks/{ident}/deliveries/{delivery}/resend",
}
"""A letter or a sending that its own limits keep from being many, without telling who is known here."""
SETTLES: Final = {
    "POST /api/v1/capabilities/import",
    "POST /api/v1/charter/proofs/{ident}",
    "POST /api/v1/firms/{siret}/refresh",
    "POST /api/v1/me/erasure",
    "POST /api/v1/me/notices/lift",
    "POST /api/v1/network/spaces/{code}/moderators",
    "POST /api/v1/organisations/{ident}/requests/{request_id}",
    "POST /api/v1/organisations/{ident}/verification",
    "POST /api/v1/platform/failed-jobs/{ident}/retry",
    "POST /api/v1/platform/refused-addresses/lift",
    "POST /api/v1/proofs/{ident}/verification",
    "POST /api/v1/purchases/{ident}/decisions/{number}/reason",
    "POST /api/v1/shares/comments",
    "POST /api/v1/sourcings/{ident}/application",
    "POST /api/v1/sourcings/{ident}/result",
    "POST /api/v1/unsubscribe/{token}",
}
"""Says how one thing stands: said twice, it stands so once (tested below for those that the planted world allows)."""
CREATES: Final = 201
TWICE_ANYHOW: Final = {
    "security_event",
    "audit_event",
    "mail",
    "job",
    "notice",
    "idempotency_key",
    "attempt",
    "sourcing_event",
}
"""Tables that write down each demand, and what leaves because of it."""


LEAVES: Final = {
    "DELETE /api/v1/me/sessions",
    "DELETE /api/v1/session",
    "POST /api/v1/me/erasure",
    "PUT /api/v1/me/passphrase",
    "PUT /api/v1/session/organisation",
}
"""Ends or changes the session of the planted world."""


def _headers(app: FastAPI, row: Census) -> set[str]:
    operation = app.openapi()["paths"].get(row.path, {}).get(row.method.lower(), {})
    return {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}


async def test_every_unsafe_route_is_in_one_class_and_no_name_is_stale(app: FastAPI) -> None:
    classes = (SECRET_ONCE, SERVES_ONCE, ASKS, ONE_LETTER, SETTLES)
    named = set().union(*classes)
    assert sum(map(len, classes)) == len(named)
    rows, unlisted = unsafe(app), []
    for row in rows:
        if _headers(app, row) & {"Idempotency-Key", "If-Match"}:
            assert row.name not in named, f"{row.name} has its header: take it out of the list"
        elif row.method == "POST" and row.name not in named:
            unlisted.append(row.name)
    assert unlisted == [], "give it Idempotency-Key (it creates) or If-Match (it changes), or say why not"
    assert named <= {row.name for row in rows}
    # PUT and DELETE without a version say a whole state: `test_a_state_said_twice_is_said_once`.
    assert Counter(row.method for row in rows if not _headers(app, row)).keys() <= {"POST", "PUT", "DELETE"}


async def test_a_route_that_creates_takes_a_key(app: FastAPI) -> None:
    creating = {
        row.name
        for row in unsafe(app)
        if str(CREATES) in app.openapi()["paths"][row.path][row.method.lower()]["responses"]
        and not _headers(app, row) & {"Idempotency-Key", "If-Match"}
    }
    once = {"POST /api/v1/network/spaces/{code}/moderators", "POST /api/v1/shares/comments", "POST /api/v1/analyses"}
    assert creating - SECRET_ONCE - SERVES_ONCE == once, "one moderator, the same words of a guest, a file of one day"


# --- In the planted world -------------------------------------------------------------------------


@pytest.fixture(scope="module")
async def place(app: FastAPI, client: httpx.AsyncClient) -> Place:
    world = await plant(client)
    doors = {role: await sign_in(client, role=role) for role in ("editor", "legal_reviewer", "platform_admin")}
    here = Place(app, client, world, doors)
    await plant_more(here)
    return here


async def test_no_change_is_made_blindly_nor_from_an_old_reading(place: Place) -> None:
    wrong, tried = [], 0
    for row in unsafe(place.app):
        if "If-Match" in _headers(place.app, row):
            tried += 1
            blind, old = await place.ask(row), await place.ask(row, If_Match='"987654"')
            told = (blind.status_code, old.status_code)
            if told != (428, 412):
                wrong.append(f"{row.name}: {told} {blind.text[:300]}")
    assert not wrong, "\n".join(wrong)
    assert tried >= 50


async def test_the_same_key_gives_the_same_answer_and_another_body_is_refused(place: Place) -> None:
    wrong, tried, varied = [], 0, 0
    for number, row in enumerate(unsafe(place.app)):
        if "Idempotency-Key" not in _headers(place.app, row):
            continue
        tried += 1
        key = f"cle-de-la-route-{number}"
        first = await place.ask(row, Idempotency_Key=key)
        again = await place.ask(row, Idempotency_Key=key)
        if not (first.is_success and (first.status_code, first.json()) == (again.status_code, again.json())):
            wrong.append(f"{row.name}: {first.status_code} {again.status_code} {first.text[:300]}")
        body = place.body(row)
        if changed := _changed(body.get("json")):
            varied += 1
            place.bodies[row.name] = body | {"json": changed}
            other = await place.ask(row, Idempotency_Key=key)
            if (other.status_code, other.json().get("type")) != (422, "/problems/idempotence"):
                wrong.append(f"{row.name}, another body: {other.status_code} {other.text[:300]}")
    assert not wrong, "\n".join(wrong)
    assert (tried >= 30, varied >= 15) == (True, True), (tried, varied)


def _changed(body: Any) -> Any:
    """The same body with one word more in its first free text."""
    for name, value in (body or {}).items():
        if isinstance(value, str) and " " in value:
            return body | {name: value.replace(" ", " bien ", 1)}
        if isinstance(value, dict) and (inner := _changed(value)):
            return body | {name: inner}
    return None


async def test_a_state_said_twice_is_said_once(place: Place) -> None:
    """What has neither header: the second time, the answer is as good (or says that it is gone) and no row is new."""
    wrong, tried = [], 0
    for row in unsafe(place.app):
        states = row.name in SETTLES or row.method in {"PUT", "DELETE"}
        if not states or _headers(place.app, row) & {"Idempotency-Key", "If-Match"} or row.name in LEAVES:
            continue
        first = await place.ask(row)
        before = await counts(place.app)
        again = await place.ask(row)
        after = await counts(place.app)
        more = {name for name in after if after[name] > before.get(name, 0)} - TWICE_ANYHOW
        tried += first.is_success
        good = again.status_code == first.status_code or again.status_code in {404, 409}
        if more or not good or again.status_code >= 500:
            wrong.append(f"{row.name}: {first.status_code} {again.status_code} {more}")
    assert not wrong, "\n".join(wrong)
    assert tried >= 12, tried
