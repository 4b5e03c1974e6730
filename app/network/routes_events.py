"""Events over HTTP: announced, listed, registered for, cancelled; as calendar files."""

from datetime import datetime
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request, Response, status
from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.actors import Actor, BuyerWriter, Signed, Visitor
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.documents.pieces import MEDIA
from app.network import events
from app.network.calendars import meetings
from app.network.models_calendar import NetworkEvent
from app.network.refusals import EventOver, NotYours
from app.network.routes_talk import Cursor, Limit
from app.network.rules import Place
from app.network.schemas_calendar import AttendeesOut, CancelIn, MeetingIn, MeetingOut, MeetingPage
from app.network.spaces import Spaces
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/network/events", tags=["Réseau et formation"])
WRITES: Final = problems(NotSignedIn, Forbidden, CrossSite, NotFound, Invalid, KeyReused)
CHANGES: Final = WRITES | problems(NotYours, PreconditionRequired, VersionMismatch)
_FEED: Final = 200


async def _out(session: AsyncSession, rows: list[NetworkEvent], actor: Actor | None) -> list[MeetingOut]:
    people = await events.registrations(session, [row.id for row in rows])
    orgs = await accounts.organisations(session, [row.organisation_id for row in rows])
    made = []
    for row in rows:
        held = [one for one in people if one.event_id == row.id]
        mine = next((one.place for one in held if actor and one.person_id == actor.person.id), None)
        fields = MeetingOut.model_fields.keys() - {
            "organisation", "seated", "waiting", "cancelled", "mine", "over", "may"
        }  # fmt: skip
        over = row.starts_at <= now()
        opened = not over and row.cancelled_at is None
        made.append(
            MeetingOut.model_validate(
                {
                    **{name: getattr(row, name) for name in fields},
                    "organisation": orgs[row.organisation_id].name,
                    "seated": sum(one.place is Place.SEATED for one in held),
                    "waiting": sum(one.place is Place.WAITING for one in held),
                    "cancelled": row.cancelled_at is not None,
                    "mine": mine,
                    "over": over,
                    "may": ["register"] * (opened and actor is not None) + ["manage"] * events.owns(row, actor),
                }
            )
        )
    return made


@router.get("", responses=problems(BadCursor), summary="Les événements, le prochain d’abord")
async def list_events(
    session: DbSession,
    visitor: Visitor,
    when: Annotated[Literal["coming", "past"], Query()] = "coming",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> MeetingPage:
    key = tuple_(NetworkEvent.starts_at, NetworkEvent.id)
    asked = select(NetworkEvent)
    if when == "coming":
        asked = asked.where(NetworkEvent.ends_at >= now()).order_by(NetworkEvent.starts_at, NetworkEvent.id)
    else:
        asked = asked.where(NetworkEvent.ends_at < now()).order_by(
            NetworkEvent.starts_at.desc(), NetworkEvent.id.desc()
        )
    if cursor is not None:
        after = _after(cursor)
        asked = asked.where(key > after if when == "coming" else key < after)
    rows = list(await session.scalars(asked.limit(limit + 1)))
    shown = await _out(session, rows[:limit], visitor)
    last = rows[limit - 1] if len(rows) > limit else None
    buyer = visitor is not None and visitor.organisation is not None and not visitor.organisation.is_firm
    return MeetingPage(
        items=shown,
        next=cursor_of(last.starts_at.isoformat(), last.id) if last else None,
        may=["announce"] if buyer and visitor and visitor.role in {"writer", "administrator"} else [],
    )


def _after(cursor: str) -> tuple[datetime, int]:
    moment, ident = key_of(cursor, 2)
    try:
        at = datetime.fromisoformat(moment)
    except (TypeError, ValueError) as error:
        raise BadCursor from error
    if at.tzinfo is None or not isinstance(ident, int) or not 0 < ident < 2**31:
        raise BadCursor
    return at, ident


@router.get("/calendar.ics", response_class=Response, summary="Les événements à venir, pour un agenda")
async def read_feed(request: Request, session: DbSession) -> Response:
    asked = select(NetworkEvent).where(NetworkEvent.ends_at >= now()).order_by(NetworkEvent.starts_at).limit(_FEED)
    made = meetings(await session.scalars(asked), request.app.state.settings.public_url)
    return Response(made, media_type=MEDIA["ics"], headers={"Cache-Control": "public, max-age=300"})


@router.get("/{ident}", responses=problems(NotFound), summary="Un événement")
async def read_event(response: Response, session: DbSession, visitor: Visitor, ident: Ident) -> MeetingOut:
    row = await events.event(session, ident)
    tagged(response, row.version)
    return (await _out(session, [row], visitor))[0]


@router.get(
    "/{ident}/calendar.ics", response_class=Response, responses=problems(NotFound), summary="Un événement, en ICS"
)
async def read_ics(request: Request, session: DbSession, ident: Ident) -> Response:
    made = meetings([await events.event(session, ident)], request.app.state.settings.public_url)
    headers = {"Content-Disposition": f'attachment; filename="evenement-{ident}.ics"', "Cache-Control": "no-cache"}
    return Response(made, media_type=MEDIA["ics"], headers=headers)


def _check(asked: MeetingIn, spaces: Spaces) -> None:
    if asked.space and asked.space not in spaces:
        said = "Choisissez un espace de la liste."
        raise Invalid(said, [FieldError(pointer="/space", detail=said)])


@router.post("", status_code=status.HTTP_201_CREATED, responses=WRITES, summary="Annoncer un événement")
async def announce(session: DbSession, member: BuyerWriter, spaces: Spaces, once: Once, asked: MeetingIn) -> MeetingOut:
    _check(asked, spaces)
    if asked.starts_at <= now():
        said = "Donnez une date à venir."
        raise Invalid(said, [FieldError(pointer="/starts_at", detail=said)])

    async def make() -> MeetingOut:
        return (await _out(session, [await events.create(session, member, asked)], member))[0]

    return await once(asked, MeetingOut, make, salt=str(member.organisation.id))


@router.put("/{ident}", responses=CHANGES, summary="Modifier un événement ; les inscrits l’apprennent")
async def change_event(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    actor: Signed,
    spaces: Spaces,
    ident: Ident,
    asked: MeetingIn,
    if_match: IfMatch = None,
) -> MeetingOut:
    _check(asked, spaces)
    row = await events.event(session, ident, to_write=True)
    events.require_owner(row, actor)
    require_version(if_match, row.version)
    await events.change(session, actor, row, asked)
    tagged(response, row.version)
    return (await _out(session, [row], actor))[0]


@router.post("/{ident}/cancellation", responses=CHANGES, summary="Annuler un événement ; les inscrits l’apprennent")
async def cancel_event(
    session: DbSession, actor: Signed, ident: Ident, asked: CancelIn, if_match: IfMatch = None
) -> MeetingOut:
    row = await events.event(session, ident, to_write=True)
    events.require_owner(row, actor)
    require_version(if_match, row.version)
    if row.cancelled_at:
        raise EventOver("Cet événement est déjà annulé.")
    await events.cancel(session, actor, row, asked.reason)
    return (await _out(session, [row], actor))[0]


@router.put(
    "/{ident}/registration",
    responses=problems(NotSignedIn, CrossSite, NotFound, EventOver),
    summary="S’inscrire, ou prendre rang sur la liste d’attente",
)
async def register(session: DbSession, actor: Signed, ident: Ident) -> MeetingOut:
    row = await events.event(session, ident, to_write=True)
    await events.register(session, actor, row)
    return (await _out(session, [row], actor))[0]


@router.delete("/{ident}/registration", responses=problems(NotSignedIn, CrossSite, NotFound), summary="Se désinscrire")
async def leave(session: DbSession, actor: Signed, ident: Ident) -> MeetingOut:
    row = await events.event(session, ident, to_write=True)
    await events.leave(session, actor, row)
    return (await _out(session, [row], actor))[0]


@router.get(
    "/{ident}/attendees", responses=problems(NotSignedIn, NotFound, NotYours), summary="Les inscrits, pour l’hôte"
)
async def list_attendees(response: Response, session: DbSession, actor: Signed, ident: Ident) -> AttendeesOut:
    row = await events.event(session, ident)
    events.require_owner(row, actor)
    response.headers["Cache-Control"] = "private, no-store"
    held = await events.registrations(session, [row.id])
    names = await accounts.names_of(session, [one.person_id for one in held])
    told = {place: [names[one.person_id] for one in held if one.place is place] for place in Place}
    return AttendeesOut(seated=told[Place.SEATED], waiting=told[Place.WAITING])
