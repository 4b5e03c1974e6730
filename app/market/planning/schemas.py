"""Purchasing plans over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.accounts.schemas import Strict
from app.law.facts import Strength
from app.law.vocabulary import BuyerKind, Nature
from app.market.planning.reading import MOST_LINES
from app.market.schemas_depth import Figure


class PlanDutyOut(BaseModel):
    code: str
    title: str
    strength: Strength
    applies: bool
    """False: it depends on a fact that the plan does not say."""


class PlanClauseOut(BaseModel):
    id: str
    title: str
    level: int


class PlanDepthOut(BaseModel):
    territory: str
    covering: Figure
    """Firms of the first family that work there."""
    joint: Figure
    """Firms that declare they meet every clause proposed."""
    blocking_words: str


class PlanSourcingOut(BaseModel):
    need: Literal["needed", "useful", "free"]
    words: str
    start_by: date
    """Four months before the launch: a usage of ours."""


class PlanCharterOut(BaseModel):
    kept: int
    asked: int
    """Modalities of the charter that concern this purchase."""
    missing: list[str]


class PlanFamilyOut(BaseModel):
    code: str
    label: str


class PlanLineOut(BaseModel):
    number: int
    """Of the line in the file."""
    title: str
    cpv: list[str]
    nature: Nature | None
    amount: float | None
    launch: date
    departments: list[str]
    duration_months: int | None
    families: list[PlanFamilyOut]
    guessed: bool
    """The family was guessed from the words: no CPV code gives it."""
    duties: list[PlanDutyOut]
    clauses: list[PlanClauseOut]
    depth: PlanDepthOut | None
    """Null without a family."""
    sourcing: PlanSourcingOut | None
    charter: PlanCharterOut
    programme: int | None
    """The purchase announced from this line."""


class PlanSummary(BaseModel):
    id: int
    file_name: str
    count: int
    created_at: datetime


class PlanPage(BaseModel):
    items: list[PlanSummary]
    next: str | None


class PlanOut(PlanSummary):
    buyer_kind: BuyerKind
    ignored: list[str]
    judged_at: datetime
    lines: list[PlanLineOut]
    version: int
    may: list[str]


class PlanProgrammesIn(Strict):
    lines: Annotated[list[Annotated[int, Field(ge=1, le=100_000)]], Field(min_length=1, max_length=MOST_LINES)]
    status: Literal["draft", "published"] = "published"


class PlanProgrammesOut(BaseModel):
    made: int
    already: int
    """Lines that were announced before."""
    detail: str


class PlanSourcingMade(BaseModel):
    sourcing_id: int
