"""What is announced to other systems: each act in its transaction, to whom it concerns, and nothing sealed."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text

from app.library.load import LoadReport, write_journal
from app.library.models import LibraryChange, LibraryGeneration
from app.outbound.models import WebhookDelivery
from app.outbound.rules import EVENTS
from app.purchases import alerting
from tests.accounts.people import Door, make_organisation, sign_in
from tests.charter.test_adhesion import asked, decided
from tests.market.sourcing_makers import answer, at, buyer, closing, org_of, published, supplier
from tests.outbound.receiver import empty_queue, work
from tests.purchases.makers import draft, item

SECRET = "jeton-de-reponse-4471"  # noqa: S105 (a canary)


@pytest.fixture(autouse=True)
async def _alone(app: FastAPI, client: httpx.AsyncClient) -> None:
    del client
    await empty_queue(app)


async def listen(door: Door) -> int:
    body = {"name": "Tout", "url": "https://hook.exemple.fr/", "events": sorted(EVENTS)}
    made = await door.post("/api/v1/webhooks", json=body)
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


async def heard(app: FastAPI, hook: int) -> list[tuple[str, dict[str, Any]]]:
    asked_for = select(WebhookDelivery.body).where(WebhookDelivery.webhook_id == hook).order_by(WebhookDelivery.id)
    async with app.state.sessions() as session:
        told = [json.loads(body) for body in await session.scalars(asked_for)]
    return [(one["type"], one["data"]) for one in told]


async def test_a_sourcing_is_told_to_the_buyer_and_to_each_firm_and_its_answers_to_nobody(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    door, firm, other = await buyer(client), await supplier(client), await supplier(client)
    hooks = [await listen(one) for one in (door, firm, other)]
    ident = await published(door)
    assert (await answer(firm, ident, SECRET)).status_code == 200
    closes_at = await closing(door, ident)
    with at(closes_at + timedelta(minutes=1)):
        keyed = await sign_in(
            client, role="key_writer", organisation=await org_of(client, door.organisation_id), name="writer",
            scopes=["sourcages:lecture", "sourcages:ecriture"],
        )  # fmt: skip
        read = await keyed.post(f"/api/v1/sourcings/{ident}/synthesis")
        assert SECRET in read.text, read.text
    told = [await heard(app, hook) for hook in hooks]
    stamp = closes_at.isoformat(timespec="seconds")
    assert told[0] == [
        ("sourcing.published", {"id": ident, "closes_at": stamp, "resource": f"/api/v1/sourcings/{ident}"}),
        ("sourcing.closed", {"id": ident, "closed_at": stamp, "resource": f"/api/v1/sourcings/{ident}"}),
    ]
    request = (
        "firm.request",
        {"sourcing": ident, "closes_at": stamp, "resource": f"/api/v1/published-sourcings/{ident}"},
    )
    assert told[1:] == [[request], [request]]


async def test_an_adhesion_to_the_charter_is_told_when_it_is_accepted(app: FastAPI, client: httpx.AsyncClient) -> None:
    organisation = await make_organisation(client)
    admin, row = await asked(client, organisation)
    hook = await listen(admin)
    assert (await decided(client, row, accept=True)).status_code == 200
    [(event, data)] = await heard(app, hook)
    assert (event, data["id"]) == ("charter.accepted", row["id"])


async def test_a_changed_clause_is_told_to_all_and_to_the_files_that_hold_it(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    door = await sign_in(client, role="writer", organisation=await make_organisation(client))
    far = await sign_in(client, role="writer", organisation=await make_organisation(client))
    hooks = [await listen(door), await listen(far)]
    body = {"draft": draft(items=[item("CEC-MOB-001")])}
    file = (await door.post("/api/v1/purchases", json=body)).json()["id"]
    async with app.state.sessions() as session:
        # Undone at the end: the library of the other tests stays as it is.
        generation = await session.get_one(LibraryGeneration, 1, with_for_update=True)
        report = LoadReport(changed={"CEC-MOB-001": 1}, withdrawn={"CEC-MOB-002": 1})
        await write_journal(session, report, generation)
        waiting = "SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'files:tell_changes'"
        assert (await session.execute(text(waiting))).scalar_one() == 1
        await alerting.tell(session, generation.number)
        told: dict[int, list[tuple[str, str]]] = {hook: [] for hook in hooks}
        mine = select(WebhookDelivery).where(WebhookDelivery.webhook_id.in_(hooks)).order_by(WebhookDelivery.id)
        for one in await session.scalars(mine):
            data = json.loads(one.body)["data"]
            told[one.webhook_id].append((one.event, data.get("clause") or data["id"]))
            assert one.event != "file.alert" or data["file"] == file
        await session.rollback()
    public = [("clause.published", "CEC-MOB-001"), ("clause.withdrawn", "CEC-MOB-002")]
    assert told == {hooks[0]: [*public, ("file.alert", "CEC-MOB-001")], hooks[1]: public}
    async with app.state.sessions() as session:
        count = select(func.count()).select_from(LibraryChange).where(LibraryChange.kind == "withdrawn")
        assert await session.scalar(count) == 0


async def test_a_job_whose_worker_died_is_done_by_another(app: FastAPI, client: httpx.AsyncClient) -> None:
    del client
    async with app.state.sessions() as session, session.begin():
        await session.execute(
            text("SELECT jobs.defer_job('default', 'files:tell_changes', '{\"generation\": 0}', NULL, NULL)")
        )
        await session.execute(text("SET LOCAL search_path = jobs, public"))
        await session.execute(text("UPDATE jobs.procrastinate_jobs SET status = 'doing', worker_id = NULL"))
        await session.execute(
            text("SELECT jobs.defer_job('default', 'rescue:rescue', '{\"timestamp\": 0}', NULL, NULL)")
        )
    await work(app, app.state.settings)
    async with app.state.sessions() as session:
        left = "SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'files:tell_changes'"
        assert (await session.execute(text(left))).scalar_one() == 0
