"""The audit trail: `record` what was done, in the transaction that does it; the rows form a chain of hashes."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, Protocol

from sqlalchemy import event, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.accounts.actors import Actor
from app.accounts.models_trail import AuditEvent

GENESIS: Final = "0" * 64
_LOCK: Final = 7_224_412
_WAITING: Final = "audit"


class Identified(Protocol):
    """Any row with a number or a code."""

    __tablename__: str
    id: Any


def record(
    session: AsyncSession,
    actor: Actor | None,
    act: str,
    object: Identified | tuple[str, str | int],  # noqa: A002 (the word of the trail)
    details: Mapping[str, Any] | None = None,
) -> None:
    """Adds an act to the trail, with the commit. `actor` None: the platform itself (a job, a command).

    `details` holds numbers and codes, never a name, an address or the text of an answer.
    """
    kind, ident = object if isinstance(object, tuple) else (object.__tablename__, object.id)
    row = {
        "person_id": actor.person.id if actor else None,
        "key_id": actor.key.id if actor and actor.key else None,
        "organisation_id": actor.organisation.id if actor and actor.organisation else None,
        "act": act,
        "object_kind": kind,
        "object_id": str(ident),
        "details": dict(details or {}),
    }
    session.sync_session.info.setdefault(_WAITING, []).append(row)


# At the very end of the transaction: the lock that makes the chain linear is held for one insert, and as nothing is
# locked after it, two acts can never wait for each other.
@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    waiting: list[dict[str, Any]] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    previous = session.scalar(select(AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)) or GENESIS
    for row in waiting:
        row["at"], row["previous_hash"] = datetime.now(UTC), previous
        row["hash"] = previous = hash_of(row)
        session.execute(insert(AuditEvent).values(row))


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_WAITING, None)


def hash_of(row: Mapping[str, Any]) -> str:
    """SHA-256 of the previous hash and of the row as canonical JSON (sorted keys, UTC, no space)."""
    told = {name: row[name] for name in row if name not in {"previous_hash", "hash", "id"}}
    told["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(f"{row['previous_hash']}{canonical}".encode()).hexdigest()


async def _rows(session: AsyncSession) -> AsyncIterator[dict[str, Any]]:
    columns = AuditEvent.__table__.columns
    found = await session.stream(select(*columns).order_by(AuditEvent.id))
    async for row in found.mappings():
        yield dict(row)


async def broken_at(session: AsyncSession) -> int | None:
    """The number of the first event that does not follow from the one before, or None: the trail is whole."""
    previous = GENESIS
    async for row in _rows(session):
        if row["previous_hash"] != previous or row["hash"] != hash_of(row):
            return int(row["id"])
        previous = row["hash"]
    return None


async def events(session: AsyncSession) -> int:
    """How many acts the trail holds."""
    return await session.scalar(select(func.count()).select_from(AuditEvent)) or 0
