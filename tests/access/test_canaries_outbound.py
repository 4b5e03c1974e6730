"""What leaves the house carries no mark of others: webhooks, letters as sent, digests, feeds, exports, tools (S26)."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Final

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text as sql

from app.accounts import notices
from app.accounts.sessions import now
from app.market.sourcing import results
from app.market.sourcing.models import Sourcing
from app.outbound.rules import EVENTS
from tests.access import canary
from tests.access.planted import API, World, plant
from tests.accounts.people import make_organisation, sign_in
from tests.market import sourcing_makers
from tests.market.sourcing_makers import at, closing, supplier
from tests.outbound.receiver import empty_queue, receiving, work
from tests.outbound.smtp import posting

FEEDS: Final = ("clauses.atom", "programmes.atom", "network/events/calendar.ics", "changes")
EXPORTS: Final = ("clauses.jsonl", "clauses.csv", "charter/signatories.csv", "datapackage.json", "dashboard")


@pytest.fixture(scope="module")
async def world(client: httpx.AsyncClient) -> World:
    return await plant(client)


async def test_webhooks_and_letters_of_a_rival_and_of_the_buyer_carry_no_answer_and_no_private_sentence(
    app: FastAPI, client: httpx.AsyncClient, world: World
) -> None:
    await empty_queue(app)
    before = app.state.settings
    async with receiving() as receiver, posting() as post:
        settings = before.model_copy(
            update={"webhook_loopback": True, "smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_security": "none"}
        )
        app.state.settings = settings
        try:
            rival = await supplier(client)
            other = await sign_in(client, role="administrator", organisation=await make_organisation(client))
            for door in (rival, other, world.buyer, world.firm):
                body = {"name": "Tout", "url": receiver.url, "events": sorted(EVENTS)}
                assert (await door.post(f"{API}/webhooks", json=body)).status_code == 201
            await rival.put(f"{API}/me/notices", json={"paces": {"sourcing": "daily"}})
            ident = await sourcing_makers.published(world.buyer)
            sealed = world.mark("sealed", "réponse scellée")
            assert (await sourcing_makers.answer(world.firm, ident, sealed)).status_code == 200
            await work(app, settings)
            async with app.state.sessions() as session, session.begin():
                await notices.write_digest(session, settings, rival.person_id)
            end = await closing(world.buyer, ident)
            await _close(app, ident, end + timedelta(minutes=1))
            await work(app, settings)
        finally:
            app.state.settings = before
    told = [body.decode() for _, _, body in receiver.heard]
    assert {"sourcing.published", "sourcing.closed", "firm.request"} <= {word.split('"')[3] for word in told}
    letters = [message_from_bytes(raw, policy=default) for raw in post.letters]
    assert rival.email in {letter["To"] for letter in letters}
    inside = {world.buyer.email, world.firm.email}
    words = [f"{one['Subject']}\n{one.get_content()}" for one in letters if one["To"] not in inside]
    assert [leak for one in (*told, *words) for leak in canary.leaks(one, world)] == []


async def _close(app: FastAPI, ident: int, moment: datetime) -> None:
    """The job of the closing, at its hour."""

    with at(moment):
        async with app.state.sessions() as session, session.begin():
            row = await session.get_one(Sourcing, ident, with_for_update=True)
            await results.open_answers(session, app.state.settings, row, now())


async def test_feeds_exports_and_saved_searches_of_others_carry_no_mark(
    client: httpx.AsyncClient, world: World
) -> None:
    rival = await supplier(client)
    saved = await rival.post(
        f"{API}/saved-searches", json={"subject": "firms", "name": "Mobilier", "query": "family=mobilier"}
    )
    feed = saved.json()["feed"]
    found: list[str] = []
    for door in (client, rival):
        for place in (*(f"{API}/{name}" for name in (*FEEDS, *EXPORTS)), feed):
            answer = await door.get(place, params={"since": 0} if place.endswith("/changes") else None)
            assert answer.status_code == 200, place
            found += [f"{place}: {leak}" for leak in canary.leaks(canary.readable(answer), world)]
    assert found == []


async def test_what_is_kept_to_be_sent_holds_no_sealed_answer(app: FastAPI, world: World) -> None:
    asked = {
        "webhook_delivery": "SELECT string_agg(body, ' ') FROM webhook_delivery",
        "notice": "SELECT string_agg(title || page, ' ') FROM notice",
        "mail": "SELECT string_agg(subject || body, ' ') FROM mail",
    }
    sealed = [mark for mark, whose in world.marks.items() if whose == "sealed"]
    async with app.state.sessions() as session:
        for table, query in asked.items():
            kept = (await session.execute(sql(query))).scalar_one() or ""
            assert [mark for mark in sealed if mark in kept] == [], table


async def test_the_search_for_marks_bites(world: World) -> None:
    mark = next(iter(world.marks))
    assert canary.leaks(f"avant {mark} après", world) == [mark]
