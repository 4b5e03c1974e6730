"""Webhooks: signed as Standard Webhooks says, tried again for three days, stopped with a letter, never elsewhere."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from app.outbound import guard, rules
from app.outbound.announce import announce
from app.outbound.models import Mail, Webhook, WebhookDelivery
from app.settings import Settings
from tests.accounts.people import Door, make_organisation, sign_in
from tests.outbound.receiver import Receiver, answer, empty_queue, hurry, receiving, work

HOOKS = "/api/v1/webhooks"


@pytest.fixture(autouse=True)
async def _alone(app: FastAPI, client: httpx.AsyncClient) -> None:
    del client
    await empty_queue(app)


@pytest.fixture
def loopback(app: FastAPI) -> Iterator[Settings]:
    """The setting of tests: this machine may be called."""
    before = app.state.settings
    app.state.settings = before.model_copy(update={"webhook_loopback": True})
    yield app.state.settings
    app.state.settings = before


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as one:
        yield one


@pytest.fixture
async def door(client: httpx.AsyncClient) -> Door:
    return await sign_in(client, role="administrator", organisation=await make_organisation(client))


async def add(door: Door, url: str, events: tuple[str, ...] = ("charter.accepted",)) -> dict[str, Any]:
    made = await door.post(HOOKS, json={"name": "Intranet", "url": url, "events": list(events)})
    assert made.status_code == 201, made.text
    body: dict[str, Any] = made.json()
    return body


async def happen(app: FastAPI, organisation: int) -> int:
    async with app.state.sessions() as session, session.begin():
        return await announce(session, "charter.accepted", {"id": 7, "resource": "/api/v1/charter"}, organisation)


async def last(door: Door, hook: int) -> dict[str, Any]:
    items = (await door.get(f"{HOOKS}/{hook}/deliveries")).json()["items"]
    found: dict[str, Any] = items[0]
    return found


async def test_the_signature_is_the_one_of_the_standards_own_example() -> None:
    told = rules.signature(
        ["whsec_plJ3nmyCDGBKInavdOK15jsl"],
        "msg_loFOjxBNrRLzqYUf",
        1731705121,
        '{"event_type":"ping","data":{"success":true}}',
    )
    assert told == "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


async def test_an_event_arrives_once_signed_and_is_seen_in_the_log(
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door
) -> None:
    hook = await add(door, receiver.url)
    assert await happen(app, door.organisation_id) == 1
    for _ in range(2):
        await work(app, loopback)
    [(first, headers, body)] = receiver.heard
    assert first == "POST /crochet?de=clausier HTTP/1.1"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    ident, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    assert headers["webhook-signature"] == rules.signature([hook["secret"]], ident, int(stamp), body.decode())
    assert b'"type":"charter.accepted"' in body
    shown = await last(door, hook["id"])
    assert (shown["message_id"], shown["status"], shown["outcome"]) == (ident, 204, "delivered")
    assert (await door.get(f"{HOOKS}/{hook['id']}")).json()["delivered_at"]


async def test_an_act_undone_tells_nothing_and_another_organisation_hears_nothing(
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door
) -> None:
    await add(door, receiver.url)
    async with app.state.sessions() as session:
        await announce(session, "charter.accepted", {}, door.organisation_id)
        await session.rollback()
    assert await happen(app, door.organisation_id + 100_000) == 0
    await work(app, loopback)
    assert receiver.heard == []


@pytest.mark.parametrize(
    ("said", "outcome", "status"),
    [
        (answer("302 Found", "Location: http://127.0.0.1:1/ailleurs"), "redirected", 302),
        (answer("500 Oops"), "refused", 500),
        (answer("404 Not Found"), "refused", 404),
        (b"not http at all\r\n\r\n", "silent", None),
        (b"", "silent", None),
    ],
)
async def test_whatever_is_not_a_yes_is_tried_again_later(  # noqa: PLR0913, PLR0917 (fixtures and cases)
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door, said: bytes, outcome: str, status: int | None
) -> None:
    receiver.answers = [said]
    hook = await add(door, receiver.url)
    await happen(app, door.organisation_id)
    await work(app, loopback, patience=0.3)
    await work(app, loopback, patience=0.3)
    shown = await last(door, hook["id"])
    assert (shown["outcome"], shown["status"], shown["attempts"]) == (outcome, status, 1)
    assert shown["next_at"] > shown["tried_at"]
    assert len(receiver.heard) == 1


async def test_a_busy_receiver_is_left_alone_as_long_as_it_asks(
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door
) -> None:
    receiver.answers = [answer("429 Too Many", "Retry-After: 7200"), answer("200 OK")]
    hook = await add(door, receiver.url)
    await happen(app, door.organisation_id)
    await work(app, loopback)
    async with app.state.sessions() as session:
        row = await session.scalar(select(WebhookDelivery).where(WebhookDelivery.webhook_id == hook["id"]))
        assert 7190 <= (row.next_at - row.tried_at).total_seconds() <= 7200
    await hurry(app)
    await work(app, loopback)
    assert (await last(door, hook["id"]))["outcome"] == "delivered"
    assert receiver.heard[0][1]["webhook-id"] == receiver.heard[1][1]["webhook-id"]


async def test_a_huge_answer_is_not_read(app: FastAPI, loopback: Settings, receiver: Receiver, door: Door) -> None:
    receiver.answers = [answer("200 OK", body=b"x" * 30_000_000)]
    hook = await add(door, receiver.url)
    await happen(app, door.organisation_id)
    await work(app, loopback)
    assert (await last(door, hook["id"]))["outcome"] == "delivered"
    assert receiver.sent < 20_000_000


async def test_an_address_that_is_gone_is_stopped_with_a_letter_to_the_administrators(
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door
) -> None:
    receiver.answers = [answer("410 Gone")]
    hook = await add(door, receiver.url)
    await happen(app, door.organisation_id)
    await work(app, loopback)
    shown = (await door.get(f"{HOOKS}/{hook['id']}")).json()
    assert (shown["enabled"], shown["ended"], "test" in shown["may"]) == (False, "gone", False)
    assert await happen(app, door.organisation_id) == 0
    async with app.state.sessions() as session:
        subjects = list(await session.scalars(select(Mail.subject).where(Mail.recipient == door.email)))
    assert "Le webhook « Intranet » est arrêté" in subjects


async def test_three_days_without_success_stop_the_address(
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door
) -> None:
    receiver.answers = [answer("503 Later")]
    hook = await add(door, receiver.url)
    await happen(app, door.organisation_id)
    for _ in range(len(rules.SCHEDULE) + 1):
        await work(app, loopback)
        await hurry(app)
    shown, delivery = (await door.get(f"{HOOKS}/{hook['id']}")).json(), await last(door, hook["id"])
    assert (shown["ended"], delivery["attempts"], delivery["next_at"]) == ("failing", 10, None)
    assert len(receiver.heard) == 10
    back = {"name": "Intranet", "url": receiver.url, "events": ["charter.accepted"], "enabled": True}
    tag = (await door.get(f"{HOOKS}/{hook['id']}")).headers["ETag"]
    receiver.answers = [answer("200 OK")]
    assert (await door.put(f"{HOOKS}/{hook['id']}", json=back, headers={"If-Match": tag})).json()["enabled"]
    again = await door.post(f"{HOOKS}/{hook['id']}/deliveries/{delivery['id']}/resend")
    assert again.status_code == 202, again.text
    assert (await door.post(f"{HOOKS}/{hook['id']}/deliveries/{delivery['id']}/resend")).status_code == 409
    await work(app, loopback)
    assert (await last(door, hook["id"]))["outcome"] == "delivered"
    assert len({headers["webhook-id"] for _, headers, _ in receiver.heard}) == 1


async def test_after_a_rotation_both_secrets_sign_for_a_day(
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door
) -> None:
    hook = await add(door, receiver.url)
    read = await door.get(f"{HOOKS}/{hook['id']}")
    assert "secret" not in read.json()
    where = f"{HOOKS}/{hook['id']}/rotation"
    rotated = (await door.post(where, headers={"If-Match": read.headers["ETag"]})).json()
    assert (await door.post(where, headers={"If-Match": read.headers["ETag"]})).status_code == 412
    assert rotated["secret"] != hook["secret"]
    await happen(app, door.organisation_id)
    await work(app, loopback)
    async with app.state.sessions() as session, session.begin():
        row = await session.get(Webhook, hook["id"])
        row.former_until = row.created_at
    await happen(app, door.organisation_id)
    await work(app, loopback)
    for (_, headers, body), secrets in zip(
        receiver.heard, ([rotated["secret"], hook["secret"]], [rotated["secret"]]), strict=True
    ):
        told = headers["webhook-id"], int(headers["webhook-timestamp"]), body.decode()
        assert headers["webhook-signature"] == rules.signature(secrets, *told)


async def test_a_creation_sent_twice_makes_one_and_the_secret_is_kept_sealed(app: FastAPI, door: Door) -> None:
    body = {"name": "Intranet", "url": "https://hook.exemple.fr/x", "events": ["clause.published"]}
    headers = {"Idempotency-Key": "webhook-deux-fois"}
    made = [(await door.post(HOOKS, json=body, headers=headers)).json() for _ in range(2)]
    assert made[0] == made[1]
    listed = (await door.get(HOOKS)).json()
    assert [one["id"] for one in listed["items"]] == [made[0]["id"]]
    async with app.state.sessions() as session:
        kept = await session.scalar(text("SELECT string_agg(answer, ' ') FROM idempotency_key"))
        row = await session.get(Webhook, made[0]["id"])
    assert made[0]["secret"] not in kept + row.sealed_secret


async def test_a_key_reads_and_writes_webhooks_within_its_scopes(client: httpx.AsyncClient) -> None:
    place = await make_organisation(client)
    body = {"name": "Par clé", "url": "https://hook.exemple.fr/x", "events": ["clause.published"]}
    reads = await sign_in(client, role="key_reader", organisation=place, scopes=["webhooks:lecture"])
    writes = await sign_in(client, role="key_writer", organisation=place, scopes=["webhooks:ecriture"])
    other = await sign_in(client, role="key_writer", organisation=place, scopes=["dossiers:ecriture"])
    assert (await reads.get(HOOKS)).status_code == 200
    told = [(await door.post(HOOKS, json=body)).status_code for door in (reads, other, writes)]
    assert told == [403, 403, 201]


async def test_a_test_message_is_sent_once_and_never_tried_again(
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door
) -> None:
    receiver.answers = [answer("500 Oops")]
    hook = await add(door, receiver.url)
    assert (await door.post(f"{HOOKS}/{hook['id']}/test")).status_code == 202
    await work(app, loopback)
    shown = await last(door, hook["id"])
    assert (shown["event"], shown["status"], shown["next_at"], shown["may"]) == ("webhook.test", 500, None, ["resend"])


async def test_a_receiver_that_hangs_holds_one_place_and_the_others_are_served(
    app: FastAPI, loopback: Settings, receiver: Receiver, door: Door
) -> None:
    async with receiving() as slow:
        slow.answers = [b""]
        await add(door, slow.url)
        for _ in range(6):
            await happen(app, door.organisation_id)
        hook = await add(door, receiver.url)
        await happen(app, door.organisation_id)
        await work(app, loopback, patience=0.5)
        assert (await last(door, hook["id"]))["outcome"] == "delivered"
        assert len(slow.heard) == 1


async def test_an_event_or_a_field_that_does_not_exist_is_refused_beside_it(door: Door) -> None:
    good = {"name": "X", "url": "https://hook.exemple.fr/", "events": ["clause.published"]}
    told = await door.post(HOOKS, json=good | {"events": ["answer.received"]})
    assert (told.status_code, told.json()["errors"][0]["pointer"]) == (422, "/events")
    told = await door.post(HOOKS, json=good | {"url": "https://10.0.0.1/"})
    assert (told.status_code, told.json()["errors"][0]["pointer"]) == (422, "/url")


async def test_another_organisation_sees_and_changes_nothing(client: httpx.AsyncClient, door: Door) -> None:
    hook = await add(door, "https://hook.exemple.fr/")
    other = await sign_in(client, role="administrator", organisation="B")
    reader = await sign_in(client, role="reader", organisation="B")
    assert (await other.get(f"{HOOKS}/{hook['id']}")).status_code == 404
    assert (await other.post(f"{HOOKS}/{hook['id']}/test")).status_code == 404
    assert (await other.delete(f"{HOOKS}/{hook['id']}")).status_code == 404
    assert hook["id"] not in [one["id"] for one in (await reader.get(HOOKS)).json()["items"]]
    assert (await reader.delete(f"{HOOKS}/{hook['id']}")).status_code == 403


async def test_the_wait_grows_to_three_days_and_obeys_retry_after() -> None:
    waits = [rules.wait_before(n, timedelta(), draw=0) for n in range(1, 11)]
    assert [int(one.total_seconds()) for one in waits if one] == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert waits[-1] is None
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    told = [rules.retry_after(said, now=moment).total_seconds() for said in ("30", "Tue, 24 Nov 2026 00:01:00 GMT")]
    assert (told, rules.retry_after("soon", now=moment).total_seconds()) == ([30, 60], 0)
    assert rules.retry_after("9" * 40, now=moment) == rules.LONGEST_WAIT


async def test_the_public_ports_and_names_are_accepted() -> None:
    for url in ("https://hook.exemple.fr", "https://hook.exemple.fr:8443/a?b=c", "https://xn--rsum-bpad.exemple.fr/"):
        assert guard.check_form(url).hostname
