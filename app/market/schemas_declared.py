"""Offers, proofs and capabilities over HTTP: what a firm sends."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.accounts.schemas import Strict
from app.market.rules import Answer, OfferKind
from app.market.schemas import CapabilityOut, Code, Cpv, Department, Line, OfferOut, Paragraph, ProofOut

Short = Annotated[str, StringConstraints(max_length=200)]
Quantity = Annotated[float, Field(gt=0, le=10_000_000_000)]


class OfferIn(Strict):
    kind: OfferKind
    title: Line
    description: Paragraph = ""
    families: Annotated[list[Code], Field(min_length=1, max_length=10)]
    levers: Annotated[list[Code], Field(max_length=15)] = Field(default_factory=list)
    cpv: Annotated[list[Cpv], Field(max_length=20)] = Field(default_factory=list)
    valid_until: date | None = None
    direction: Literal["", "offered", "sought"] = ""
    quantity: Quantity | None = None
    unit: Annotated[str, StringConstraints(max_length=20)] = ""
    condition: Short = ""
    place: Short = ""
    department: Department | Literal[""] = ""
    available_from: date | None = None
    available_until: date | None = None
    responsibility: Annotated[str, StringConstraints(max_length=300)] = ""


class OfferQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: OfferKind | None = None
    family: Code | Literal[""] = ""
    department: Department | Literal[""] = ""
    direction: Literal["", "offered", "sought"] = ""
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=300)


class OfferPage(BaseModel):
    items: list[OfferOut]
    next: str | None


class ProofIn(Strict):
    title: Line
    issuer: Annotated[str, StringConstraints(max_length=150)] = ""
    number: Annotated[str, StringConstraints(max_length=80)] = ""
    issued_on: date | None = None
    expires_on: date | None = None


class CapabilityIn(Strict):
    answer: Answer
    level: Annotated[int, Field(ge=1, le=3)] = 1
    value: Annotated[float, Field(ge=0, le=100_000_000)] | None = None
    delay_months: Annotated[int, Field(ge=0, le=120)] = 0
    note: Annotated[str, StringConstraints(max_length=500)] = ""
    territories: Annotated[list[Department], Field(max_length=101)] = Field(default_factory=list)
    proof_id: Annotated[int, Field(ge=1, le=2_147_483_647)] | None = None
    declared_until: date | None = None


class Capabilities(BaseModel):
    items: list[CapabilityOut]


class ImportOut(BaseModel):
    lines: int
    created: int
    changed: int
    detail: str


class ProofLine(ProofOut):
    """A proof as the platform's team checks it."""

    firm: str
    siret: str
    has_file: bool


class ProofsPage(BaseModel):
    items: list[ProofLine]
    next: str | None
