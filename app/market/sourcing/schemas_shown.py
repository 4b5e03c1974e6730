"""What a sourcing answers over HTTP."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from app.market.sourcing.rules import Refusal, Stage
from app.market.sourcing.schemas import AnswerItem


class QuestionShown(BaseModel):
    id: str
    text: str
    clause_id: str
    clause_version: int
    level: int


class SteeringOut(BaseModel):
    excerpt: str
    message: str
    suggestion: str


class GapOut(BaseModel):
    field: str
    sentence: str


class AskedOut(BaseModel):
    id: int
    by: str
    """A pseudonym of this sourcing; « vous » for one's own."""
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


class VersionOut(BaseModel):
    number: int
    at: datetime
    reason: str
    sha256: str


class SourcingLine(BaseModel):
    id: int
    title: str
    buyer: str
    stage: Stage
    closes_at: datetime | None
    families: list[str]
    departments: list[str]
    published_at: datetime | None
    has_result: bool


class SourcingPage(BaseModel):
    items: list[SourcingLine]
    next: str | None


class SourcingOut(SourcingLine):
    """For the buyer. `answers` stays null while it must not be known."""

    file_id: int | None
    need: str
    cpv: list[str]
    questions: list[QuestionShown]
    closes_on: date | None
    closes_hour: str
    launch_date: date | None
    cap: int | None
    cap_reason: str
    show_count: bool
    number: int
    version: int
    steering: list[SteeringOut]
    gaps: list[GapOut]
    declared: bool
    """Whether the reader has declared their interests."""
    told: int
    answers: int | None
    asked: list[AskedOut]
    versions: list[VersionOut]
    outcome: dict[str, Any] | None
    may: list[str]


class DistributionOut(BaseModel):
    label: str
    counts: list[tuple[str, int]]


class FiguresOut(BaseModel):
    question: str
    text: str
    clause_id: str
    enough: bool
    answers: int | None
    distributions: list[DistributionOut]


class ResultOut(BaseModel):
    """The published synthesis: figures from five answers, never a name."""

    answers: int | None
    fewest: int
    questions: list[FiguresOut]
    refusals: dict[str, int]
    note: str


class OutcomeClauseOut(BaseModel):
    clause_id: str
    title: str
    level: int


class NoticeOut(SourcingLine):
    """For everybody, the same for all."""

    need: str
    cpv: list[str]
    questions: list[QuestionShown]
    launch_date: date | None
    number: int
    version: int
    capped: bool
    cap_reason: str
    asked: list[AskedOut]
    versions: list[VersionOut]
    result: ResultOut | None
    outcome: "PublicOutcomeOut | None"
    may: list[str]


class PublicOutcomeOut(BaseModel):
    """What became of the consultation, as it was notified."""

    kept: list[OutcomeClauseOut]
    offers: int
    unsuccessful: bool
    blocking_clause: str
    contract: str


class StratumOut(BaseModel):
    name: str
    firms: int
    places: int


class AudienceOut(BaseModel):
    firms: int
    told: int
    strata: list[StratumOut]
    """Of the draw; none when there are too few firms."""
    advice: str


class AnswerOut(BaseModel):
    """One's own."""

    submitted_at: datetime | None
    updated_at: datetime | None
    version: int
    items: dict[str, AnswerItem]
    refusal: Refusal | None
    may: list[str]


class ReceivedLine(SourcingLine):
    state: Literal["to_answer", "answered", "refused", "missed"]
    told: bool


class ReceivedPage(BaseModel):
    items: list[ReceivedLine]
    next: str | None


class MatrixRow(BaseModel):
    organisation_id: int
    name: str
    siret: str
    submitted_at: datetime
    updated_at: datetime
    items: dict[str, AnswerItem]


class ProposalOut(BaseModel):
    clause_id: str
    title: str
    current: int
    advised: int | None
    answers: int
    reaching: int
    reason: str


class SynthesisOut(BaseModel):
    questions: list[QuestionShown]
    rows: list[MatrixRow]
    figures: list[FiguresOut]
    refusals: dict[str, int]
    proposals: list[ProposalOut]


class RefusedOut(BaseModel):
    clause_id: str
    why: str


class AppliedOut(BaseModel):
    changed: list[str]
    refused: list[RefusedOut]


class EventOut(BaseModel):
    seq: int
    at: datetime
    actor: str
    who: str
    act: str
    label: str
    details: dict[str, Any]
    hash: str
    """Empty until the answers are opened: gaps in the chain would tell how many firms answered."""


class JournalOut(BaseModel):
    items: list[EventOut]
    whole: bool
    """Whether the chain of hashes holds, from the first line to the last."""


class LotOut(BaseModel):
    stratum: str
    lot: str
    """62 bits, in digits: too long for a number of JavaScript."""
    told: bool


class DrawOut(BaseModel):
    method: str
    seed: str
    cap: int | None
    version_sha256: str
    published_at: datetime
    lots: list[LotOut]


class CountOut(BaseModel):
    code: str
    label: str
    firms: int


class ClauseVoiceOut(BaseModel):
    """What the market says of a clause; `firms` null below five."""

    clause_id: str
    firms: int | None
    fewest: int
    feasibility: list[CountOut]
    cost: list[CountOut]
    blocker: list[CountOut]
    months: int | None


class ClauseVoiceLine(BaseModel):
    clause_id: str
    title: str
    firms: int
    blocked: int
    """Those that say: not feasible."""
    conditional: int


class ClauseVoices(BaseModel):
    items: list[ClauseVoiceLine]
