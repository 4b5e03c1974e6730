"""Firms, territories and capabilities as plain values: no session, no request, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from hashlib import sha256
from typing import Final

EVERYWHERE: Final = "FR"
ANY: Final = "*"


class Answer(StrEnum):
    MET = "met"
    MET_WITH_DELAY = "met_with_delay"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class OfferKind(StrEnum):
    GOODS = "goods"
    RECONDITIONING = "reconditioning"
    REPAIR = "repair"
    TAKE_BACK = "take_back"
    RENTAL = "rental"
    MATERIAL_FLOW = "material_flow"


class CoverageKind(StrEnum):
    COUNTRY = "country"
    REGION = "region"
    DEPARTMENT = "department"
    COMMUNE = "commune"
    RADIUS = "radius"


class ContactMode(StrEnum):
    """How a buyer may reach the firm."""

    PLATFORM = "platform"
    PUBLIC = "public"
    NONE = "none"


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Band(IntEnum):
    """How near a firm is to a department: a rank, never a bar."""

    SEATED = 0
    COVERS = 1
    RADIUS = 2
    COUNTRY = 3


TRAITS: Final = {"ess": 1, "siae": 2, "ea": 4, "proof": 8}
"""Bits of the statuses; levers follow (`lever_bit`)."""

FAMILIES: Final = (
    "mobilier", "textile", "informatique", "papier-imprimerie", "restauration", "batiment", "voirie-vrd",
    "espaces-verts", "nettoyage", "vehicules", "dechets", "biodechets", "jouets-puericulture", "evenementiel",
    "emballages", "fournitures-bureau", "energie-eclairage", "equipements-medicaux", "prestations-intellectuelles",
    "demolition-deconstruction", "financement-public", "toutes-familles",
)  # fmt: skip
"""Bits of `able.families` and `firm_word.families`, kept in the database: a new family comes last."""


@dataclass(frozen=True, slots=True)
class Coverage:
    kind: CoverageKind
    code: str
    radius_km: int = 0


@dataclass(frozen=True, slots=True)
class Capability:
    requirement: str
    """The clause's id."""
    answer: Answer
    level: int
    value: Decimal | None = None
    delay_months: int = 0
    valid_until: date = date.max
    """The sooner of the firm's own date and of the expiry of its proof."""
    proof_valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    organisation_id: int
    siren: str
    siret: str
    name: str
    families: tuple[str, ...]
    levers: tuple[str, ...]
    coverages: tuple[Coverage, ...]
    capabilities: tuple[Capability, ...] = ()


def draw_of(siret: str, seed: str = "") -> int:
    """The lot of a firm: 62 bits that depend on its SIRET and on a published seed, so that anybody can draw again."""
    return int.from_bytes(sha256(f"{seed}{siret}".encode()).digest()[:8]) >> 2


def is_counted(capability: Capability, *, today: date) -> bool:
    """Whether a declaration counts as « can meet » today: what expired yesterday is out this morning."""
    met = capability.answer in {Answer.MET, Answer.MET_WITH_DELAY}
    return met and capability.valid_until >= today


def valid_until_of(declared_until: date | None, proof_expires_on: date | None) -> date:
    return min(declared_until or date.max, proof_expires_on or date.max)


def lever_bit(lever: str, levers: Sequence[str]) -> int:
    """Levers in the order of clauses/levers.yaml, after the statuses."""
    return 1 << (len(TRAITS) + levers.index(lever))


def family_bit(family: str) -> int:
    """0 asks nothing; a family that nobody can be in matches nobody."""
    if not family:
        return 0
    return 1 << (FAMILIES.index(family) if family in FAMILIES else len(FAMILIES))


def branches_of(codes: Iterable[str]) -> list[str]:
    """What is kept of declared CPV codes: « <39, <391 » (branches above) and « =391 » (where each stops)."""
    kept: set[str] = set()
    for code in codes:
        trimmed = trimmed_cpv(code)
        kept.add(f"={trimmed}")
        kept |= {f"<{trimmed[:n]}" for n in range(2, len(trimmed) + 1)}
    return sorted(kept)


def branches_for(code: str) -> list[str]:
    """What a need of this code looks for: a firm at the same branch or below it, or at one that holds it."""
    trimmed = trimmed_cpv(code)
    return [f"<{trimmed}", *(f"={trimmed[:n]}" for n in range(2, len(trimmed)))]


def trimmed_cpv(code: str) -> str:
    """« 39130000 » → « 3913 »; a division keeps two digits (« 30000000 » → « 30 »)."""
    return code[:2] + code[2:8].rstrip("0")


@dataclass(frozen=True, slots=True)
class Progress:
    """What a firm has filled in of its page."""

    described: bool
    territory: bool
    offers: bool
    capabilities: bool
    proofs: bool
    contact: bool


_WEIGHTS: Final = {
    "territory": (20, "Dites où vous intervenez"),
    "offers": (25, "Ajoutez une offre"),
    "capabilities": (20, "Déclarez les clauses auxquelles vous répondez"),
    "described": (15, "Présentez votre activité"),
    "proofs": (10, "Joignez une preuve"),
    "contact": (10, "Dites comment vous joindre"),
}


def completeness(progress: Progress) -> tuple[int, list[str]]:
    """The percentage, and what is left to do, what weighs most first."""
    done = sum(weight for name, (weight, _) in _WEIGHTS.items() if getattr(progress, name))
    left = sorted(
        ((weight, words) for name, (weight, words) in _WEIGHTS.items() if not getattr(progress, name)),
        key=lambda pair: -pair[0],
    )
    return done, [words for _, words in left]
