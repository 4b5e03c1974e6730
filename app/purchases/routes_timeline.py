"""The calendar of a procedure over HTTP: its dates, and the addresses that calendars read it at."""

import secrets
from typing import Final

from fastapi import APIRouter, Request, Response, status
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.models import Membership
from app.accounts.schemas import Ident
from app.accounts.sessions import now
from app.accounts.tokens import hash_of, new_token
from app.database.engine import DbSession
from app.law.routes import today_in_paris
from app.purchases import actions, feeds, queries, shown
from app.purchases import follow_up_queries as reading
from app.purchases.models import PurchaseFile
from app.purchases.models_follow_up import PurchaseFeed, PurchaseTimeline
from app.purchases.routes_files import READS, WRITES
from app.purchases.rules import FileState
from app.purchases.schemas_follow_up import (
    CalendarFeedMade,
    CalendarFeedOut,
    CalendarStepOut,
    MilestoneOut,
    TimelineIn,
    TimelineOut,
)
from app.purchases.timeline import HINTS, LABELS, Milestone, Step, conflicts, next_step, remarks
from app.text.typography import french
from app.web.etag import IfMatch, require_version, tagged
from app.web.problems import FieldError, Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Mes dossiers"])
MOST_FEEDS: Final = 20
_ICS: Final = {"Content-Disposition": 'attachment; filename="calendrier.ics"', "Cache-Control": "private, no-cache"}
_NO_FEED: Final = "Cette adresse d’agenda n’existe pas, ou a été retirée."


@router.get("/purchases/{ident}/timeline", responses=READS, summary="Le calendrier d’une procédure")
async def read_timeline(response: Response, session: DbSession, member: BuyerReader, ident: Ident) -> TimelineOut:
    row = await queries.file_of(session, ident, member)
    return await _shown(session, response, member, row)


@router.put("/purchases/{ident}/timeline", responses=WRITES, summary="Écrire les dates d’une procédure")
async def write_timeline(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    asked: TimelineIn,
    if_match: IfMatch = None,
) -> TimelineOut:
    """Refused while a step comes before one that it must follow; `"0"` is the ETag of a calendar never written."""
    row = await queries.file_of(session, ident, member, to_write=True)
    actions.require(row, member, "write")
    kept = await session.get(PurchaseTimeline, ident)
    require_version(if_match, kept.version if kept else 0)
    if wrong := conflicts(asked.dates):
        errors = [FieldError(pointer=f"/dates/{one.milestone}", detail=french(one.sentence)) for one in wrong]
        raise Invalid("Une date n’est pas à sa place." if len(errors) == 1 else "Des dates se contredisent.", errors)
    others = [
        {"key": step.key or secrets.token_hex(4), "label": step.label, "day": f"{step.day}"} for step in asked.others
    ]
    if len({step["key"] for step in others}) < len(others):
        raise Invalid("Deux étapes ont la même clé.", [FieldError(pointer="/others", detail="Clé en double.")])
    if kept is None:
        kept = PurchaseTimeline(file_id=ident)
        session.add(kept)
    kept.dates = {str(code): f"{day}" for code, day in asked.dates.items()}
    kept.others, kept.updated_at, kept.updated_by = others, now(), member.person.id
    await session.flush()
    audit.record(session, member, "purchase.dated", row, {"steps": len(asked.dates) + len(others)})
    return await _shown(session, response, member, row)


async def _shown(session: AsyncSession, response: Response, member: Member, row: PurchaseFile) -> TimelineOut:
    known = await reading.schedule(session, row)
    tagged(response, known.version)
    following = next_step(known.lines, today=today_in_paris())
    return TimelineOut(
        version=known.version,
        milestones=[
            MilestoneOut(code=code, label=LABELS[code], hint=HINTS[code], day=known.dates.get(code))
            for code in Milestone
        ],
        others=[CalendarStepOut(key=key, label=label, day=day) for key, (label, day) in known.others.items()],
        steps=[_step(line) for line in known.lines],
        next=_step(following) if following else None,
        remarks=[french(one) for one in remarks(known.dates, launch=known.launch, months=known.months)],
        launch=known.launch,
        start=known.start,
        end=known.end,
        feeds=await _feeds(session, member, row),
        may=shown.may(member, row),
    )


def _step(line: Step) -> CalendarStepOut:
    return CalendarStepOut(key=line.key, label=line.label, day=line.day)


async def _feeds(session: AsyncSession, member: Member, row: PurchaseFile) -> list[CalendarFeedOut]:
    asked = select(PurchaseFeed).where(PurchaseFeed.file_id == row.id, PurchaseFeed.revoked_at.is_(None))
    rows = (await session.execute(asked.order_by(PurchaseFeed.id))).scalars().all()
    names = await shown.names_for(session, (feed.created_by for feed in rows))
    may = ["revoke"] if shown.writes(member) else []
    return [
        CalendarFeedOut(
            id=feed.id,
            created_at=feed.created_at,
            created_by=shown.person(feed.created_by, names),
            used_at=feed.used_at,
            may=may,
        )
        for feed in rows
    ]


@router.get(
    "/purchases/{ident}/timeline.ics",
    response_class=Response,
    responses=READS,
    summary="Le calendrier d’une procédure, en fichier ICS",
)
async def download_timeline(session: DbSession, member: BuyerReader, ident: Ident) -> Response:
    row = await queries.file_of(session, ident, member)
    return Response(await _ics(session, row), media_type="text/calendar; charset=utf-8", headers=_ICS)


async def _ics(session: AsyncSession, row: PurchaseFile) -> bytes:
    known = await reading.schedule(session, row)
    done = {check.key for check in await reading.checks_of(session, row.id)}
    left = [one for one in await reading.controls(session, row, known) if one.key not in done]
    return feeds.calendar(row.title, row.id, known.lines, left, row.updated_at)


@router.post(
    "/purchases/{ident}/feeds",
    status_code=status.HTTP_201_CREATED,
    responses=WRITES,
    summary="Créer une adresse d’agenda pour suivre ce calendrier",
)
async def make_feed(request: Request, session: DbSession, member: BuyerWriter, ident: Ident) -> CalendarFeedMade:
    """No `Idempotency-Key`: the address is a secret, shown once and kept nowhere."""
    row = await queries.file_of(session, ident, member, to_write=True)
    actions.require(row, member, "write")
    alive = select(func.count()).where(PurchaseFeed.file_id == ident, PurchaseFeed.revoked_at.is_(None))
    if (await session.execute(alive)).scalar_one() >= MOST_FEEDS:
        raise Invalid(f"Ce dossier a déjà {MOST_FEEDS} adresses d’agenda : retirez-en une.")
    token = new_token()
    feed = PurchaseFeed(file_id=ident, token_hash=hash_of(token), created_at=now(), created_by=member.person.id)
    session.add(feed)
    await session.flush()
    audit.record(session, member, "purchase.feed_made", feed, {"file": ident})
    address = f"{request.app.state.settings.public_url.rstrip('/')}/api/v1/calendars/{token}.ics"
    return CalendarFeedMade(id=feed.id, address=address)


@router.delete(
    "/purchases/{ident}/feeds/{feed_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=WRITES,
    summary="Retirer une adresse d’agenda",
)
async def revoke_feed(session: DbSession, member: BuyerWriter, ident: Ident, feed_id: Ident) -> None:
    await queries.file_of(session, ident, member)
    feed = await session.get(PurchaseFeed, feed_id, with_for_update=True)
    if feed is None or feed.file_id != ident:
        raise NotFound(_NO_FEED)
    if feed.revoked_at is None:
        feed.revoked_at = now()
        audit.record(session, member, "purchase.feed_revoked", feed, {"file": ident})


@router.get(
    "/calendars/{name}",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {}}}, **problems(NotFound)},
    summary="L’agenda d’un dossier, à son adresse secrète",
)
async def read_feed(session: DbSession, name: str) -> Response:
    """The address is the right to read: it ends when it is revoked, with the file, or with its maker's membership."""
    asked = (
        select(PurchaseFeed, PurchaseFile)
        .join(PurchaseFile, PurchaseFile.id == PurchaseFeed.file_id)
        .join(
            Membership,
            (Membership.person_id == PurchaseFeed.created_by)
            & (Membership.organisation_id == PurchaseFile.organisation_id),
        )
        .where(
            PurchaseFeed.token_hash == hash_of(name.removesuffix(".ics")),
            PurchaseFeed.revoked_at.is_(None),
            PurchaseFile.state != FileState.DELETED,
        )
    )
    found = (await session.execute(asked)).one_or_none()
    if found is None or not name.endswith(".ics"):
        raise NotFound(_NO_FEED)
    feed, row = found
    await session.execute(update(PurchaseFeed).where(PurchaseFeed.id == feed.id).values(used_at=now()))
    headers = {**_ICS, "Content-Disposition": 'inline; filename="calendrier.ics"', "X-Robots-Tag": "noindex"}
    return Response(await _ics(session, row), media_type="text/calendar; charset=utf-8", headers=headers)
