"""Referents: who agreed to be asked, for what; found by facets; written to without giving their address away."""

from typing import Any, Final

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Actor, Member
from app.accounts.models import Membership, Person
from app.accounts.personal import ERASERS
from app.accounts.sessions import now
from app.network.models_people import NetworkReferent
from app.network.refusals import NotAsked
from app.network.rules import Audience, Way
from app.network.schemas_people import ReferentIn, ReferentQuery, WriteIn
from app.outbound.mail import Letter, write
from app.web.problems import NotFound

_FACETS: Final = {
    "families": NetworkReferent.families,
    "departments": NetworkReferent.departments,
    "spaces": NetworkReferent.spaces,
}


def standing(actor: Actor | None) -> Select[NetworkReferent]:
    """Those still in their organisation, that this reader may see."""
    asked = (
        select(NetworkReferent)
        .join(Person, Person.id == NetworkReferent.person_id)
        .join(
            Membership,
            and_(
                Membership.person_id == NetworkReferent.person_id,
                Membership.organisation_id == NetworkReferent.organisation_id,
            ),
        )
        .where(Person.suspended_at.is_(None), Person.erased_at.is_(None))
    )
    return asked if actor else asked.where(NetworkReferent.audience == Audience.EVERYONE)


def chosen(asked: Select[Any], query: ReferentQuery) -> Select[Any]:
    """Whoever covers the whole country answers for each department."""
    if query.family:
        asked = asked.where(NetworkReferent.families.contains([query.family]))
    if query.space:
        asked = asked.where(NetworkReferent.spaces.contains([query.space]))
    if query.organisation:
        asked = asked.where(NetworkReferent.organisation_id == query.organisation)
    if query.department:
        there = NetworkReferent.departments.contains([query.department])
        asked = asked.where(or_(there, NetworkReferent.departments == []))
    return asked


async def facets(session: AsyncSession, actor: Actor | None) -> dict[str, list[tuple[Any, int]]]:
    """How many referents for each value, over the whole directory that this reader sees."""
    found: dict[str, list[tuple[Any, int]]] = {}
    for name, column in _FACETS.items():
        value = func.unnest(column).label("value")
        inner = standing(actor).with_only_columns(value).subquery()
        counted = select(inner.c.value, func.count()).group_by(inner.c.value).order_by(inner.c.value)
        found[name] = [(value, number) for value, number in await session.execute(counted)]
    by_org = (
        standing(actor)
        .with_only_columns(NetworkReferent.organisation_id, func.count())
        .group_by(NetworkReferent.organisation_id)
    )
    found["organisations"] = [(ident, number) for ident, number in await session.execute(by_org)]
    return found


async def mine(session: AsyncSession, actor: Actor) -> NetworkReferent | None:
    return await session.scalar(select(NetworkReferent).where(NetworkReferent.person_id == actor.person.id))


async def volunteer(session: AsyncSession, member: Member, asked: ReferentIn) -> NetworkReferent:
    row = NetworkReferent(
        person_id=member.person.id,
        organisation_id=member.organisation.id,
        consented_at=now(),
        **asked.model_dump(exclude={"consent"}),
    )
    session.add(row)
    await session.flush()
    audit.record(session, member, "network.referent_agreed", row, {"audience": row.audience, "way": row.way})
    return row


async def change(session: AsyncSession, member: Member, row: NetworkReferent, asked: ReferentIn) -> None:
    for name, value in asked.model_dump(exclude={"consent"}).items():
        setattr(row, name, value)
    row.organisation_id, row.consented_at = member.organisation.id, now()
    await session.flush()
    audit.record(session, member, "network.referent_changed", row, {"audience": row.audience, "way": row.way})


async def withdraw(session: AsyncSession, actor: Actor) -> None:
    """Twice: nothing more to erase."""
    row = await mine(session, actor)
    if row is not None:
        audit.record(session, actor, "network.referent_withdrew", row)
        await session.delete(row)
        await session.flush()


async def send(session: AsyncSession, actor: Actor, ident: int, asked: WriteIn, site: str) -> None:
    """The referent gets the address of who asks; who asks does not get theirs."""
    row = await session.scalar(standing(actor).where(NetworkReferent.id == ident))
    if row is None:
        raise NotFound("Ce référent n’est plus dans l’annuaire.")
    person = await session.get_one(Person, row.person_id)
    if row.way is not Way.FORM or not person.email:
        raise NotAsked("Ce référent ne reçoit pas de message par le site : suivez la règle qu’il a donnée.")
    sender = f"{actor.person.name} ({actor.person.email})"
    of = f", {actor.organisation.name}" if actor.organisation else ""
    text = (
        f"Bonjour,\n\n{sender}{of} vous écrit parce que vous êtes référent du réseau :\n\n{asked.subject}\n\n"
        f"{asked.text}\n\nRépondez à son adresse : ce message vient d’un automate. Pour ne plus recevoir de "
        f"demande, retirez-vous de l’annuaire : {site}/referents\n\n"
        "Clausier, l’outil des clauses d’économie circulaire\n"
    )
    await write(session, person.email, Letter(f"Question au référent : {asked.subject}", text))
    audit.record(session, actor, "network.referent_asked", row)


async def _erase(session: AsyncSession, person_id: int) -> None:
    await session.execute(delete(NetworkReferent).where(NetworkReferent.person_id == person_id))


ERASERS.append(_erase)
