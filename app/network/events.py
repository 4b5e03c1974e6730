"""Events: seats in order of arrival, a waiting list that moves up, letters to those concerned, calendar files."""

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Actor, Member
from app.accounts.models import Person
from app.accounts.notices import notify
from app.accounts.personal import ERASERS
from app.accounts.sessions import now
from app.network import rules
from app.network.models_calendar import EventRegistration, NetworkEvent
from app.network.refusals import EventOver, NotYours
from app.network.rules import Place
from app.network.schemas_calendar import MeetingIn
from app.outbound.mail import Letter
from app.web.problems import NotFound

_PARIS: Final = ZoneInfo("Europe/Paris")
_SIGN: Final = "\n\nClausier, l’outil des clauses d’économie circulaire\n"


async def event(session: AsyncSession, ident: int, *, to_write: bool = False) -> NetworkEvent:
    """`to_write` locks it: two people cannot take the last seat."""
    asked = select(NetworkEvent).where(NetworkEvent.id == ident)
    if to_write:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    row = await session.scalar(asked)
    if row is None:
        raise NotFound("Cet événement n’existe pas.")
    return row


def owns(row: NetworkEvent, actor: Actor | None) -> bool:
    return (
        actor is not None
        and actor.organisation is not None
        and row.organisation_id == actor.organisation.id
        and actor.role in {"writer", "administrator"}
    )


def require_owner(row: NetworkEvent, actor: Actor) -> None:
    if not owns(row, actor):
        raise NotYours("Seule l’organisation qui tient l’événement peut le modifier.")


async def registrations(session: AsyncSession, idents: Iterable[int]) -> list[EventRegistration]:
    asked = select(EventRegistration).where(EventRegistration.event_id.in_(list(idents)))
    return list(await session.scalars(asked.order_by(EventRegistration.id)))


async def create(session: AsyncSession, actor: Member, asked: MeetingIn) -> NetworkEvent:
    row = NetworkEvent(
        **asked.model_dump(), organisation_id=actor.organisation.id, by=actor.person.id, updated_at=now(), reason=""
    )
    session.add(row)
    await session.flush()
    audit.record(session, actor, "network.event_created", row)
    return row


async def change(session: AsyncSession, actor: Actor, row: NetworkEvent, asked: MeetingIn) -> None:
    moved = (row.starts_at, row.place) != (asked.starts_at, asked.place)
    for name, value in asked.model_dump().items():
        setattr(row, name, value)
    row.updated_at = now()
    await session.flush()
    await _move_up(session, row)
    if moved:
        when = asked.starts_at.astimezone(_PARIS)
        await _tell(session, row, "a changé", f"Nouveau rendez-vous : le {when:%d/%m/%Y à %Hh%M}, {row.place}.")
    audit.record(session, actor, "network.event_changed", row, {"moved": moved})


async def cancel(session: AsyncSession, actor: Actor, row: NetworkEvent, reason: str) -> None:
    row.cancelled_at, row.reason, row.updated_at = now(), reason, now()
    await session.flush()
    await _tell(session, row, "est annulé", f"Raison : {reason}")
    audit.record(session, actor, "network.event_cancelled", row)


async def register(session: AsyncSession, actor: Actor, row: NetworkEvent) -> None:
    """Again: nothing changes. Full: the waiting list."""
    if row.cancelled_at or row.starts_at <= now():
        raise EventOver("On ne peut plus s’inscrire à cet événement.")
    mine = (EventRegistration.event_id == row.id, EventRegistration.person_id == actor.person.id)
    if await session.scalar(select(EventRegistration.id).where(*mine)):
        return
    place = rules.place_for(row.capacity, await _seated(session, row))
    session.add(EventRegistration(event_id=row.id, person_id=actor.person.id, place=place, at=now()))
    await session.flush()


async def leave(session: AsyncSession, actor: Actor, row: NetworkEvent) -> None:
    mine = (EventRegistration.event_id == row.id, EventRegistration.person_id == actor.person.id)
    await session.execute(delete(EventRegistration).where(*mine))
    await _move_up(session, row)


async def _seated(session: AsyncSession, row: NetworkEvent) -> int:
    asked = select(func.count()).where(EventRegistration.event_id == row.id, EventRegistration.place == Place.SEATED)
    return await session.scalar(asked) or 0


async def _move_up(session: AsyncSession, row: NetworkEvent) -> None:
    if row.cancelled_at:
        return
    waiting = [one for one in await registrations(session, [row.id]) if one.place is Place.WAITING]
    chosen = rules.promoted(row.capacity, await _seated(session, row), [one.id for one in waiting])
    for one in waiting:
        if one.id in chosen:
            one.place = Place.SEATED
            person = await session.get(Person, one.person_id)
            if person:
                text = f"Bonjour,\n\nUne place s’est libérée : vous êtes inscrit à « {row.title} ».{_SIGN}"
                await notify(session, person.id, "event", Letter("Vous avez une place", text), f"/evenements/{row.id}")
    await session.flush()


async def _tell(session: AsyncSession, row: NetworkEvent, what: str, more: str) -> None:
    asked = (
        select(Person.id)
        .join(EventRegistration, EventRegistration.person_id == Person.id)
        .where(EventRegistration.event_id == row.id, Person.email.is_not(None))
    )
    said = f"L’événement « {row.title} » {what}"
    letter = Letter(said[:200], f"Bonjour,\n\n{said}.\n{more}{_SIGN}")
    for reader in list(await session.scalars(asked)):
        await notify(session, reader, "event", letter, f"/evenements/{row.id}")


async def _erase(session: AsyncSession, person_id: int) -> None:
    """Their seat goes to the next who waits, as when they leave."""
    held = select(EventRegistration.event_id).where(EventRegistration.person_id == person_id)
    rows = list(await session.scalars(select(NetworkEvent).where(NetworkEvent.id.in_(held))))
    await session.execute(delete(EventRegistration).where(EventRegistration.person_id == person_id))
    for row in rows:
        if row.starts_at > now():
            await _move_up(session, row)


ERASERS.append(_erase)
