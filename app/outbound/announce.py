"""`announce`: what happened, told to the systems that asked for it, in the transaction of the act."""

import json
import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Integer, any_, insert, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from app.outbound.defer import defer
from app.outbound.models import Webhook, WebhookDelivery
from app.outbound.rules import EVENTS, TEST

DELIVER: Final = "webhooks:deliver"


def message(event: str, moment: datetime, data: Mapping[str, Any]) -> str:
    told = {"type": event, "timestamp": moment.isoformat(timespec="seconds"), "data": dict(data)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


async def announce(
    session: AsyncSession, event: str, payload: Mapping[str, Any], organisation: int | Collection[int] | None = None
) -> int:
    """A delivery for each address of the organisation (of these; None: of all) that asked for this event. How many.

    The payload says what and where to read it, never a content that has readers of its own.
    """
    if event not in EVENTS:
        raise KeyError(event)
    asked = select(Webhook.id).where(literal(event) == any_(Webhook.events), Webhook.ended.is_(None))
    if organisation is not None:
        those = [organisation] if isinstance(organisation, int) else sorted(organisation)
        asked = asked.where(Webhook.organisation_id == any_(literal(those, ARRAY(Integer))))
    idents = list(await session.scalars(asked.order_by(Webhook.id)))
    if idents:
        await _write(session, idents, event, payload)
    return len(idents)


async def try_out(session: AsyncSession, webhook_id: int) -> int:
    """A message that says nothing, to see whether the receiver takes it."""
    said = {"message": "Ceci est un essai : il ne s’est rien passé."}
    return (await _write(session, [webhook_id], TEST, said))[0]


async def _write(session: AsyncSession, idents: list[int], event: str, payload: Mapping[str, Any]) -> list[int]:
    # One message, one identifier: an organisation with two addresses recognises it in both.
    moment, ident = datetime.now(UTC), f"msg_{secrets.token_urlsafe(20)}"
    body = message(event, moment, payload)
    rows = [
        {
            "webhook_id": one, "message_id": ident, "event": event, "body": body, "created_at": moment,
            "next_at": moment,
        }
        for one in idents
    ]  # fmt: skip
    made = list(await session.scalars(insert(WebhookDelivery).returning(WebhookDelivery.id), rows))
    for delivery in made:
        await defer(session, DELIVER, delivery_id=delivery)
    return made
