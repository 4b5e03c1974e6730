"""Which clauses time has made worth a look: an overdue review, a law that caught up, an article that changed. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from app.law.facts import Law
from app.law.phrases import NBSP, day, number
from app.library.published import PublishedClause
from app.library.standing import standing_of

SOON: Final = timedelta(days=365)
"""How long before the law catches up the editors are told."""
Why = Literal["overdue", "overtaken", "lowered", "coming", "text_changed"]


@dataclass(frozen=True, slots=True)
class Watched:
    clause: PublishedClause
    why: Why
    detail: str
    since: date


def overdue(clauses: Iterable[PublishedClause], today: date) -> list[Watched]:
    """The longest overdue first."""
    found = [
        Watched(clause, "overdue", f"Relecture prévue le {day(clause.record.next_review)}.", clause.record.next_review)
        for clause in clauses
        if clause.record.next_review < today
    ]
    return sorted(found, key=lambda watched: (watched.since, watched.clause.id))


def law_changed(clauses: Iterable[PublishedClause], law: Law | None, today: date) -> list[Watched]:
    """What the law did, or will do within a year, to the clauses; the oldest first."""
    if law is None:
        return []
    found = [watched for clause in clauses for watched in _of(clause, law, today)]
    return sorted(found, key=lambda watched: (watched.since, watched.clause.id, watched.why))


def _of(clause: PublishedClause, law: Law, today: date) -> Iterator[Watched]:
    standing = standing_of(clause.as_written, law, today)
    if standing.fallen and standing.recalls_law:
        yield Watched(clause, "overtaken", standing.reason, standing.since or today)
    elif standing.fallen:
        yield Watched(clause, "lowered", standing.reason, standing.since or today)
    elif standing.next_on and standing.next_on - today <= SOON:
        figure = f" ({number(standing.next_required)}{NBSP}{standing.unit})" if standing.next_required else ""
        yield Watched(clause, "coming", f"La loi change le {day(standing.next_on)}{figure}.", standing.next_on)
    for basis in clause.record.legal:
        text = law.texts.get(basis.text)
        moved = [when for when in (text.in_force_from, text.in_force_to) if when] if text else []
        recent = [when for when in moved if clause.record.legal_check < when <= today]
        if text and recent:
            detail = f"{text.article} : en vigueur ou abrogé le {day(max(recent))}, après la vérification juridique."
            yield Watched(clause, "text_changed", detail, max(recent))


def months_since_check(clauses: Iterable[PublishedClause], today: date) -> list[tuple[int, int]]:
    """Age of the legal check in whole months → how many clauses, without holes."""
    ages = Counter(
        max(0, (today.year - c.record.legal_check.year) * 12 + today.month - c.record.legal_check.month)
        for c in clauses
    )
    return [(months, ages[months]) for months in range(max(ages, default=0) + 1)]
