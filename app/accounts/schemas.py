"""What the accounts room reads and answers over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict

from app.accounts.rules import OrganisationKind, PlatformRoleName, Role, Verification
from app.web.strict import Strict as Exact

Ident = Annotated[int, Path(ge=1, le=2_147_483_647)]
"""The number of a row, in an address."""


class Strict(Exact):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class FromRow(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class MyOrganisation(BaseModel):
    id: int
    siret: str
    name: str
    kind: OrganisationKind
    role: Role
    verification: Verification
    department: str
    may: list[str]


class Me(FromRow):
    id: int
    email: str
    given_name: str
    family_name: str
    version: int


class SessionOut(BaseModel):
    """Who is here. `person` null: nobody; `csrf_token` goes in `X-CSRF-Token` with whatever changes something."""

    person: Me | None
    csrf_token: str
    organisation: MyOrganisation | None
    organisations: list[MyOrganisation]
    platform_roles: list[PlatformRoleName]
    strong: bool
    second_factor_needed: bool
    proved_at: datetime | None
    awaits: str
    """`second_factor` while a sign-in waits for one; else empty."""
