"""Facets as bit masks: one integer per value, one bit per clause. Counting ten thousand clauses takes microseconds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.law.vocabulary import KIND_LABELS, LEVELS, PIECE_LABELS
from app.library.published import PublishedClause
from app.library.vocabularies import Vocabularies

NAMES: Final = ("family", "lever", "kind", "piece", "level", "duty")
"""The facets that are counted; `commitment` and `status` only filter."""


def mask_of(numbers: Iterable[int], size: int) -> int:
    """The bits of some document numbers."""
    bits = bytearray(size // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


_BITS: Final = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def numbers_in(mask: int) -> list[int]:
    """The document numbers of a mask, in order."""
    raw = mask.to_bytes((mask.bit_length() + 7) // 8, "little")
    return [place * 8 + bit for place, byte in enumerate(raw) if byte for bit in _BITS[byte]]


class Facets:
    def __init__(self, clauses: Sequence[PublishedClause], words: Vocabularies) -> None:
        holders: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, clause in enumerate(clauses):
            for name, values in _values(clause).items():
                for value in values:
                    holders[name][value].append(number)
        self.all = mask_of(range(len(clauses)), len(clauses))
        self._masks = {
            name: {value: mask_of(numbers, len(clauses)) for value, numbers in values.items()}
            for name, values in holders.items()
        }
        self._labels = _labels(words)

    def allowed(self, name: str, values: Iterable[str]) -> int:
        """The clauses that hold one of the values; all of them when none is asked."""
        wanted = list(values)
        if not wanted:
            return self.all
        mask = 0
        for value in wanted:
            mask |= self._masks.get(name, {}).get(value, 0)
        return mask

    def counts(self, found: int, chosen: Mapping[str, int]) -> dict[str, list[dict[str, str | int]]]:
        """Per facet, its values with counts, as if nothing were chosen in this facet itself.

        `found` is what the query and the uncounted filters leave; `chosen` the mask of each facet's choice.
        """
        return {name: self._counted(name, self._others(found, chosen, name)) for name in NAMES}

    @staticmethod
    def _others(found: int, chosen: Mapping[str, int], name: str) -> int:
        for other, mask in chosen.items():
            if other != name:
                found &= mask
        return found

    def _counted(self, name: str, base: int) -> list[dict[str, str | int]]:
        masks = self._masks.get(name, {})
        return [
            {"code": int(code) if name == "level" else code, "label": label, "count": (base & masks[code]).bit_count()}
            for code, label in self._labels[name].items()
            if code in masks
        ]


def _values(clause: PublishedClause) -> dict[str, list[str]]:
    record = clause.record
    return {
        "family": record.families,
        "lever": record.levers,
        "kind": [record.kind, *record.alternative_kinds],
        "piece": list(record.wordings),
        "level": [str(record.level)],
        "duty": record.duties,
        "commitment": record.charter,
        "status": [clause.status],
    }


def _labels(words: Vocabularies) -> dict[str, dict[str, str]]:
    """Code → label per facet, in the order of the screen."""
    return {
        "family": {code: family.label for code, family in words.families.items()},
        "lever": {code: lever.label for code, lever in words.levers.items()},
        "kind": {str(code): label for code, label in KIND_LABELS.items()},
        "piece": {str(code): label for code, label in PIECE_LABELS.items()},
        "level": {str(code): label for code, label in LEVELS.items()},
        "duty": dict(words.duties),
    }
