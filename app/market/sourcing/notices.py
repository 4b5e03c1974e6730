"""What firms are told of sourcings: at once while a weekly quota lasts, then in a digest; never to who refused it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from procrastinate import Blueprint, JobContext
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.notices import notify
from app.accounts.rules import Role
from app.accounts.sessions import now
from app.market.sourcing import letters
from app.market.sourcing.models import Sourcing, SourcingNotice, SourcingRecipient
from app.market.sourcing.rules import NOTICES_A_WEEK
from app.outbound.announce import announce
from app.outbound.defer import defer
from app.settings import Settings

jobs = Blueprint()
TELL: Final = "sourcing:tell_firms"
CLOSE: Final = "sourcing:open_answers"
_WEEK: Final = timedelta(days=7)


async def tell(session: AsyncSession, sourcing_id: int, kind: str, moment: datetime) -> None:
    """A notice to each firm told, of one instant, and the job that writes the letters: one batch."""
    asked = select(SourcingRecipient.organisation_id).where(
        SourcingRecipient.sourcing_id == sourcing_id, SourcingRecipient.told
    )
    told = list(await session.scalars(asked))
    session.add_all(
        SourcingNotice(sourcing_id=sourcing_id, organisation_id=ident, kind=kind, created_at=moment) for ident in told
    )
    await session.flush()
    if kind == "published":
        await _announce(session, await session.get_one(Sourcing, sourcing_id), told)
    await defer(session, TELL, sourcing_id=sourcing_id)


async def _announce(session: AsyncSession, row: Sourcing, told: Sequence[int]) -> None:
    """To the buyer's systems, and in the same instant to those of every firm told."""
    closes_at = row.closes_at.isoformat(timespec="seconds") if row.closes_at else None
    own = {"id": row.id, "closes_at": closes_at, "resource": f"/api/v1/sourcings/{row.id}"}
    asked = {"sourcing": row.id, "closes_at": closes_at, "resource": f"/api/v1/published-sourcings/{row.id}"}
    await announce(session, "sourcing.published", own, row.organisation_id)
    await announce(session, "firm.request", asked, told)


async def close_at(session: AsyncSession, row: Sourcing) -> None:
    await defer(session, CLOSE, at=row.closes_at, sourcing_id=row.id)


async def _written_this_week(session: AsyncSession, organisation_id: int, moment: datetime) -> int:
    asked = select(func.count(SourcingNotice.written_at.distinct())).where(
        SourcingNotice.organisation_id == organisation_id, SourcingNotice.written_at > moment - _WEEK
    )
    return int(await session.scalar(asked) or 0)


async def write_to(
    session: AsyncSession, settings: Settings, organisation_id: int, waiting: Sequence[SourcingNotice], moment: datetime
) -> int:
    """One notice for all of these to each writer of the firm: the same path as every other notice."""
    rows = {one.sourcing_id: await session.get_one(Sourcing, one.sourcing_id) for one in waiting}
    letter = letters.notice([(one.kind, rows[one.sourcing_id]) for one in waiting], settings.public_url)
    readers = await accounts.readers_of(session, organisation_id, (Role.WRITER, Role.ADMINISTRATOR))
    for person_id, _ in readers:
        await notify(session, person_id, "sourcing", letter, "/sourcages", organisation_id=organisation_id)
    for one in waiting:
        one.written_at = moment
    await session.flush()
    return len(readers)


async def write_waiting(
    session: AsyncSession, settings: Settings, sourcing_id: int | None, moment: datetime
) -> tuple[int, int]:
    """The letters of a batch within the quotas; of a digest (no sourcing) whatever waits. (firms, letters)"""
    asked = select(SourcingNotice).where(SourcingNotice.written_at.is_(None)).order_by(SourcingNotice.id)
    if sourcing_id is not None:
        asked = asked.where(SourcingNotice.sourcing_id == sourcing_id)
    held: dict[int, list[SourcingNotice]] = {}
    for one in (await session.execute(asked.with_for_update(skip_locked=True))).scalars():
        held.setdefault(one.organisation_id, []).append(one)
    firms = letters_written = 0
    for organisation_id, waiting in held.items():
        full = await _written_this_week(session, organisation_id, moment) >= NOTICES_A_WEEK
        if sourcing_id is not None and full:
            continue
        letters_written += await write_to(session, settings, organisation_id, waiting, moment)
        firms += 1
    return firms, letters_written


@jobs.task(name="tell_firms", pass_context=True)
async def tell_firms(context: JobContext, sourcing_id: int) -> None:
    async with context.additional_context["sessions"]() as session, session.begin():
        await write_waiting(session, context.additional_context["settings"], sourcing_id, now())


@jobs.periodic(cron="0 6 * * 1")
@jobs.task(name="digest", queueing_lock="sourcing_digest", pass_context=True)
async def digest(context: JobContext, timestamp: int) -> None:
    """On Monday: what the quotas held back, in one letter per firm."""
    del timestamp
    async with context.additional_context["sessions"]() as session, session.begin():
        await write_waiting(session, context.additional_context["settings"], None, now())


async def forget(session: AsyncSession, sourcing_id: int) -> None:
    """A withdrawn sourcing is told no more."""
    done = update(SourcingNotice).where(SourcingNotice.sourcing_id == sourcing_id, SourcingNotice.written_at.is_(None))
    await session.execute(done.values(written_at=now()))
