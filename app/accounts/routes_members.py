"""The people of an organisation: roles and departures."""

from fastapi import APIRouter, Request, Response, status
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit, rules
from app.accounts.actors import OrgAdmin, OrgReader
from app.accounts.history import note
from app.accounts.models import Membership, Person
from app.accounts.refusals import (
    CrossSite,
    Forbidden,
    LastAdministrator,
    NotSignedIn,
    SecondFactorMissing,
)
from app.accounts.routes_organisations import own
from app.accounts.rules import Role
from app.accounts.schemas import Ident
from app.accounts.schemas_organisations import (
    MemberOut,
    Members,
    RoleIn,
)
from app.database.engine import DbSession
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Organisations"])


async def _administrators(session: AsyncSession, organisation_id: int) -> int:
    """How many there are; their rows are locked, so that two of them cannot remove each other at once."""
    asked = (
        select(Membership.person_id)
        .where(Membership.organisation_id == organisation_id, Membership.role == Role.ADMINISTRATOR)
        .with_for_update()
    )
    return len((await session.execute(asked)).all())


def _member(row: Membership, person: Person, *, own_role: Role, own_id: int, administrators: int) -> MemberOut:
    return MemberOut(
        person_id=person.id,
        name=person.name,
        email=person.email or "",
        role=row.role,
        since=row.since,
        last_login_at=person.last_login_at if own_role is Role.ADMINISTRATOR else None,
        version=row.version,
        may=rules.may_on_member(own_role, row.role, same_person=person.id == own_id, administrators=administrators),
    )


@router.get("/organisations/{ident}/members", responses=problems(NotSignedIn, NotFound), summary="Les membres")
async def list_members(session: DbSession, member: OrgReader, ident: Ident) -> Members:
    """An organisation has a few dozen members: one page, bounded."""
    own(member, ident)
    asked = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == ident)
        .order_by(Person.family_name, Person.given_name, Person.id)
        .limit(500)
    )
    rows = (await session.execute(asked)).all()
    administrators = sum(row[0].role is Role.ADMINISTRATOR for row in rows)
    return Members(
        items=[
            _member(row, person, own_role=member.role, own_id=member.person.id, administrators=administrators)
            for row, person in rows
        ]
    )


async def _locked(session: AsyncSession, organisation_id: int, person_id: int) -> tuple[Membership, int]:
    administrators = await _administrators(session, organisation_id)
    row = await session.get(Membership, (person_id, organisation_id), with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("Cette personne n’est pas membre de l’organisation.")
    return row, administrators


@router.patch(
    "/organisations/{ident}/members/{person_id}",
    responses=problems(
        NotSignedIn,
        SecondFactorMissing,
        CrossSite,
        NotFound,
        Invalid,
        LastAdministrator,
        PreconditionRequired,
        VersionMismatch,
    ),
    summary="Changer le rôle d’un membre",
)
async def change_role(  # noqa: PLR0913, PLR0917 (what a change names)
    request: Request,
    response: Response,
    session: DbSession,
    member: OrgAdmin,
    ident: Ident,
    person_id: Ident,
    asked: RoleIn,
    if_match: IfMatch = None,
) -> MemberOut:
    own(member, ident)
    row, administrators = await _locked(session, ident, person_id)
    require_version(if_match, row.version)
    if row.role is Role.ADMINISTRATOR and asked.role is not Role.ADMINISTRATOR and administrators <= 1:
        raise LastAdministrator("C’est le dernier administrateur : nommez-en un autre avant.")
    before, row.role = row.role, asked.role
    await session.flush()
    facts = {"role": asked.role, "by": member.person.id}
    note(session, request, "role_changed", person_id=person_id, organisation_id=ident, **facts)
    details = {"person": person_id, "from": before, "to": asked.role}
    audit.record(session, member, "membership.role_changed", member.organisation, details)
    tagged(response, row.version)
    person = await session.get_one(Person, person_id)
    administrators += (asked.role is Role.ADMINISTRATOR) - (before is Role.ADMINISTRATOR)
    own_role = asked.role if person_id == member.person.id else member.role
    return _member(row, person, own_role=own_role, own_id=member.person.id, administrators=administrators)


@router.delete(
    "/organisations/{ident}/members/{person_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, CrossSite, NotFound, LastAdministrator),
    summary="Retirer un membre, ou quitter l’organisation",
)
async def remove_member(
    request: Request, session: DbSession, member: OrgReader, ident: Ident, person_id: Ident
) -> None:
    own(member, ident)
    if member.key is not None:
        raise Forbidden("Une clé d’API ne retire personne.")
    itself = person_id == member.person.id
    if not itself and not (member.role is Role.ADMINISTRATOR and member.strong):
        raise Forbidden("Seul un administrateur, avec un second facteur, retire un membre.")
    row, administrators = await _locked(session, ident, person_id)
    if row.role is Role.ADMINISTRATOR and administrators <= 1:
        raise LastAdministrator("C’est le dernier administrateur : nommez-en un autre avant.")
    await session.delete(row)
    note(
        session,
        request,
        "left" if itself else "member_removed",
        person_id=person_id,
        organisation_id=ident,
        by=member.person.id,
    )
    audit.record(session, member, "membership.ended", member.organisation, {"person": person_id})
