"""The jobs that bring events to the addresses of organisations: signed, tried again for three days, then given up."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from procrastinate import Blueprint, JobContext
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import sealing
from app.outbound import rules
from app.outbound.announce import DELIVER
from app.outbound.defer import defer
from app.outbound.models import Webhook, WebhookDelivery
from app.outbound.post import PATIENCE, Answer, post
from app.outbound.rules import Ended, Outcome
from app.settings import Settings

jobs = Blueprint()
TELL_ENDED: Final = "webhook_letters:tell_ended"
"""The letter to the administrators: a task of the room that knows people."""
_SLOTS: Final[set[int]] = set()
_LATER: Final = timedelta(seconds=5)
_ENDED: Final = "L’adresse a été arrêtée avant cet envoi."


@jobs.task(name="deliver", pass_context=True)
async def deliver(context: JobContext, delivery_id: int) -> None:
    """One attempt: read, call outside any transaction, write what came of it with the job of the next attempt."""
    sessions, settings = context.additional_context["sessions"], context.additional_context["settings"]
    patience = context.additional_context.get("webhook_patience", PATIENCE)
    async with sessions() as session:
        found = await _waiting(session, delivery_id)
    if found is None:
        return
    delivery, webhook = found
    if webhook.ended is not None:
        async with sessions() as session, session.begin():
            await record(session, delivery_id, Answer(Outcome.REFUSED, why=_ENDED), datetime.now(UTC))
        return
    if webhook.id in _SLOTS:
        # A receiver that hangs keeps one place of the worker, never all of them.
        async with sessions() as session, session.begin():
            await defer(session, DELIVER, at=datetime.now(UTC) + _LATER, delivery_id=delivery_id)
        return
    _SLOTS.add(webhook.id)
    try:
        answer = await _call(settings, webhook, delivery, patience)
    finally:
        _SLOTS.discard(webhook.id)
    async with sessions() as session, session.begin():
        await record(session, delivery_id, answer, datetime.now(UTC))


async def _waiting(session: AsyncSession, delivery_id: int) -> tuple[WebhookDelivery, Webhook] | None:
    asked = (
        select(WebhookDelivery, Webhook)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(
            WebhookDelivery.id == delivery_id,
            WebhookDelivery.delivered_at.is_(None),
            WebhookDelivery.failed_at.is_(None),
        )
    )
    row = (await session.execute(asked)).one_or_none()
    return (row[0], row[1]) if row else None


async def _call(settings: Settings, webhook: Webhook, delivery: WebhookDelivery, patience: float) -> Answer:
    moment = datetime.now(UTC)
    sealed = [webhook.sealed_secret]
    if webhook.sealed_former and webhook.former_until and webhook.former_until > moment:
        sealed.append(webhook.sealed_former)
    keys, timestamp = [sealing.unseal(settings, one) for one in sealed], int(moment.timestamp())
    headers = {
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": rules.signature(keys, delivery.message_id, timestamp, delivery.body),
    }
    return await post(webhook.url, delivery.body, headers, loopback=settings.webhook_loopback, patience=patience)


async def record(session: AsyncSession, delivery_id: int, answer: Answer, moment: datetime) -> None:
    delivery = await session.get(WebhookDelivery, delivery_id, with_for_update=True)
    if delivery is None or delivery.delivered_at or delivery.failed_at:
        return
    webhook = await session.get_one(Webhook, delivery.webhook_id, with_for_update=True)
    delivery.attempts += 1
    delivery.tried_at, delivery.next_at = moment, None
    delivery.outcome, delivery.status, delivery.why = answer.outcome, answer.status, answer.why[:200]
    if answer.outcome is Outcome.DELIVERED:
        delivery.delivered_at = webhook.delivered_at = moment
    elif answer.outcome is Outcome.GONE:
        delivery.failed_at = moment
        await end(session, webhook, Ended.GONE, moment)
    elif webhook.ended is not None or delivery.event == rules.TEST:
        delivery.failed_at = moment
    else:
        await _again(session, webhook, delivery, answer, moment)


async def _again(
    session: AsyncSession, webhook: Webhook, delivery: WebhookDelivery, answer: Answer, moment: datetime
) -> None:
    asked = rules.retry_after(answer.retry_after, now=moment)
    wait = rules.wait_before(delivery.attempts, asked, draw=random.random())  # noqa: S311 (spreads the returns)
    if wait is not None:
        delivery.next_at = moment + wait
        await defer(session, DELIVER, at=delivery.next_at, delivery_id=delivery.id)
        return
    delivery.failed_at = moment
    if webhook.delivered_at is None or webhook.delivered_at < delivery.created_at:
        # Three days of attempts and nothing got through meanwhile.
        await end(session, webhook, Ended.FAILING, moment)


async def end(session: AsyncSession, webhook: Webhook, why: Ended, moment: datetime) -> None:
    """No more calls to this address; its administrators are told by letter."""
    if webhook.ended is not None:
        return
    webhook.ended, webhook.ended_at = why, moment
    await session.flush()
    await defer(session, TELL_ENDED, webhook_id=webhook.id)


async def resend(session: AsyncSession, delivery: WebhookDelivery) -> None:
    """Once more from the first attempt, under the same identifier."""
    values: dict[str, Any] = {"attempts": 0, "delivered_at": None, "failed_at": None, "next_at": datetime.now(UTC)}
    for name, value in values.items():
        setattr(delivery, name, value)
    await session.flush()
    await defer(session, DELIVER, delivery_id=delivery.id)
