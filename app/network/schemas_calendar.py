"""Events and funding schemes over HTTP."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.library.schemas import ClauseRef
from app.library.schemas_feedback import readable
from app.network.rules import Place, SchemeKind, SchemeState
from app.network.schemas_talk import Clause, Code, Reason, Text, Title
from app.web.strict import Strict

Where = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300), AfterValidator(readable)]
Amount = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(readable)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^(https://[^\s<>\"']+)?$")]


class MeetingIn(Strict):
    title: Title
    text: Text
    place: Where
    """A room, or the address of an online meeting."""
    space: Code = ""
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    capacity: Annotated[int, Field(ge=1, le=100_000)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise ValueError("La fin doit venir après le début.")
        return self


class CancelIn(Strict):
    reason: Reason


class MeetingOut(BaseModel):
    id: int
    title: str
    text: str
    place: str
    space: str
    organisation: str
    starts_at: datetime
    ends_at: datetime
    capacity: int | None
    seated: int
    waiting: int
    cancelled: bool
    reason: str
    mine: Place | None
    """My registration."""
    over: bool
    """It has begun: no registration any more."""
    version: int
    may: list[str]


class MeetingPage(BaseModel):
    items: list[MeetingOut]
    next: str | None
    may: list[str]


class AttendeesOut(BaseModel):
    seated: list[str]
    waiting: list[str]


class SchemeIn(Strict):
    kind: SchemeKind
    title: Title
    text: Text
    eligibility: Text
    amount: Amount = ""
    link: Address = ""
    opens_on: date | None = None
    closes_on: date | None = None
    clauses: Annotated[list[Clause], Field(max_length=30, default_factory=list)]
    fictitious: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValueError("La clôture doit venir après l’ouverture.")
        return self


class SchemeQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: SchemeState | None = Field(None, description="À venir, ouvert ou clos, à ce jour")
    kind: SchemeKind | None = Field(None, description="Aide, appel à projets ou à manifestation d’intérêt")
    clause: Annotated[str, StringConstraints(max_length=16)] = Field("", description="Une éco-condition")
    q: Annotated[str, StringConstraints(max_length=200)] = Field("", description="Mots du titre ou du texte")
    limit: int = Field(20, ge=1, le=50)
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class SchemeOut(BaseModel):
    id: int
    kind: SchemeKind
    title: str
    text: str
    eligibility: str
    amount: str
    link: str
    opens_on: date | None
    closes_on: date | None
    state: SchemeState
    organisation: str
    clauses: list[ClauseRef]
    fictitious: bool
    withdrawn: bool
    version: int
    may: list[str]


class SchemePage(BaseModel):
    items: list[SchemeOut]
    next: str | None
    may: list[str]
