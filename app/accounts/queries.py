"""What other rooms may ask of people and organisations, and what the account screens read."""

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Membership, Organisation, Person
from app.accounts.models_trail import AuditEvent
from app.accounts.rules import Role
from app.web.problems import NotFound


async def organisation(session: AsyncSession, ident: int) -> Organisation:
    found = await session.get(Organisation, ident)
    if found is None:
        raise NotFound("Cette organisation n’existe pas.")
    return found


async def organisation_by_siret(session: AsyncSession, siret: str) -> Organisation | None:
    return (await session.execute(select(Organisation).where(Organisation.siret == siret))).scalar_one_or_none()


async def organisations(session: AsyncSession, idents: Sequence[int]) -> dict[int, Organisation]:
    """Those organisations, by id, in one query: for the lists of other rooms."""
    found = await session.execute(select(Organisation).where(Organisation.id.in_(idents)))
    return {row.id: row for row in found.scalars()}


async def names_of(session: AsyncSession, idents: Sequence[int]) -> dict[int, str]:
    """How to sign what people wrote: « Anne Martin », or « Compte supprimé » after erasure."""
    found = await session.execute(select(Person).where(Person.id.in_(idents)))
    return {row.id: row.name for row in found.scalars()}


async def memberships(session: AsyncSession, person_id: int) -> Sequence[Row[Organisation, Role]]:
    asked = (
        select(Organisation, Membership.role)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return (await session.execute(asked)).all()


async def addresses_of(
    session: AsyncSession, organisation_id: int, at_least: Sequence[Role] = tuple(Role)
) -> list[str]:
    """Where to write to the members of an organisation who have one of these roles."""
    return [address for _, address in await readers_of(session, organisation_id, at_least)]


async def readers_of(
    session: AsyncSession, organisation_id: int, at_least: Sequence[Role] = tuple(Role)
) -> list[tuple[int, str]]:
    """The same, with whom: (number, address)."""
    asked = (
        select(Person.id, Person.email)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_(at_least),
            Person.email.is_not(None),
            Person.email_verified_at.is_not(None),
            Person.suspended_at.is_(None),
        )
        .order_by(Person.id)
    )
    return [(ident, email) for ident, email in await session.execute(asked) if email]


async def acts_on(session: AsyncSession, kind: str, ident: str, limit: int = 200) -> Sequence[AuditEvent]:
    """What the audit trail tells of one object, the oldest first."""
    asked = (
        select(AuditEvent)
        .where(AuditEvent.object_kind == kind, AuditEvent.object_id == ident)
        .order_by(AuditEvent.id)
        .limit(limit)
    )
    return (await session.scalars(asked)).all()
