"""Tenders that an organisation keeps, over HTTP."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from app.purchases.schemas_files import PersonOut


class KeptDocumentOut(BaseModel):
    id: int
    name: str
    kind: str
    size: int


class KeptVerdictOut(BaseModel):
    sentence: str
    missing: int | None
    """Duties without a clause; None while no purchase was described."""
    weak: int
    good: int
    findings: int


class KeptForOut(BaseModel):
    """The file that it serves."""

    id: int
    title: str


class KeptTenderOut(BaseModel):
    id: int
    title: str
    analysis: str
    """Its id: `/analyses/{id}` answers it to the members of the organisation."""
    status: Literal["waiting", "done", "failed"]
    summary: KeptVerdictOut | None
    """Null until the analysis is done."""
    analysed_at: datetime
    """Against the library of that day."""
    documents: list[KeptDocumentOut]
    file: KeptForOut | None
    at: datetime
    by: PersonOut
    may: list[str]


class KeptTenderPage(BaseModel):
    items: list[KeptTenderOut]
    next: str | None
