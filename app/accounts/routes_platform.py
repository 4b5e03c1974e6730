"""For the administrators of the platform: people and roles, letters that did not leave, state of the trail."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, status
from pydantic import BaseModel
from sqlalchemy import func, or_, select

from app.accounts import audit
from app.accounts.actors import PlatformAdmin
from app.accounts.history import note
from app.accounts.models import Membership, Person, PlatformRole
from app.accounts.models_access import UserSession
from app.accounts.refusals import CrossSite, Forbidden, LastAdministrator, NotSignedIn, SecondFactorMissing
from app.accounts.rules import PlatformRoleName
from app.accounts.schemas import Ident, Strict
from app.accounts.sessions import close_others, now
from app.database.engine import DbSession
from app.outbound.models import Mail
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1/platform", tags=["Administration"])
GUARDED = (NotSignedIn, Forbidden, SecondFactorMissing, CrossSite)


class PlatformPerson(BaseModel):
    id: int
    name: str
    email: str
    roles: list[PlatformRoleName]
    organisations: int
    suspended: bool
    may: list[str]


class PlatformPeople(BaseModel):
    items: list[PlatformPerson]
    next: str | None


class RolesIn(Strict):
    roles: list[PlatformRoleName]


class SuspendIn(Strict):
    suspended: bool


class StateOut(BaseModel):
    mails_waiting: int
    mails_failed: int
    trail_broken_at: int | None
    sessions: int


async def _out(session: DbSession, person: Person, own: int) -> PlatformPerson:
    roles = (await session.execute(select(PlatformRole.role).where(PlatformRole.person_id == person.id))).scalars()
    count = await session.scalar(select(func.count()).where(Membership.person_id == person.id))
    return PlatformPerson(
        id=person.id,
        name=person.name,
        email=person.email or "",
        roles=sorted(roles),
        organisations=count or 0,
        suspended=person.suspended_at is not None,
        may=["change_roles"] if person.id == own else ["change_roles", "suspend"],
    )


@router.get("/people", responses=problems(*GUARDED, BadCursor), summary="Les comptes de la plateforme")
async def list_people(
    session: DbSession,
    actor: PlatformAdmin,
    q: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    cursor: str | None = None,
) -> PlatformPeople:
    asked = select(Person).where(Person.erased_at.is_(None)).order_by(Person.id)
    if words := q.split():
        for word in words:
            like = f"%{word.replace('%', '').replace('_', chr(92) + '_')}%"
            asked = asked.where(
                or_(Person.email.ilike(like), Person.given_name.ilike(like), Person.family_name.ilike(like))
            )
    if cursor:
        after = key_of(cursor, 1)[0]
        if not isinstance(after, int) or not 0 <= after < 2**31:
            raise BadCursor
        asked = asked.where(Person.id > after)
    rows = (await session.execute(asked.limit(limit + 1))).scalars().all()
    items = [await _out(session, row, actor.person.id) for row in rows[:limit]]
    return PlatformPeople(items=items, next=cursor_of(items[-1].id) if len(rows) > limit else None)


@router.put(
    "/people/{ident}/roles",
    responses=problems(*GUARDED, NotFound, LastAdministrator),
    summary="Donner ou retirer des rôles de la plateforme",
)
async def set_roles(
    request: Request, session: DbSession, actor: PlatformAdmin, ident: Ident, asked: RolesIn
) -> PlatformPerson:
    person = await session.get(Person, ident, with_for_update=True)
    if person is None or person.erased_at:
        raise NotFound("Ce compte n’existe pas.")
    rows = (await session.execute(select(PlatformRole).with_for_update())).scalars().all()
    held = {row.role: row for row in rows if row.person_id == ident}
    heads = {row.person_id for row in rows if row.role is PlatformRoleName.PLATFORM_ADMIN}
    if heads == {ident} and PlatformRoleName.PLATFORM_ADMIN not in asked.roles:
        raise LastAdministrator("C’est le dernier administrateur de la plateforme : nommez-en un autre avant.")
    for role in set(asked.roles) - held.keys():
        session.add(PlatformRole(person_id=ident, role=role))
        note(session, request, "platform_role_given", person_id=ident, role=role)
        audit.record(session, actor, "platform_role.given", person, {"role": role})
    for role in held.keys() - set(asked.roles):
        await session.delete(held[role])
        note(session, request, "platform_role_taken", person_id=ident, role=role)
        audit.record(session, actor, "platform_role.taken", person, {"role": role})
    await session.flush()
    return await _out(session, person, actor.person.id)


@router.put(
    "/people/{ident}/suspension",
    responses=problems(*GUARDED, NotFound),
    status_code=status.HTTP_200_OK,
    summary="Suspendre un compte, ou le rouvrir",
)
async def suspend(session: DbSession, actor: PlatformAdmin, ident: Ident, asked: SuspendIn) -> PlatformPerson:
    person = await session.get(Person, ident, with_for_update=True)
    if person is None or person.erased_at:
        raise NotFound("Ce compte n’existe pas.")
    if ident == actor.person.id:
        raise Forbidden("On ne suspend pas son propre compte.")
    person.suspended_at = now() if asked.suspended else None
    if asked.suspended:
        await close_others(session, ident, keep=None)
    audit.record(session, actor, "person.suspended" if asked.suspended else "person.reopened", person)
    await session.flush()
    return await _out(session, person, actor.person.id)


@router.get("/state", responses=problems(*GUARDED), summary="Les messages, les sessions et l’intégrité du journal")
async def read_state(session: DbSession, _: PlatformAdmin) -> StateOut:
    waiting = await session.scalar(select(func.count()).where(Mail.sent_at.is_(None), Mail.failed_at.is_(None)))
    failed = await session.scalar(select(func.count()).where(Mail.failed_at.is_not(None)))
    opened = await session.scalar(
        select(func.count()).where(UserSession.person_id.is_not(None), UserSession.expires_at > now())
    )
    return StateOut(
        mails_waiting=waiting or 0,
        mails_failed=failed or 0,
        trail_broken_at=await audit.broken_at(session),
        sessions=opened or 0,
    )
