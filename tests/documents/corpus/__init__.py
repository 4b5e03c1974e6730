"""The labelled corpus: extracts of tenders in the project's own words, good and bad.

One file per extract: a short front matter, then one paragraph per line. `# ` and `## ` are titles, `| a | b |` the
cells of a table row, `=== CCTP` starts another piece. Labels close a line: `<<@exec reemploi,reparation !no-proof>>`
is a role (kind and levers, `-` where none stands out) and risks. `kept/` is never tuned on (see the README).
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml

from app.documents.passages import Passage
from app.law.vocabulary import Kind

FOLDER: Final = Path(__file__).parent
KINDS: Final = {
    "spec": Kind.TECHNICAL_SPECIFICATION,
    "exec": Kind.PERFORMANCE_CONDITION,
    "crit": Kind.AWARD_CRITERION,
    "var": Kind.VARIANT,
    "sel": Kind.SELECTION_CRITERION,
    "res": Kind.RESERVATION,
    "pen": Kind.PENALTY,
    "rev": Kind.REVIEW_CLAUSE,
    "rep": Kind.REPORTING,
    "price": Kind.PRICE,
    "rec": Kind.RECITAL,
    "subj": Kind.SUBJECT_MATTER,
}
_LABELS: Final = re.compile(r"\s*<<([^>]*)>>\s*$")
Part = Literal["tuning", "kept"]


@dataclass(frozen=True)
class Labelled:
    """One line of an extract: its passages (several for a table row), its article and what it is."""

    passages: tuple[int, ...]
    article: int
    kind: Kind | None
    levers: frozenset[str]
    risks: frozenset[str]
    text: str


@dataclass
class Extract:
    name: str
    title: str
    family: str
    passages: list[Passage] = field(default_factory=list)
    lines: list[Labelled] = field(default_factory=list)


def _labels(said: str) -> tuple[Kind | None, frozenset[str], frozenset[str]]:
    kind, levers, risks = None, frozenset[str](), set()
    words = said.split()
    for place, word in enumerate(words):
        if word.startswith("@"):
            kind = KINDS[word[1:]]
            named = words[place + 1] if place + 1 < len(words) else "-"
            levers = frozenset() if named == "-" else frozenset(named.split(","))
        elif word.startswith("!"):
            risks.add(word[1:])
    return kind, levers, frozenset(risks)


class _Reader:
    def __init__(self, path: Path) -> None:
        _, head, self.body = path.read_text(encoding="utf-8").split("---\n", 2)
        facts = yaml.safe_load(head)
        self.extract = Extract(path.stem, facts["title"], facts["family"])
        self.piece: str = facts["piece"]
        self.titles: list[str] = []
        self.article = self.tables = self.rows = 0

    def read(self) -> Extract:
        for raw in filter(None, map(str.strip, self.body.splitlines())):
            labels = _LABELS.search(raw)
            text = raw[: labels.start()] if labels else raw
            self._line(text, _labels(labels[1]) if labels else (None, frozenset(), frozenset()))
        return self.extract

    def _line(self, text: str, labels: tuple[Kind | None, frozenset[str], frozenset[str]]) -> None:
        if text.startswith("==="):
            self.piece, self.titles = text.strip("= "), []
            self.article += 1
        elif text.startswith("#"):
            level = len(text) - len(text.lstrip("#"))
            title = text.lstrip("# ")
            self.article += 1
            self._add([(title, "document", level)], self.titles[: level - 1], labels)
            self.titles = [*self.titles[: level - 1], title]
        elif text.startswith("|"):
            self.rows += 1
            cells = [cell.strip() for cell in text.strip("| ").split("|")]
            parts = [f"document/table {self.article}/row {self.rows}/cell {n}" for n, _ in enumerate(cells, 1)]
            self._add([(cell, part, 0) for cell, part in zip(cells, parts, strict=True)], self.titles, labels)
        else:
            self._add([(text, "document", 0)], self.titles, labels)

    def _add(
        self,
        told: list[tuple[str, str, int]],
        above: list[str],
        labels: tuple[Kind | None, frozenset[str], frozenset[str]],
    ) -> None:
        start = len(self.extract.passages)
        for offset, (text, part, level) in enumerate(told):
            style = f"Heading {level}" if level else ""
            self.extract.passages.append(
                Passage(start + offset, f"{self.piece}.docx", part, text, style, level, tuple(above))
            )
        places = tuple(range(start, start + len(told)))
        self.extract.lines.append(Labelled(places, self.article, *labels, " | ".join(text for text, _, _ in told)))


@cache
def corpus(part: Part) -> tuple[Extract, ...]:
    return tuple(_Reader(path).read() for path in sorted((FOLDER / part).glob("*.md")))
