"""Analyses in the database: by a secret that only the caller holds."""

import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from app.documents.analysis.models import Analysis
from app.documents.analysis.refusals import AnalysisGone
from app.documents.analysis.schemas import AnalysisOut

KEPT: Final = timedelta(hours=24)
_SILENT: Final = timedelta(minutes=2)
_FORGOTTEN: Final = timedelta(minutes=15)
GONE: Final = "Cette analyse n’existe plus. Renvoyez le fichier pour la refaire."
Verdict = Mapping[str, Any]
_COPIED: Final = ("created_at", "moved_at", "status", "done", "total", "files", "asked", "text", "result")


def key_of(secret: str) -> bytes:
    """What the table and the jobs know of a secret."""
    return sha256(secret.encode()).digest()


async def keep(
    session: AsyncSession, *, files: list[Any], total: int, asked: Mapping[str, Any] | None, text: list[Any]
) -> str:
    """A new analysis, waiting; answers its secret. Those that are over are erased on the way."""
    now = datetime.now(UTC)
    await erase_expired(session, now)
    secret = secrets.token_urlsafe(32)
    row = Analysis(
        secret=key_of(secret),
        expires_at=now + KEPT,
        status="waiting",
        done=0,
        total=total,
        files=files,
        asked=dict(asked) if asked else None,
        text=text,
        result=None,
    )
    session.add(row)
    await session.flush()
    return secret


async def erase_expired(session: AsyncSession, now: datetime) -> None:
    await session.execute(delete(Analysis).where(Analysis.expires_at <= now))


async def erase(session: AsyncSession, key: bytes) -> None:
    await session.execute(delete(Analysis).where(Analysis.secret == key))


def _there() -> ColumnElement[bool]:
    return or_(Analysis.expires_at.is_(None), Analysis.expires_at > datetime.now(UTC))


async def find(session: AsyncSession, key: bytes) -> Analysis:
    """`AnalysisGone` when it never was, is over or was erased: the three look the same."""
    found = await session.scalar(select(Analysis).where(Analysis.secret == key, _there()))
    if found is None:
        raise AnalysisGone(GONE)
    return found


async def find_for(session: AsyncSession, key: bytes, organisation_id: int | None) -> Analysis:
    """The same for a reader: one that an organisation keeps is hers alone."""
    found = await find(session, key)
    if found.organisation_id not in {None, organisation_id}:
        raise AnalysisGone(GONE)
    return found


async def is_kept(session: AsyncSession, key: bytes) -> bool:
    asked = select(Analysis.organisation_id).where(Analysis.secret == key)
    return await session.scalar(asked) is not None


async def keep_for(session: AsyncSession, row: Analysis, organisation_id: int) -> str:
    """A copy that does not expire, at an address of its own; answers its secret."""
    secret = secrets.token_urlsafe(32)
    copied = {name: getattr(row, name) for name in _COPIED}
    session.add(Analysis(secret=key_of(secret), expires_at=None, organisation_id=organisation_id, **copied))
    await session.flush()
    return secret


async def give(session: AsyncSession, key: bytes, organisation_id: int) -> None:
    """One that was just made becomes an organisation's."""
    await _set(session, key, expires_at=None, organisation_id=organisation_id)


async def verdicts(session: AsyncSession, keys: Collection[bytes]) -> dict[bytes, tuple[Analysis, Verdict | None]]:
    """Where some analyses are, with the summary of those that are done; the rest of their result is not read."""
    asked = (
        select(Analysis, Analysis.result["summary"])
        .options(defer(Analysis.result), defer(Analysis.text))
        .where(Analysis.secret.in_(keys))
    )
    return {row.secret: (row, summary) for row, summary in (await session.execute(asked)).all()}


async def progress(session: AsyncSession, key: bytes, done: int | None = None) -> None:
    """How far the work is; without a number, only that it goes on."""
    await _set(session, key, **({} if done is None else {"done": done}))


async def finish(session: AsyncSession, key: bytes, result: Mapping[str, Any] | None) -> None:
    """The result, and the text gone; without a result, a failure."""
    done = {"done": Analysis.total} if result else {}
    await _set(session, key, status="done" if result else "failed", result=result, text=None, **done)


async def _set(session: AsyncSession, key: bytes, **values: Any) -> None:  # noqa: ANN401 (columns)
    changed = update(Analysis).where(Analysis.secret == key)
    await session.execute(changed.values(moved_at=datetime.now(UTC), **values))


def status_of(row: Analysis) -> str:
    """A work that gives no sign of life has failed."""
    now = datetime.now(UTC)
    silent = row.done > 0 and row.moved_at < now - _SILENT
    lost = row.status == "waiting" and (silent or row.created_at < now - _FORGOTTEN)
    return "failed" if lost else row.status


def shown(row: Analysis, secret: str) -> AnalysisOut:
    return AnalysisOut.model_validate(
        {
            "id": secret,
            "status": status_of(row),
            "done": row.done,
            "total": row.total,
            "created_at": row.created_at,
            "expires_at": row.expires_at,
            "kept": row.organisation_id is not None,
            "files": row.files,
            "purchase": row.asked,
            "result": row.result,
        }
    )
