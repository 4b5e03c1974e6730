"""Fills an empty database with the region, room after room; refuses one that holds somebody real."""

from collections.abc import Awaitable, Callable
from datetime import date
from random import Random
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Organisation, Person
from app.demo import charter, desks, edition, firms, followup, network, past, people, purchases, sourcing
from app.demo.presence import is_fictitious
from app.demo.world import FULL, MAIL, RESERVED, Size, World
from app.law.catalogue import law_at
from app.settings import Settings

SEED: Final = 20_260_821
STEPS: Final[tuple[Callable[[World], Awaitable[str]], ...]] = (
    people.fill,
    purchases.fill,
    followup.fill,
    firms.fill,
    charter.fill,
    past.fill,
    sourcing.fill,
    edition.fill,
    network.fill,
    desks.fill,
)


class RealDataError(Exception):
    """The database holds somebody real."""


async def _refuse_real(session: AsyncSession) -> None:
    organisations = select(func.count()).where(~Organisation.siret.startswith(RESERVED))
    persons = select(func.count()).where(Person.email.is_not(None), ~Person.email.endswith(f"@{MAIL}"))
    if await session.scalar(organisations) or await session.scalar(persons):
        raise RealDataError(
            "Cette base contient de vraies organisations ou de vrais comptes : la démonstration ne s’y mêle pas. "
            "Choisissez une autre base (DATABASE_URL ou CLAUSIER_VAR)."
        )


async def fill(  # noqa: PLR0913 (what a region depends on)
    session: AsyncSession, settings: Settings, *, today: date, proconnect: str, size: Size = FULL, seed: int = SEED
) -> list[str]:
    """What was made, a line per room; nothing when the region is already there. The library must have been read."""
    await _refuse_real(session)
    if await is_fictitious(session):
        return ["La région fictive est déjà là."]
    world = World(session, Random(seed), today, size, law_at(settings.clauses), settings, proconnect)  # noqa: S311 (the same region each time)
    return [await step(world) for step in STEPS]
