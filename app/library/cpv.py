"""CPV codes as people write them (with or without check digit, spaces, a lost leading zero) and their labels."""

import csv
import heapq
import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unicodedata import category

from app.library.noise import NOISE
from app.text.stems import stem
from app.text.words import full_words

MOST_WORDS: Final = 40
"""Words of a query that are looked for: a whole notice costs no more than a long title."""
MOST_ENDINGS: Final = 60
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

    def __init__(self, entries: Iterable[CpvEntry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.code))
        self._named = {entry.code: entry.label for entry in self.entries}
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._sizes: list[int] = []
        for number, entry in enumerate(self.entries):
            stems = {stem(word) for word in full_words(entry.label)}
            self._sizes.append(len(stems))
            for term in stems:
                self._holders[term].append(number)
        self._sorted = sorted(self._holders)
        self._rarity = {t: math.log(1 + len(self.entries) / len(found)) for t, found in self._holders.items()}

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
        if digits := _digits_of(query):
            return self._under(digits, limit)
        typed = [stem(word) for word in full_words(query)][:MOST_WORDS]
        wanted = {term: 0.2 if term in NOISE else 1.0 for term in typed}
        wanted |= {term: 0.5 for term in means if term not in wanted}
        scores: dict[int, float] = defaultdict(float)
        for term, weight in wanted.items():
            for number in self._holders.get(term, ()):
                scores[number] += weight * self._rarity[term]
        for term in set(typed):
            for longer in self._longer(term):
                for number in self._holders[longer]:
                    scores[number] += 0.4 * self._rarity[longer]
        favoured = tuple(branches)
        ranked = [(-self._nearness(n, favoured) * score, n) for n, score in scores.items()]
        return [self.entries[number] for _, number in heapq.nsmallest(limit, ranked)]

    def _under(self, digits: str, limit: int) -> list[CpvEntry]:
        prefix = digits[:8].rstrip("0") if len(digits) >= 3 else digits  # noqa: PLR2004 (« 30 » is a division)
        start = bisect_left(self.entries, prefix, key=lambda entry: entry.code)
        found = []
        for entry in self.entries[start : start + limit]:
            if not entry.code.startswith(prefix):
                break
            found.append(entry)
        return found

    def _longer(self, term: str) -> list[str]:
        """The stems that a word half typed may become."""
        start = bisect_left(self._sorted, term)
        found = self._sorted[start : start + MOST_ENDINGS]
        return [longer for longer in found if longer.startswith(term) and longer != term]

    def _nearness(self, number: int, favoured: tuple[str, ...]) -> float:
        entry = self.entries[number]
        nearer = 1.6 if favoured and entry.code.startswith(favoured) else 1.0
        # Of two codes that say the same, the wider branch: « 39160000 » before « 39161000 ».
        wide = 1 + 0.08 * (8 - len(entry.code.rstrip("0")))
        return nearer * wide / (1 + 0.1 * self._sizes[number])


def _digits_of(query: str) -> str:
    """What is typed when it is a code, whole or begun: « 39160000-1 », « 391 », « CPV 39 160 000 »."""
    if codes := codes_in(query):
        return codes[0]
    digits = re.sub(r"\D", "", query)
    return digits if len(digits) >= 2 and not re.search(r"[a-zA-Z]{4}", query) else ""  # noqa: PLR2004


class NomenclatureError(ValueError):
    """Which line of a CPV file cannot be read, and why, in a sentence for the operator."""


_ENTRY: Final = re.compile(r"(\d{8})-(\d)")
_LONGEST_LABEL: Final = 500


def entries_in(lines: Iterable[str]) -> list[CpvEntry]:
    """The entries of a file in the form of the official list: tabs, a header, `code` (with its digit), `label_fr`."""
    rows = csv.reader((line.removeprefix("\ufeff") for line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(rows, [])
    if "code" not in header or "label_fr" not in header:
        raise NomenclatureError("Ligne 1 : l’en-tête doit nommer les colonnes « code » et « label_fr ».")
    found: dict[str, CpvEntry] = {}
    for row in rows:
        if row:
            entry = _entry(row, header, rows.line_num)
            if entry.code in found:
                raise NomenclatureError(f"Ligne {rows.line_num} : le code {entry.code} est déjà donné plus haut.")
            found[entry.code] = entry
    if not found:
        raise NomenclatureError("Ligne 2 : le fichier ne contient aucun code.")
    return list(found.values())


def _entry(row: list[str], header: list[str], line: int) -> CpvEntry:
    if len(row) != len(header):
        raise NomenclatureError(f"Ligne {line} : {len(row)} colonnes au lieu de {len(header)}.")
    code = row[header.index("code")].strip()
    label = row[header.index("label_fr")].strip()
    match = _ENTRY.fullmatch(code)
    if match is None:
        raise NomenclatureError(f"Ligne {line} : « {code[:20]} » n’est pas un code de la forme 39160000-1.")
    if not label or len(label) > _LONGEST_LABEL or any(category(sign) == "Cc" for sign in label):
        raise NomenclatureError(f"Ligne {line} : le libellé du code {code} est vide, trop long ou illisible.")
    return CpvEntry(match[1], match[2], label)


def read_nomenclature(root: Path) -> Nomenclature:
    """The labels of `clauses/cpv.tsv` (CPV 2008, regulation (EC) 213/2008)."""
    path = root / "cpv.tsv"
    if not path.exists():
        return Nomenclature([])
    with path.open(encoding="utf-8", newline="") as lines:
        return Nomenclature(entries_in(lines))
