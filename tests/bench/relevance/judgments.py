"""Graded queries, read from tab-separated files, and what each clause is worth for a query.

A line is `query, families, levers, keys`. A family or a lever is graded 3 (asked for) to 1 (bearable), 3 when nothing
is said (`dechets:2`). `keys` names what an exact query must find: a clause id, or `text:ID` for
what rests on it.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.library.fit import GENERAL
from app.library.record import ClauseRecord

FOLDER: Final = Path(__file__).parent
SEED: Final = 2026
BEST: Final = 3


@dataclass(frozen=True, slots=True)
class Judged:
    query: str
    families: Mapping[str, int]
    levers: Mapping[str, int]
    keys: tuple[str, ...]

    def gain(self, record: ClauseRecord) -> int:
        """0 to 3: how useful the clause is to the buyer who typed the query."""
        if self.keys:
            texts = {f"text:{basis.text}" for basis in record.legal}
            return BEST if record.id in self.keys or texts & set(self.keys) else 0
        family = self._family_grade(record)
        lever = max((self.levers.get(lever, 0) for lever in record.levers), default=0) if self.levers else BEST
        if family == 0:
            return 1 if lever >= 2 and self.levers and record.family == GENERAL else 0
        return family if lever == BEST else max(family - (BEST - lever), 1 if family == BEST else 0)

    def _family_grade(self, record: ClauseRecord) -> int:
        if not self.families:
            return BEST
        also = max((self.families.get(family, 0) - 1 for family in record.families[1:]), default=0)
        return max(self.families.get(record.family, 0), also)

    def asks_for(self, family: str) -> bool:
        """Whether the family is one of the best answers."""
        return self.families.get(family, 0) == max(self.families.values(), default=0)


def _grades(cell: str) -> dict[str, int]:
    pairs = (part.partition(":") for part in cell.split())
    return {name: int(grade or BEST) for name, _, grade in pairs}


def read(name: str) -> list[Judged]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(
            (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return [
            Judged(row["query"], _grades(row["families"]), _grades(row["levers"]), tuple(row["keys"].split()))
            for row in rows
        ]


def halves(queries: Iterable[Judged]) -> tuple[list[Judged], list[Judged]]:
    """The tuning half and the held-out half: every family falls evenly in both, always the same way."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for judged in queries:
        groups[next(iter(judged.families), "")].append(judged)
    chance = random.Random(SEED)  # noqa: S311 (a split, not a secret)
    tuning: list[Judged] = []
    held: list[Judged] = []
    for name in sorted(groups):
        group = groups[name]
        chance.shuffle(group)
        for number, judged in enumerate(group):
            (tuning if number % 2 == 0 else held).append(judged)
    return tuning, held
