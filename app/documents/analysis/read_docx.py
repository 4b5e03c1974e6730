"""The paragraphs of a DOCX in one streamed pass, those inside content controls and tables included.

python-docx does not see inside block content controls: 41 paragraphs of 517 (docx.md, section 5).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from app.documents.analysis.manifest_of import manifest_of
from app.documents.analysis.paragraphs import LONGEST_NAME, Paragraphs
from app.documents.analysis.pieces import Piece
from app.documents.archive import Archive
from app.documents.intake import Document, main_part
from app.documents.markup import walk
from app.documents.template.styles import W as W_NAMESPACE

_W: Final = f"{W_NAMESPACE} "
_VAL: Final = _W + "val"
_HIDDEN: Final = (
    "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback",
    _W + "moveFrom",
    _W + "pPrChange",
)
"""What another place says again, or what is no longer there."""
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_SIDES: Final = re.compile(r"(header|footer|footnotes|endnotes)\d*\.xml$")
_HEADING: Final = re.compile(r"^(?:heading|titre) ?([1-9])$", re.IGNORECASE)
_DEEPEST_STYLE: Final = 20
_MOST_STYLES: Final = 10_000
"""Word holds 4,079."""
_Said = Mapping[str, str]


@dataclass(slots=True)
class _Style:
    name: str = ""
    level: int = 0
    parent: str = ""


def read_docx(document: Document) -> Piece:
    archive = document.archive
    main = main_part(archive)
    folder = str(PurePosixPath(main).parent)
    found = Paragraphs(document.name, archive.budget)
    reading = _Reading(found, _styles(archive, f"{folder}/styles.xml"))
    for name, part in _parts(archive, main, folder):
        found.begin_part(part)
        walk(archive.chunks(name), reading.start, reading.end, reading.text)
    return Piece(document.name, "docx", found.passages(), tuple(manifest_of(archive)))


def _parts(archive: Archive, main: str, folder: str) -> Iterator[tuple[str, str]]:
    yield main, "document"
    for name in archive.names:
        found = _SIDES.search(name)
        if found and name != main and str(PurePosixPath(name).parent) == folder:
            yield name, found[1]


def _level(value: str) -> int:
    """Of a heading, from `w:outlineLvl`, where 9 says « body text »."""
    return int(value) + 1 if value in "012345678" and value else 0


def _styles(archive: Archive, name: str) -> dict[str, _Style]:
    """Style id → its name and the heading level that it has or inherits."""
    found: dict[str, _Style] = {}
    made = _Style()

    def start(tag: str, said: _Said) -> None:
        nonlocal made
        value = said.get(_VAL, "")[:LONGEST_NAME]
        if tag == _W + "style":
            made = _Style()
            if len(found) < _MOST_STYLES:
                found[said.get(_W + "styleId", "")] = made
        elif tag == _W + "name":
            made.name = value
            named = _HEADING.match(value)
            made.level = made.level or (int(named[1]) if named else 0)
        elif tag == _W + "basedOn":
            made.parent = value
        elif tag == _W + "outlineLvl":
            made.level = _level(value) or made.level

    if name in archive:
        walk(archive.chunks(name), start)
    return {ident: _Style(style.name, _inherited(style, found), style.parent) for ident, style in found.items()}


def _inherited(style: _Style, known: dict[str, _Style]) -> int:
    for _ in range(_DEEPEST_STYLE):
        if style.level or style.parent not in known:
            break
        style = known[style.parent]
    return style.level


class _Reading:
    """What each element of WordprocessingML does to the paragraphs being read."""

    def __init__(self, found: Paragraphs, styles: dict[str, _Style]) -> None:
        self.found, self.styles = found, styles
        self.heard = False
        """Whether the text is that of a run."""
        self.stops = 0
        """Inside `w:tabs`, whose `w:tab` is a place and not a sign."""
        self.starts: dict[str, Callable[[_Said], None]] = {
            _W + "p": lambda _: found.begin(),
            _W + "t": self._text,
            _W + "tabs": lambda _: self._tab_stops(1),
            **{_W + name: partial(self._sign, sign) for name, sign in _SIGNS.items()},
            _W + "sdt": lambda _: found.controls.append(""),
            _W + "tag": lambda said: self._tag(said, replaces=True),
            _W + "alias": lambda said: self._tag(said, replaces=False),
            _W + "bookmarkStart": lambda said: found.bookmark(said.get(_W + "id", ""), said.get(_W + "name", "")),
            _W + "bookmarkEnd": lambda said: found.bookmark_end(said.get(_W + "id", "")),
            _W + "tbl": lambda _: found.table(),
            _W + "tr": lambda _: found.row(),
            _W + "tc": lambda _: found.cell(),
            _W + "pStyle": self._styled,
            _W + "outlineLvl": self._outlined,
            **dict.fromkeys(_HIDDEN, lambda _: self._hide(1)),
        }
        self.ends: dict[str, Callable[[], object]] = {
            _W + "p": self._close,
            _W + "t": self._silence,
            _W + "tabs": lambda: self._tab_stops(-1),
            _W + "sdt": found.control_end,
            _W + "tbl": found.table_end,
            **dict.fromkeys(_HIDDEN, lambda: self._hide(-1)),
        }

    def start(self, name: str, said: _Said) -> None:
        if act := self.starts.get(name):
            act(said)

    def end(self, name: str) -> None:
        if act := self.ends.get(name):
            act()

    def text(self, text: str) -> None:
        if self.heard:
            self.found.add(text)

    def _text(self, _: _Said) -> None:
        self.heard = True

    def _silence(self) -> None:
        self.heard = False

    def _tab_stops(self, step: int) -> None:
        self.stops += step

    def _hide(self, step: int) -> None:
        self.found.hidden += step

    def _sign(self, sign: str, _: _Said) -> None:
        if not self.stops:
            self.found.add(sign)

    def _tag(self, said: _Said, *, replaces: bool) -> None:
        """The tag first; LibreOffice drops it and keeps the alias, where we write the same."""
        controls, value = self.found.controls, said.get(_VAL, "")[:LONGEST_NAME]
        if controls and value and (replaces or not controls[-1]):
            controls[-1] = value

    def _styled(self, said: _Said) -> None:
        if current := self.found.current:
            current.style = said.get(_VAL, "")

    def _outlined(self, said: _Said) -> None:
        level = _level(said.get(_VAL, ""))
        if level and (current := self.found.current):
            current.level = level

    def _close(self) -> None:
        done = self.found.open[-1]
        if style := self.styles.get(done.style):
            done.style = style.name
            done.level = done.level or style.level
        self.found.end(wanted=not done.style.lower().startswith("toc "))
