"""The words of the official CPV labels and the family that each one names: what the thesaurus does not know yet.

`clauses/cpv-words.tsv` is made from the whole nomenclature by `python -m app cpv words FILE`.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from app.law.facts import Family
from app.law.families import family_of
from app.library.cpv import CpvEntry
from app.library.noise import NOISE
from app.text.stems import stem
from app.text.words import full_words

PURE: Final = 0.6
"""A word names a family when at least this share of its labels is there."""
SHORTEST: Final = 4
Words = Mapping[str, tuple[str, float]]
"""Word → its family and its share."""


def family_words(entries: Iterable[CpvEntry], families: tuple[Family, ...]) -> dict[str, tuple[str, float]]:
    """The words whose labels mostly lie in one family; a word of a short label says more than one of a long one."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    surface: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        family = family_of(entry.code, families)
        typed = [word for word in full_words(entry.label) if word.isalpha() and len(word) >= SHORTEST]
        for word in set(typed):
            seen[stem(word)][family.code if family else ""] += 1 / len(typed)  # type: ignore[assignment]
            surface[stem(word)][word] += 1
    found = {}
    for term, counts in seen.items():
        (family_code, most), total = counts.most_common(1)[0], sum(counts.values())
        if family_code and term not in NOISE and most / total >= PURE:
            found[surface[term].most_common(1)[0][0]] = (family_code, round(most / total, 2))
    return dict(sorted(found.items()))


def write_words(path: Path, found: Words) -> None:
    lines = [f"{word}\t{family}\t{share}\n" for word, (family, share) in found.items()]
    path.write_text("word\tfamily\tshare\n" + "".join(lines), encoding="utf-8")


def read_words(root: Path) -> dict[str, tuple[str, float]]:
    path = root / "cpv-words.tsv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["word"]: (row["family"], float(row["share"])) for row in rows}
