"""The nightly purge: what the register says, done. Unused accounts are warned, then erased."""

import logging
from datetime import timedelta
from typing import Final

from procrastinate import Blueprint, JobContext
from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import letters, tombstones
from app.accounts.links import page
from app.accounts.models import Invitation, JoinRequest, Person
from app.accounts.models_access import Attempt, OneTimeLink, UserSession
from app.accounts.models_notices import Notice
from app.accounts.models_trail import IdempotencyKey, SecurityEvent
from app.accounts.register import days_of
from app.accounts.sessions import now
from app.outbound.mail import write
from app.outbound.models import Mail, SuppressedAddress, WebhookDelivery
from app.settings import Settings

jobs = Blueprint()
NOTICE: Final = timedelta(days=30)
_BATCH: Final = 200
logger = logging.getLogger(__name__)


async def purge(session: AsyncSession, settings: Settings) -> dict[str, int]:
    """Deletes what is past its time; answers how many rows of each kind."""
    moment = now()

    def before(code: str) -> object:
        return moment - timedelta(days=days_of(code))

    doomed = {
        "sessions": delete(UserSession).where(UserSession.expires_at < moment),
        "attempts": delete(Attempt).where(Attempt.at < before("essais")),
        "replays": delete(IdempotencyKey).where(IdempotencyKey.created_at < before("rejeu")),
        "links": delete(OneTimeLink).where(OneTimeLink.expires_at < before("liens")),
        "invitations": delete(Invitation).where(Invitation.expires_at < before("liens")),
        "requests": delete(JoinRequest).where(
            func.coalesce(JoinRequest.answered_at, JoinRequest.created_at) < before("liens")
        ),
        "mails": delete(Mail).where(Mail.created_at < before("messages")),
        "refusals": delete(SuppressedAddress).where(SuppressedAddress.last_at < before("adresses-refusees")),
        "notices": delete(Notice).where(Notice.created_at < before("avis")),
        "deliveries": delete(WebhookDelivery).where(WebhookDelivery.created_at < before("webhooks")),
        "events": delete(SecurityEvent).where(SecurityEvent.at < before("historique")),
    }
    gone = {name: int(getattr(await session.execute(one), "rowcount", 0)) for name, one in doomed.items()}
    warned, erased = await _warn(session, settings), await _erase_unused(session, settings)
    return {**gone, "warned": warned, "erased": erased, "tombstones": await tombstones.complete(session, settings.var)}


def _unused_since(since: object) -> tuple[object, ...]:
    return (
        Person.erased_at.is_(None),
        func.coalesce(Person.last_login_at, Person.created_at) < since,
    )


async def _warn(session: AsyncSession, settings: Settings) -> int:
    since = now() - timedelta(days=days_of("compte")) + NOTICE
    asked = select(Person).where(*_unused_since(since), Person.notified_at.is_(None), Person.email.is_not(None))  # type: ignore[arg-type]
    people = (await session.execute(asked.limit(_BATCH))).scalars().all()
    for person in people:
        person.notified_at = now()
        await write(session, person.email or "", letters.soon_erased(page(settings, "/connexion"), NOTICE))
    return len(people)


async def _erase_unused(session: AsyncSession, settings: Settings) -> int:
    """Never without the notice, nor before its thirty days."""
    since, told = now() - timedelta(days=days_of("compte")), now() - NOTICE
    warned = or_(Person.notified_at < told, Person.email.is_(None))
    people = (await session.execute(select(Person).where(*_unused_since(since), warned).limit(_BATCH))).scalars().all()  # type: ignore[arg-type]
    for person in people:
        await tombstones.erase_for_good(session, person, settings.var)
    return len(people)


@jobs.periodic(cron="20 3 * * *")
@jobs.task(name="purge", queueing_lock="purge", pass_context=True)
async def purge_every_night(context: JobContext, timestamp: int) -> None:
    async with context.additional_context["sessions"]() as session, session.begin():
        report = await purge(session, context.additional_context["settings"])
    logger.info("retention (tick %s): %s", timestamp, report)
