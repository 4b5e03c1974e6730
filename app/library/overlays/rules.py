"""A clause with an organisation's own words: how it reads, what is wrong in it, how it follows its parent. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from app.law.vocabulary import Piece
from app.library.blocks import variables_in
from app.library.edition.merging import merge
from app.library.lint_record import default_faults
from app.library.record import ClauseRecord, Variable

Side = Literal["mine", "theirs"]


def own_variable(variable: Variable, default: Any) -> Variable:  # noqa: ANN401 (whatever JSON holds)
    return Variable.model_validate(variable.model_dump(mode="json") | {"default": default})


def adapted(record: ClauseRecord, wordings: Mapping[str, str], defaults: Mapping[str, Any]) -> ClauseRecord:
    """The clause as the organisation writes it; a variable that no text holds any more may stay empty."""
    texts = {piece: wordings.get(piece, text) for piece, text in record.wordings.items()}
    used = {name for text in texts.values() for name in variables_in(text)}
    variables = {
        name: own_variable(variable, defaults[name]) if name in defaults else variable
        for name, variable in record.variables.items()
    }
    free = {name: one.model_copy(update={"required": False}) for name, one in variables.items() if name not in used}
    return record.model_copy(update={"wordings": texts, "variables": variables | free})


def faults(record: ClauseRecord, wordings: Mapping[str, str], defaults: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """JSON pointer and sentence."""
    for piece, text in wordings.items():
        where = f"/wordings/{piece}"
        if piece not in record.wordings:
            yield where, f"La clause n’a pas de texte pour la pièce {piece}."
        if not text.strip():
            yield where, "Un texte vide ne remplace rien : laissez celui de la bibliothèque."
        for name in variables_in(text):
            if name not in record.variables:
                yield where, f"La variable {{{{ {name} }}}} n’existe pas dans cette clause."
    yield from _default_faults(record, defaults)
    if not wordings and not defaults:
        yield "/wordings", "Rien n’est changé : écrivez votre texte ou vos valeurs."


def _default_faults(record: ClauseRecord, defaults: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, default in defaults.items():
        where = f"/defaults/{name}"
        if name not in record.variables:
            yield where, "Cette variable n’existe pas dans la clause."
            continue
        try:
            variable = own_variable(record.variables[name], default)
        except (ValidationError, ValueError):
            yield where, "Cette valeur n’a pas la forme attendue."
            continue
        for _, sentence in default_faults(variable):
            yield where, sentence


@dataclass(frozen=True, slots=True)
class Conflict:
    """A paragraph that the organisation and the library changed differently."""

    piece: Piece
    base: str
    mine: str
    theirs: str


def rebased(
    old: ClauseRecord, new: ClauseRecord, wordings: Mapping[str, str], keep: Side | None = None
) -> tuple[dict[str, str], list[Conflict]]:
    """The own texts carried over to a newer parent; conflicts go to the side kept, or are told."""
    texts: dict[str, str] = {}
    conflicts: list[Conflict] = []
    for piece, text in new.wordings.items():
        if piece not in wordings:
            continue
        blocks = [one.split("\n\n") for one in (old.wordings.get(piece, ""), wordings[piece], text)]
        kept: list[str] = []
        for part in merge(*blocks):
            if part.conflict:
                sides = ["\n\n".join(side) for side in (part.base, part.mine, part.theirs)]
                conflicts.append(Conflict(piece, *sides))
                kept += part.theirs if keep == "theirs" else part.mine
            else:
                kept += part.lines
        texts[piece] = "\n\n".join(kept)
    return {piece: text for piece, text in texts.items() if text != new.wordings[Piece(piece)]}, conflicts
