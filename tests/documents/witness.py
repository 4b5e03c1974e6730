"""What the linear models of `detecting/witness.py` learn from: the tuning extracts and the loose sentences."""

import hashlib
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.detecting.kinds import CANDIDACY, is_criteria
from app.documents.detecting.sections import sections_of
from app.documents.detecting.witness import Question, features
from app.law.fold import folded
from app.law.vocabulary import Kind, Piece
from tests.documents.corpus import FOLDER, Extract, corpus

SENTENCES: Final = FOLDER / "sentences.txt"
_DEMANDS: Final = frozenset({Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION, Kind.REPORTING})
_TURNS: Final = 40
_RATE, _DECAY, _LEAST = 0.25, 0.02, 0.2
_SEEN: Final = 2
"""A word met once teaches nothing."""


@dataclass(frozen=True, slots=True)
class Example:
    pen: str
    plain: str
    code: str
    """E: done by somebody; S: what the product is; V: binds to nothing; O: nothing about the environment."""


def examples() -> list[Example]:
    return [*_loose(), *(example for extract in corpus("tuning") for example in _of(extract))]


def _loose() -> Iterator[Example]:
    for line in filter(None, SENTENCES.read_text(encoding="utf-8").splitlines()):
        code, _, text = line.partition(" ")
        if code in "ESVO":
            yield Example("sentences", folded(text), code)


def _of(extract: Extract) -> Iterator[Example]:
    where = {line.at: section for section in sections_of(extract.passages) for line in section.lines}
    for labelled in extract.lines:
        section = where.get(labelled.passages[0])
        if section is None or section.piece is Piece.RC or is_criteria(section) or CANDIDACY.search(section.own_title):
            continue
        code = _code(labelled.kind, labelled.risks)
        if code:
            text = " : ".join(extract.passages[place].text for place in labelled.passages)
            yield Example(extract.name[0], folded(text), code)


def _code(kind: Kind | None, risks: frozenset[str]) -> str:
    if "vague" in risks:
        return "V"
    if kind in _DEMANDS:
        return "S" if kind is Kind.TECHNICAL_SPECIFICATION else "E"
    return "O" if kind is None and "repair-bonus" not in risks else ""


def fingerprint(told: Sequence[Example]) -> str:
    """Of the texts: the weights are learned again when they change."""
    said = "\n".join(f"{example.code} {example.plain}" for example in told)
    return hashlib.sha256(said.encode()).hexdigest()


QUESTIONS: Final[dict[Question, Callable[[str], bool | None]]] = {
    "demand": lambda code: None if code == "V" else code in "ES",
    "done": lambda code: code == "E" if code in "ES" else None,
    "vague": lambda code: code == "V",
}


def learn(told: Sequence[Example], answer: Callable[[str], bool | None]) -> dict[str, float]:
    """Logistic regression by stochastic descent, in a fixed order: same texts, same weights."""
    lessons = [
        (tuple(sorted(features(example.plain))), said) for example in told if (said := answer(example.code)) is not None
    ]
    seen = Counter(feature for found, _ in lessons for feature in found)
    lessons = [(tuple(f for f in found if seen[f] >= _SEEN), said) for found, said in lessons]
    weights: dict[str, float] = {}
    grown: dict[str, float] = {}
    order = random.Random(4)  # noqa: S311 (no secret: the order of the lessons)
    for _ in range(_TURNS):
        order.shuffle(lessons)
        for found, said in lessons:
            total = sum(weights.get(feature, 0.0) for feature in found)
            missed = (1.0 if said else 0.0) - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            for feature in found:
                step = missed - _DECAY * weights.get(feature, 0.0)
                grown[feature] = grown.get(feature, 0.01) + step * step
                weights[feature] = weights.get(feature, 0.0) + _RATE * step / math.sqrt(grown[feature])
    return {feature: round(weight, 2) for feature, weight in sorted(weights.items()) if abs(weight) >= _LEAST}
