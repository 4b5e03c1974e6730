"""Reading firms and what they declare."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.sessions import now
from app.market.models import Capability, Firm, Offer, Proof
from app.market.needs import MET, Need
from app.market.rules import ContactMode, Progress
from app.web.problems import NotFound

PARIS: Final = ZoneInfo("Europe/Paris")
NO_FIRM: Final = "Aucune entreprise n’a de fiche publiée avec ce SIRET."


def today() -> date:
    """The day in Paris: a proof that expires on the 30th is good until that night."""
    return now().astimezone(PARIS).date()


def day_of(moment: datetime) -> date:
    return moment.astimezone(PARIS).date()


async def firm(session: AsyncSession, organisation_id: int) -> Firm | None:
    return await session.get(Firm, organisation_id)


async def firm_by_siret(session: AsyncSession, siret: str) -> Firm | None:
    return (await session.execute(select(Firm).where(Firm.siret == siret))).scalar_one_or_none()


async def firms(session: AsyncSession, idents: Sequence[int]) -> dict[int, Firm]:
    found = await session.scalars(select(Firm).where(Firm.organisation_id.in_(idents)))
    return {one.organisation_id: one for one in found}


async def offers_of(session: AsyncSession, organisation_id: int) -> list[Offer]:
    asked = select(Offer).where(Offer.organisation_id == organisation_id).order_by(Offer.id)
    return list(await session.scalars(asked))


async def proofs_of(session: AsyncSession, organisation_id: int) -> list[Proof]:
    asked = select(Proof).where(Proof.organisation_id == organisation_id).order_by(Proof.id)
    return list(await session.scalars(asked))


async def capabilities_of(session: AsyncSession, organisation_id: int) -> list[Capability]:
    asked = (
        select(Capability)
        .where(Capability.organisation_id == organisation_id, Capability.withdrawn_at.is_(None))
        .order_by(Capability.clause_id)
    )
    return list(await session.scalars(asked))


async def own_offer(session: AsyncSession, ident: int, organisation_id: int) -> Offer:
    """A row of one's own firm; another's does not exist."""
    found = await session.get(Offer, ident)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("Cette offre n’existe pas dans votre fiche.")
    return found


async def own_proof(session: AsyncSession, ident: int, organisation_id: int) -> Proof:
    found = await session.get(Proof, ident)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("Cette preuve n’existe pas dans votre fiche.")
    return found


async def met_by(session: AsyncSession, need: Need, idents: Sequence[int]) -> dict[int, list[str]]:
    """Which of the wanted clauses these firms declare, for the reasons shown."""
    found: dict[int, list[str]] = {}
    for demand in need.demands:
        asked = select(Capability.organisation_id).where(Capability.organisation_id.in_(idents), demand.met(need.today))
        for ident in await session.scalars(asked):
            found.setdefault(ident, []).append(demand.clause_id)
    return found


async def progress(session: AsyncSession, row: Firm) -> Progress:
    ident = row.organisation_id

    async def some(kind: type[Offer] | type[Proof] | type[Capability]) -> bool:
        asked = select(func.count()).select_from(kind).where(kind.organisation_id == ident)
        if kind is Capability:
            asked = asked.where(Capability.withdrawn_at.is_(None), Capability.answer.in_(MET))
        return bool(await session.scalar(asked))

    return Progress(
        described=bool(row.description.strip()),
        territory=bool(row.places),
        offers=await some(Offer),
        capabilities=await some(Capability),
        proofs=await some(Proof),
        contact=row.contact is not ContactMode.NONE,
    )


async def proven(session: AsyncSession, idents: Sequence[int]) -> set[int]:
    """Those that hold a proof in date."""
    asked = select(Proof.organisation_id).where(
        Proof.organisation_id.in_(idents), func.coalesce(Proof.expires_on, date.max) >= today()
    )
    return set(await session.scalars(asked))
