"""The paragraphs of an ODT, from its XML: no office suite in between."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from app.documents.analysis.pieces import Path, Piece, Written, level_of
from app.documents.analysis.read_docx import MOST_LETTERS, MOST_PARAGRAPHS
from app.documents.analysis.streaming import events, forget
from app.documents.archive import Archive
from app.documents.intake import Document
from app.documents.passages import Passage
from app.documents.refused import Refused

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT: Final = f"{{{_ODF}:text:1.0}}"
_TABLE: Final = f"{{{_ODF}:table:1.0}}"
_STYLE: Final = f"{{{_ODF}:style:1.0}}"
_META: Final = f"{{{_ODF}:meta:1.0}}"
_SKIPPED: Final = {
    _TEXT + "tracked-changes",
    _TEXT + "table-of-content",
    _TEXT + "sequence-decls",
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation",
}
_OURS: Final = re.compile(r"^([A-Z]{3}-[A-Z]{3}-\d{3})@(\d{1,5})#\d+ (\w+)$")
_MOST_SPACES: Final = 1000


def read_odt(document: Document) -> Piece:
    reading = _Reading(document.name)
    passages = reading.of(document.archive.chunks("content.xml"))
    return Piece(document.name, "odt", tuple(passages), tuple(_properties(document.archive)))


class _Reading:
    """Where the reading stands. An ODT mixes text and elements, so a paragraph is read when it ends."""

    def __init__(self, piece: str) -> None:
        self.piece = piece
        self.path = Path()
        self.parents: dict[str, str] = {}
        self.tables: list[list[int]] = []
        self.seen_tables = 0
        self.bookmarks: list[str] = []
        self.before: list[list[str]] = []
        """Bookmarks that were open where each open paragraph begins."""
        self.skipped = 0
        self.counted = 0
        self.letters = 0
        self.closed: list[Passage] = []

    def of(self, chunks: Iterator[bytes]) -> list[Passage]:
        starts, ends = self._starts(), self._ends()
        for event, element in events(chunks, "start", "end"):
            act = (starts if event == "start" else ends).get(element.tag)
            if act is not None:
                act(element)
        return self.closed

    def _starts(self) -> "dict[str, Callable[[etree._Element], None]]":
        return {
            _STYLE + "style": self._style,
            **dict.fromkeys(_SKIPPED, lambda _: self._skip(1)),
            **dict.fromkeys((_TEXT + "p", _TEXT + "h"), self._paragraph),
            _TEXT + "bookmark-start": self._bookmark,
            _TEXT + "bookmark-end": self._bookmark_end,
            _TABLE + "table": self._table,
            _TABLE + "table-row": self._row,
            _TABLE + "table-cell": self._cell,
        }

    def _ends(self) -> "dict[str, Callable[[etree._Element], None]]":
        return {
            **dict.fromkeys((_TEXT + "p", _TEXT + "h"), self._close),
            **dict.fromkeys(_SKIPPED, self._skipped),
            _TABLE + "table": self._table_end,
        }

    def _skip(self, step: int) -> None:
        self.skipped += step

    def _skipped(self, element: etree._Element) -> None:
        self._skip(-1)
        forget(element)

    def _style(self, element: etree._Element) -> None:
        name = element.get(_STYLE + "name", "")
        self.parents[name] = element.get(_STYLE + "parent-style-name", "") or name

    def _paragraph(self, _: etree._Element) -> None:
        self.before.append(list(self.bookmarks))
        self.counted += 1
        if self.counted > MOST_PARAGRAPHS:
            raise Refused("too-long")

    def _bookmark(self, element: etree._Element) -> None:
        name = element.get(_TEXT + "name", "")
        self.bookmarks.append(name)
        if self.before:
            self.before[-1].append(name)

    def _bookmark_end(self, element: etree._Element) -> None:
        name = element.get(_TEXT + "name", "")
        self.bookmarks = [one for one in self.bookmarks if one != name]

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

    def _close(self, element: etree._Element) -> None:
        index = self.counted - 1
        text = "".join(_texts(element)).strip()
        bookmarks = self.before.pop()
        style = self.parents.get(element.get(_TEXT + "style-name", ""), element.get(_TEXT + "style-name", ""))
        declared = element.get(_TEXT + "outline-level", "")
        if not self.before:
            forget(element)
        if not text or self.skipped:
            return
        self.letters += len(text)
        if self.letters > MOST_LETTERS:
            raise Refused("too-long")
        level = 0 if self.tables else level_of(text, min(int(declared), 9) if declared.isdigit() else 0)
        cells = "".join(f"/table {table}/row {row}/cell {cell}" for table, row, cell in self.tables)
        self.closed.append(
            Passage(
                index=index,
                piece_name=self.piece,
                part=f"document{cells}",
                text=text,
                style=style.replace("_20_", " "),
                heading_level=level,
                heading_path=self.path.above(level, text),
                bookmarks=tuple(dict.fromkeys(bookmarks)),
            )
        )


def _texts(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph, its spans included, its notes and frames left out: they are paragraphs themselves."""
    yield element.text or ""
    for child in element:
        tag = child.tag
        if tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            yield " " * (min(int(count), _MOST_SPACES) if count.isdigit() else 1)
        elif tag == _TEXT + "tab":
            yield "\t"
        elif tag == _TEXT + "line-break":
            yield "\n"
        elif tag in {_TEXT + "span", _TEXT + "a", _TEXT + "meta", _TEXT + "ruby-base"} or _is_field(child):
            yield from _texts(child)
        yield child.tail or ""


def _is_field(element: etree._Element) -> bool:
    """A field of the text holds its last result as plain text."""
    tag = element.tag
    return isinstance(tag, str) and tag.startswith(_TEXT) and tag != _TEXT + "note" and not len(element)


def _properties(archive: Archive) -> Iterator[Written]:
    """LibreOffice keeps our properties, one per clause: `CEC-MOB-001@1#1 CCTP`; the values are not among them."""
    if "meta.xml" not in archive:
        return
    for _, element in events(archive.chunks("meta.xml"), "end"):
        if element.tag == _META + "user-defined":
            found = _OURS.match(element.get(_META + "name", ""))
            if found:
                yield Written(found[1], int(found[2]), found[3])
