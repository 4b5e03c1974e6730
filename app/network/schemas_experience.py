"""Experience with a clause over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.library.schemas_feedback import readable
from app.network.rules import Outcome, Shown
from app.network.schemas_talk import Clause
from app.web.strict import Strict

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=3000), AfterValidator(readable)]


class ExperienceIn(Strict):
    clause_id: Clause
    used_in: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=5, max_length=200), AfterValidator(readable)
    ]
    """The contract, in a few words: « Mobilier scolaire, lot 2 »."""
    year: Annotated[int, Field(ge=2000, le=2100)]
    outcome: Outcome
    offers: Annotated[int, Field(ge=0, le=1000)] | None = None
    kept: Words = ""
    change: Words = ""
    """What to change in the clause; sent to its editors too."""


class ExperienceOut(BaseModel):
    id: int
    clause_id: str
    clause_version: int
    used_in: str
    year: int
    outcome: Outcome
    offers: int | None
    kept: str
    change: str
    state: Shown
    reason: str
    organisation: str
    at: datetime
    appeal: Literal["possible", "waiting", "rejected"] | None
    may: list[str]


class ExperienceFigures(BaseModel):
    """Shown from three reports."""

    reports: int
    failed: int
    """Those that ended without a contract, or where the clause was dropped."""
    median_offers: float | None


class ExperiencePage(BaseModel):
    items: list[ExperienceOut]
    next: str | None
    figures: ExperienceFigures | None
    may: list[str]
