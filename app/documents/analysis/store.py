"""Analyses in the database: by a secret that only the caller holds."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.documents.analysis.models import Analysis
from app.documents.analysis.refusals import AnalysisGone
from app.documents.analysis.schemas import AnalysisOut

KEPT: Final = timedelta(hours=24)
_SILENT: Final = timedelta(minutes=2)
_FORGOTTEN: Final = timedelta(minutes=15)


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


async def find(session: AsyncSession, key: bytes) -> Analysis:
    """`AnalysisGone` when it never was, is over or was erased: the three look the same."""
    found = await session.scalar(
        select(Analysis).where(Analysis.secret == key, Analysis.expires_at > datetime.now(UTC))
    )
    if found is None:
        raise AnalysisGone("Cette analyse n’existe plus. Renvoyez le fichier pour la refaire.")
    return found


async def progress(session: AsyncSession, key: bytes, done: int) -> None:
    await _set(session, key, done=done)


async def finish(session: AsyncSession, key: bytes, result: Mapping[str, Any] | None) -> None:
    """The result, and the text gone; without a result, a failure."""
    done = {"done": Analysis.total} if result else {}
    await _set(session, key, status="done" if result else "failed", result=result, text=None, **done)


async def _set(session: AsyncSession, key: bytes, **values: Any) -> None:  # noqa: ANN401 (columns)
    changed = update(Analysis).where(Analysis.secret == key)
    await session.execute(changed.values(moved_at=datetime.now(UTC), **values))


def shown(row: Analysis, secret: str) -> AnalysisOut:
    now = datetime.now(UTC)
    silent = row.done > 0 and row.moved_at < now - _SILENT
    lost = row.status == "waiting" and (silent or row.created_at < now - _FORGOTTEN)
    return AnalysisOut.model_validate(
        {
            "id": secret,
            "status": "failed" if lost else row.status,
            "done": row.done,
            "total": row.total,
            "created_at": row.created_at,
            "expires_at": row.expires_at,
            "files": row.files,
            "purchase": row.asked,
            "result": row.result,
        }
    )
