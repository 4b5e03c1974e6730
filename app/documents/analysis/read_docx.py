"""The paragraphs of a DOCX in one streamed pass, those inside content controls and tables included.

python-docx does not see inside block content controls: 41 paragraphs of 517 (docx.md, section 5).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

from app.documents.analysis.manifest_of import manifest_of
from app.documents.analysis.pieces import Path, Piece, level_of
from app.documents.analysis.streaming import events, forget
from app.documents.archive import Archive
from app.documents.intake import Document, main_part
from app.documents.passages import Passage
from app.documents.refused import Refused
from app.documents.template.styles import W as W_NAMESPACE

MOST_PARAGRAPHS: Final = 60_000
MOST_LETTERS: Final = 20_000_000
_W: Final = f"{{{W_NAMESPACE}}}"
_HIDDEN: Final = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    _W + "moveFrom",
    _W + "pPrChange",
}
"""What another place says again, or what is no longer there."""
_VAL: Final = _W + "val"
_SIDES: Final = re.compile(r"(header|footer|footnotes|endnotes)\d*\.xml$")
_HEADING: Final = re.compile(r"^(?:heading|titre) ?([1-9])$", re.IGNORECASE)
_DEEPEST_STYLE: Final = 20


@dataclass(slots=True)
class _Open:
    """A paragraph being read."""

    index: int
    texts: list[str] = field(default_factory=list)
    style: str = ""
    level: int = 0
    bookmarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Style:
    name: str = ""
    level: int = 0
    parent: str = ""


def read_docx(document: Document) -> Piece:
    archive = document.archive
    main = main_part(archive)
    folder = str(PurePosixPath(main).parent)
    styles = _styles(archive, f"{folder}/styles.xml")
    passages: list[Passage] = []
    counted = 0
    for name, part in _parts(archive, main, folder):
        reading = _Reading(document.name, part, styles, counted)
        passages += reading.of(archive.chunks(name))
        counted = reading.counted
    return Piece(document.name, "docx", tuple(passages), tuple(manifest_of(archive)))


def _parts(archive: Archive, main: str, folder: str) -> Iterator[tuple[str, str]]:
    yield main, "document"
    for name in archive.names:
        found = _SIDES.search(name)
        if found and name != main and str(PurePosixPath(name).parent) == folder:
            yield name, found[1]


def _styles(archive: Archive, name: str) -> dict[str, _Style]:
    """Style id → its name and the heading level that it has or inherits."""
    found: dict[str, _Style] = {}
    if name not in archive:
        return found
    for _, element in events(archive.chunks(name), "end"):
        if element.tag != _W + "style":
            continue
        made = found[element.get(_W + "styleId", "")] = _Style()
        for child in element.iter(_W + "name", _W + "basedOn", _W + "outlineLvl"):
            value = child.get(_VAL, "")
            if child.tag == _W + "name":
                made.name = value
                named = _HEADING.match(value)
                made.level = made.level or (int(named[1]) if named else 0)
            elif child.tag == _W + "basedOn":
                made.parent = value
            elif value.isdigit() and int(value) < 9:  # noqa: PLR2004 (9 says « body text »)
                made.level = int(value) + 1
        element.clear()
    return {ident: _Style(style.name, _level(style, found), style.parent) for ident, style in found.items()}


def _level(style: _Style, known: dict[str, _Style]) -> int:
    for _ in range(_DEEPEST_STYLE):
        if style.level or style.parent not in known:
            break
        style = known[style.parent]
    return style.level


class _Reading:
    """One part: where the reading stands, and the paragraphs that it has closed."""

    def __init__(self, piece: str, part: str, styles: dict[str, _Style], counted: int) -> None:
        self.piece, self.part, self.styles, self.counted = piece, part, styles, counted
        self.path = Path()
        self.open: list[_Open] = []
        self.controls: list[str] = []
        self.tables: list[list[int]] = []
        self.seen_tables = 0
        self.bookmarks: dict[str, str] = {}
        self.hidden = 0
        self.letters = 0
        self.closed: list[Passage] = []

    def of(self, chunks: Iterator[bytes]) -> list[Passage]:
        starts, ends = self._starts(), self._ends()
        for event, element in events(chunks, "start", "end"):
            act = (starts if event == "start" else ends).get(element.tag)
            if act is not None:
                act(element)
        return sorted(self.closed, key=lambda passage: passage.index)

    def _starts(self) -> "dict[str, Callable[[etree._Element], None]]":
        return {
            _W + "p": self._paragraph,
            _W + "sdt": lambda _: self.controls.append(""),
            _W + "tag": self._tag,
            _W + "alias": self._tag,
            _W + "bookmarkStart": self._bookmark,
            _W + "bookmarkEnd": self._bookmark_end,
            _W + "tbl": self._table,
            _W + "tr": self._row,
            _W + "tc": self._cell,
            **dict.fromkeys(_HIDDEN, lambda _: self._hide(1)),
        }

    def _ends(self) -> "dict[str, Callable[[etree._Element], None]]":
        return {
            _W + "t": lambda element: self._add(element.text or ""),
            **dict.fromkeys(_SIGNS, self._sign),
            _W + "pStyle": self._styled,
            _W + "outlineLvl": self._outlined,
            _W + "p": self._close,
            _W + "sdt": self._control_end,
            _W + "tbl": self._table_end,
            **dict.fromkeys(_HIDDEN, lambda _: self._hide(-1)),
        }

    def _hide(self, step: int) -> None:
        self.hidden += step

    def _paragraph(self, _: etree._Element) -> None:
        self.open.append(_Open(self.counted, bookmarks=list(self.bookmarks.values())))
        self.counted += 1
        if self.counted > MOST_PARAGRAPHS:
            raise Refused("too-long")

    def _tag(self, element: etree._Element) -> None:
        """The tag first; LibreOffice drops it and keeps the alias, where we write the same."""
        value = element.get(_VAL, "")
        if self.controls and value and (element.tag == _W + "tag" or not self.controls[-1]):
            self.controls[-1] = value

    def _bookmark(self, element: etree._Element) -> None:
        name = element.get(_W + "name", "")
        self.bookmarks[element.get(_W + "id", "")] = name
        if self.open:
            self.open[-1].bookmarks.append(name)

    def _bookmark_end(self, element: etree._Element) -> None:
        """LibreOffice starts a bookmark twice and ends one: the end of a name ends them both."""
        name = self.bookmarks.pop(element.get(_W + "id", ""), None)
        self.bookmarks = {ident: other for ident, other in self.bookmarks.items() if other != name}

    def _control_end(self, _: etree._Element) -> None:
        self.controls.pop()

    def _table(self, _: etree._Element) -> None:
        self.seen_tables += 1
        self.tables.append([self.seen_tables, 0, 0])

    def _row(self, _: etree._Element) -> None:
        if self.tables:
            self.tables[-1][1:] = [self.tables[-1][1] + 1, 0]

    def _cell(self, _: etree._Element) -> None:
        if self.tables:
            self.tables[-1][2] += 1

    def _table_end(self, element: etree._Element) -> None:
        self.tables.pop()
        forget(element)

    def _sign(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is not None and parent.tag == _W + "r":
            self._add(_SIGNS[element.tag])

    def _styled(self, element: etree._Element) -> None:
        if self.open and not self.hidden:
            self.open[-1].style = element.get(_VAL, "")

    def _outlined(self, element: etree._Element) -> None:
        value = element.get(_VAL, "")
        if self.open and not self.hidden and value.isdigit() and int(value) < 9:  # noqa: PLR2004 (9: body text)
            self.open[-1].level = int(value) + 1

    def _add(self, text: str) -> None:
        if self.open and not self.hidden:
            self.open[-1].texts.append(text)
            self.letters += len(text)
            if self.letters > MOST_LETTERS:
                raise Refused("too-long")

    def _close(self, element: etree._Element) -> None:
        done = self.open.pop()
        text = "".join(done.texts).strip()
        forget(element)
        style = self.styles.get(done.style)
        name = style.name if style else done.style
        if not text or self.hidden or name.lower().startswith("toc "):
            return
        level = level_of(text, done.level or (style.level if style else 0)) if not self.tables else 0
        cells = "".join(f"/table {table}/row {row}/cell {cell}" for table, row, cell in self.tables)
        self.closed.append(
            Passage(
                index=done.index,
                piece_name=self.piece,
                part=self.part + cells,
                text=text,
                style=name,
                heading_level=level,
                heading_path=self.path.above(level, text),
                control_tag=next((tag for tag in reversed(self.controls) if tag), ""),
                bookmarks=tuple(dict.fromkeys(done.bookmarks)),
            )
        )


_SIGNS: Final = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "\u2011",
}
