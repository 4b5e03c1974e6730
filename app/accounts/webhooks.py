"""What an organisation does with its webhooks; and the letter when one stops."""

import base64
import secrets
from typing import Final

from procrastinate import Blueprint, JobContext
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit, letters, queries
from app.accounts.actors import Member
from app.accounts.links import page
from app.accounts.rules import Role, at_least
from app.accounts.schemas_webhooks import DeliveryOut, WebhookChange, WebhookIn, WebhookOut
from app.accounts.sessions import now
from app.database import sealing
from app.outbound import guard, mail
from app.outbound.models import Webhook, WebhookDelivery
from app.outbound.rules import EVENTS, OVERLAP, PREFIX, Ended
from app.settings import Settings
from app.web.problems import FieldError, Invalid, NotFound

jobs = Blueprint()
MOST: Final = 10
_BYTES: Final = 24


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def out(row: Webhook, member: Member) -> WebhookOut:
    writes = at_least(member.role, Role.WRITER)
    acts = ["edit", "rotate", "remove", *([] if row.ended else ["test"])]
    return WebhookOut(
        id=row.id,
        name=row.name,
        url=row.url,
        events=row.events,
        created_at=row.created_at,
        enabled=row.ended is None,
        ended=row.ended,
        ended_at=row.ended_at,
        delivered_at=row.delivered_at,
        former_until=row.former_until if row.former_until and row.former_until > now() else None,
        version=row.version,
        may=acts if writes else [],
    )


def delivery_out(row: WebhookDelivery, webhook: Webhook, member: Member) -> DeliveryOut:
    over = row.delivered_at is not None or row.failed_at is not None
    resends = over and webhook.ended is None and at_least(member.role, Role.WRITER)
    return DeliveryOut(
        **{name: getattr(row, name) for name in DeliveryOut.model_fields if name != "may"},
        may=["resend"] if resends else [],
    )


def check(asked: WebhookIn, settings: Settings) -> None:
    unknown = sorted(set(asked.events) - EVENTS.keys())
    if unknown:
        said = f"Événement inconnu : {', '.join(unknown)}."
        raise Invalid(said, [FieldError(pointer="/events", detail=said)])
    try:
        guard.check_form(asked.url, loopback=settings.webhook_loopback)
    except guard.Forbidden as refusal:
        raise Invalid(str(refusal), [FieldError(pointer="/url", detail=str(refusal))]) from refusal


async def own(session: AsyncSession, member: Member, ident: int, *, lock: bool = False) -> Webhook:
    row = await session.get(Webhook, ident, with_for_update=lock)
    if row is None or row.organisation_id != member.organisation.id:
        raise NotFound("Ce webhook n’existe pas.")
    return row


async def add(session: AsyncSession, member: Member, settings: Settings, asked: WebhookIn) -> Webhook:
    check(asked, settings)
    held = select(func.count()).where(Webhook.organisation_id == member.organisation.id)
    if (await session.scalar(held) or 0) >= MOST:
        raise Invalid(f"Votre organisation a déjà {MOST} webhooks : retirez-en un d’abord.")
    row = Webhook(
        organisation_id=member.organisation.id,
        created_by=member.person.id,
        name=asked.name,
        url=asked.url,
        events=sorted(set(asked.events)),
        sealed_secret=sealing.seal(settings, new_secret()),
    )
    session.add(row)
    await session.flush()
    await session.refresh(row)
    audit.record(session, member, "webhook.created", row, {"events": row.events})
    return row


async def change(session: AsyncSession, member: Member, settings: Settings, row: Webhook, asked: WebhookChange) -> None:
    check(asked, settings)
    row.name, row.url, row.events = asked.name, asked.url, sorted(set(asked.events))
    if asked.enabled != (row.ended is None):
        row.ended, row.ended_at = (None, None) if asked.enabled else (Ended.HAND, now())
    await session.flush()
    audit.record(session, member, "webhook.changed", row, {"events": row.events, "enabled": asked.enabled})


async def rotate(session: AsyncSession, member: Member, settings: Settings, row: Webhook) -> str:
    """A new secret at once; the former one signs beside it for a day, so that no message is refused meanwhile."""
    secret = new_secret()
    row.sealed_former, row.former_until = row.sealed_secret, now() + OVERLAP
    row.sealed_secret = sealing.seal(settings, secret)
    await session.flush()
    audit.record(session, member, "webhook.rotated", row)
    return secret


@jobs.task(name="tell_ended", pass_context=True)
async def tell_ended(context: JobContext, webhook_id: int) -> None:
    settings = context.additional_context["settings"]
    async with context.additional_context["sessions"]() as session, session.begin():
        row = await session.get(Webhook, webhook_id)
        if row is None or row.ended is None:
            return
        letter = letters.webhook_ended(row.name, gone=row.ended is Ended.GONE, page=page(settings, "/webhooks"))
        for address in await queries.addresses_of(session, row.organisation_id, [Role.ADMINISTRATOR]):
            await mail.write(session, address, letter)
