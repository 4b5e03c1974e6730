"""What is derived from a firm's declarations, made again in the transaction that changes them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.law.families import family_of
from app.library.queries import shelf
from app.market import places, postings
from app.market.models import Capability, Coverage, Firm, Offer, Proof, Reach
from app.market.models_postings import Able, FirmWord
from app.market.places import Reached
from app.market.rules import ANY, TRAITS, Band, OfferKind, branches_of, lever_bit, valid_until_of
from app.market.rules import Coverage as CoverageValue
from app.text.stems import stem
from app.text.words import full_words

MOST_WORDS: Final = 400


def words_in(*texts: str) -> list[str]:
    """The stems by which a text is found."""
    return sorted({stem(word) for text in texts for word in full_words(text)})[:MOST_WORDS]


def levers() -> list[str]:
    """In the order of clauses/levers.yaml: the bits of `reach.traits` follow it."""
    return list(shelf().words.levers)


def bits_of(chosen: Iterable[str]) -> int:
    known = levers()
    return sum(lever_bit(lever, known) for lever in chosen if lever in known)


def traits_of(firm: Firm, chosen: Iterable[str], *, proven: bool) -> int:
    statuses = firm.official_traits | firm.declared_traits
    return statuses | (TRAITS["proof"] if proven else 0) | bits_of(chosen)


def point_of(firm: Firm) -> places.Point | None:
    return None if firm.latitude is None or firm.longitude is None else (firm.latitude, firm.longitude)


def _living(offers: Sequence[Offer], today: date) -> list[Offer]:
    """The offers that put a firm in the directory: not out of date, and no search for materials."""
    return [
        offer
        for offer in offers
        if (offer.valid_until or today) >= today
        and (offer.available_until or today) >= today
        and not (offer.kind is OfferKind.MATERIAL_FLOW and offer.direction == "sought")
    ]


def family_of_cpv(code: str) -> str:
    found = family_of(code, tuple(shelf().words.families.values()))
    return found.code if found else ""


def _families_of(codes: Iterable[str]) -> list[str]:
    """A firm stands in the family of each of its codes too: a need that names a code looks there."""
    return [family for code in codes if (family := family_of_cpv(code))]


def rows_of(firm: Firm, reach: Iterable[Reached], traits: int) -> list[dict[str, Any]]:
    """The lines of a firm in the inverted table: its families and « every », by its places and « anywhere »."""
    where = [*reach, Reached(ANY, Band.COVERS)]
    return [
        {
            "family": family,
            "place": one.place,
            "band": int(one.band),
            "draw": firm.draw,
            "organisation_id": firm.organisation_id,
            "traits": traits,
            "distance_km": one.distance_km,
            "radius_km": one.radius_km,
        }
        for family in [*firm.families, ANY]
        for one in where
    ]


async def coverages_of(session: AsyncSession, firm_id: int) -> list[CoverageValue]:
    found = await session.scalars(
        select(Coverage).where(Coverage.organisation_id == firm_id).order_by(Coverage.kind, Coverage.code)
    )
    return [CoverageValue(one.kind, one.code, one.radius_km) for one in found]


async def rebuild(session: AsyncSession, firm: Firm, *, today: date) -> None:
    """Families, words, places, traits and lines of the inverted table, and what capabilities derive."""
    await session.flush()
    ident = firm.organisation_id
    offers = _living((await session.scalars(select(Offer).where(Offer.organisation_id == ident))).all(), today)
    proofs = {p.id: p for p in await session.scalars(select(Proof).where(Proof.organisation_id == ident))}
    reach = places.reached(await coverages_of(session, ident), firm.department, point_of(firm))
    firm.families = sorted({family for offer in offers for family in [*offer.families, *_families_of(offer.cpv)]})
    firm.levers = sorted({lever for offer in offers for lever in offer.levers})
    firm.branches = branches_of(code for offer in offers for code in offer.cpv)
    firm.words = words_in(
        firm.siret, firm.siren, firm.name, firm.description, *(f"{o.title} {o.description}" for o in offers)
    )
    firm.places = places.places_of(reach)
    proven = any((proof.expires_on or today) >= today for proof in proofs.values())
    for kind in (Reach, Able, FirmWord):
        await session.execute(delete(kind).where(kind.organisation_id == ident))
    if firm.listed and firm.closed_at is None:
        rows = rows_of(firm, reach, traits_of(firm, firm.levers, proven=proven))
        await session.execute(insert(Reach), rows)
    current = select(Capability).where(Capability.organisation_id == ident, Capability.withdrawn_at.is_(None))
    for one in await session.scalars(current):
        derive(one, firm, proofs.get(one.proof_id or 0))
    await session.flush()
    for statement in (postings.able(postings.OF_ONE), postings.words(postings.OF_ONE)):
        await session.execute(text(statement), {"firm": ident})


def derive(one: Capability, firm: Firm, proof: Proof | None) -> None:
    """Where a capability counts and until when; a firm that is not listed counts nowhere."""
    counted = firm.listed and firm.closed_at is None
    one.places = places.within(one.territories, firm.places) if counted else []
    one.valid_until = valid_until_of(one.declared_until, proof.expires_on if proof else None)
