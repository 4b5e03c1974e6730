"""What time does to firms: proofs to renew, offers out of date, the register to read again."""

from datetime import timedelta
from typing import Final

from procrastinate import Blueprint, JobContext
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.notices import notify
from app.accounts.rules import Role
from app.accounts.sessions import now
from app.library import queries as library
from app.market import actions, indexing, letters, queries
from app.market.models import Firm, Offer, Proof
from app.registries.companies import Companies
from app.settings import Settings

jobs = Blueprint()
REMIND_DAYS: Final = 30
_REREAD: Final = timedelta(days=30)
_BATCH: Final = 50
_RECENT_DAYS: Final = 3


@jobs.periodic(cron="40 5 * * *")
@jobs.task(name="remind_proofs", queueing_lock="market_proofs", pass_context=True)
async def remind_proofs(context: JobContext, timestamp: int) -> None:
    """One letter per proof and expiry, thirty days before, to those who can renew it."""
    del timestamp
    async with context.additional_context["sessions"]() as session, session.begin():
        await remind(session, context.additional_context["settings"])


async def remind(session: AsyncSession, settings: Settings) -> None:
    today = queries.today()
    due = select(Proof).where(
        Proof.expires_on.between(today, today + timedelta(days=REMIND_DAYS)),
        or_(Proof.reminded_for.is_(None), Proof.reminded_for != Proof.expires_on),
    )
    page = settings.public_url.rstrip("/") + "/ma-fiche"
    for proof in await session.scalars(due.limit(1000).with_for_update(skip_locked=True)):
        if proof.expires_on is None:
            continue
        proof.reminded_for = proof.expires_on
        letter = letters.proof_expires(proof.title, proof.expires_on, page)
        roles = (Role.WRITER, Role.ADMINISTRATOR)
        for person_id, _ in await accounts.readers_of(session, proof.organisation_id, roles):
            await notify(session, person_id, "proof", letter, "/ma-fiche", organisation_id=proof.organisation_id)


# Midnight in Paris is 22 h or 23 h UTC, by the season.
@jobs.periodic(cron="7 22,23 * * *")
@jobs.task(name="turn_the_day", queueing_lock="market_day", pass_context=True)
async def turn_the_day(context: JobContext, timestamp: int) -> None:
    """Firms whose offer or proof has just ended leave the families and the marks that they drew from it."""
    del timestamp
    async with context.additional_context["sessions"]() as session, session.begin():
        await library.refresh(session, context.additional_context["clauses"])
        await rebuild_ended(session)


async def rebuild_ended(session: AsyncSession) -> None:
    today = queries.today()
    ended = (today - timedelta(days=_RECENT_DAYS), today - timedelta(days=1))
    offers = select(Offer.organisation_id).where(
        or_(Offer.valid_until.between(*ended), Offer.available_until.between(*ended))
    )
    proofs = select(Proof.organisation_id).where(Proof.expires_on.between(*ended))
    rows = select(Firm).where(or_(Firm.organisation_id.in_(offers), Firm.organisation_id.in_(proofs)))
    for row in await session.scalars(rows):
        await indexing.rebuild(session, row, today=today)


@jobs.periodic(cron="*/20 * * * *")
@jobs.task(name="read_register", queueing_lock="market_register", pass_context=True)
async def read_register(context: JobContext, timestamp: int) -> None:
    """The firms never read or read a month ago; stops at the register's first silence."""
    del timestamp
    given: Companies | None = context.additional_context.get("companies")
    companies = given or Companies(context.additional_context["settings"].companies_url)
    async with context.additional_context["sessions"]() as session, session.begin():
        await library.refresh(session, context.additional_context["clauses"])
        stale = (
            select(Firm)
            .where(or_(Firm.official_at.is_(None), Firm.official_at < now() - _REREAD))
            .order_by(Firm.official_at.nulls_first(), Firm.organisation_id)
            .limit(_BATCH)
        )
        for row in await session.scalars(stale):
            organisation = await accounts.organisation(session, row.organisation_id)
            if not await actions.refresh(companies, row, organisation):
                return
            await indexing.rebuild(session, row, today=queries.today())
