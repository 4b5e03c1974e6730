"""What the answers say together: the buyer's matrix, the published figures, the advice on levels. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.market.sourcing.rules import (
    BLOCKER_LABELS,
    COST_LABELS,
    FEASIBILITY_LABELS,
    FEWEST_FOR_FEEDBACK,
    FEWEST_FOR_FIGURES,
    Feasibility,
    level_advised,
)

Question = Mapping[str, Any]
Given = Mapping[str, Any]
"""Question id → what one firm said of it."""
_PARTS: Final = (
    ("feasibility", "Faisabilité", {str(k): v for k, v in FEASIBILITY_LABELS.items()}),
    ("cost", "Effet sur le prix", {str(k): v for k, v in COST_LABELS.items()}),
    ("blocker", "Ce qui bloque", {str(k): v for k, v in BLOCKER_LABELS.items()}),
)


@dataclass(frozen=True, slots=True)
class Distribution:
    label: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """One question; nothing but its number of answers below five, not even that below the threshold when hidden."""

    question: str
    text: str
    clause_id: str
    enough: bool
    answers: int | None
    distributions: tuple[Distribution, ...]


def figures(questions: Sequence[Question], answers: Sequence[Given]) -> list[Figures]:
    """What may be published: counts only from five answers to the very question, never a text."""
    found = []
    for question in questions:
        given = [answer[question["id"]] for answer in answers if answer.get(question["id"])]
        enough = len(given) >= FEWEST_FOR_FIGURES
        clause = question.get("clause_id") or ""
        parts = _distributions(given) if enough and clause else ()
        found.append(Figures(question["id"], question["text"], clause, enough, len(given) if enough else None, parts))
    return found


def _distributions(given: Sequence[Mapping[str, Any]]) -> tuple[Distribution, ...]:
    made = []
    for key, label, labels in _PARTS:
        counts = Counter(str(one[key]) for one in given if one.get(key))
        made.append(Distribution(label, tuple((labels[code], counts[code]) for code in labels if counts[code])))
    levels = Counter(int(one["level"]) for one in given if one.get("level"))
    made.append(Distribution("Niveau atteint", tuple((f"Niveau {n}", levels[n]) for n in sorted(levels))))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Proposal:
    clause_id: str
    title: str
    current: int
    advised: int | None
    answers: int
    reaching: int
    """Firms that reach the current level as written."""
    reason: str


def proposals(questions: Iterable[Question], answers: Sequence[Given]) -> list[Proposal]:
    """For each clause asked about: keep its level, lower it, raise it, and why, with figures and no name."""
    found = []
    for question in questions:
        clause, current = question.get("clause_id"), int(question.get("level") or 1)
        if not clause:
            continue
        given = [answer[question["id"]] for answer in answers if answer.get(question["id"])]
        levels = [0 if one.get("feasibility") == Feasibility.NOT else int(one.get("level") or current) for one in given]
        reaching = sum(level >= current for level in levels)
        advised = level_advised(levels, current)
        found.append(Proposal(clause, question["text"], current, advised, len(given), reaching,
                              _reason(len(given), reaching, current, advised)))  # fmt: skip
    return found


def _reason(answers: int, reaching: int, current: int, advised: int | None) -> str:
    if answers < FEWEST_FOR_FEEDBACK:
        return f"Moins de {FEWEST_FOR_FEEDBACK} réponses : le marché ne permet pas de conclure."
    said = f"{reaching} entreprise{'s' * (reaching > 1)} sur {answers} attei{'gnent' if reaching > 1 else 'nt'}"
    said += f" le niveau {current}"
    if advised is None:
        return f"{said} : le niveau du dossier tient." if reaching else f"{said} : aucun niveau ne tient."
    return f"{said} ; les deux tiers au moins tiennent le niveau {advised}."


@dataclass(frozen=True, slots=True)
class ClauseVoice:
    """What firms said of a clause across sourcings, once five of them spoke."""

    firms: int
    feasibility: tuple[tuple[str, int], ...]
    cost: tuple[tuple[str, int], ...]
    blocker: tuple[tuple[str, int], ...]
    months: int | None
    """The median time needed by those who need some."""


def voice(rows: Sequence[Mapping[str, Any]]) -> ClauseVoice | None:
    """`rows`: one per firm (its last answer)."""
    if len(rows) < FEWEST_FOR_FIGURES:
        return None
    counted = [
        tuple((code, n) for code, n in sorted(Counter(str(row[key]) for row in rows if row.get(key)).items()))
        for key in ("feasibility", "cost", "blocker")
    ]
    waits = sorted(int(row["months"]) for row in rows if row.get("months"))
    enough = len(waits) >= FEWEST_FOR_FEEDBACK
    return ClauseVoice(len(rows), counted[0], counted[1], counted[2], waits[len(waits) // 2] if enough else None)
