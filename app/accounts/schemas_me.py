"""What one reads and changes of one's own account."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.accounts.schemas import FromRow, Strict
from app.accounts.schemas_sign_in import Name


class MeIn(Strict):
    given_name: Name
    family_name: Name


class PasskeyOut(BaseModel):
    id: str
    name: str
    created_at: datetime
    used_at: datetime | None
    may: list[str]


class SecurityOut(BaseModel):
    has_passphrase: bool
    passkeys: list[PasskeyOut]
    totp: bool
    recovery_codes_left: int
    proconnect: bool
    proofs: list[str]
    """What may confirm the identity: passphrase, code, passkey, proconnect."""


class TotpOut(BaseModel):
    secret: str
    uri: str
    qr: str
    """An SVG image as a `data:` address."""


class RecoveryCodesOut(BaseModel):
    """Shown once."""

    codes: list[str]


class MySessionOut(BaseModel):
    id: int
    current: bool
    method: str
    strong: bool
    created_at: datetime
    seen_at: datetime
    ip_prefix: str
    user_agent: str


class MySessions(BaseModel):
    items: list[MySessionOut]


class EventOut(BaseModel):
    id: int
    kind: str
    label: str
    at: datetime
    ip_prefix: str
    user_agent: str


class EventPage(BaseModel):
    items: list[EventOut]
    next: str | None


class ApiKeyIn(Strict):
    name: Annotated[Name, StringConstraints(max_length=80)]
    scopes: Annotated[list[str], Field(min_length=1, max_length=20)]
    days: Annotated[int, Field(ge=1, le=365)] = 90


class ApiKeyOut(FromRow):
    id: int
    name: str
    prefix: str
    scopes: list[str]
    organisation: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None
    used_from: str
    may: list[str]


class ApiKeyMade(ApiKeyOut):
    key: str
    """Shown once: we keep its hash only."""


class ScopeOut(BaseModel):
    code: str
    label: str


class ApiKeys(BaseModel):
    items: list[ApiKeyOut]
    scopes: list[ScopeOut]


class ActiveOrganisationIn(Strict):
    organisation_id: Annotated[int, Field(ge=1, le=2_147_483_647)]


class LeavingIn(Strict):
    """To erase one's account: the address, typed, so that it is no accident."""

    email: str


class LeavingOut(BaseModel):
    """What stands in the way of the erasure, if anything: organisations left without an administrator."""

    alone_in: list[str]
