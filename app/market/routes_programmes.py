"""Programmes of purchases: announced by buyers, followed by firms."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response, status

from app.accounts import audit
from app.accounts.actors import BuyerReader, BuyerWriter, Visitor
from app.accounts.idempotency import Once
from app.accounts.refusals import Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.library.feed import MEDIA_TYPE
from app.market import alerts, feeds, programmes, queries
from app.market.models import Programme
from app.market.refused import UPDATES, WRITES
from app.market.rules import Status
from app.market.schemas_programmes import (
    ProgrammeFilter,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammePage,
    ProgrammeQuery,
)
from app.web.etag import IfMatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import Invalid, NotFound, UnknownParameter, problems
from app.web.site import address_of

router = APIRouter(prefix="/api/v1", tags=["Programmes d’achats"])
ATOM: dict[int | str, dict[str, Any]] = {200: {"content": {"application/atom+xml": {}}, "description": "Un flux Atom"}}


def _after(cursor: str | None) -> tuple[datetime, int] | None:
    if cursor is None:
        return None
    moment, ident = key_of(cursor, 2)
    try:
        known = (datetime.fromisoformat(moment), ident)
    except (TypeError, ValueError) as error:
        raise BadCursor from error
    if not isinstance(ident, int) or not 0 < ident < 1 << 31 or known[0].tzinfo is None:
        raise BadCursor
    return known


@router.get(
    "/programmes",
    responses=problems(UnknownParameter, BadCursor, Invalid),
    summary="Les achats à venir que des organisations annoncent",
)
async def list_programmes(session: DbSession, asked: Annotated[ProgrammeQuery, Query()]) -> ProgrammePage:
    rows = await programmes.page(session, asked, _after(asked.cursor), asked.limit + 1)
    kept = rows[: asked.limit]
    last = kept[-1] if len(rows) > asked.limit else None
    return ProgrammePage(
        items=await programmes.with_names(session, kept),
        next=cursor_of(last.published_at.isoformat(), last.id) if last and last.published_at else None,
    )


@router.get(
    "/programmes.atom",
    response_class=Response,
    responses={**ATOM, **problems(UnknownParameter, Invalid)},
    summary="Les achats à venir, en flux Atom, par familles et territoires",
)
async def programmes_feed(request: Request, session: DbSession, asked: Annotated[ProgrammeFilter, Query()]) -> Response:
    base = address_of(request)
    rows = await programmes.with_names(session, await programmes.page(session, asked, None, 50))
    entries = [alerts.programme_entry(one, base) for one in rows]
    query = request.url.query
    here = f"{base}/api/v1/programmes.atom{'?' if query else ''}{query}"
    body = feeds.atom("Achats publics à venir", f"programmes?{query}", here, f"{base}/programmes", entries)
    return Response(body, media_type=MEDIA_TYPE)


@router.get(
    "/programmes/mine", responses=problems(NotSignedIn, Forbidden), summary="Les achats que mon organisation prépare"
)
async def my_programmes(session: DbSession, member: BuyerReader) -> ProgrammePage:
    rows = await programmes.of_organisation(session, member.organisation.id)
    return ProgrammePage(items=await programmes.with_names(session, rows, member.organisation.id), next=None)


@router.get("/programmes/{ident}", responses=problems(NotFound), summary="Un achat à venir")
async def read_programme(response: Response, session: DbSession, visitor: Visitor, ident: Ident) -> ProgrammeOut:
    row = await session.get(Programme, ident)
    mine = visitor.organisation.id if visitor and visitor.organisation else None
    if row is None or (row.status is not Status.PUBLISHED and row.organisation_id != mine):
        raise NotFound(programmes.GONE)
    (shown,) = await programmes.with_names(session, [row], mine)
    tagged(response, row.version)
    return shown


@router.post(
    "/programmes",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*WRITES, KeyReused),
    summary="Annoncer ou préparer un achat à venir",
)
async def make_programme(
    response: Response, session: DbSession, member: BuyerWriter, once: Once, asked: ProgrammeIn
) -> ProgrammeOut:
    async def make() -> ProgrammeOut:
        row = Programme(organisation_id=member.organisation.id)
        programmes.fill(row, asked, queries.today())
        session.add(row)
        await session.flush()
        audit.record(session, member, "programme.created", row, {"status": row.status})
        return programmes.shown(row, member.organisation, own=True)

    made = await once(asked, ProgrammeOut, make)
    tagged(response, made.version)
    return made


@router.put(
    "/programmes/{ident}",
    responses=problems(*UPDATES),
    summary="Modifier, publier ou retirer un achat à venir",
)
async def change_programme(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    asked: ProgrammeIn,
    if_match: IfMatch = None,
) -> ProgrammeOut:
    row = await programmes.own(session, ident, member.organisation.id)
    require_version(if_match, row.version)
    programmes.fill(row, asked, queries.today())
    audit.record(session, member, "programme.changed", row, {"status": row.status})
    await session.flush()
    tagged(response, row.version)
    return programmes.shown(row, member.organisation, own=True)
