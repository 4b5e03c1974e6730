"""Notices: `notify` in the transaction of an act; what waits goes in the digest of the morning."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from joserfc.errors import JoseError
from procrastinate import Blueprint, JobContext
from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import letters
from app.accounts.links import page
from app.accounts.models import Membership, Organisation, Person
from app.accounts.models_notices import Notice, NoticePreference
from app.accounts.personal import ERASERS
from app.accounts.rules import OrganisationKind
from app.accounts.rules_notices import DIGEST, KINDS, Pace, is_over_quota
from app.accounts.sessions import now
from app.database import sealing
from app.outbound import bounces, mail
from app.outbound.mail import Letter
from app.settings import Settings

jobs = Blueprint()
_DAY: Final = timedelta(days=1)
_MOST: Final = 200
"""Of a digest: the rest comes the day after."""


async def notify(  # noqa: PLR0913 (who, what, and for whom)
    session: AsyncSession, person_id: int, kind: str, letter: Letter, path: str, *, organisation_id: int | None = None
) -> None:
    """A letter now, a line of the digest, or nothing: as its reader chose. `path`: where to read it on the site."""
    pace, email = await pace_of(session, person_id, kind), await _address(session, person_id)
    if pace is Pace.NONE or not email:
        return
    row = Notice(
        person_id=person_id,
        organisation_id=organisation_id,
        kind=kind,
        title=" ".join(letter.subject.split())[:200],
        page=path[:300],
        created_at=now(),
    )
    if pace is Pace.IMMEDIATE and not await _is_full(session, row):
        row.written_at = row.created_at
        await mail.write(session, email, letter, unsubscribe=subject_of(person_id, kind))
    session.add(row)
    await session.flush()


async def sides_of(session: AsyncSession, person_id: int) -> set[str]:
    """`buyer`, `firm` or both: what the organisations of a person are."""
    asked = select(Organisation.kind).join(Membership, Membership.organisation_id == Organisation.id)
    found = await session.scalars(asked.where(Membership.person_id == person_id).distinct())
    return {"firm" if kind is OrganisationKind.FIRM else "buyer" for kind in found}


async def paces(session: AsyncSession, person_id: int) -> dict[str, Pace]:
    """Of every kind, as its reader chose or as the kind has it."""
    chosen = {one.kind: one.pace for one in await session.scalars(_of(person_id))}
    return {code: chosen.get(code, kind.pace) for code, kind in KINDS.items()}


async def pace_of(session: AsyncSession, person_id: int, kind: str) -> Pace:
    return (await paces(session, person_id))[kind]


def _of(person_id: int) -> Select[NoticePreference]:
    return select(NoticePreference).where(NoticePreference.person_id == person_id)


async def choose(session: AsyncSession, person_id: int, kinds: dict[str, Pace]) -> None:
    for kind, pace in kinds.items():
        stored = insert(NoticePreference).values(person_id=person_id, kind=kind, pace=pace, at=now())
        changed = {"pace": pace, "at": now()}
        await session.execute(stored.on_conflict_do_update(index_elements=["person_id", "kind"], set_=changed))
        if pace is Pace.NONE:
            await session.execute(
                delete(Notice).where(Notice.person_id == person_id, Notice.kind == kind, Notice.written_at.is_(None))
            )


def subject_of(person_id: int, kind: str) -> str:
    """What the link of a letter says, sealed: it tells nobody who it is about."""
    return f"notices:{person_id}:{kind}"


def subscriber_of(settings: Settings, token: str) -> tuple[int, str] | None:
    """(person, kind) of a link of ours."""
    try:
        word, person, kind = sealing.unseal(settings, token).split(":")
        known = word == "notices" and (kind in KINDS or kind == DIGEST)
        return (int(person), kind) if known else None
    except (JoseError, ValueError):
        return None


async def unsubscribe(session: AsyncSession, person_id: int, kind: str) -> None:
    """From one kind; from the digest: from all that comes in it."""
    held = await paces(session, person_id)
    ended = [code for code, pace in held.items() if pace is Pace.DAILY] if kind == DIGEST else [kind]
    if await session.get(Person, person_id):
        await choose(session, person_id, dict.fromkeys(ended, Pace.NONE))


async def _address(session: AsyncSession, person_id: int) -> str:
    """Where a letter can reach somebody; empty: nowhere."""
    person = await session.get(Person, person_id)
    if person is None or not person.email or person.suspended_at:
        return ""
    return "" if await bounces.is_suppressed(session, person.email) else person.email


async def _is_full(session: AsyncSession, row: Notice) -> bool:
    recent = select(func.count()).where(Notice.written_at > now() - _DAY)
    person = await session.scalar(recent.where(Notice.person_id == row.person_id))
    organisation = (
        await session.scalar(recent.where(Notice.organisation_id == row.organisation_id)) if row.organisation_id else 0
    )
    return is_over_quota(row.kind, person=person or 0, organisation=organisation or 0)


@jobs.periodic(cron="0 6 * * *")
@jobs.task(name="digest", queueing_lock="notices_digest", pass_context=True)
async def digest(context: JobContext, timestamp: int) -> None:
    """One letter per person for all that waits; each person in a transaction of their own."""
    del timestamp
    sessions, settings = context.additional_context["sessions"], context.additional_context["settings"]
    async with sessions() as session:
        waiting = select(Notice.person_id).where(Notice.written_at.is_(None)).distinct().order_by(Notice.person_id)
        idents = list(await session.scalars(waiting))
    for ident in idents:
        async with sessions() as session, session.begin():
            await write_digest(session, settings, ident)


async def write_digest(session: AsyncSession, settings: Settings, person_id: int) -> int:
    asked = select(Notice).where(Notice.person_id == person_id, Notice.written_at.is_(None)).order_by(Notice.id)
    rows: Sequence[Notice] = (await session.scalars(asked.limit(_MOST).with_for_update(skip_locked=True))).all()
    email = await _address(session, person_id)
    if rows and email:
        kinds = [(KINDS[code].label, [row for row in rows if row.kind == code]) for code in KINDS]
        told = [(label, [(row.title, page(settings, row.page)) for row in held]) for label, held in kinds if held]
        await mail.write(session, email, letters.digest(told), unsubscribe=subject_of(person_id, DIGEST))
    for row in rows:
        row.written_at = now()
    return len(rows)


async def _erase(session: AsyncSession, person_id: int) -> None:
    await session.execute(delete(Notice).where(Notice.person_id == person_id))
    await session.execute(delete(NoticePreference).where(NoticePreference.person_id == person_id))


ERASERS.append(_erase)
