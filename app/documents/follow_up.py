"""When a clause is to be checked: the rhythms that the words of its control announce, as dates of the contract. Pure.

What depends on an event (a delivery, a reception) has no date: the sheet says so.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.text.fold import fold

UNKNOWN_MONTHS: Final = 12
"""Reminders of a contract whose duration is not known."""
_END: Final = re.compile(r"fin du marche|fin de marche|fin de parcours|decompte|au solde|cloture")
_BEFORE: Final = re.compile(r"(un|deux|trois|quatre|six) mois avant (?:chaque |la )?date anniversaire")
_COUNTS: Final = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "six": 6}
_YEARLY: Final = r"(?<!deux fois )(?<!deux campagnes )(?<!deux mois )par an\b|annuel|chaque annee|anniversaire"
_RHYTHMS: Final = tuple(
    (label, months, days, re.compile(pattern))
    for label, months, days, pattern in (
        ("chaque semaine", 0, 7, r"chaque semaine|hebdomadaire"),
        ("tous les quinze jours", 0, 14, r"tous les quinze jours"),
        ("chaque mois", 1, 0, r"chaque mois|mensuel|par mois"),
        ("chaque trimestre", 3, 0, r"trimestr"),
        ("chaque semestre", 6, 0, r"semestr|deux (?:fois|campagnes|mois) par an"),
        ("chaque année", 12, 0, _YEARLY),
    )
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A control that comes back, or one at the end: its first date, and every how much."""

    key: str
    """Part of a stable identifier: it never holds a date."""
    label: str
    first: date
    months: int = 0
    days: int = 0
    day: int = 0
    """Of the month, to come back to after a shorter one; 0: that of `first`."""

    @property
    def returns(self) -> bool:
        return bool(self.months or self.days)

    def dates(self, end: date) -> Iterator[date]:
        """Every date up to the end of the contract, that day included."""
        found, step = self.first, 1
        while found <= end:
            yield found
            if not self.returns:
                return
            if self.days:
                found = self.first + timedelta(days=self.days * step)
            else:
                found = after(self.first, self.months * step, self.day)
            step += 1


def after(start: date, months: int, day: int = 0) -> date:
    """The same day, or `day`, so many months later; the last of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(day or start.day, monthrange(year, month + 1)[1]))


def end_of(start: date, months: int | None) -> date:
    return after(start, months or UNKNOWN_MONTHS)


def rhythms(when: str, start: date, months: int | None) -> list[Rhythm]:
    """« Chaque trimestre, puis au bilan annuel » → quarterly and yearly; none for an event without a date."""
    words = fold(when)
    found: list[Rhythm] = []
    ahead = _BEFORE.search(words)
    for label, every, days, pattern in _RHYTHMS:
        if not pattern.search(words):
            continue
        if ahead and every == UNKNOWN_MONTHS:
            early = _COUNTS[ahead[1]]
            found.append(
                Rhythm("12m", f"{ahead[0]}".replace("chaque ", "la "), after(start, every - early), every, 0, start.day)
            )
        else:
            first = start + timedelta(days=days) if days else after(start, every)
            found.append(Rhythm(f"{every}m" if every else f"{days}d", label, first, every, days, start.day))
    if months and _END.search(words):
        found.append(Rhythm("end", "à la fin du marché", after(start, months)))
    return found
