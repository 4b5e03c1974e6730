"""What is told to other systems, how it is signed, when it is tried again (Standard Webhooks). Pure."""

import base64
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from hashlib import sha256
from http import HTTPStatus
from typing import Final


@dataclass(frozen=True, slots=True)
class Event:
    label: str
    told: str
    """When it is told, and to whom."""
    data: str
    """What `data` holds."""


EVENTS: Final[dict[str, Event]] = {
    "clause.published": Event(
        "Clause publiée", "Une clause nouvelle ou une nouvelle version, à toutes les organisations.",
        "id, version, kind (created, changed ou restored), resource",
    ),
    "clause.withdrawn": Event(
        "Clause retirée", "Une clause sort de la bibliothèque, à toutes les organisations.", "id, version, resource"
    ),
    "file.alert": Event(
        "Alerte sur un dossier", "Une clause d’un de vos dossiers a changé ou a été retirée.",
        "file, clause, version, kind (changed ou withdrawn), resource",
    ),
    "sourcing.published": Event(
        "Sourçage publié", "Un de vos sourçages est publié.", "id, closes_at, resource"
    ),
    "sourcing.closed": Event(
        "Sourçage clos", "La clôture d’un de vos sourçages est passée. Ni nombre de réponses, ni réponse, ni nom.",
        "id, closed_at, resource",
    ),
    "charter.accepted": Event(
        "Adhésion à la charte validée", "Votre adhésion à la charte est validée.", "id, version, resource"
    ),
    "firm.request": Event(
        "Demande à une entreprise", "Un acheteur public interroge votre entreprise par un sourçage.",
        "sourcing, closes_at, resource",
    ),
}  # fmt: skip
TEST: Final = "webhook.test"

# Standard Webhooks, « Operational considerations »: at once, then over about 75 hours.
SCHEDULE: Final = tuple(timedelta(seconds=wait) for wait in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
JITTER: Final = 0.1
LONGEST_WAIT: Final = timedelta(days=1)
OVERLAP: Final = timedelta(hours=24)
"""How long the former secret still signs after a rotation."""
PREFIX: Final = "whsec_"


class Ended(StrEnum):
    """Why an address no longer receives anything."""

    HAND = "hand"
    GONE = "gone"
    FAILING = "failing"


class Outcome(StrEnum):
    DELIVERED = "delivered"
    GONE = "gone"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    """Any other status: tried again."""
    SILENT = "silent"
    """No answer in time, or the connection broke."""
    FORBIDDEN = "forbidden"
    """The address leads somewhere we do not go (SSRF filter)."""


def outcome_of(status: int) -> Outcome:
    if 200 <= status < 300:  # noqa: PLR2004 (HTTP's own classes)
        return Outcome.DELIVERED
    if status == HTTPStatus.GONE:
        return Outcome.GONE
    return Outcome.REDIRECTED if 300 <= status < 400 else Outcome.REFUSED  # noqa: PLR2004


def key_of(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX))


def signature(secrets: list[str], ident: str, timestamp: int, body: str) -> str:
    """The value of `webhook-signature`: one `v1,…` per secret in force."""
    told = f"{ident}.{timestamp}.{body}".encode()
    made = (base64.b64encode(hmac.new(key_of(one), told, sha256).digest()).decode() for one in secrets)
    return " ".join(f"v1,{one}" for one in made)


def retry_after(header: str, *, now: datetime) -> timedelta:
    """The wait that `Retry-After` asks (seconds or a date), a day at most; nothing readable is no wait."""
    if header.isascii() and header.isdigit():
        return min(timedelta(seconds=int(header[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return timedelta()
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST_WAIT)


def wait_before(attempts: int, asked: timedelta, *, draw: float) -> timedelta | None:
    """How long before the next try after so many, or None: it is over. `draw` in [0, 1[ spreads the returns."""
    if attempts > len(SCHEDULE):
        return None
    return max(SCHEDULE[attempts - 1] * (1 + JITTER * draw), asked)
