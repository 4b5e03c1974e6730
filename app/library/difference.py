"""What changed between two versions of a clause: fields and wordings, word by word. Pure.

A run list serves both ways of showing: inline as it is; side by side, « equal » and « delete » on the left,
« equal » and « insert » on the right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

Op = Literal["equal", "insert", "delete"]
Move = Literal["equal", "changed", "added", "removed"]
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
_BLOCKS: Final = re.compile(r"\n\s*\n|\n(?=- |\d+\. |\|)")
_CLOSE: Final = 0.3
"""Two blocks that share less than this are one removed and one added, not one changed."""

LABELS: Final = {
    "title": "Titre",
    "plain_title": "Titre simple",
    "summary": "Résumé",
    "kind": "Type",
    "alternative_kinds": "Autres types admis",
    "level": "Niveau",
    "status": "Statut",
    "families": "Familles",
    "levers": "Leviers",
    "natures": "Natures",
    "environmental": "Portée environnementale",
    "social": "Portée sociale",
    "cpv": "Codes CPV",
    "requirement": "Exigence",
    "variables": "Variables",
    "legal": "Textes de droit",
    "duties": "Obligations servies",
    "baseline": "Ce que la loi exige déjà",
    "gain": "Gain sur la loi",
    "link_to_subject": "Lien avec l’objet du marché",
    "evidence": "Preuves",
    "labels": "Labels",
    "control": "Contrôle",
    "penalty": "Pénalité",
    "scoring": "Notation",
    "ccag": "CCAG",
    "why": "Pourquoi",
    "watch_points": "Points de vigilance",
    "not_when": "Quand ne pas l’utiliser",
    "charter": "Engagements de la charte",
    "relations": "Relations",
    "market": "Offre du marché",
    "definitions": "Définitions",
    "sources": "Sources",
    "legal_check": "Vérification juridique",
    "next_review": "Prochaine relecture",
}


@dataclass(frozen=True, slots=True)
class Run:
    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A block of a wording beside its counterpart."""

    move: Move
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    pointer: str
    label: str
    move: Move
    before: str | None
    after: str | None
    runs: tuple[Run, ...]


def runs_of(before: str, after: str) -> tuple[Run, ...]:
    """The words of both texts in one line; neighbours of one kind are joined."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []

    def add(op: Op, words: Sequence[str]) -> None:
        if words:
            runs.append(Run(op, "".join(words)))

    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            add("equal", old[a:b])
        else:
            add("delete", old[a:b])
            add("insert", new[c:d])
    return tuple(runs)


def rows_of(before: str, after: str) -> list[Row]:
    """Block by block: a block whose words changed stays beside its new form."""
    old, new = _blocks(before), _blocks(after)
    rows: list[Row] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row("equal", (Run("equal", text),)) for text in old[a:b]]
        else:
            rows += _paired(old[a:b], new[c:d])
    return rows


def _blocks(text: str) -> list[str]:
    return [block.strip() for block in _BLOCKS.split(text) if block.strip()]


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Blocks of a changed stretch, taken in order; what has nothing in common is not a change of the other."""
    for index in range(max(len(old), len(new))):
        before = old[index] if index < len(old) else ""
        after = new[index] if index < len(new) else ""
        if before and after and SequenceMatcher(None, before, after, autojunk=False).ratio() >= _CLOSE:
            yield Row("changed", runs_of(before, after))
            continue
        if before:
            yield Row("removed", (Run("delete", before),))
        if after:
            yield Row("added", (Run("insert", after),))


def fields_of(before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    """The leaves of two records (as JSON) that differ, in the order of the record; wordings and journal apart."""
    old = {pointer: text for name in LABELS for pointer, text in _leaves(f"/{name}", before.get(name))}
    new = {pointer: text for name in LABELS for pointer, text in _leaves(f"/{name}", after.get(name))}
    order = {f"/{name}": place for place, name in enumerate(LABELS)}
    pointers = sorted(old.keys() | new.keys(), key=lambda p: (order["/" + p.split("/")[1]], p))
    return [_change(p, old.get(p), new.get(p)) for p in pointers if old.get(p) != new.get(p)]


def _change(pointer: str, before: str | None, after: str | None) -> FieldChange:
    move: Move = "added" if before is None else "removed" if after is None else "changed"
    label = LABELS[pointer.split("/")[1]]
    return FieldChange(pointer, label, move, before, after, runs_of(before or "", after or ""))


def _leaves(pointer: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 (whatever JSON holds)
    if value is None or value in ("", [], {}):
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(f"{pointer}/{name}", inner)
    elif isinstance(value, list) and not isinstance(value[0], str):
        for index, inner in enumerate(value):
            yield from _leaves(f"{pointer}/{index}", inner)
    elif isinstance(value, list) and max(map(len, value)) > 60:  # noqa: PLR2004 (sentences: one by one)
        for index, inner in enumerate(value):
            yield f"{pointer}/{index}", inner
    elif isinstance(value, list):
        yield pointer, ", ".join(value)
    elif isinstance(value, bool):
        yield pointer, "oui" if value else "non"
    else:
        yield pointer, str(value)
