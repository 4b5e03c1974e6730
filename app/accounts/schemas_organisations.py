"""Organisations, members and invitations over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, StringConstraints

from app.accounts.rules import OrganisationKind, Role, Verification, siret_of
from app.accounts.schemas import Strict
from app.accounts.schemas_sign_in import Email, Name, Token


def _siret(typed: str) -> str:
    found = siret_of(typed)
    if found is None:
        raise ValueError("Ce n’est pas un SIRET : quatorze chiffres, dont le dernier contrôle les autres.")
    return found


Siret = Annotated[str, StringConstraints(max_length=30), AfterValidator(_siret)]


class LookupOut(BaseModel):
    siret: str
    status: Literal["found", "closed", "unknown", "unreachable"]
    name: str
    address: str
    kind: OrganisationKind | None
    """A suggestion from the legal form."""
    registered: bool
    """Whether the organisation is already on Clausier: ask to join it."""


class OrganisationIn(Strict):
    siret: Siret
    kind: OrganisationKind
    name: Annotated[Name, StringConstraints(max_length=200)]


class OrganisationChange(Strict):
    name: Annotated[Name, StringConstraints(max_length=200)]
    kind: OrganisationKind


class OrganisationOut(BaseModel):
    id: int
    siret: str
    kind: OrganisationKind
    name: str
    address: str
    department: str
    region: str
    naf: str
    verification: Verification
    verified_at: datetime | None
    checked_at: datetime | None
    created_at: datetime
    version: int
    may: list[str]


class MemberOut(BaseModel):
    person_id: int
    name: str
    email: str
    role: Role
    since: datetime
    last_login_at: datetime | None
    version: int
    may: list[str]


class Members(BaseModel):
    items: list[MemberOut]


class RoleIn(Strict):
    role: Role


class InvitationIn(Strict):
    email: Email
    role: Role


class InvitationOut(BaseModel):
    id: int
    email: str
    role: Role
    created_at: datetime
    expires_at: datetime
    may: list[str]


class Invitations(BaseModel):
    items: list[InvitationOut]


class InvitationRead(BaseModel):
    """What the link of an invitation leads to."""

    organisation: str
    siret: str
    email: str
    role: Role
    has_account: bool


class AcceptIn(Strict):
    token: Token


class NewcomerIn(Strict):
    """Who is invited and has no account makes it here: the letter proves the address."""

    token: Token
    given_name: Name
    family_name: Name
    passphrase: Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)]


class JoinIn(Strict):
    siret: Siret


class JoinOut(BaseModel):
    detail: str


class JoinRequestOut(BaseModel):
    id: int
    person: str
    email: str
    created_at: datetime


class JoinRequests(BaseModel):
    items: list[JoinRequestOut]


class JoinAnswerIn(Strict):
    accept: bool
    role: Role = Role.READER


class OrganisationEvent(BaseModel):
    """A line of the security history. `person`: whose account or place; `by`: who did it, when it is somebody else."""

    id: int
    kind: str
    label: str
    at: datetime
    person: str
    by: str
    detail: str
    ip_prefix: str
    user_agent: str


class OrganisationEventPage(BaseModel):
    items: list[OrganisationEvent]
    next: str | None
