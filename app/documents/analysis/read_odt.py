"""The paragraphs of an ODT, from its XML: no office suite in between."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.documents.analysis.paragraphs import Paragraphs
from app.documents.analysis.pieces import Piece, Written
from app.documents.archive import Archive
from app.documents.intake import Document
from app.documents.markup import walk

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT: Final = f"{_ODF}:text:1.0 "
_TABLE: Final = f"{_ODF}:table:1.0 "
_STYLE: Final = f"{_ODF}:style:1.0 "
_META: Final = f"{_ODF}:meta:1.0 "
_PARAGRAPHS: Final = (_TEXT + "p", _TEXT + "h")
_HIDDEN: Final = (
    _TEXT + "tracked-changes",
    _TEXT + "table-of-content",
    _TEXT + "sequence-decls",
    f"{_ODF}:office:1.0 annotation",
)
_APART: Final = frozenset({_TEXT + "note", _TEXT + "ruby"})
"""Elements of a text whose words are not its own: a note's are paragraphs themselves."""
_OURS: Final = re.compile(r"^([A-Z]{3}-[A-Z]{3}-\d{3})@(\d{1,5})#\d+ (\w+)$")
_MOST_SPACES: Final = 1000
_Said = Mapping[str, str]


def read_odt(document: Document) -> Piece:
    found = Paragraphs(document.name, document.archive.budget)
    reading = _Reading(found)
    walk(document.archive.chunks("content.xml"), reading.start, reading.end, found.add)
    return Piece(document.name, "odt", found.passages(), tuple(_properties(document.archive)))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0  # noqa: PLR2004 (a level, a count of spaces)


class _Reading:
    """What each element of OpenDocument does to the paragraphs being read."""

    def __init__(self, found: Paragraphs) -> None:
        self.found = found
        self.parents: dict[str, str] = {}
        """An automatic style → the one that it dresses up."""
        self.starts: dict[str, Callable[[_Said], None]] = {
            **dict.fromkeys(_PARAGRAPHS, self._paragraph),
            **dict.fromkeys(_HIDDEN, lambda _: self._hide(1)),
            _STYLE + "style": self._style,
            _TEXT + "s": self._spaces,
            _TEXT + "tab": lambda _: found.add("\t"),
            _TEXT + "line-break": lambda _: found.add("\n"),
            _TEXT + "bookmark-start": lambda said: found.bookmark(_name(said), _name(said)),
            _TEXT + "bookmark-end": lambda said: found.bookmark_end(_name(said)),
            _TABLE + "table": lambda _: found.table(),
            _TABLE + "table-row": lambda _: found.row(),
            _TABLE + "table-cell": lambda _: found.cell(),
        }
        self.ends: dict[str, Callable[[], object]] = {
            **dict.fromkeys(_HIDDEN, lambda: self._hide(-1)),
            _TABLE + "table": found.table_end,
        }

    def start(self, name: str, said: _Said) -> None:
        if act := self.starts.get(name):
            act(said)
        if self.found.open and name not in _PARAGRAPHS:
            current = self.found.open[-1]
            if current.muted or name in _APART or not name.startswith(_TEXT):
                current.muted += 1

    def end(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self.found.end()
        elif self.found.open and self.found.open[-1].muted:
            self.found.open[-1].muted -= 1
        if act := self.ends.get(name):
            act()

    def _paragraph(self, said: _Said) -> None:
        self.found.begin()
        current = self.found.open[-1]
        style = said.get(_TEXT + "style-name", "")
        current.style = self.parents.get(style, style).replace("_20_", " ")
        current.level = _number(said.get(_TEXT + "outline-level", ""))

    def _hide(self, step: int) -> None:
        self.found.hidden += step

    def _style(self, said: _Said) -> None:
        name = said.get(_STYLE + "name", "")
        self.parents[name] = said.get(_STYLE + "parent-style-name", "") or name

    def _spaces(self, said: _Said) -> None:
        self.found.add(" " * min(_number(said.get(_TEXT + "c", "1")) or 1, _MOST_SPACES))


def _name(said: _Said) -> str:
    return said.get(_TEXT + "name", "")


def _properties(archive: Archive) -> Iterator[Written]:
    """LibreOffice keeps our properties, one per clause: `CEC-MOB-001@1#1 CCTP`; the values are not among them."""
    names: list[str] = []

    def start(tag: str, said: _Said) -> None:
        if tag == _META + "user-defined":
            names.append(said.get(_META + "name", ""))

    if "meta.xml" in archive:
        walk(archive.chunks("meta.xml"), start)
    for found in map(_OURS.match, names):
        if found:
            yield Written(found[1], int(found[2]), found[3])
