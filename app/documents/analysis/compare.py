"""A place of a file against a version of a clause: the same, with which values, or edited and how. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.documents.values import BadValue, read
from app.library.blocks import VARIABLE, blocks_of
from app.library.record import ClauseRecord, Variable
from app.library.values import shown
from app.text.difference import Segment, Token, joined, merged, opcodes, tokens, word_difference
from app.text.typography import plain

_TOKEN: Final = re.compile(r"(\s*)(\{\{\s*[a-z][a-z0-9_]{1,40}\s*\}\}|\w+|[^\w\s])")
LineKind = Literal["heading", "paragraph", "bullet", "number", "cell"]
_LOT: Final = "Lot concerné"
_LONGEST_NUMBER: Final = 10
"""Tokens of a number with its unit: « 1 200 000,50 € HT par an »."""


@dataclass(frozen=True, slots=True)
class Comparison:
    similarity: float
    """0 to 1; a value is never a difference."""
    same: bool
    values: Mapping[str, str]
    """Variable → what stands in its place in the file."""
    difference: tuple[Segment, ...]
    """From what we wrote to what is there; one « equal » when nothing was edited."""


_KINDS: Final[dict[str, LineKind]] = {
    "paragraph": "paragraph",
    "bullets": "bullet",
    "numbers": "number",
    "table": "cell",
}


def lines(record: ClauseRecord, wording: str) -> list[tuple[LineKind, str]]:
    """The title and the paragraphs of a wording with what each is, cells included, variables as they are."""
    blocks = blocks_of(wording)
    return [("heading", record.title), *((_KINDS[b.kind], text) for b in blocks for text in b.texts if text)]


def paragraphs(record: ClauseRecord, wording: str) -> list[str]:
    return [text for _, text in lines(record, wording)]


def is_lot_line(text: str) -> bool:
    """The line by which we say which lot a clause bears on: no words of the clause."""
    return text.startswith(_LOT)


def compare(found: Sequence[str], record: ClauseRecord, wording: str) -> Comparison:
    """The file's paragraphs against the wording, whose variables may hold anything of their size."""
    there = [text for text in found if not is_lot_line(text)]
    expected = paragraphs(record, wording)
    if there and plain(record.title).casefold() not in plain(there[0]).casefold():
        expected = expected[1:]  # a wording pasted without its title
    before, after = tokens("\n".join(expected), _TOKEN), tokens("\n".join(there), _TOKEN)
    values: dict[str, str] = {}
    segments: list[Segment] = []
    same = matched = 0
    for op, a, b, c, d in opcodes(before, after):
        taken = op == "replace" and _capture(before[a:b], after[c:d], record)
        if op == "equal" or taken:
            values |= taken or {}
            matched += (b - a) + (d - c)
            segments.append(Segment("equal", joined(after[c:d])))
            continue
        same += 1
        if b > a:
            segments.append(Segment("delete", filled(joined(before[a:b]), record, values)))
        if d > c:
            segments.append(Segment("insert", joined(after[c:d])))
    total = len(before) + len(after)
    return Comparison(matched / total if total else 1.0, not same, values, tuple(merged(segments)))


def _capture(before: Sequence[Token], after: Sequence[Token], record: ClauseRecord) -> dict[str, str]:
    """The value that stands where a variable stood, when nothing else changed around."""
    if len(before) != 1 or not (found := VARIABLE.fullmatch(before[0].text)):
        return {}
    variable = record.variables.get(found[1])
    if variable is None:
        return {}
    most = _LONGEST_NUMBER if variable.numeric or variable.type == "date" else variable.max_length
    return {found[1]: joined(after).strip()} if len(after) <= most + len(variable.label.split()) + 3 else {}


def filled(text: str, record: ClauseRecord, values: Mapping[str, str]) -> str:
    """A wording's text with values as they are printed; the default where none is known."""

    def value(found: re.Match[str]) -> str:
        variable = record.variables.get(found[1])
        if found[1] in values or variable is None:
            return values.get(found[1], found[0])
        return shown(variable, variable.default)

    return VARIABLE.sub(value, text)


def written(record: ClauseRecord, wording: str, values: Mapping[str, str]) -> list[tuple[LineKind, str]]:
    """The lines of a version with the values of another: what an upgrade writes."""
    return [(kind, filled(text, record, values)) for kind, text in lines(record, wording)]


def changes(old: Sequence[tuple[LineKind, str]], new: Sequence[tuple[LineKind, str]]) -> tuple[Segment, ...]:
    return tuple(word_difference("\n".join(text for _, text in old), "\n".join(text for _, text in new)))


@dataclass(frozen=True, slots=True)
class Kept:
    """The values of a clause as the basket takes them back."""

    values: Mapping[str, Any]
    blank: tuple[str, ...]
    refused: Mapping[str, str]
    """Variable → why what stands in the file is out of its bounds."""


def kept_values(record: ClauseRecord, printed: Mapping[str, str], given: Mapping[str, str]) -> Kept:
    """From what stands in the file, else from what the manifest says was given."""
    values: dict[str, Any] = {}
    blank: list[str] = []
    refused: dict[str, str] = {}
    for name, variable in record.variables.items():
        said = printed.get(name, given.get(name, ""))
        if not said:
            continue
        if said.startswith("[") and said.endswith("]"):
            blank.append(name)
            continue
        try:
            read(variable, bare(variable, said))
        except BadValue as error:
            refused[name] = f"{variable.label} : {error}"
        else:
            values[name] = bare(variable, said)
    return Kept(values, tuple(blank), refused)


def bare(variable: Variable, printed: str) -> str:
    """The value without its unit, as the Assistant's field takes it."""
    text = plain(printed).strip()
    if variable.numeric:
        found = re.match(r"^-?[\d\s]*\d(?:[.,]\d+)?", text)
        return re.sub(r"\s", "", found[0]).replace(",", ".") if found else text
    if variable.type == "date":
        return _iso(text)
    unit = plain(variable.unit)
    kept = printed.strip()
    return kept[: -len(unit)].strip() if unit and text.endswith(unit) else kept


_MONTHS: Final = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)


def _iso(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})(?:er)? (\w+) (\d{4})", text)
    if not found or found[2] not in _MONTHS:
        return text
    return f"{found[3]}-{_MONTHS.index(found[2]) + 1:02d}-{int(found[1]):02d}"


def best(comparisons: Mapping[Any, Comparison]) -> Iterator[tuple[Any, Comparison]]:
    """From the likeliest: unedited first, then by similarity, in the order given."""
    yield from sorted(comparisons.items(), key=lambda item: (not item[1].same, -item[1].similarity))
