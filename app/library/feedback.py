"""Receiving what readers say of a clause, and reading it for the editors."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.library.models_feedback import ClauseFeedback
from app.library.published import PublishedClause
from app.library.schemas_feedback import FeedbackIn

PAGE: Final = 50


async def record(session: AsyncSession, clause: PublishedClause, asked: FeedbackIn, key: str | None) -> int:
    """The id of the stored message; the same key stores it once."""
    row = {
        "clause_id": clause.id,
        "version": asked.version or clause.version,
        "subject": asked.subject,
        "message": asked.message,
        "email": asked.email or None,
        "idempotency_key": key,
    }
    stored = insert(ClauseFeedback).values(row).on_conflict_do_nothing(index_elements=["idempotency_key"])
    made = (await session.execute(stored.returning(ClauseFeedback.id))).scalar_one_or_none()
    if made is not None:
        return made
    known = select(ClauseFeedback.id).where(ClauseFeedback.idempotency_key == key)
    return (await session.execute(known)).scalar_one()


async def unhandled(session: AsyncSession, *, before: int | None = None) -> Sequence[ClauseFeedback]:
    """The editors' inbox, the newest first; `before` is the last id of the page already read."""
    asked = select(ClauseFeedback).where(ClauseFeedback.handled_at.is_(None)).order_by(ClauseFeedback.id.desc())
    if before is not None:
        asked = asked.where(ClauseFeedback.id < before)
    return (await session.scalars(asked.limit(PAGE))).all()
