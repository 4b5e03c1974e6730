"""Notices, letters that did not leave and addresses that refuse them, over HTTP."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.accounts.rules_notices import Pace
from app.accounts.schemas import Strict


class NoticeKindOut(BaseModel):
    code: str
    label: str
    told: str
    pace: Pace


class RefusedAddressOut(BaseModel):
    email: str
    reason: str
    """What the mail server said."""
    bounces: int
    since: datetime


class MyNotices(BaseModel):
    kinds: list[NoticeKindOut]
    refused: RefusedAddressOut | None
    """When letters to one's own address come back."""
    waiting: int
    """What the digest of tomorrow morning holds."""


class PacesIn(Strict):
    paces: Annotated[dict[str, Pace], Field(min_length=1, max_length=20)]


class AddressIn(Strict):
    email: Annotated[str, StringConstraints(min_length=3, max_length=254)]


class FailedLetterOut(BaseModel):
    id: int
    recipient: str
    subject: str
    error: str
    attempts: int
    created_at: datetime
    failed_at: datetime
    may: list[str]


class FailedLetters(BaseModel):
    items: list[FailedLetterOut]
    next: str | None


class RefusedAddresses(BaseModel):
    items: list[RefusedAddressOut]
    next: str | None
