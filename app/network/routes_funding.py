"""Aids and calls for projects: written by the organisations that fund them, with eco-conditions of the library."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response, status
from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts import queries as accounts
from app.accounts.actors import Actor, BuyerWriter, Signed, Visitor
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.documents.pieces import MEDIA
from app.law.routes import today_in_paris
from app.library.answers import clause_ref
from app.library.queries import LibraryNotReady, shelf
from app.network import rules
from app.network.calendars import deadlines
from app.network.models_calendar import FundingScheme
from app.network.refusals import NotYours
from app.network.schemas_calendar import SchemeIn, SchemeOut, SchemePage, SchemeQuery
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, NotFound, problems
from app.web.site import address_of

router = APIRouter(prefix="/api/v1/network/schemes", tags=["Réseau et formation"])
FAMILY: Final = "financement-public"
_FEED: Final = 200
_NEVER: Final = date.max
_DEADLINE: Final = func.coalesce(FundingScheme.closes_on, _NEVER)
WRITES: Final = problems(NotSignedIn, Forbidden, CrossSite, NotFound, Invalid, KeyReused, LibraryNotReady)
CHANGES: Final = WRITES | problems(NotYours, PreconditionRequired, VersionMismatch)


def _owns(row: FundingScheme, actor: Actor | None) -> bool:
    org = actor.organisation if actor else None
    return actor is not None and org is not None and row.organisation_id == org.id and actor.role != "reader"


async def _out(session: AsyncSession, rows: list[FundingScheme], actor: Actor | None, today: date) -> list[SchemeOut]:
    orgs = await accounts.organisations(session, [row.organisation_id for row in rows])
    fields = SchemeOut.model_fields.keys() - {"state", "organisation", "clauses", "withdrawn", "may"}
    return [
        SchemeOut.model_validate(
            {
                **{name: getattr(row, name) for name in fields},
                "state": rules.scheme_state(row.opens_on, row.closes_on, today),
                "organisation": orgs[row.organisation_id].name,
                "clauses": [clause_ref(found) for ident in row.clauses if (found := shelf().clause(ident))],
                "withdrawn": row.withdrawn_at is not None,
                "may": ["manage"] * _owns(row, actor),
            }
        )
        for row in rows
    ]


def _asked(query: SchemeQuery, today: date) -> Select[FundingScheme]:
    """The next deadline first, those without one last; closed ones from the latest."""
    opens, closes = FundingScheme.opens_on, FundingScheme.closes_on
    asked = select(FundingScheme).where(FundingScheme.withdrawn_at.is_(None))
    if query.state == "coming":
        asked = asked.where(opens > today)
    elif query.state == "closed":
        asked = asked.where(closes < today)
    elif query.state == "open":
        asked = asked.where(or_(opens.is_(None), opens <= today), or_(closes.is_(None), closes >= today))
    if query.kind:
        asked = asked.where(FundingScheme.kind == query.kind)
    if query.clause:
        asked = asked.where(FundingScheme.clauses.contains([query.clause]))
    for word in query.q.replace("\x00", "").split()[:8]:
        places = (FundingScheme.title, FundingScheme.text, FundingScheme.eligibility)
        asked = asked.where(or_(*(place.icontains(word, autoescape=True) for place in places)))
    if query.state == "closed":
        return asked.order_by(_DEADLINE.desc(), FundingScheme.id.desc())
    return asked.order_by(_DEADLINE, FundingScheme.id)


def _after(cursor: str) -> tuple[date, int]:
    day, ident = key_of(cursor, 2)
    try:
        known = date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        raise BadCursor from error
    if not isinstance(ident, int) or not 0 < ident < 2**31:
        raise BadCursor
    return known, ident


@router.get("", responses=problems(BadCursor, Invalid), summary="Les aides et appels à projets, par échéance")
async def list_schemes(session: DbSession, visitor: Visitor, query: Annotated[SchemeQuery, Query()]) -> SchemePage:
    today = today_in_paris()
    asked = _asked(query, today)
    if query.cursor is not None:
        key, after = tuple_(_DEADLINE, FundingScheme.id), _after(query.cursor)
        asked = asked.where(key < after if query.state == "closed" else key > after)
    rows = list(await session.scalars(asked.limit(query.limit + 1)))
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    buyer = visitor is not None and visitor.organisation is not None and not visitor.organisation.is_firm
    return SchemePage(
        items=await _out(session, rows[: query.limit], visitor, today),
        next=cursor_of((last.closes_on or _NEVER).isoformat(), last.id) if last else None,
        may=["publish"] if buyer and visitor and visitor.role in {"writer", "administrator"} else [],
    )


@router.get("/calendar.ics", response_class=Response, summary="Les échéances des aides ouvertes ou à venir, en ICS")
async def read_deadlines(request: Request, session: DbSession) -> Response:
    today = today_in_paris()
    asked = select(FundingScheme).where(FundingScheme.withdrawn_at.is_(None), FundingScheme.closes_on >= today)
    rows = await session.scalars(asked.order_by(FundingScheme.closes_on, FundingScheme.id).limit(_FEED))
    made = deadlines(rows, address_of(request))
    return Response(made, media_type=MEDIA["ics"], headers={"Cache-Control": "public, max-age=300"})


async def _scheme(session: AsyncSession, ident: int, actor: Actor | None) -> FundingScheme:
    row = await session.get(FundingScheme, ident)
    if row is None or (row.withdrawn_at and not _owns(row, actor)):
        raise NotFound("Cette aide n’existe pas, ou a été retirée.")
    return row


@router.get("/{ident}", responses=problems(NotFound), summary="Une aide, avec ses éco-conditions")
async def read_scheme(response: Response, session: DbSession, visitor: Visitor, ident: Ident) -> SchemeOut:
    row = await _scheme(session, ident, visitor)
    tagged(response, row.version)
    return (await _out(session, [row], visitor, today_in_paris()))[0]


@router.get(
    "/{ident}/calendar.ics",
    response_class=Response,
    responses=problems(NotFound),
    summary="L’ouverture et la clôture d’une aide, en ICS",
)
async def read_deadline(request: Request, session: DbSession, visitor: Visitor, ident: Ident) -> Response:
    made = deadlines([await _scheme(session, ident, visitor)], address_of(request))
    headers = {"Content-Disposition": f'attachment; filename="aide-{ident}.ics"', "Cache-Control": "no-cache"}
    return Response(made, media_type=MEDIA["ics"], headers=headers)


def _check(asked: SchemeIn) -> None:
    for place, ident in enumerate(asked.clauses):
        clause = shelf().clause(ident)
        if clause is None or clause.record.family != FAMILY:
            said = f"{ident} n’est pas une éco-condition de la famille « financement public »."
            raise Invalid(said, [FieldError(pointer=f"/clauses/{place}", detail=said)])


@router.post("", status_code=status.HTTP_201_CREATED, responses=WRITES, summary="Publier une aide")
async def publish_scheme(session: DbSession, member: BuyerWriter, once: Once, asked: SchemeIn) -> SchemeOut:
    _check(asked)

    async def make() -> SchemeOut:
        row = FundingScheme(
            **asked.model_dump(), organisation_id=member.organisation.id, by=member.person.id, updated_at=now()
        )
        session.add(row)
        await session.flush()
        audit.record(session, member, "network.scheme_published", row, {"kind": row.kind})
        return (await _out(session, [row], member, today_in_paris()))[0]

    return await once(asked, SchemeOut, make, salt=str(member.organisation.id))


@router.put("/{ident}", responses=CHANGES, summary="Modifier une aide")
async def change_scheme(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response, session: DbSession, actor: Signed, ident: Ident, asked: SchemeIn, if_match: IfMatch = None
) -> SchemeOut:
    _check(asked)
    row = await _owned(session, ident, actor, if_match)
    for name, value in asked.model_dump().items():
        setattr(row, name, value)
    row.updated_at = now()
    await session.flush()
    tagged(response, row.version)
    audit.record(session, actor, "network.scheme_changed", row)
    return (await _out(session, [row], actor, today_in_paris()))[0]


@router.delete("/{ident}", responses=CHANGES, summary="Retirer une aide de la liste")
async def withdraw_scheme(session: DbSession, actor: Signed, ident: Ident, if_match: IfMatch = None) -> SchemeOut:
    row = await _owned(session, ident, actor, if_match)
    row.withdrawn_at = now()
    await session.flush()
    audit.record(session, actor, "network.scheme_withdrawn", row)
    return (await _out(session, [row], actor, today_in_paris()))[0]


async def _owned(session: AsyncSession, ident: int, actor: Actor, if_match: str | None) -> FundingScheme:
    row = await _scheme(session, ident, actor)
    if not _owns(row, actor):
        raise NotYours("Seule l’organisation qui publie cette aide peut la modifier.")
    require_version(if_match, row.version)
    return row
