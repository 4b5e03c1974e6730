"""Referents, spaces and their moderators, appeals and the journal of moderation, over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.accounts.schemas_sign_in import Email
from app.library.schemas_feedback import readable
from app.market.schemas import Department
from app.network.rules import Audience, Ruling, Way
from app.network.schemas_talk import Code, Text
from app.web.strict import Strict

Subject = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=5, max_length=150), AfterValidator(readable)
]
Rule = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(readable)]
About = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1000), AfterValidator(readable)
]


class ReferentIn(Strict):
    about: About
    """What one may ask them."""
    families: Annotated[list[Code], Field(max_length=25)]
    departments: Annotated[list[Department], Field(max_length=101)]
    """Empty: the whole country."""
    spaces: Annotated[list[Code], Field(max_length=20)]
    audience: Audience
    way: Way
    rule: Rule = ""
    consent: Literal[True]
    """« J’accepte d’être dans l’annuaire » : without it, nobody is."""


class ReferentQuery(BaseModel):
    family: str
    space: str
    department: str
    organisation: int


class ReferentOut(BaseModel):
    id: int
    name: str
    organisation: str
    organisation_id: int
    about: str
    families: list[str]
    departments: list[str]
    spaces: list[str]
    way: Way
    rule: str
    address: str
    """Only for members, when the referent gave it."""
    may: list[str]


class FacetCount(BaseModel):
    code: str
    label: str
    count: int


class ReferentFacets(BaseModel):
    families: list[FacetCount]
    departments: list[FacetCount]
    spaces: list[FacetCount]
    organisations: list[FacetCount]


class ReferentPage(BaseModel):
    items: list[ReferentOut]
    next: str | None
    facets: ReferentFacets
    may: list[str]


class MyReferentOut(BaseModel):
    """What one gave; `version` 0 while one is not in the directory."""

    listed: bool
    about: str
    families: list[str]
    departments: list[str]
    spaces: list[str]
    audience: Audience
    way: Way
    rule: str
    consented_at: datetime | None
    version: int


class WriteIn(Strict):
    subject: Subject
    text: Text


class SpaceIn(Strict):
    title: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120), AfterValidator(readable)
    ]
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=10, max_length=300), AfterValidator(readable)
    ]
    rank: Annotated[int, Field(ge=1, le=999)]
    read_first: bool
    open: bool


class AppointIn(Strict):
    email: Email


class ModeratorOut(BaseModel):
    person_id: int
    name: str
    email: str
    since: datetime


class ModeratorsOut(BaseModel):
    space: str
    items: list[ModeratorOut]


class AppealIn(Strict):
    text: Text


class RulingLine(BaseModel):
    id: int
    at: datetime
    space: str
    kind: Literal["question", "answer", "experience"]
    title: str
    act: Ruling
    reason: str
    by: str


class RulingPage(BaseModel):
    items: list[RulingLine]
    next: str | None
