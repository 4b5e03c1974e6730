"""Receiving what readers say of a clause; the editors read it in `edition.inbox`."""

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Person
from app.accounts.personal import ERASERS
from app.accounts.refusals import KeyReused
from app.library.models_feedback import ClauseFeedback
from app.library.published import PublishedClause
from app.library.schemas_feedback import FeedbackIn


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
    known = (await session.scalars(select(ClauseFeedback).where(ClauseFeedback.idempotency_key == key))).one()
    if (known.clause_id, known.message, known.subject) != (clause.id, asked.message, asked.subject):
        raise KeyReused("Cette clé « Idempotency-Key » a déjà servi pour un message différent.")
    return known.id


async def _erase(session: AsyncSession, person_id: int) -> None:
    """The message stays for the editors; the address of its author goes."""
    email = select(Person.email).where(Person.id == person_id).scalar_subquery()
    await session.execute(update(ClauseFeedback).where(func.lower(ClauseFeedback.email) == email).values(email=None))


ERASERS.append(_erase)
