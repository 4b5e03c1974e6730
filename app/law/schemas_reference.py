"""The reference lists over HTTP: the charter, and the figures of law with their nulls."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer

from app.law.facts import Severity
from app.law.schemas import FromFacts
from app.law.vocabulary import BuyerKind, Confidence, Nature, Piece

Figure = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]


class IndicatorOut(FromFacts):
    code: str
    name: str
    unit: str
    measured: str
    target: Figure | None
    """Null when the words of the commitment give no figure."""


class ModalityOut(FromFacts):
    id: str
    title: str
    measure: str
    why: str
    suggestion: str
    families: list[str]
    at_least: Figure
    pieces: list[Piece]
    severity: Severity
    derogable: bool


class CommitmentOut(FromFacts):
    code: str
    title: str
    text: str
    why: str
    indicators: list[IndicatorOut]
    modalities: list[ModalityOut]


class CharterOut(FromFacts):
    name: str
    network: str
    source: str
    governance: str
    commitments: list[CommitmentOut]


class RateOut(FromFacts):
    value: Figure | None
    """Percent of the yearly spending; null is « not found », never zero."""
    confidence: Confidence
    not_applicable: bool
    note: str


class AgecCategoryOut(FromFacts):
    number: int
    label: str
    cpv: list[str]
    cpv_except: list[str]
    cpv_note: str
    reuse: dict[int, RateOut]
    recycled: dict[int, RateOut]
    note: str
    conflict: bool


class ThresholdOut(FromFacts):
    name: str
    value: Figure
    natures: list[Nature]
    buyers: list[BuyerKind]
    defence: bool | None
    in_force_from: date
    in_force_to: date | None
    text: str
    confidence: Confidence


class FleetRateOut(FromFacts):
    buyers: list[BuyerKind]
    category: str
    value: Figure
    in_force_from: date | None
    in_force_to: date | None
    text: str
    confidence: Confidence


class TargetsOut(FromFacts):
    agec: list[AgecCategoryOut]
    agec_notice: str
    agec_missing: str
    thresholds: list[ThresholdOut]
    fleet: list[FleetRateOut]
