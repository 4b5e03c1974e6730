"""Words typed with one or two faults, found again in a vocabulary (deletion index, after SymSpell)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final

SHORT, LONG, PREFIX = 4, 8, 7
"""Below `SHORT` letters a word is not repaired; one fault is allowed below `LONG`, two from there.
Only the first `PREFIX` letters are indexed: 29 keys a word at most, whatever its length."""

LONGEST: Final = 30
"""Letters beyond which nothing is repaired: no French word of a tender is longer."""
REMEMBERED: Final = 20_000
"""Faults whose correction is kept: the same one is typed again and again."""


def distance(one: str, two: str, limit: int = 2) -> int:
    """Damerau-Levenshtein (neighbour letters swapped count once); `limit + 1` when it is more than `limit`."""
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _allowed(word: str) -> int:
    return 0 if len(word) < SHORT else 1 if len(word) < LONG else 2


def _deletions(word: str, most: int) -> set[str]:
    """The first letters of the word without 0 to `most` of them: two words within reach share one of these."""
    head = word[:PREFIX]
    return {
        "".join(c for n, c in enumerate(head) if n not in gone)
        for k in range(most + 1)
        for gone in map(frozenset, combinations(range(len(head)), k))
    }


class Vocabulary:
    """Known words with how often each is seen; `repair` finds the likeliest one behind a fault."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        self._repaired: dict[str, str | None] = {}
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            for key in _deletions(word, _allowed(word)):
                self._by_deletion[key].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def candidates(self, word: str) -> Iterable[tuple[int, str]]:
        """Known words within the allowed distance, each with its distance."""
        most = _allowed(word)
        seen: set[str] = set()
        for key in _deletions(word, most):
            for known in self._by_deletion.get(key, ()):
                if known not in seen:
                    seen.add(known)
                    apart = distance(word, known, min(most, _allowed(known)))
                    if apart <= min(most, _allowed(known)):
                        yield apart, known

    def repair(self, word: str) -> str | None:
        """The word itself when known; else the nearest known word (the first letter, then frequency decide)."""
        if word in self._counts:
            return word
        if _allowed(word) == 0 or len(word) > LONGEST or not word.isalpha():
            return None
        if word not in self._repaired:
            if len(self._repaired) >= REMEMBERED:
                self._repaired.clear()
            self._repaired[word] = self._nearest(word)
        return self._repaired[word]

    def _nearest(self, word: str) -> str | None:
        ranked = sorted(
            self.candidates(word), key=lambda found: (found[0], found[1][0] != word[0], -self._counts[found[1]], found)
        )
        return ranked[0][1] if ranked else None
