"""Letters that come back: the addresses that refuse them are written to no more, until somebody lifts it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.outbound.models import Mail, SuppressedAddress

ENOUGH: Final = 2
"""Refusals for good before we conclude; one is enough when the mailbox does not exist."""
MEMORY: Final = timedelta(days=90)
_NO_SUCH: Final = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10")
_LARGEST: Final = 512 * 1024


@dataclass(frozen=True, slots=True)
class Returned:
    """One recipient that a delivery report says is not reached (RFC 3464)."""

    message_id: str
    recipient: str
    status: str
    reason: str


def read(raw: bytes) -> list[Returned]:
    """The failures for good of a delivery status notification; nothing in any other message."""
    report = message_from_bytes(raw[:_LARGEST], policy=default)
    if report.get_content_type() != "multipart/report":
        return []
    blocks: list[Message] = []
    original = ""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            payload = part.get_payload()
            blocks += [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
        elif kind == "text/rfc822-headers":
            headers = message_from_bytes(part.get_payload(decode=True) or b"", policy=default)  # type: ignore[arg-type]
            original = original or str(headers.get("Message-ID", ""))
        elif kind == "message/rfc822":
            inside = part.get_payload()
            if isinstance(inside, list) and isinstance(inside[0], Message):
                original = original or str(inside[0].get("Message-ID", ""))
    return [found for block in blocks if (found := _failure(block, original.strip()))]


def _failure(block: Message, message_id: str) -> Returned | None:
    status = str(block.get("Status", "")).split("(", 1)[0].strip()
    recipient = str(block.get("Final-Recipient") or block.get("Original-Recipient") or "").rpartition(";")[2].strip()
    if str(block.get("Action", "")).strip().lower() != "failed" or not status.startswith("5.") or not recipient:
        return None
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2]
    reason = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    return Returned(message_id, recipient.strip("<>").lower(), status, f"{status} {reason}"[:200])


async def take_in(session: AsyncSession, raw: bytes) -> int:
    """How many of our letters this report sends back. One about a letter that we did not send changes nothing."""
    count = 0
    for one in read(raw):
        asked = select(Mail).where(Mail.message_id == one.message_id, Mail.recipient == one.recipient)
        mail = (await session.scalars(asked.with_for_update())).one_or_none()
        if mail is None or mail.failed_at:
            continue
        mail.failed_at, mail.error = datetime.now(UTC), f"Revenu : {one.reason}"[:200]
        await refused(session, one.recipient, one.reason, no_such=one.status in _NO_SUCH)
        count += 1
    return count


async def refused(session: AsyncSession, email: str, reason: str, *, no_such: bool) -> None:
    """One more refusal for good; enough of them, and the address is written to no more."""
    moment = datetime.now(UTC)
    row = await session.get(SuppressedAddress, email, with_for_update=True)
    if row is None:
        row = SuppressedAddress(email=email, bounces=0, last_at=moment)
        session.add(row)
    row.bounces = 1 if row.last_at < moment - MEMORY else row.bounces + 1
    row.reason, row.last_at = reason[:200], moment
    if row.since is None and (no_such or row.bounces >= ENOUGH):
        row.since = moment
    await session.flush()


async def is_suppressed(session: AsyncSession, email: str) -> bool:
    row = await session.get(SuppressedAddress, email)
    return row is not None and row.since is not None


async def lift(session: AsyncSession, email: str) -> bool:
    """Writes there again; the count starts anew."""
    row = await session.get(SuppressedAddress, email, with_for_update=True)
    if row is None or row.since is None:
        return False
    row.since, row.bounces = None, 0
    await session.flush()
    return True
