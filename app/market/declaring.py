"""Offers, proofs and capabilities as a firm writes them, checked against the library."""

from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.sessions import now
from app.library.published import PublishedClause
from app.library.queries import shelf
from app.market import queries
from app.market.models import Capability, Firm, Offer, Proof
from app.market.rules import Answer, OfferKind
from app.market.scales import scale_of
from app.market.schemas_declared import CapabilityIn, OfferIn, ProofIn
from app.web.problems import FieldError, Invalid

MOST_OFFERS: Final = 200
MOST_PROOFS: Final = 200
_TOO_MANY: Final = "Votre fiche en compte déjà deux cents : retirez-en une d’abord."


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        said = "Un champ est à corriger." if len(errors) == 1 else f"{len(errors)} champs sont à corriger."
        raise Invalid(said, errors)


def _in_order(first: date | None, last: date | None, pointer: str, said: str) -> list[FieldError]:
    return [FieldError(pointer=pointer, detail=said)] if first and last and first > last else []


def offer_faults(asked: OfferIn) -> list[FieldError]:
    words = shelf().words
    errors = [
        FieldError(pointer=f"/families/{n}", detail="Cette famille n’existe pas.")
        for n, code in enumerate(asked.families)
        if code not in words.families
    ]
    errors += [
        FieldError(pointer=f"/levers/{n}", detail="Ce levier n’existe pas.")
        for n, code in enumerate(asked.levers)
        if code not in words.levers
    ]
    errors += _in_order(asked.available_from, asked.available_until, "/available_until", "La fin vient avant le début.")
    if asked.kind is OfferKind.MATERIAL_FLOW:
        needed = {
            "direction": (asked.direction, "Dites si vous offrez ou cherchez cette matière."),
            "quantity": (asked.quantity, "Indiquez une quantité."),
            "unit": (asked.unit, "Indiquez une unité : tonnes, m³, pièces…"),
            "department": (asked.department, "Indiquez le département."),
        }
        errors += [FieldError(pointer=f"/{name}", detail=said) for name, (given, said) in needed.items() if not given]
    return errors


def fill_offer(row: Offer, asked: OfferIn) -> None:
    _refuse(offer_faults(asked))
    for name, value in asked.model_dump(exclude={"quantity"}).items():
        setattr(row, name, value)
    row.quantity = None if asked.quantity is None else Decimal(str(asked.quantity))
    row.families, row.levers = list(dict.fromkeys(asked.families)), list(dict.fromkeys(asked.levers))


async def make_offer(session: AsyncSession, firm: Firm, asked: OfferIn) -> Offer:
    if len(await queries.offers_of(session, firm.organisation_id)) >= MOST_OFFERS:
        raise Invalid(_TOO_MANY)
    row = Offer(organisation_id=firm.organisation_id)
    fill_offer(row, asked)
    session.add(row)
    firm.updated_at = now()
    await session.flush()
    return row


def fill_proof(row: Proof, asked: ProofIn) -> None:
    """Whoever changes what was checked loses the check."""
    _refuse(_in_order(asked.issued_on, asked.expires_on, "/expires_on", "Elle expire avant d’être délivrée."))
    for name, value in asked.model_dump().items():
        setattr(row, name, value)
    row.verified_at = None


async def make_proof(session: AsyncSession, firm: Firm, asked: ProofIn) -> Proof:
    if len(await queries.proofs_of(session, firm.organisation_id)) >= MOST_PROOFS:
        raise Invalid(_TOO_MANY)
    row = Proof(organisation_id=firm.organisation_id)
    fill_proof(row, asked)
    session.add(row)
    await session.flush()
    return row


def capability_faults(clause_id: str, asked: CapabilityIn, proofs: set[int]) -> list[tuple[str, str]]:
    """(field, sentence) of what cannot be declared."""
    clause = shelf().clauses.get(clause_id)
    if clause is None or clause.withdrawn_at is not None:
        return [("clause", f"La clause {clause_id} n’est pas dans la bibliothèque.")]
    errors = []
    if asked.proof_id is not None and asked.proof_id not in proofs:
        errors.append(("proof_id", "Cette preuve n’est pas dans votre fiche."))
    if asked.answer is Answer.MET_WITH_DELAY and not asked.delay_months:
        errors.append(("delay_months", "Dites dans combien de mois."))
    return errors + _value_faults(clause, asked)


def _value_faults(clause: PublishedClause, asked: CapabilityIn) -> list[tuple[str, str]]:
    scale = scale_of(clause.record)
    if asked.value is None:
        return []
    if scale is None:
        return [("value", "Cette clause ne demande pas de valeur.")]
    # Beyond the clause's bounds a firm may be better than anybody asks; a share never passes 100 %.
    if scale.unit == "%" and asked.value > 100:  # noqa: PLR2004
        return [("value", "Une part ne dépasse pas 100 %.")]
    return []


async def declare(
    session: AsyncSession, firm: Firm, clause_id: str, asked: CapabilityIn, current: Capability | None
) -> Capability:
    """Creates or replaces; the answer is about the clause's version of today."""
    clause = shelf().clauses[clause_id]
    scale = scale_of(clause.record)
    row = current or Capability(organisation_id=firm.organisation_id, siren=firm.siren, clause_id=clause_id)
    row.clause_version, row.requirement = clause.version, clause.record.requirement
    row.answer, row.level, row.note = asked.answer, asked.level, asked.note
    row.value = None if asked.value is None else Decimal(str(asked.value))
    row.variable = scale.variable if scale and asked.value is not None else ""
    row.delay_months = asked.delay_months if asked.answer is Answer.MET_WITH_DELAY else 0
    row.territories = sorted(set(asked.territories))
    row.proof_id, row.declared_until = asked.proof_id, asked.declared_until
    firm.updated_at = now()
    if current is None:
        session.add(row)
    await session.flush()
    return row


async def current_of(session: AsyncSession, firm_id: int, clause_id: str) -> Capability | None:
    asked = select(Capability).where(
        Capability.organisation_id == firm_id, Capability.clause_id == clause_id, Capability.withdrawn_at.is_(None)
    )
    return (await session.execute(asked)).scalar_one_or_none()


async def withdraw(session: AsyncSession, row: Capability) -> None:
    """It stays for the trend of the past year, without its proof and note."""
    row.withdrawn_at, row.proof_id, row.note = now(), None, ""
    await session.flush()
