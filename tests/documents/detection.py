"""Precision and recall of the detection on the labelled corpus: shared by the bench and by the floor of the tests."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from app.documents.detecting import Library, Reading, find, learn
from app.law.vocabulary import Kind
from app.library.files import clause_paths, read_all
from app.library.lint import DEFAULT_ROOT
from app.library.thesaurus import read_thesaurus
from app.library.vocabularies import read_vocabularies
from tests.documents.corpus import Extract, Labelled, Part, corpus

PRECISION: Final = 0.90
RECALL: Final = 0.85
"""Wanted of each kind of finding on the part kept out of tuning."""
TODAY: Final = date(2026, 11, 24)
# These speak of an article as a whole: found anywhere in it is found.
OF_THE_ARTICLE: Final = frozenset(
    {"weights-sum", "low-weight", "price-only", "no-environmental-criterion", "no-proof", "no-measure", "no-penalty"}
)
CLAUSE: Final = "clause"
"""A passage that plays the role of a clause."""


@dataclass
class Score:
    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0


@dataclass
class Result:
    kinds: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    mistakes: list[str] = field(default_factory=list)
    right: dict[str, tuple[int, int]] = field(default_factory=dict)
    """kind, lever, family → right, judged (among the roles found, or the extracts)."""

    @property
    def overall(self) -> Score:
        scores = self.kinds.values()
        return Score(sum(s.hits for s in scores), sum(s.false for s in scores), sum(s.missed for s in scores))

    def count(self, what: str, *, right: bool) -> None:
        good, judged = self.right.get(what, (0, 0))
        self.right[what] = (good + right, judged + 1)


@cache
def library() -> Library:
    files, _ = read_all(clause_paths(DEFAULT_ROOT), DEFAULT_ROOT)
    return learn([f.record for f in files], read_vocabularies(DEFAULT_ROOT), read_thesaurus(DEFAULT_ROOT))


def measure(part: Part) -> Result:
    result = Result()
    for extract in corpus(part):
        reading = find(extract.passages, library(), today=TODAY)
        line_of = {place: line for line in extract.lines for place in line.passages}
        _risks(extract, reading, line_of, result)
        _roles(extract, reading, line_of, result)
        result.count("family", right=reading.family == extract.family)
    return result


def _place(kind: str, line: Labelled, number: int) -> tuple[str, int]:
    return kind, line.article if kind in OF_THE_ARTICLE else number


def _risks(extract: Extract, reading: Reading, line_of: dict[int, Labelled], result: Result) -> None:
    """Line by line; for what speaks of an article, as many as labelled in the article."""
    numbers = {id(line): number for number, line in enumerate(extract.lines)}
    expected: dict[tuple[str, int], list[Labelled]] = defaultdict(list)
    for line in extract.lines:
        for kind in line.risks:
            expected[_place(kind, line, numbers[id(line)])].append(line)
    for risk in reading.risks:
        line = line_of[risk.passage]
        waiting = expected.get(_place(risk.kind, line, numbers[id(line)]), [])
        if waiting:
            waiting.pop(next((n for n, wanted in enumerate(waiting) if wanted is line), 0))
            result.kinds[risk.kind].hits += 1
        else:
            result.kinds[risk.kind].false += 1
            words = extract.passages[risk.passage].text[risk.start : risk.end]
            result.mistakes.append(f"FALSE {extract.name} {risk.kind}: « {words} » in {line.text[:150]}")
    for (kind, _), waiting in expected.items():
        for line in waiting:
            result.kinds[kind].missed += 1
            result.mistakes.append(f"MISSED {extract.name} {kind}: {line.text[:170]}")


def _roles(extract: Extract, reading: Reading, line_of: dict[int, Labelled], result: Result) -> None:
    found = {id(line_of[place]): role for role in reading.roles for place in role.passages}
    for line in extract.lines:
        role = found.get(id(line))
        if role is not None and line.kind is not None:
            result.kinds[CLAUSE].hits += 1
            result.count("kind", right=_same(role.kind, line.kind))
            if role.kind is not line.kind and not _same(role.kind, line.kind):
                result.mistakes.append(f"KIND {extract.name} {role.kind} for {line.kind}: {line.text[:150]}")
            if line.levers:
                right = bool(line.levers & set(role.levers))
                result.count("lever", right=right)
                if not right:
                    result.mistakes.append(
                        f"LEVER {extract.name} {role.levers} for {set(line.levers)}: {line.text[:150]}"
                    )
        elif role is not None:
            result.kinds[CLAUSE].false += 1
            result.mistakes.append(f"FALSE {extract.name} clause {role.kind} {role.levers}: {line.text[:150]}")
        elif line.kind is not None:
            result.kinds[CLAUSE].missed += 1
            result.mistakes.append(f"MISSED {extract.name} clause {line.kind} {set(line.levers)}: {line.text[:150]}")


def _same(one: Kind, two: Kind) -> bool:
    """The proof that follows a condition is a part of it, and a report on its own: both readings stand."""
    return one is two or {one, two} == {Kind.REPORTING, Kind.PERFORMANCE_CONDITION}


def table(results: Iterable[tuple[str, Result]]) -> Iterator[str]:
    """The figures of several parts side by side."""
    parts = list(results)
    kinds = sorted({kind for _, result in parts for kind in result.kinds})
    yield f"{'':28}" + "".join(f"{name:^34}" for name, _ in parts)
    yield f"{'kind':28}" + "".join(f"{'n':>6}{'precision':>14}{'recall':>14}" for _ in parts)
    for kind in [*kinds, "overall"]:
        row = f"{kind:28}"
        for _, result in parts:
            score = result.overall if kind == "overall" else result.kinds[kind]
            row += f"{score.hits + score.missed:>6}{score.precision:>14.2f}{score.recall:>14.2f}"
        yield row
    for what in ("kind", "lever", "family"):
        row = f"{what + ' right':28}"
        for _, result in parts:
            good, judged = result.right.get(what, (0, 0))
            row += f"{judged:>6}{good / judged if judged else 1:>14.2f}{'':14}"
        yield row
