"""Places kept for an address: sent by mail, used once, expiring."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from app.accounts import audit, letters
from app.accounts.actors import Actor, Member
from app.accounts.history import note
from app.accounts.links import page
from app.accounts.models import Invitation, Membership, Organisation, Person
from app.accounts.origin import settings_of
from app.accounts.refusals import AlreadyThere, LinkOver
from app.accounts.rules import Role, at_least
from app.accounts.sessions import now
from app.accounts.tokens import hash_of, new_token
from app.outbound.mail import write

LIFE: Final = timedelta(days=7)


async def invite(session: AsyncSession, request: Request, by: Member, email: str, role: Role) -> Invitation:
    member = select(Membership).join(Person).where(Membership.organisation_id == by.organisation.id)
    if (await session.execute(member.where(Person.email == email))).first():
        raise AlreadyThere("Cette personne est déjà membre de l’organisation.")
    waiting = select(Invitation).where(
        Invitation.organisation_id == by.organisation.id,
        Invitation.email == email,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    for older in (await session.execute(waiting.with_for_update())).scalars():
        older.revoked_at = now()
    token = new_token()
    made = Invitation(
        organisation_id=by.organisation.id,
        email=email,
        role=role,
        invited_by=by.person.id,
        token_hash=hash_of(token),
        created_at=now(),
        expires_at=now() + LIFE,
    )
    session.add(made)
    await session.flush()
    link = f"{page(settings_of(request), '/invitation')}#{token}"
    await write(session, email, letters.invitation(by.organisation.name, role, by.person.name, link, LIFE))
    note(session, request, "invited", person_id=by.person.id, organisation_id=by.organisation.id, role=role)
    audit.record(session, by, "invitation.sent", made, {"role": role})
    return made


async def living(session: AsyncSession, token: str) -> tuple[Invitation, Organisation]:
    asked = (
        select(Invitation, Organisation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.token_hash == hash_of(token))
        .with_for_update(of=Invitation)
    )
    row = (await session.execute(asked)).one_or_none()
    if row is None or row[0].accepted_at or row[0].revoked_at or row[0].expires_at <= now():
        raise LinkOver("Cette invitation a déjà servi, a été annulée ou a expiré : demandez-en une autre.")
    return row[0], row[1]


async def accept(session: AsyncSession, request: Request, person: Person, invitation: Invitation) -> None:
    """Gives the place; somebody who is already a member keeps the higher of the two roles."""
    invitation.accepted_at = now()
    await join(session, request, person, invitation.organisation_id, invitation.role)


async def join(session: AsyncSession, request: Request, person: Person, organisation_id: int, role: Role) -> None:
    held = await session.get(Membership, (person.id, organisation_id), with_for_update=True)
    if held is None:
        session.add(Membership(person_id=person.id, organisation_id=organisation_id, role=role))
    elif not at_least(held.role, role):
        held.role = role
    await session.flush()
    note(session, request, "joined", person_id=person.id, organisation_id=organisation_id, role=role)
    whom = Actor(person, frozenset(), None, None, None, None)
    audit.record(session, whom, "membership.joined", ("organisation", organisation_id), {"role": role})


async def accept_waiting(session: AsyncSession, request: Request, person: Person) -> None:
    """Who has just proved an address takes the places kept for it."""
    asked = select(Invitation).where(
        Invitation.email == person.email,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now(),
    )
    for invitation in (await session.execute(asked.with_for_update())).scalars().all():
        await accept(session, request, person, invitation)
