"""Firms as they are shown: official and declared apart, expired said."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.accounts.models import Organisation
from app.accounts.rules import is_fictitious
from app.library.queries import shelf
from app.market.models import Capability, Firm, Offer, Proof
from app.market.places import REGIONS, departments
from app.market.rules import TRAITS, ContactMode, Coverage, CoverageKind
from app.market.scales import scale_of
from app.market.schemas import CapabilityOut, CoverageOut, OfferOut, OfficialOut, ProofOut, StatusCode, StatusOut

SOURCE = "API Recherche d’entreprises (recherche-entreprises.api.gouv.fr)"
STATUS_LABELS: dict[StatusCode, str] = {
    "ess": "Économie sociale et solidaire",
    "siae": "Insertion par l’activité économique",
    "ea": "Entreprise adaptée ou ESAT",
}


def department_name(code: str) -> str:
    return departments()[code].name if code in departments() else ""


def statuses(row: Firm) -> list[StatusOut]:
    """The register's word first; what only the firm says is marked so."""
    return [
        StatusOut(
            code=code,
            label=label,
            source="official" if row.official_traits & TRAITS[code] else "declared",
            at=row.official_at if row.official_traits & TRAITS[code] else None,
        )
        for code, label in STATUS_LABELS.items()
        if (row.official_traits | row.declared_traits) & TRAITS[code]
    ]


def official(row: Firm, organisation: Organisation) -> OfficialOut:
    invented = is_fictitious(row.siret)
    return OfficialOut(
        address=organisation.address,
        department=row.department,
        department_name=department_name(row.department),
        naf=organisation.naf,
        category=row.category,
        headcount=row.headcount,
        verification=organisation.verification,
        read_at=None if invented else row.official_at or organisation.verified_at,
        closed_at=row.closed_at,
        source="" if invented else SOURCE,
        fictitious=invented,
    )


def coverage(one: Coverage) -> CoverageOut:
    name = {
        CoverageKind.COUNTRY: "France entière",
        CoverageKind.REGION: REGIONS.get(one.code, one.code),
        CoverageKind.DEPARTMENT: department_name(one.code),
        CoverageKind.COMMUNE: f"commune {one.code}",
        CoverageKind.RADIUS: f"{one.radius_km} km autour de l’établissement",
    }[one.kind]
    return CoverageOut(kind=one.kind, code=one.code, name=name, radius_km=one.radius_km)


def offer(one: Offer, row: Firm, today: date) -> OfferOut:
    return OfferOut(
        id=one.id,
        siret=row.siret,
        firm=row.name,
        kind=one.kind,
        title=one.title,
        description=one.description,
        families=one.families,
        levers=one.levers,
        cpv=one.cpv,
        valid_until=one.valid_until,
        direction=one.direction,
        quantity=None if one.quantity is None else float(one.quantity),
        unit=one.unit,
        condition=one.condition,
        place=one.place,
        department=one.department,
        available_from=one.available_from,
        available_until=one.available_until,
        responsibility=one.responsibility,
        current=(one.valid_until or today) >= today and (one.available_until or today) >= today,
        version=one.version,
    )


def downloaded_as(one: Proof) -> str:
    """The name of the file for others: what a firm calls its files is its own business."""
    suffix = {"application/pdf": "pdf", "image/png": "png"}.get(one.media_type, "jpg")
    return f"preuve-{one.id}.{suffix}"


def proof(one: Proof, today: date, *, own: bool = True) -> ProofOut:
    return ProofOut(
        id=one.id,
        title=one.title,
        issuer=one.issuer,
        number=one.number,
        issued_on=one.issued_on,
        expires_on=one.expires_on,
        expired=(one.expires_on or today) < today,
        verified_at=one.verified_at,
        file_name=one.file_name if own or not one.file_name else downloaded_as(one),
        version=one.version,
    )


def capability(one: Capability, proofs: Iterable[Proof], today: date) -> CapabilityOut:
    clause = shelf().clauses.get(one.clause_id)
    scale = scale_of(clause.record) if clause else None
    backing = next((p for p in proofs if p.id == one.proof_id), None)
    expired = one.valid_until < today
    return CapabilityOut(
        clause_id=one.clause_id,
        clause_version=one.clause_version,
        title=clause.record.title if clause else one.clause_id,
        answer=one.answer,
        level=one.level,
        value=None if one.value is None else float(one.value),
        variable=one.variable,
        unit=scale.unit if scale else "",
        delay_months=one.delay_months,
        note=one.note,
        territories=one.territories,
        proof_id=one.proof_id,
        declared_until=one.declared_until,
        valid_until=None if one.valid_until == date.max else one.valid_until,
        expired=expired,
        verified=bool(backing and backing.verified_at and not expired),
        version=one.version,
    )


def contact(row: Firm, *, own: bool) -> tuple[str, str]:
    """E-mail and telephone, for oneself or when the firm made them public."""
    shown = own or row.contact is ContactMode.PUBLIC
    return (row.contact_email, row.contact_phone) if shown else ("", "")


def capabilities(rows: Sequence[Capability], proofs: Sequence[Proof], today: date, *, own: bool) -> list[CapabilityOut]:
    """To others, only what the firm can do and that is in date."""
    made = [capability(one, proofs, today) for one in rows]
    return made if own else [one for one in made if not one.expired and one.answer in {"met", "met_with_delay"}]
