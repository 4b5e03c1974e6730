"""The journal of a sourcing: lines added in the transaction of the act, each with the hash of the line before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.audit import GENESIS, hash_of
from app.market.sourcing.models import SourcingEvent

_LOCK: Final = 7_224_413
ACTS: Final = {
    "created": "Sourçage créé",
    "interests": "Intérêts déclarés par un agent",
    "published": "Sourçage publié",
    "told": "Entreprises prévenues au même instant",
    "corrected": "Nouvelle version publiée",
    "answered": "Réponse scellée déposée",
    "edited": "Réponse scellée modifiée",
    "answer_withdrawn": "Réponse retirée",
    "refused": "Refus motivé",
    "asked": "Question posée",
    "question_answered": "Réponse à une question publiée",
    "opened": "Réponses ouvertes après la clôture",
    "read": "Réponses lues par un agent",
    "result": "Synthèse publiée et annoncée",
    "applied": "Niveaux appliqués au dossier",
    "concluded": "Suite de la consultation enregistrée",
    "withdrawn": "Sourçage retiré",
    "exported": "Rapport de traçabilité produit",
}
OF_FIRMS: Final = frozenset({"answered", "edited", "answer_withdrawn", "refused"})
"""Sealed like the answers until the closing."""


async def note(  # noqa: PLR0913 (a line of the journal)
    session: AsyncSession,
    sourcing_id: int,
    act: str,
    at: datetime,
    *,
    actor: str,
    organisation_id: int | None = None,
    person_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Adds a line; to call last in an act, as it holds the chain until the commit."""
    if act not in ACTS:
        raise KeyError(act)
    await session.execute(text("SELECT pg_advisory_xact_lock(:key, :id)"), {"key": _LOCK, "id": sourcing_id})
    last = (
        await session.execute(
            select(SourcingEvent.seq, SourcingEvent.hash)
            .where(SourcingEvent.sourcing_id == sourcing_id)
            .order_by(SourcingEvent.seq.desc())
            .limit(1)
        )
    ).one_or_none()
    row: dict[str, Any] = {
        "sourcing_id": sourcing_id,
        "seq": last.seq + 1 if last else 1,
        "at": at,
        "actor": actor,
        "organisation_id": organisation_id,
        "person_id": person_id,
        "act": act,
        "details": dict(details or {}),
        "previous_hash": last.hash if last else GENESIS,
    }
    session.add(SourcingEvent(**row, hash=hash_of(row)))
    await session.flush()


async def lines(session: AsyncSession, sourcing_id: int, *, opened: bool) -> Sequence[SourcingEvent]:
    """In order; while the answers are sealed, what firms did is sealed too."""
    asked = select(SourcingEvent).where(SourcingEvent.sourcing_id == sourcing_id).order_by(SourcingEvent.seq)
    if not opened:
        asked = asked.where(SourcingEvent.act.not_in(OF_FIRMS))
    return (await session.execute(asked)).scalars().all()


def as_hashed(row: SourcingEvent) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in SourcingEvent.__table__.columns}


def first_fault(rows: Sequence[Mapping[str, Any]]) -> int | None:
    """The first line that does not follow from the one before, or None: the journal is whole."""
    previous, place = GENESIS, 1
    for row in rows:
        if row["seq"] != place or row["previous_hash"] != previous or row["hash"] != hash_of(row):
            return int(row["seq"])
        previous, place = row["hash"], place + 1
    return None


async def verify(session: AsyncSession, sourcing_id: int | None = None) -> tuple[int, list[tuple[int, int]]]:
    """How many lines were read, and (sourcing, line) of each fault."""
    asked = select(SourcingEvent).order_by(SourcingEvent.sourcing_id, SourcingEvent.seq)
    if sourcing_id is not None:
        asked = asked.where(SourcingEvent.sourcing_id == sourcing_id)
    held: dict[int, list[dict[str, Any]]] = {}
    count = 0
    async for row in await session.stream_scalars(asked):
        held.setdefault(row.sourcing_id, []).append(as_hashed(row))
        count += 1
    found = [(ident, first_fault(rows)) for ident, rows in held.items()]
    return count, [(ident, line) for ident, line in found if line is not None]
