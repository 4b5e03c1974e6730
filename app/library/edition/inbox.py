"""What readers said of the clauses: the editors' inbox, and their answers."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Actor
from app.accounts.queries import names_of
from app.library import queries as library
from app.library.edition.rules import FeedbackStatus
from app.library.edition.schemas import ClauseAnswerIn, ClauseMessageOut, ClauseMessagePage
from app.library.models_feedback import ClauseFeedback
from app.outbound.mail import Letter, write
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, NotFound

WAITING = (FeedbackStatus.RECEIVED, FeedbackStatus.IN_PROGRESS)


async def page(
    session: AsyncSession, statuses: list[FeedbackStatus], cursor: str | None, limit: int
) -> ClauseMessagePage:
    """The oldest first."""
    asked = select(ClauseFeedback).order_by(ClauseFeedback.id).limit(limit + 1)
    asked = asked.where(ClauseFeedback.status.in_([str(status) for status in statuses or WAITING]))
    if cursor:
        [ident] = key_of(cursor, 1)
        if not isinstance(ident, int):
            raise BadCursor
        asked = asked.where(ClauseFeedback.id > ident)
    rows = (await session.scalars(asked)).all()
    kept = rows[:limit]
    names = await names_of(session, [row.handled_by for row in kept if row.handled_by])
    return ClauseMessagePage(
        items=[_out(row, names) for row in kept],
        next=cursor_of(kept[-1].id) if len(rows) > limit else None,
    )


def _out(row: ClauseFeedback, names: dict[int, str]) -> ClauseMessageOut:
    clause = library.shelf().clause(row.clause_id)
    return ClauseMessageOut(
        id=row.id,
        clause=row.clause_id,
        title=clause.record.title if clause else row.clause_id,
        version=row.version,
        subject=row.subject,
        message=row.message,
        answerable=row.email is not None,
        at=row.at,
        age_days=max(0, (datetime.now(UTC) - row.at).days),
        status=FeedbackStatus(row.status),
        answer=row.answer,
        handled_by=names.get(row.handled_by) if row.handled_by else None,
        revision=row.revision,
    )


async def message(session: AsyncSession, ident: int) -> ClauseFeedback:
    row = await session.get(ClauseFeedback, ident, with_for_update=True)
    if row is None:
        raise NotFound(f"Le message {ident} n’existe pas.")
    return row


async def handle(session: AsyncSession, actor: Actor, row: ClauseFeedback, asked: ClauseAnswerIn) -> ClauseMessageOut:
    """An answer goes by e-mail to the reader who left an address, once."""
    if asked.status is FeedbackStatus.ANSWERED and not asked.answer:
        raise Invalid("Un champ est à corriger.", [FieldError(pointer="/answer", detail="Écrivez la réponse.")])
    sends = asked.status is FeedbackStatus.ANSWERED and row.email and asked.answer != row.answer
    row.status, row.answer, row.handled_by = str(asked.status), asked.answer, actor.person.id
    row.handled_at = None if asked.status in WAITING else datetime.now(UTC)
    await session.flush()
    if sends and row.email:
        await write(session, row.email, _letter(row))
    audit.record(session, actor, "feedback.handled", row, {"status": row.status})
    return _out(row, await names_of(session, [actor.person.id]))


def _letter(row: ClauseFeedback) -> Letter:
    return Letter(
        f"Votre message sur la clause {row.clause_id}",
        f"Bonjour,\n\nVous nous avez écrit au sujet de la clause {row.clause_id}, version {row.version} :\n\n"
        f"{row.message}\n\nLa rédaction vous répond :\n\n{row.answer}\n\n"
        "Clausier, l’outil des clauses d’économie circulaire\n",
    )


async def waiting(session: AsyncSession) -> int:
    asked = select(func.count()).where(ClauseFeedback.status.in_([str(status) for status in WAITING]))
    return await session.scalar(asked) or 0
