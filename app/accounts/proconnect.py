"""From an identity of ProConnect to a person here: the pair (issuer, subject) decides, an address never does."""

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from app.accounts import audit, queries
from app.accounts.history import note
from app.accounts.invitations import accept_waiting, join
from app.accounts.models import Membership, OidcIdentity, Organisation, Person
from app.accounts.organisations import ask_later
from app.accounts.rules import OrganisationKind, Role, Verification, siret_of
from app.accounts.sessions import now
from app.registries.proconnect import Identity

_KINDS: Final = {
    "agent_public_etat": OrganisationKind.STATE,
    "agent_public_territorial": OrganisationKind.LOCAL_AUTHORITY,
    "agent_public_hospitalier": OrganisationKind.PUBLIC_ESTABLISHMENT,
}


class Stopped(Exception):  # noqa: N818 (a decision shown to the person)
    """Why nobody is signed in: the word that the sign-in screen explains."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def person_of(session: AsyncSession, request: Request, identity: Identity) -> Person:
    """The person of this identity, made at the first visit; an address already taken is never merged."""
    known = await session.get(OidcIdentity, (identity.issuer, identity.subject), with_for_update=True)
    if known is not None:
        person = await session.get_one(Person, known.person_id)
        if person.suspended_at or person.erased_at:
            raise Stopped("compte-ferme")
        known.idp_id, known.siret = identity.idp_id, siret_of(identity.siret) or ""
        return person
    if not identity.email:
        raise Stopped("proconnect-sans-adresse")
    if (await session.execute(select(Person.id).where(Person.email == identity.email))).first():
        raise Stopped("proconnect-adresse-connue")
    person = Person(
        email=identity.email,
        given_name=identity.given_name,
        family_name=identity.family_name,
        email_verified_at=now(),
    )
    session.add(person)
    await session.flush()
    _link(session, person, identity)
    note(session, request, "account_created", person_id=person.id, method="proconnect")
    await accept_waiting(session, request, person)
    return person


def _link(session: AsyncSession, person: Person, identity: Identity) -> None:
    session.add(
        OidcIdentity(
            issuer=identity.issuer,
            subject=identity.subject,
            person_id=person.id,
            idp_id=identity.idp_id,
            siret=siret_of(identity.siret) or "",
        )
    )


async def link(session: AsyncSession, request: Request, person: Person, identity: Identity) -> None:
    """Asked by somebody signed in, who has just proved both accounts."""
    known = await session.get(OidcIdentity, (identity.issuer, identity.subject), with_for_update=True)
    if known is not None and known.person_id != person.id:
        raise Stopped("proconnect-autre-compte")
    if known is None:
        _link(session, person, identity)
        note(session, request, "proconnect_linked", person_id=person.id)


async def organisation_of(
    session: AsyncSession, request: Request, person: Person, identity: Identity
) -> Organisation | None:
    """The organisation that ProConnect vouches for: joined, or made when its first public agent arrives."""
    siret = siret_of(identity.siret)
    if siret is None:
        return None
    row = await queries.organisation_by_siret(session, siret)
    if row is None:
        row = await _first_agent(session, request, siret, identity) if identity.is_public_agent else None
    # The rights of a buyer are for public agents only (integrations.md, section 4: gate on `agent_public`).
    if row is None or not (row.is_firm or identity.is_public_agent):
        return None
    if await session.get(Membership, (person.id, row.id)) is None:
        members = await session.scalar(select(func.count()).where(Membership.organisation_id == row.id))
        role = Role.READER if members else Role.ADMINISTRATOR
        await join(session, request, person, row.id, role)
    return row


async def _first_agent(session: AsyncSession, request: Request, siret: str, identity: Identity) -> Organisation:
    kinds = [_KINDS[role] for role in sorted(identity.roles) if role in _KINDS]
    row = Organisation(
        siret=siret,
        kind=next(iter(kinds), OrganisationKind.PUBLIC_ESTABLISHMENT),
        name=identity.organisation or f"SIRET {siret}",
        verification=Verification.PENDING,
    )
    session.add(row)
    await session.flush()
    await ask_later(session, row)
    note(session, request, "organisation_created", person_id=None, organisation_id=row.id)
    audit.record(session, None, "organisation.created", row, {"kind": row.kind, "by": "proconnect"})
    return row
