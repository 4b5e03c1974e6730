"""What the publication codes and the AGEC declaration read and answer over HTTP."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from app.documents.schemas import Filled, Items, Line, Typed
from app.law.schemas import FromFacts, PurchaseIn, Strict
from app.law.schemas_reference import Figure
from app.purchases.publication import Override
from app.purchases.publication_lists import FIELDS
from app.purchases.publication_lists import Field as FieldName

Spent = Annotated[Decimal, Field(ge=0, le=1_000_000_000_000, allow_inf_nan=False, decimal_places=2)] | None
Short = Annotated[Filled, Field(max_length=200)]


class OverrideIn(Strict):
    """What is published instead of what the basket says."""

    field: FieldName
    codes: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=8)]
    reason: Filled
    lot: Line | None = None

    @model_validator(mode="after")
    def _codes_exist(self) -> Self:
        known = FIELDS[self.field].codes
        if wrong := [code for code in self.codes if code not in known]:
            raise ValueError(f"Le code « {wrong[0]} » n’existe pas ici. Codes admis : {', '.join(known)}.")
        return self

    @property
    def as_override(self) -> Override:
        return Override(self.field, tuple(dict.fromkeys(self.codes)), self.reason, self.lot or None)


class PublicationIn(Strict):
    purchase: PurchaseIn
    items: Items
    overrides: Annotated[list[OverrideIn], Field(max_length=200, default_factory=list)]


class CodedOut(FromFacts):
    code: str
    reason: str
    clauses: list[str]


class OptionOut(BaseModel):
    code: str
    label: str


class FieldCodesOut(BaseModel):
    field: FieldName
    standard: Literal["DECP", "eForms"]
    label: str
    technical: str
    codes: list[str]
    """What is published."""
    derived: list[CodedOut]
    """What the basket says."""
    overridden: bool
    reason: str
    contradictions: list[str]
    options: list[OptionOut]


class LotCodesOut(BaseModel):
    lot: str | None
    fields: list[FieldCodesOut]
    descriptions: dict[str, str]
    """BT-777, by code of BT-06."""


class PublicationFilesOut(BaseModel):
    decp: str
    eforms: str
    ocds: str


class PublicationOut(BaseModel):
    lots: list[LotCodesOut]
    files: PublicationFilesOut
    source: str
    article: str


class AgecLineIn(Strict):
    """Euros excluding VAT over the year; left out: not declared, and blank in the file."""

    category: Annotated[int, Field(ge=1, le=17)]
    """Its number in decree 2024-134."""
    total: Spent = None
    reused: Spent = None
    donated: Spent = None
    recycled: Spent = None
    comment: Annotated[Typed, Field(max_length=1000)] = ""

    @model_validator(mode="after")
    def _parts_fit_the_total(self) -> Self:
        if self.total is not None and any(
            part is not None and part > self.total for part in (self.reused, self.recycled)
        ):
            raise ValueError("Une part dépasse le montant total de la catégorie.")
        return self


class AgecDeclarationIn(Strict):
    year: Annotated[int, Field(ge=2024, le=2040)]
    """Calendar year of the spending."""
    siret: Annotated[str, Field(pattern=r"^\d{14}$")]
    name: Short
    lines: Annotated[list[AgecLineIn], Field(min_length=1, max_length=17)]

    @model_validator(mode="after")
    def _one_line_a_category(self) -> Self:
        if len({line.category for line in self.lines}) < len(self.lines):
            raise ValueError("Une catégorie figure deux fois.")
        return self


class AgecRatesOut(FromFacts):
    category: str
    reuse: Figure | None
    recycled: Figure | None


class AgecDeclarationOut(BaseModel):
    file_name: str
    csv: str
    blank: list[str]
    """Categories where an amount is missing: the file leaves it blank."""
    rates: list[AgecRatesOut]
    due: str
    source: str
