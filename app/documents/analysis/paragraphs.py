"""What every reader keeps while it walks a document: open paragraphs, tables, bookmarks, titles above, and the bounds.

A reader says what its format calls a paragraph, a cell or a bookmark; what a passage is, is said here once.
"""

from dataclasses import dataclass, field
from typing import Final

from app.documents.analysis.pieces import Path, level_of
from app.documents.budget import Budget
from app.documents.passages import Passage

_MOST_MARKS: Final = 256
"""Bookmarks open at once, or in one paragraph: an article of ours has two."""
LONGEST_NAME: Final = 256
"""Of a style, a bookmark, a tag: said again with every passage."""
_DEEPEST: Final = 9


@dataclass(slots=True)
class Open:
    """A paragraph being read."""

    index: int
    bookmarks: list[str]
    texts: list[str] = field(default_factory=list)
    style: str = ""
    level: int = 0
    """Of a heading, as the paragraph or its style declares it; 0 when neither does."""
    muted: int = 0
    """Elements open inside it whose text is not its own."""


class Paragraphs:
    def __init__(self, piece: str, budget: Budget) -> None:
        self.piece, self.budget = piece, budget
        self.closed: list[Passage] = []
        self.counted = 0
        self.begin_part("document")

    def begin_part(self, name: str) -> None:
        self.part = name
        self.path = Path()
        self.open: list[Open] = []
        self.hidden = 0
        """Elements open around that another place says again, or that are no longer there."""
        self.controls: list[str] = []
        self.tables: list[list[int]] = []
        self.seen_tables = 0
        self.bookmarks: dict[str, str] = {}
        """Id → name of those that are open."""

    @property
    def current(self) -> Open | None:
        return self.open[-1] if self.open and not self.hidden else None

    def begin(self) -> None:
        self.open.append(Open(self.counted, list(self.bookmarks.values())))
        self.counted += 1
        self.budget.paragraph()

    def add(self, text: str) -> None:
        if self.open and not self.hidden and not self.open[-1].muted:
            self.open[-1].texts.append(text)
            self.budget.write(len(text))

    def bookmark(self, ident: str, name: str) -> None:
        if len(self.bookmarks) < _MOST_MARKS:
            self.bookmarks[ident] = name[:LONGEST_NAME]
        if self.open and len(self.open[-1].bookmarks) < _MOST_MARKS:
            self.open[-1].bookmarks.append(name[:LONGEST_NAME])

    def bookmark_end(self, ident: str) -> None:
        """LibreOffice starts a bookmark twice and ends one: the end of a name ends them both."""
        name = self.bookmarks.pop(ident, None)
        self.bookmarks = {one: other for one, other in self.bookmarks.items() if other != name}

    def control_end(self) -> None:
        self.controls.pop()

    def table(self) -> None:
        self.seen_tables += 1
        self.tables.append([self.seen_tables, 0, 0])

    def row(self) -> None:
        if self.tables:
            self.tables[-1][1:] = [self.tables[-1][1] + 1, 0]

    def cell(self) -> None:
        if self.tables:
            self.tables[-1][2] += 1

    def table_end(self) -> None:
        self.tables.pop()

    def end(self, *, wanted: bool = True) -> None:
        """The paragraph is read; `wanted` says whether it counts, or a table of contents says it again."""
        done = self.open.pop()
        text = "".join(done.texts).strip()
        if not text or self.hidden or not wanted:
            return
        level = 0 if self.tables else level_of(text, min(done.level, _DEEPEST))
        cells = "".join(f"/table {table}/row {row}/cell {cell}" for table, row, cell in self.tables)
        made = Passage(
            index=done.index,
            piece_name=self.piece,
            part=self.part + cells,
            text=text,
            style=done.style[:LONGEST_NAME],
            heading_level=level,
            heading_path=self.path.above(level, text),
            control_tag=next((tag for tag in reversed(self.controls) if tag), ""),
            bookmarks=tuple(dict.fromkeys(done.bookmarks)),
        )
        # One long title, said again with each paragraph under it, would be a bomb.
        self.budget.write(sum(map(len, (made.part, made.style, made.control_tag, *made.heading_path, *made.bookmarks))))
        self.closed.append(made)

    def passages(self) -> tuple[Passage, ...]:
        """In reading order: a paragraph inside a frame or a note ends before the one that holds it."""
        return tuple(sorted(self.closed, key=lambda passage: passage.index))
