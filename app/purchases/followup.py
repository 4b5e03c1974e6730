"""What is to be checked while a contract is performed: by whom, when, and what came of it. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

from app.documents.agenda import MOST_DATES, controls_of, duties_of_all, proofs_of
from app.library.record import ClauseRecord

SOON: Final = timedelta(days=60)
NO_PENALTY: Final = "Pas de pénalité propre à cette clause."


class Result(StrEnum):
    RECEIVED = "received"
    """The proof is there, nobody has judged it yet."""
    CONFORM = "conform"
    NOT_CONFORM = "not_conform"
    NOT_APPLICABLE = "not_applicable"


RESULTS: Final = {
    Result.RECEIVED: "Reçu, à examiner",
    Result.CONFORM: "Conforme",
    Result.NOT_CONFORM: "Non conforme",
    Result.NOT_APPLICABLE: "Sans objet",
}


class CheckState(StrEnum):
    LATE = "late"
    SOON = "soon"
    """Within sixty days."""
    LATER = "later"
    ON_EVENT = "on_event"
    """When something happens (a delivery), or while the contract has no start date."""
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class HeldClause:
    """A clause of the basket, in the version that the file holds."""

    record: ClauseRecord
    version: int
    lots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """One control to do."""

    key: str
    """Stable when the dates of the contract move: the clause, its lots, the rhythm and the rank."""
    clause_id: str
    """Empty for what the CCAP asks of every contract."""
    clause_version: int | None
    title: str
    lots: tuple[str, ...]
    what: str
    who: str
    how: str
    rhythm: str
    due: date | None
    penalty: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a control."""

    id: int
    key: str
    result: Result
    penalty_due: Decimal | None


def expected(
    clauses: Sequence[HeldClause], *, start: date | None, end: date | None, months: int | None
) -> list[Expected]:
    """Every control of the contract; without a start date, each clause once, without a date."""
    if not any(clause.record.control for clause in clauses):
        return []
    found = list(_general(start, end, months)) if start and end else []
    for clause in clauses:
        found += _of_clause(clause, start, end, months)
    return sorted(found, key=lambda one: (one.due or date.max, one.title))


def _general(start: date, end: date, months: int | None) -> Iterator[Expected]:
    """The organisation of the follow-up, as the CCAP words it."""
    for entry in duties_of_all(start, months):
        for rank, day in _ranked(entry.rhythm.dates(end)):
            key = f"ccap/{entry.key}/{rank}"
            yield Expected(
                key, "", None, entry.title, (), entry.what, entry.who, entry.how, entry.rhythm.label, day, NO_PENALTY
            )


def _of_clause(clause: HeldClause, start: date | None, end: date | None, months: int | None) -> Iterator[Expected]:
    record = clause.record
    if record.control is None:
        return
    head = f"{record.id}/{'+'.join(clause.lots)}"
    dated: list[tuple[str, str, date | None]] = [
        (f"{rhythm.key}/{rank}", rhythm.label, day)
        for rhythm in (controls_of(record, start, months) if start and end else [])
        if end
        for rank, day in _ranked(rhythm.dates(end))
    ]
    for key, rhythm, day in dated or [("event", record.control.when, None)]:
        yield Expected(
            key=f"{head}/{key}",
            clause_id=record.id,
            clause_version=clause.version,
            title=record.title,
            lots=clause.lots,
            what=proofs_of(record),
            who=record.control.who,
            how=record.control.how,
            rhythm=rhythm,
            due=day,
            penalty=penalty_of(record),
        )


def _ranked(days: Iterable[date]) -> Iterator[tuple[int, date]]:
    for rank, day in enumerate(days, 1):
        if rank > MOST_DATES:
            return
        yield rank, day


def penalty_of(record: ClauseRecord) -> str:
    penalty = record.penalty
    if penalty is None:
        return NO_PENALTY
    notice = f" Mise en demeure de {penalty.notice_days} jours." if penalty.notice_days else ""
    return f"{penalty.basis.rstrip('.')}. Plafond : {penalty.cap.rstrip('.')}.{notice}"


def state_of(one: Expected, *, recorded: bool, today: date) -> CheckState:
    if recorded:
        return CheckState.RECORDED
    if one.due is None:
        return CheckState.ON_EVENT
    if one.due < today:
        return CheckState.LATE
    return CheckState.SOON if one.due - today <= SOON else CheckState.LATER


@dataclass(frozen=True, slots=True)
class FollowUpCount:
    """The state of a follow-up in figures."""

    late: int
    soon: int
    recorded: int
    not_conform: int
    penalties: Decimal | None
    """Euros; None while no penalty has been assessed."""


def count(states: Iterable[CheckState], records: Sequence[Recorded]) -> FollowUpCount:
    listed = list(states)
    known = [record.penalty_due for record in records if record.penalty_due is not None]
    return FollowUpCount(
        late=listed.count(CheckState.LATE),
        soon=listed.count(CheckState.SOON),
        recorded=len(records),
        not_conform=sum(record.result is Result.NOT_CONFORM for record in records),
        penalties=sum(known, Decimal(0)) if known else None,
    )


def kept(results: Iterable[Result]) -> bool | None:
    """Whether a clause was kept, by its conclusive results; None while there is none."""
    conclusive = [result for result in results if result in {Result.CONFORM, Result.NOT_CONFORM}]
    return all(result is Result.CONFORM for result in conclusive) if conclusive else None


def progress(
    asked: Sequence[Expected], recorded: Collection[str], *, start: date | None, end: date | None, today: date
) -> Literal["todo", "started", "done"] | None:
    """The state of the task « Suivre l’exécution », None before the start; `recorded`: the keys of the results."""
    if recorded:
        left = any(one.due and one.due <= today and one.key not in recorded for one in asked)
        return "done" if end and end < today and not left else "started"
    return "todo" if start and start <= today else None
