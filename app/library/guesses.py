"""What a query lets guess (a family, levers, the branch of a code) as points for the clauses that hold it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.library.cpv import applies, families_of
from app.library.fit import GENERAL
from app.library.published import PublishedClause
from app.library.query import Query

FAMILY: Final = 9.0
LEVER: Final = 4.0
KIND: Final = 4.0
CPV_BRANCH: Final = 5.0
"""Points, beside a good word that adds 4 to 8."""
ELSEWHERE: Final = 0.5
"""What is left of the score of a clause made for none of the families that the query surely names."""
NEAR: Final = 0.35
"""A family with less than this share of the surest one's points is not meant."""


class Guesses:
    """Lists made once, so that a query only walks the clauses concerned."""

    def __init__(self, clauses: Sequence[PublishedClause], branches: Mapping[str, Iterable[str]]) -> None:
        self.branches = branches
        self._excluded = [clause.record.cpv.exclude for clause in clauses]
        self._home: dict[str, list[int]] = defaultdict(list)
        self._also: dict[str, list[int]] = defaultdict(list)
        self._kind: dict[str, list[int]] = defaultdict(list)
        self._lever: dict[str, list[int]] = defaultdict(list)
        self._prefix: dict[str, list[int]] = defaultdict(list)
        self._any_code: dict[str, list[int]] = defaultdict(list)
        for number, clause in enumerate(clauses):
            record = clause.record
            self._home[record.family].append(number)
            for family in record.families[1:]:
                self._also[family].append(number)
            for kind in (record.kind, *record.alternative_kinds):
                self._kind[kind].append(number)
            for lever in record.levers:
                self._lever[lever].append(number)
            for prefix in record.cpv.include:
                self._prefix[prefix].append(number)
            for family in record.families if not record.cpv.include else ():
                self._any_code[family].append(number)

    def add(self, scores: list[float], query: Query) -> None:
        for lever in query.levers:
            for number in self._lever.get(lever, ()):
                scores[number] += LEVER
        for kind in query.kinds:
            for number in self._kind.get(kind, ()):
                scores[number] += KIND
        for code in query.cpv:
            for number in self.of_code(code):
                scores[number] += CPV_BRANCH
        if query.families:
            self._favour(scores, query.families)

    def _favour(self, scores: list[float], families: Mapping[str, float]) -> None:
        """The home family first, then the clauses that also serve it; those of other families step back."""
        best = max(families.values())
        surety = min(best, 1.0)
        kept: dict[int, float] = {}
        for family, points in families.items():
            if points < NEAR * best:
                continue
            worth = FAMILY * surety * (points / best) ** 2
            for number in self._also.get(family, ()):
                kept[number] = max(kept.get(number, 0.0), worth / 2)
            for number in self._home.get(family, ()):
                kept[number] = max(kept.get(number, 0.0), worth)
        before = scores.copy()
        left = 1 - (1 - ELSEWHERE) * surety
        scores[:] = [score * left for score in before]
        for number in self._home.get(GENERAL, ()):
            scores[number] = before[number] * (1 + left) / 2
        for number, points in kept.items():
            scores[number] = before[number] + points

    def of_code(self, code: str) -> set[int]:
        """The clauses whose branches hold a code."""
        return {
            number
            for prefix, numbers in self._prefix.items()
            if applies(code, [prefix], ())
            for number in numbers
            if not self._excluded[number] or applies(code, [prefix], self._excluded[number])
        }

    def for_code(self, code: str) -> set[int]:
        """The clauses that an object of this code may carry: their branch, or any code of their family."""
        families = [*families_of(code, self.branches), GENERAL]
        return self.of_code(code).union(*(self._any_code.get(family, ()) for family in families))
