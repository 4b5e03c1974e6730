"""The calendar of a procedure, the controls of a contract, its AGEC spending: over HTTP."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from app.documents.schemas import Filled, Typed
from app.law.schemas_reference import Figure
from app.purchases.followup import CheckState, Result
from app.purchases.schemas_files import PersonOut
from app.purchases.timeline import Milestone
from app.web.strict import Strict


def _plausible(day: date) -> date:
    if not 2015 <= day.year <= 2060:  # noqa: PLR2004 (a year mistyped)
        raise ValueError("L’année se situe entre 2015 et 2060.")
    return day


Day = Annotated[date, AfterValidator(_plausible)]
StepKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{8}$")]
Amount = Annotated[Decimal, Field(ge=0, lt=10**13, decimal_places=2, allow_inf_nan=False)]


class CalendarStepIn(Strict):
    key: StepKey | None = None
    """That of the step read before; none for a new one."""
    label: Annotated[Filled, Field(max_length=120)]
    day: Day


class TimelineIn(Strict):
    dates: Annotated[dict[Milestone, Day], Field(max_length=8, default_factory=dict)]
    """A step left out has no date."""
    others: Annotated[list[CalendarStepIn], Field(max_length=30, default_factory=list)]


class MilestoneOut(BaseModel):
    code: Milestone
    label: str
    hint: str
    day: date | None


class CalendarStepOut(BaseModel):
    key: str
    label: str
    day: date


class CalendarFeedOut(BaseModel):
    id: int
    created_at: datetime
    created_by: PersonOut
    used_at: datetime | None
    may: list[str]


class CalendarFeedMade(BaseModel):
    id: int
    address: str
    """Shown once: we keep only its hash."""


class TimelineOut(BaseModel):
    version: int
    """The ETag; 0 while nothing was entered."""
    milestones: list[MilestoneOut]
    others: list[CalendarStepOut]
    steps: list[CalendarStepOut]
    """Every dated line, in the order of days."""
    next: CalendarStepOut | None
    remarks: list[str]
    launch: date | None
    """What the description says: proposed while the step has no date."""
    start: date | None
    end: date | None
    """As entered, else the start and the duration."""
    feeds: list[CalendarFeedOut]
    may: list[str]


class CheckDocumentOut(BaseModel):
    id: int
    name: str
    kind: str
    size: int
    at: datetime
    by: PersonOut


class ControlRecordOut(BaseModel):
    id: int
    version: int
    result: Result
    label: str
    done_on: date
    note: str
    penalty_due: Figure | None
    recorded_at: datetime
    recorded_by: PersonOut
    documents: list[CheckDocumentOut]


class ControlOut(BaseModel):
    key: str
    clause_id: str
    """Empty: what the CCAP asks of every contract."""
    title: str
    lots: list[str]
    what: str
    who: str
    how: str
    rhythm: str
    due: date | None
    penalty: str
    state: CheckState
    gone: bool
    """Its clause has left the basket, or its dates the contract: the result stays."""
    records: list[ControlRecordOut]


class ControlCountsOut(BaseModel):
    late: int
    soon: int
    recorded: int
    not_conform: int
    penalties: Figure | None


class ControlResultOut(BaseModel):
    code: Result
    label: str


class FollowUpOut(BaseModel):
    start: date | None
    end: date | None
    checks: list[ControlOut]
    counts: ControlCountsOut
    results: list[ControlResultOut]
    may: list[str]


class ControlRecordChange(Strict):
    result: Result
    done_on: Day
    note: Annotated[Typed, Field(max_length=4000)] = ""
    penalty_due: Amount | None = None

    @model_validator(mode="after")
    def _a_penalty_has_a_cause(self) -> Self:
        if self.penalty_due and self.result is not Result.NOT_CONFORM:
            raise ValueError("Une pénalité se constate sur un contrôle non conforme.")
        return self


class ControlRecordIn(ControlRecordChange):
    key: Annotated[Typed, Field(min_length=1, max_length=1200)]


class SpendingChange(Strict):
    """Euros excluding VAT; left out: not declared, which is not zero."""

    total: Amount | None = None
    reused: Amount | None = None
    recycled: Amount | None = None
    donated: Amount | None = None

    @model_validator(mode="after")
    def _parts_fit_the_total(self) -> Self:
        parts = (self.reused, self.recycled)
        if self.total is not None and any(part is not None and part > self.total for part in parts):
            raise ValueError("Une part dépasse le montant total de la catégorie.")
        return self


class SpendingIn(SpendingChange):
    year: Annotated[int, Field(ge=2024, le=2040)]
    category: Annotated[int, Field(ge=1, le=17)]


class SpendingOut(BaseModel):
    id: int
    version: int
    year: int
    category: int
    label: str
    total: Figure | None
    reused: Figure | None
    recycled: Figure | None
    donated: Figure | None
    reuse_rate: Figure | None
    """Percent, donations included; null while an amount is missing."""
    recycled_rate: Figure | None


class SpendingCategoryOut(BaseModel):
    number: int
    label: str


class SpendingPage(BaseModel):
    items: list[SpendingOut]
    """By year, then category."""
    categories: list[SpendingCategoryOut]
    may: list[str]
