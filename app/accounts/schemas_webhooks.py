"""Webhooks over HTTP."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.accounts.schemas import Strict
from app.outbound.rules import Ended, Outcome


class WebhookIn(Strict):
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    url: Annotated[str, StringConstraints(min_length=10, max_length=500)]
    events: Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(min_length=1, max_length=20)]


class WebhookChange(WebhookIn):
    enabled: bool
    """False: nothing is sent any more; true: again, from now on."""


class WebhookEventOut(BaseModel):
    code: str
    label: str
    told: str
    data: str


class WebhookOut(BaseModel):
    id: int
    name: str
    url: str
    events: list[str]
    created_at: datetime
    enabled: bool
    ended: Ended | None
    """Why it no longer receives anything: hand, gone (it answered 410), failing (three days without success)."""
    ended_at: datetime | None
    delivered_at: datetime | None
    former_until: datetime | None
    """Until when the secret before the last rotation signs too."""
    version: int
    may: list[str]


class WebhookMade(WebhookOut):
    secret: str
    """Shown once: it is not in any other answer."""


class Webhooks(BaseModel):
    items: list[WebhookOut]
    choices: list[WebhookEventOut]
    may: list[str]


class DeliveryOut(BaseModel):
    id: int
    message_id: str
    event: str
    body: str
    created_at: datetime
    attempts: int
    tried_at: datetime | None
    next_at: datetime | None
    outcome: Outcome | None
    status: int | None
    why: str
    delivered_at: datetime | None
    failed_at: datetime | None
    may: list[str]


class DeliveryPage(BaseModel):
    items: list[DeliveryOut]
    next: str | None
