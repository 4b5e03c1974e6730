"""What the API says of the reading pages: families and glossary."""

from datetime import date

from pydantic import BaseModel

from app.law.vocabulary import Confidence
from app.library.family_pages import Branch, Mistake, NotToAsk
from app.library.schemas import ClauseRef


class FamilyCard(BaseModel):
    code: str
    label: str
    headline: str
    clauses: int
    """Clauses in force of which it is the home."""


class FamilyCards(BaseModel):
    items: list[FamilyCard]


class FamilyDuty(BaseModel):
    code: str
    title: str
    note: str
    """When this duty meets the family."""


class FirstClauseOut(BaseModel):
    clause: ClauseRef
    reason: str


class AgecOut(BaseModel):
    number: int
    label: str


class FamilyPageOut(BaseModel):
    code: str
    label: str
    headline: str
    what_matters: list[str]
    duties: list[FamilyDuty]
    cpv: list[Branch]
    market: str
    not_to_ask: list[NotToAsk]
    mistakes: list[Mistake]
    start_with: list[FirstClauseOut]
    questions_for_sourcing: list[str]
    agec: list[AgecOut]
    clauses: list[ClauseRef]
    """Its clauses in force, the first level first."""
    updated: date


class TermOut(BaseModel):
    id: str
    term: str
    definition: str
    source: str
    confidence: Confidence
    clauses: list[ClauseRef]
    """The clauses in force that use it."""


class GlossaryOut(BaseModel):
    items: list[TermOut]
