"""A clause's wording as ready XML, compiled once per clause version and cut at its variables (docx.md, section 2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.documents.content import ChosenClause
from app.documents.xml import AFTER_TABLE, paragraph, run, spread, table
from app.law.vocabulary import Piece
from app.library.blocks import VARIABLE, Block, blocks_of

PORTRAIT, LANDSCAPE = 9638, 14570
"""Text widths of A4 with our margins, in twentieths of a point."""
_CAPACITY: Final = 4096
_CUT: Final = "\x01"
"""Stands around a mark while compiling; no wording holds it, since YAML refuses control characters."""
_LIST: Final = "#"
_MARGINS, _LETTER = 220, 115
"""Of a cell, in twentieths of a point: its two margins, a wide letter of the heading's size."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Ready bytes, cut at marks: a variable's name, or `#n` for the number of the n-th list of the wording."""

    texts: tuple[bytes, ...]
    """One more than there are marks."""
    marks: tuple[str, ...]
    lists: int

    def written(self, values: Mapping[str, str], first_list: int) -> bytes:
        """The wording with its values: `values` maps a variable to its ready run."""
        if not self.marks:
            return self.texts[0]
        parts = [self.texts[0]]
        for mark, text in zip(self.marks, self.texts[1:], strict=True):
            said = str(first_list + int(mark[1:])) if mark[0] == _LIST else values[mark]
            parts += (said.encode(), text)
        return b"".join(parts)


_known: dict[tuple[str, int, str, Piece, int], Fragment] = {}


def fragment(clause: ChosenClause, wording: Piece, width: int) -> Fragment:
    """The compiled wording, from memory when this version was compiled before.

    An organisation's own wording is never kept: under the same id and version it would be given to everybody.
    """
    if clause.overlay:
        return _compiled(clause, wording, width)
    key = (clause.record.id, clause.version, clause.content_hash, wording, width)
    found = _known.get(key)
    if found is None:
        if len(_known) >= _CAPACITY:
            _known.clear()
        found = _known[key] = _compiled(clause, wording, width)
    return found


def _compiled(clause: ChosenClause, wording: Piece, width: int) -> Fragment:
    return compile_wording(clause.record.wordings[wording], clause.title, width, answered=wording is Piece.CRT)


def compile_wording(text: str, title: str, width: int, *, answered: bool = False) -> Fragment:
    """`answered`: a table without an empty cell gets a column for the answers."""
    blocks = blocks_of(text)
    xml, lists, extra = "", 0, ""
    for block in blocks:
        if block.kind == "table":
            xml += _table(_with_answers(block) if answered else block, title, width)
        else:
            xml += "".join(_paragraphs(block, lists, extra))
            lists += block.kind == "numbers"
        extra = AFTER_TABLE if block.kind == "table" else ""
    cut = xml.split(_CUT)
    return Fragment(tuple(text.encode() for text in cut[::2]), tuple(cut[1::2]), lists)


def _paragraphs(block: Block, lists: int, extra: str) -> Iterator[str]:
    numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{_CUT}{_LIST}{lists}{_CUT}"/></w:numPr>'
    for position, item in enumerate(block.items):
        spaced = "" if position else extra
        if block.kind == "numbers":
            yield paragraph(_runs(item), "ListNumber", numbered + spaced)
        else:
            yield paragraph(_runs(item), "ListBullet" if block.kind == "bullets" else "", spaced)


def _runs(text: str) -> str:
    """Runs of a text, each variable as its name between two cuts."""
    pieces = VARIABLE.split(text)
    return "".join(f"{_CUT}{piece}{_CUT}" if i % 2 else run(piece) for i, piece in enumerate(pieces))


def _with_answers(block: Block) -> Block:
    head, *rows = block.rows
    if any(not cell for row in rows for cell in row):
        return block
    return Block("table", rows=((*head, "Réponse du candidat"), *((*row, "") for row in rows)))


def _table(block: Block, title: str, width: int) -> str:
    """A wording's table: a column holds its longest word, and is as wide as its longest cell within reason."""
    head, *rows = block.rows
    full = [[*row, *[""] * len(head)][: len(head)] for row in rows]
    longest = tuple(max(8, min(40, max(map(len, column)))) for column in zip(head, *full, strict=True))
    words = [
        max(len(word) for cell in column for word in (cell.split() or [""])) for column in zip(head, *full, strict=True)
    ]
    least = [_MARGINS + _LETTER * word for word in words]
    cells = [[_runs(cell) for cell in row] for row in full]
    return table([_runs(cell) for cell in head], spread(longest, width, least), cells, description=title)
