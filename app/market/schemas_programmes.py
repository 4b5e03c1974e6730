"""Programmes of purchases and saved searches over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.accounts.schemas import Strict
from app.market.rules import Status
from app.market.schemas import Code, Cpv, Department, Paragraph

Band = Literal["", "under-25k", "25k-100k", "100k-221k", "221k-1m", "over-1m"]


class ProgrammeIn(Strict):
    title: Annotated[str, StringConstraints(min_length=5, max_length=200)]
    description: Paragraph = ""
    families: Annotated[list[Code], Field(min_length=1, max_length=10)]
    levers: Annotated[list[Code], Field(max_length=15)] = Field(default_factory=list)
    cpv: Annotated[list[Cpv], Field(max_length=20)] = Field(default_factory=list)
    departments: Annotated[list[Department], Field(max_length=101)] = Field(default_factory=list)
    amount_band: Band = ""
    expected_on: date
    """Any day of the month when the consultation is expected."""
    status: Status = Status.DRAFT


class ProgrammeOut(BaseModel):
    id: int
    organisation: str
    organisation_siret: str
    title: str
    description: str
    families: list[str]
    levers: list[str]
    cpv: list[str]
    departments: list[str]
    amount_band: str
    amount_words: str
    expected_on: date
    status: Status
    published_at: datetime | None
    version: int
    may: list[str]


class ProgrammeFilter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    family: Annotated[list[Code], Field(max_length=22)] = []
    department: Annotated[list[Department], Field(max_length=101)] = []


class ProgrammeQuery(ProgrammeFilter):
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=300)


class ProgrammePage(BaseModel):
    items: list[ProgrammeOut]
    next: str | None


class SourcingFollowed(Strict):
    """What is followed of a published sourcing: itself."""

    sourcing: int = Field(ge=1, lt=1 << 31)


class SavedSearchIn(Strict):
    subject: Literal["firms", "programmes", "sourcing"]
    name: Annotated[str, StringConstraints(min_length=2, max_length=100)]
    query: Annotated[str, StringConstraints(max_length=1000)]
    """The parameters of the list, as in its address: « family=mobilier&department=35 »."""
    by_mail: bool = True


class SavedSearchOut(BaseModel):
    id: int
    subject: Literal["firms", "programmes", "sourcing"]
    name: str
    query: str
    page: str
    """Where on the site it is read."""
    feed: str
    """Secret address of its Atom feed."""
    by_mail: bool
    created_at: datetime


class SavedSearches(BaseModel):
    items: list[SavedSearchOut]
