"""What the law room knows, as plain values: texts, duties, rates, thresholds, charter.

`app.law.catalogue` reads them from clauses/law and clauses/charter; nothing here reads a file, a clock or a session.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from app.law.vocabulary import BuyerKind, Confidence, Kind, Nature, Piece

Strength = Literal["binding", "recommended", "programmed"]
Severity = Literal["blocking", "warning", "info"]
Fact = Literal[
    "agec",
    "buyer.annual_purchases",
    "buyer.fleet_size",
    "buyer.kind",
    "buyer.population",
    "competition",
    "cpv",
    "defence",
    "duration_months",
    "estimated_value",
    "families",
    "floor_area",
    "nature",
    "object",
    "procedure",
]
_CLOSED: Final = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One node of a three-valued condition tree: exactly one of `all`, `any`, `not_`, `ask` or `fact` is set."""

    __pydantic_config__ = _CLOSED

    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()
    not_: "Condition | None" = None
    ask: str = ""
    """A fact that the purchase does not hold, as the end of « si … » ; `ask_not` is its negation.

    Alone it is always unknown; beside `mentions` it words the leaf when the object does not mention the words.
    """
    ask_not: str = ""
    fact: Fact | None = None
    in_: tuple[str, ...] = ()
    is_: bool | None = None
    at_least: Decimal | str | None = None
    """A number, or the name of a threshold of targets.yaml (`european`, `dispense`)."""
    more_than: Decimal | None = None
    less_than: Decimal | None = None
    starts_with: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LawText:
    """An article that a clause may cite, reformulated; a date that nobody read is None."""

    __pydantic_config__ = _CLOSED

    id: str
    title: str
    article: str
    says: str
    row: str
    evidence: Literal["V-CODE", "V-DEPOT", "V-PAGE", "MEM", "NON-VERIFIE"]
    confidence: Confidence
    in_force_from: date | None = None
    in_force_to: date | None = None
    """The last day in force."""
    references: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a clause of the basket must be to meet a duty or a modality: every field that is set must match."""

    __pydantic_config__ = _CLOSED

    kinds: tuple[Kind, ...] = ()
    environmental: bool | None = None
    social: bool | None = None
    duty: str = ""
    levers: tuple[str, ...] = ()
    charter: str = ""
    minimum_level: int = 1
    substantial: bool = True
    """A clause that only restates the law does not count (OB-09)."""


@dataclass(frozen=True, slots=True)
class Duty:
    __pydantic_config__ = _CLOSED

    code: str
    row: str
    rule: str
    """The name of its finding: R-ENV-EXEC… (droit.md, section 7), or the code again."""
    title: str
    texts: tuple[str, ...]
    action: str
    applies_when: Condition
    confidence: Confidence
    recommended_when: Condition | None = None
    """Where the duty does not bind but is advised (a public establishment and AGEC, art. 58)."""
    strength: Literal["binding", "recommended"] = "binding"
    severity: Severity = "warning"
    """Of the finding when the duty is binding and nothing covers it."""
    in_force_from: date | None = None
    in_force_to: date | None = None
    covered_by: tuple[Cover, ...] = ()
    covered_by_lots: bool = False
    per_lot: bool = False
    outside: bool = False
    """Met by an act of the buyer, not by a clause (a declaration, a scheme, a publication)."""
    derogable: bool = False
    exemptions: str = ""
    detail: Literal["", "agec", "fleet"] = ""
    """Which figures of targets.yaml complete the reason."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of a category; None is a figure that nobody found, never zero."""

    __pydantic_config__ = _CLOSED

    value: Decimal | None
    confidence: Confidence
    not_applicable: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgecCategory:
    """A category of decree 2024-134: rates by tier, in percent of the yearly spending excluding VAT."""

    __pydantic_config__ = _CLOSED

    number: int
    label: str
    """The exact label of the declaration's schema."""
    cpv: tuple[str, ...]
    cpv_except: tuple[str, ...]
    cpv_note: str
    reuse: Mapping[int, Rate]
    recycled: Mapping[int, Rate]
    note: str = ""
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """An amount in euros excluding VAT and the days on which it holds; an empty list means any."""

    __pydantic_config__ = _CLOSED

    name: Literal["european", "dispense"]
    value: Decimal
    natures: tuple[Nature, ...]
    in_force_from: date
    text: str
    confidence: Confidence
    buyers: tuple[BuyerKind, ...] = ()
    defence: bool | None = None
    in_force_to: date | None = None


@dataclass(frozen=True, slots=True)
class FleetRate:
    """Least share of the yearly renewal of vehicles of 3.5 t or less, in percent."""

    __pydantic_config__ = _CLOSED

    buyers: tuple[BuyerKind, ...]
    category: Literal["low", "very_low"]
    value: Decimal
    in_force_from: date | None
    in_force_to: date | None
    text: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Targets:
    __pydantic_config__ = _CLOSED

    agec: tuple[AgecCategory, ...]
    agec_notice: str
    agec_missing: str
    """Shown where a rate is null."""
    thresholds: tuple[Threshold, ...]
    fleet: tuple[FleetRate, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of a commitment: counted from the files, or declared by the organisation."""

    __pydantic_config__ = _CLOSED

    code: str
    name: str
    unit: str
    measured: Literal["declared", "modality", "weight", "checked", "network", "agec", "training", "training_hours"] = (
        "declared"
    )
    """`modality`: the share of the files where `modality` is met; `network`: counted for all signatories;
    `training`, `training_hours`: what the buyers passed here, unless the organisation declares a figure."""
    modality: str = ""
    target: Decimal | None = None
    """What the words of the commitment say; None when they give no figure."""


@dataclass(frozen=True, slots=True)
class Modality:
    """An evaluable rule of the charter: `check` judges it like a duty."""

    __pydantic_config__ = _CLOSED

    id: str
    title: str
    measure: Literal["clause", "environmental_weight", "absence", "recorded", "recorded_number"]
    why: str
    suggestion: str
    families: tuple[str, ...] = ()
    applies_when: Condition | None = None
    cover: tuple[Cover, ...] = ()
    at_least: Decimal = Decimal(1)
    pieces: tuple[Piece, ...] = ()
    """Every one of these documents must hold a matching clause."""
    wording_rule: str = ""
    severity: Severity = "warning"
    derogable: bool = True


@dataclass(frozen=True, slots=True)
class Commitment:
    __pydantic_config__ = _CLOSED

    code: str
    title: str
    text: str
    why: str
    indicators: tuple[Indicator, ...]
    modalities: tuple[Modality, ...]


@dataclass(frozen=True, slots=True)
class Charter:
    __pydantic_config__ = _CLOSED

    name: str
    network: str
    source: str
    governance: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Family:
    __pydantic_config__ = _CLOSED

    code: str
    label: str
    prefix: str
    cpv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """Everything the room knows, loaded once."""

    texts: Mapping[str, LawText]
    duties: tuple[Duty, ...]
    targets: Targets
    charter: Charter
    families: tuple[Family, ...]

    def duty(self, code: str) -> Duty:
        return next(duty for duty in self.duties if duty.code == code)

    def family_label(self, code: str) -> str:
        return next((family.label for family in self.families if family.code == code), code)
