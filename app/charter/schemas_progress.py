"""Progress, declared figures, the dashboard, AGEC and SPASER over HTTP."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.accounts.schemas import Strict
from app.documents.schemas import Filled, Line
from app.law.schemas import FromFacts
from app.law.schemas_reference import Figure

Amount = Annotated[Decimal, Field(ge=0, le=10**12, max_digits=15, decimal_places=2, allow_inf_nan=False)]


class DeclaredOut(FromFacts):
    id: int
    version: int
    value: Figure
    note: str
    proof: str
    """Name of the document joined; empty: none."""


class CellOut(FromFacts):
    period: str
    value: Figure | None
    """Null is « non déclaré », never zero."""
    origin: Literal["files", "declared", "training"] | None
    declared: DeclaredOut | None


class IndicatorShown(FromFacts):
    code: str
    name: str
    unit: str
    measured: str
    target: Figure | None


class SeriesOut(FromFacts):
    indicator: IndicatorShown
    cells: list[CellOut]
    year: CellOut
    last: Figure | None
    reached: bool | None
    trend: Literal["up", "down", "flat"] | None


class CommitmentShown(FromFacts):
    code: str
    title: str


class CommitmentProgress(FromFacts):
    commitment: CommitmentShown
    series: list[SeriesOut]


class CharterProgressOut(BaseModel):
    year: int
    organisation: str
    items: list[CommitmentProgress]
    may: list[Literal["declare"]]


class FigureIn(Strict):
    value: Amount
    note: Annotated[Line, Field(max_length=1000)] = ""


class FigureOut(BaseModel):
    id: int
    version: int
    code: str
    period: str
    value: Figure
    note: str
    proof_name: str
    at: datetime


class DashboardRow(FromFacts):
    code: str
    label: str
    files: int | None
    clauses: int | None
    organisations: int | None


class DashboardPart(BaseModel):
    dimension: Literal["lever", "family", "department"]
    title: str
    """The finding, in a sentence."""
    summary: str
    rows: list[DashboardRow]


class DashboardOut(BaseModel):
    least: int
    """Contributors under which nothing is shown."""
    since: str
    parts: list[DashboardPart]


class ObjectiveOut(FromFacts):
    value: Figure | None
    not_applicable: bool
    origin: Literal["law", "administrator"] | None


class AgecAmounts(FromFacts):
    total: Figure | None
    reused: Figure | None
    donated: Figure | None
    recycled: Figure | None


class AgecVersions(BaseModel):
    """ETags of what was declared; null: not declared by hand."""

    total: int | None
    reused: int | None
    donated: int | None
    recycled: int | None


class AgecYear(BaseModel):
    year: int
    amounts: AgecAmounts
    versions: AgecVersions
    reuse: Figure | None
    recycled: Figure | None
    reuse_objective: ObjectiveOut
    recycled_objective: ObjectiveOut


class AgecCategoryLine(BaseModel):
    number: int
    label: str
    years: list[AgecYear]


class AgecTrackingOut(BaseModel):
    organisation: str
    years: list[int]
    items: list[AgecCategoryLine]
    missing: str
    """What to say where an objective is null."""
    may: list[Literal["declare"]]


class RateIn(Strict):
    value: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2, allow_inf_nan=False)]
    source: Annotated[Filled, Field(max_length=500)]
    """Where it was read: « annexe du décret, ligne 4 »."""


class RateLine(BaseModel):
    category: int
    label: str
    tier: int
    kind: Literal["reuse", "recycled"]
    value: Figure | None
    source: str
    version: int | None


class RatePage(BaseModel):
    items: list[RateLine]


class SpaserCell(BaseModel):
    year: int
    value: Figure | None
    version: int | None
    share: Figure | None
    """Percent of all the contracts of the year (number or value); null where one of the two is not declared."""


class SpaserLine(BaseModel):
    code: str
    label: str
    unit: str
    cells: list[SpaserCell]


class SpaserOut(BaseModel):
    organisation: str
    siret: str
    first_year: int
    items: list[SpaserLine]
    published_at: datetime | None
    may: list[Literal["declare", "publish"]]


class PublishedLine(BaseModel):
    organisation: str
    siret: str
    first_year: int
    published_at: datetime


class PublishedPage(BaseModel):
    items: list[PublishedLine]
    next: str | None
