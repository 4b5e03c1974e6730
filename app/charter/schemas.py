"""What the charter room reads and answers over HTTP: versions, adhesions, the register, the check of files."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from app.accounts.rules import OrganisationKind
from app.accounts.schemas import FromRow, Strict
from app.charter.rules import AdhesionState
from app.documents.schemas import Filled, Line
from app.law.facts import Severity
from app.law.findings import FindingStatus
from app.law.schemas import FromFacts
from app.law.schemas_reference import CharterOut

Words = Annotated[Line, Field(max_length=200)]


class VersionLine(FromRow):
    number: int
    content_hash: str
    since: datetime


class VersionPage(BaseModel):
    items: list[VersionLine]
    current: int


class CharterVersionOut(VersionLine):
    content: CharterOut


class AdhesionIn(Strict):
    deliberation: Words = ""
    """Number of the deliberation or of the decision, when it is known."""
    deliberated_on: date | None = None


class AdhesionOut(BaseModel):
    id: int
    version: int
    """Of the row: its ETag."""
    charter_version: int
    state: AdhesionState
    deliberation: str
    deliberated_on: date | None
    asked_at: datetime
    decided_at: datetime | None
    reason: str
    withdrawn_at: datetime | None
    withdrawal: str


class MyAdhesionOut(BaseModel):
    organisation: str
    adhesion: AdhesionOut | None
    current_version: int
    may: list[str]
    """`ask`, `withdraw`; empty: an administrator of the organisation can."""


class AskedLine(AdhesionOut):
    organisation: str
    siret: str
    kind: OrganisationKind
    department: str
    verification: str
    asked_by: str


class AskedPage(BaseModel):
    items: list[AskedLine]
    next: str | None


class AdhesionDecisionIn(Strict):
    accept: bool
    reason: Annotated[Line, Field(max_length=2000)] = ""

    @model_validator(mode="after")
    def _a_refusal_says_why(self) -> "AdhesionDecisionIn":
        if not self.accept and not self.reason.strip():
            raise ValueError("Dites pourquoi la demande est refusée : l’organisation recevra ce motif.")
        return self


class WithdrawalIn(Strict):
    reason: Annotated[Line, Field(max_length=2000)] = ""


class LetterIn(Strict):
    """What the DOCX are made with: kept nowhere."""

    signatory: Words = ""
    """Who signs: a name and a function."""
    delegate: Words = ""
    """To whom the signature is delegated."""
    referent: Words = ""
    """The person who will follow the charter."""


class SignatoryOut(BaseModel):
    organisation: str
    siret: str
    kind: OrganisationKind
    department: str
    charter_version: int
    since: datetime


class FacetCountOut(BaseModel):
    value: str
    count: int


class FacetsOut(BaseModel):
    department: list[FacetCountOut]
    kind: list[FacetCountOut]
    version: list[FacetCountOut]


class SignatoryPage(BaseModel):
    items: list[SignatoryOut]
    next: str | None
    facets: FacetsOut
    count: int


class ModalityFinding(FromFacts):
    rule: str
    status: FindingStatus
    severity: Severity
    title: str
    message: str
    why: str
    clauses: list[str]
    suggestion: str
    source: str
    article: str
    justified: bool


class ExceptionOut(BaseModel):
    modality: str
    reason: str
    at: datetime
    by: str


class RespectLine(BaseModel):
    id: int
    title: str
    launch_date: date | None
    described: bool
    """False: no object or no date yet, so nothing can be judged."""
    covered: int
    missing: int
    depends: int
    exceptions: int


class RespectPage(BaseModel):
    items: list[RespectLine]
    next: str | None


class RespectOut(RespectLine):
    findings: list[ModalityFinding]
    noted: list[ExceptionOut]
    may: list[Literal["except"]]


class ExceptionIn(Strict):
    reason: Annotated[Filled, Field(min_length=10, max_length=2000)]
