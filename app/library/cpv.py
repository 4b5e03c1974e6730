"""CPV codes as people write them (with or without check digit, spaces, a lost leading zero) and their labels."""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.library.noise import NOISE
from app.text.stems import stem
from app.text.words import full_words

_CODE: Final = re.compile(r"(?<![\d-])(\d{8})(?:-\d)?(?![\d-])")
_SPACED: Final = re.compile(r"(?<!\d)(\d{2}) ?(\d{3}) ?(\d{3})(?:[ -]\d)?(?!\d)")
_DIGITS: Final = re.compile(r"^\s*(\d{2,8})(?:-\d)?\s*$")


def codes_in(text: str) -> list[str]:
    """The CPV codes of eight digits in a text; alone, a shorter branch (« 391 ») is one too."""
    if match := _DIGITS.match(text):
        return [_whole(match[1])]
    found = [match[1] for match in _CODE.finditer(text)] or [
        "".join(match.groups()) for match in _SPACED.finditer(text)
    ]
    return list(dict.fromkeys(found))


def _whole(digits: str) -> str:
    """Seven digits are a code whose leading zero was lost (DECP files); a branch stays as it is."""
    return "0" + digits if len(digits) == 7 else digits  # noqa: PLR2004


def applies(code: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether a branch of a clause holds the code (or lies below it, when the code is itself a branch)."""
    if any(code.startswith(prefix) for prefix in exclude):
        return False
    significant = code.rstrip("0") or code
    return any(code.startswith(prefix) or prefix.startswith(significant) for prefix in include)


def families_of(code: str, branches: Mapping[str, Iterable[str]]) -> list[str]:
    """The families whose longest branch holds the code; several when they are equally near."""
    lengths = {
        family: max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
        for family, prefixes in branches.items()
    }
    nearest = max(lengths.values(), default=0)
    return [family for family, length in lengths.items() if nearest and length == nearest]


@dataclass(frozen=True, slots=True)
class CpvEntry:
    code: str
    """Eight digits."""
    check: str
    label: str


class Nomenclature:
    """The codes that the site can name, searched by digits or words."""

    def __init__(self, entries: Sequence[CpvEntry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.code))
        self._stems = [frozenset(stem(word) for word in full_words(entry.label)) for entry in self.entries]
        seen = Counter(term for stems in self._stems for term in stems)
        self._rarity = {term: math.log(1 + len(self.entries) / count) for term, count in seen.items()}
        self._named = {entry.code: entry.label for entry in self.entries}

    def label(self, code: str) -> str | None:
        """The label of a code, or of its nearest named parent."""
        for length in range(8, 1, -1):
            if label := self._named.get(code[:length].ljust(8, "0")):
                return label
        return None

    def search(
        self, query: str, limit: int, *, means: Iterable[str] = (), branches: Iterable[str] = ()
    ) -> list[CpvEntry]:
        """Codes that start with the digits typed, or whose label holds the words.

        `means`: stems of synonyms; `branches`: those of the families that the words let guess, which come first.
        """
        digits = re.sub(r"\D", "", query)
        if len(digits) >= 2 and not re.search(r"[a-zA-Z]{3}", query):  # noqa: PLR2004
            return [entry for entry in self.entries if entry.code.startswith(digits[:8].rstrip("0") or digits[:8])][
                :limit
            ]
        typed = {stem(word) for word in full_words(query)}
        wanted = {term: 0.2 if term in NOISE else 1.0 for term in typed}
        wanted |= {term: 0.5 for term in means if term not in typed}
        favoured = tuple(branches)
        scored = []
        for number, stems in enumerate(self._stems):
            score = sum(weight * self._rarity[term] for term, weight in wanted.items() if term in stems)
            score += sum(0.4 * self._rarity[s] for s in stems for term in typed - stems if s.startswith(term))
            if score > 0:
                nearer = 1.6 if favoured and self.entries[number].code.startswith(favoured) else 1.0
                scored.append((-nearer * score / (1 + 0.1 * len(stems)), number))
        return [self.entries[number] for _, number in sorted(scored)[:limit]]


def read_nomenclature(root: Path) -> Nomenclature:
    """The labels of `clauses/cpv.tsv` (CPV 2008, regulation (EC) 213/2008)."""
    path = root / "cpv.tsv"
    if not path.exists():
        return Nomenclature([])
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Nomenclature([CpvEntry(row["code"][:8], row["code"][9:], row["label_fr"]) for row in rows])
