"""The past of an organisation over HTTP."""

from datetime import date, datetime

from pydantic import BaseModel

from app.law.schemas_reference import Figure
from app.purchases.schemas_files import PersonOut


class PastImportOut(BaseModel):
    id: int
    file_name: str
    contracts: int
    """What it brought, or brought up to date."""
    others: int
    """Contracts of other buyers, left aside."""
    at: datetime
    by: PersonOut
    may: list[str]


class PastImportPage(BaseModel):
    items: list[PastImportOut]
    next: str | None


class PastShareOut(BaseModel):
    year: int | None
    family: str | None
    label: str
    """The year, the family, or « Ensemble »."""
    contracts: int
    declared: int
    with_clause: int
    with_criterion: int
    with_either: int
    share: Figure | None
    """Percent of the declared contracts; null: none declares anything, which is not zero."""
    amount: Figure | None


class PastSummaryOut(BaseModel):
    finding: str
    notes: list[str]
    total: PastShareOut
    years: list[PastShareOut]
    families: list[PastShareOut]
    cells: list[PastShareOut]
    """By family and year."""
    may: list[str]


class PastContractOut(BaseModel):
    id: int
    ident: str
    title: str
    cpv: str
    family: str
    """Label; empty when no family holds the code."""
    notified_on: date
    amount: Figure | None
    clause: bool | None
    criterion: bool | None
    concession: bool


class PastContractPage(BaseModel):
    items: list[PastContractOut]
    next: str | None
