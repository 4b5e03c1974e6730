"""What the library answers. Out models have no defaults: a field is always there."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.law.schemas import FamilyOut, French, PurchaseIn, Strict
from app.law.vocabulary import Confidence, Kind, Nature, Piece, Status
from app.library.record import (
    Baseline,
    CcagHook,
    Change,
    Control,
    Cpv,
    Evidence,
    Gain,
    Link,
    Market,
    Number,
    Penalty,
    Scoring,
    Source,
    Variable,
)
from app.library.search import Sort
from app.library.vocabularies import Label, Term

Codes = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=20)]


class ClauseQuery(BaseModel):
    """The parameters of the list; a repeated one means « or »."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=2000, description="Mots, CPV, article, identifiant ; les fautes sont admises")
    family: Codes = []
    lever: Codes = []
    kind: list[Kind] = Field([], max_length=20)
    piece: list[Piece] = Field([], max_length=20)
    level: list[Annotated[int, Field(ge=1, le=3)]] = Field([], max_length=3)
    duty: Codes = []
    commitment: Codes = []
    status: list[Status] = Field([], max_length=10, description="À défaut, les clauses en vigueur")
    cpv: str = Field("", max_length=10, description="Code CPV, avec ou sans clé de contrôle")
    sort: Sort | None = Field(None, description="À défaut, la pertinence")
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=300)

    @property
    def filters(self) -> dict[str, list[str]]:
        names = ("family", "lever", "kind", "piece", "level", "duty", "commitment", "status")
        return {name: [str(value) for value in getattr(self, name)] for name in names if getattr(self, name)}


class ClauseSummary(BaseModel):
    id: str
    version: int
    title: str
    plain_title: str
    summary: str
    family: str
    families: list[str]
    levers: list[str]
    kind: Kind
    pieces: list[Piece]
    level: int
    status: Status
    natures: list[Nature]
    duties: list[str]
    gain: str
    legal_check: date
    availability: str
    score: float | None
    """Relevance, for comparison inside one answer; null without a query."""


class FacetValue(BaseModel):
    code: str | int
    label: str
    count: int


class Coded(BaseModel):
    code: str
    label: str


class GuessOut(Coded):
    share: float
    """1 for the surest family, less for the others."""


class UnderstoodOut(BaseModel):
    """What a query was read as."""

    families: list[GuessOut]
    levers: list[Coded]
    kinds: list[Coded]
    cpv: list[Coded]
    articles: list[str]
    clauses: list[str]
    unknown: list[str]
    """Words that nothing here holds."""


class RemovalOut(BaseModel):
    """A parameter without which the same request finds clauses."""

    parameter: str
    count: int


class WayOutOut(BaseModel):
    removals: list[RemovalOut]
    families: list[FacetValue]
    """The nearest families, or the largest ones when nothing was understood."""


class ClausePage(BaseModel):
    items: list[ClauseSummary]
    next: str | None
    total: int
    facets: dict[str, list[FacetValue]]
    """Counts as if nothing were chosen in the facet itself."""
    corrected: str | None
    """The query with its typing faults repaired, when it had some."""
    understood: UnderstoodOut | None
    """What the words were read as; null without a query."""
    way_out: WayOutOut | None
    """What would find something; null unless nothing was found."""


class LegalRef(BaseModel):
    text: str
    title: str
    article: str
    relation: str
    confidence: Confidence
    in_force_from: date | None


class ClauseRef(BaseModel):
    id: str
    title: str
    level: int
    kind: Kind
    status: Status


class StandingOut(BaseModel):
    """What the clause is worth on a day; `written_*` is what its file says."""

    model_config = ConfigDict(from_attributes=True)

    on: date
    level: int
    degree: Literal["none", "small", "real"]
    written_level: int
    written_degree: Literal["none", "small", "real"]
    recalls_law: bool
    fallen: bool
    asked: Number | None
    required: Number | None
    unit: str
    since: date | None
    next_on: date | None
    next_required: Number | None
    reason: str


class ClauseOut(BaseModel):
    """A whole clause: the record of its file, with law, labels, words and relations resolved."""

    id: str
    version: int
    content_hash: str
    published_at: datetime
    status: Status
    title: str
    plain_title: str
    summary: str
    kind: Kind
    alternative_kinds: list[Kind]
    level: int
    family: str
    families: list[str]
    levers: list[str]
    natures: list[Nature]
    pieces: list[Piece]
    environmental: bool
    social: bool
    cpv: Cpv
    requirement: str
    variables: dict[str, Variable]
    legal: list[LegalRef]
    duties: list[str]
    baseline: Baseline
    gain: Gain
    link_to_subject: Link
    evidence: list[Evidence]
    labels: list[Label]
    control: Control | None
    penalty: Penalty | None
    scoring: Scoring | None
    ccag: list[CcagHook]
    why: str
    watch_points: list[str]
    not_when: list[str]
    charter: list[str]
    relations: dict[str, list[ClauseRef]]
    market: Market
    availability: str
    definitions: list[Term]
    sources: list[Source]
    legal_check: date
    next_review: date
    review_overdue: bool
    """Whether the next review was due before today."""
    standing: StandingOut
    """`level` and `gain` above are those of today."""
    changelog: list[Change]
    wordings: dict[Piece, str]
    """The text as written, variables as `{{ name }}`."""
    html: dict[Piece, str]
    """The same as safe HTML, each variable in `<mark data-variable>` with its default value."""


class VersionOut(BaseModel):
    number: int
    content_hash: str
    published_at: datetime
    change: Change


class Versions(BaseModel):
    items: list[VersionOut]


class ChangeOut(BaseModel):
    id: int
    kind: str
    """created, changed, withdrawn or restored."""
    clause: str
    version: int
    title: str
    at: datetime
    generation: int


class ChangePage(BaseModel):
    items: list[ChangeOut]
    next: int | None
    """What to give as `since` for the rest; null when this is all."""


class LevelOut(BaseModel):
    code: int
    label: str


class PurchaseFamily(Coded):
    prefix: str
    cpv: list[str]


class VocabularyOut(BaseModel):
    families: list[PurchaseFamily]
    levers: list[Coded]
    kinds: list[Coded]
    pieces: list[Coded]
    levels: list[LevelOut]
    natures: list[Coded]
    buyers: list[Coded]
    statuses: list[Coded]
    confidences: list[Coded]
    duties: list[Coded]
    commitments: list[Coded]
    labels: list[Label]
    glossary: list[Term]


class CpvOut(BaseModel):
    code: str
    """Eight digits."""
    formatted: str
    """With its check digit."""
    label: str
    families: list[Coded]


class CpvPage(BaseModel):
    items: list[CpvOut]


class SuggestionsOut(BaseModel):
    """What to offer while one types."""

    corrected: str | None
    phrases: list[str]
    """Expressions that the text typed may become."""
    families: list[GuessOut]
    levers: list[Coded]
    cpv: list[CpvOut]
    clauses: list[ClauseRef]


class RecommendationIn(Strict):
    purchase: PurchaseIn
    ambition: Literal[1, 2, 3] = 1


class ReasonOut(BaseModel):
    kind: str
    code: str
    text: French


class RecommendationOut(BaseModel):
    clause: ClauseSummary
    preselected: bool
    reasons: list[ReasonOut]
    piece: Piece
    level: int


class LeverShareOut(BaseModel):
    lever: str
    label: str
    law_minimum: int
    chosen: int
    ambitious: int


class RecommendationsOut(BaseModel):
    items: list[RecommendationOut]
    by_lever: list[LeverShareOut]
    families: list[FamilyOut]
