"""What a document says, before any file format: pieces, numbered articles, paragraphs, lists, tables, clauses.

Texts are data: nothing here is parsed again, so a value may hold any character.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, TypeAlias

from app.documents.pieces import Written
from app.law.vocabulary import Piece
from app.library.blocks import VARIABLE
from app.library.record import ClauseRecord
from app.text.typography import NBSP

_RUNG: Final = re.compile(r", (socle|avancée?|pionni(er|ère))$")


@dataclass(frozen=True, slots=True)
class Value:
    """What the buyer or the market brings into a sentence of ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """What only the buyer can write: shown in brackets, so that nobody overlooks it."""

    text: str


@dataclass(frozen=True, slots=True)
class Ref:
    """An article of the same piece, as « Article 3 » or « article 3.2 », its number kept live in the file."""

    target: str
    bare: bool = False
    """Without the word, for a table's cell."""


Inline: TypeAlias = str | Value | Blank | Ref
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Inlines
    style: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Inlines, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    """Relative widths, one per column."""
    rows: tuple[tuple[Inlines, ...], ...]


Block: TypeAlias = Paragraph | Items | Table


@dataclass(frozen=True)
class ChosenClause:
    """A clause of the basket with its values written out, ready to print."""

    record: ClauseRecord
    version: int
    content_hash: str
    shown: Mapping[str, str | None]
    """Variable → the value as printed; None where it stays blank on purpose."""
    raw: Mapping[str, Any] = field(default_factory=dict)
    """Variable → the value as given, for the manifest."""
    lots: tuple[str, ...] = ()
    """Numbers of the lots that it bears on; empty: every lot."""
    weight: Decimal | None = None
    reason: str = ""
    occurrence: int = 1
    overlay: int = 0
    """The revision of the organisation's own wording; 0: the text of the library."""

    @cached_property
    def tag(self) -> str:
        return f"{self.record.id}@{self.version}"

    @cached_property
    def key(self) -> str:
        return f"{self.tag}#{self.occurrence}"

    @cached_property
    def title(self) -> str:
        """Without its rung, which speaks to the buyer who chooses and not to the parties."""
        return _RUNG.sub("", self.record.title)

    def blank(self, name: str) -> str:
        """« [part minimale : à compléter] »."""
        label = self.record.variables[name].label
        return f"[{label[:1].lower()}{label[1:]} : à compléter]"

    def filled(self, text: str) -> str:
        """A text of the clause with its values, blanks in brackets."""
        return VARIABLE.sub(lambda found: self.shown[found[1]] or self.blank(found[1]), text)

    def bears_on(self, lot: str | None) -> bool:
        """Whether it holds for a lot; None: for those that every lot shares."""
        return not self.lots or lot in self.lots


@dataclass(frozen=True)
class ClauseBlock:
    """A clause as an article of a piece: its title, then its wording for `wording`."""

    clause: ChosenClause
    wording: Piece
    number: str
    level: int
    key: str = field(init=False)

    def __post_init__(self) -> None:
        # Worked out at once: a cached property takes a lock, 300 times per document.
        object.__setattr__(self, "key", f"{self.clause.key}/{self.wording}")

    @property
    def title(self) -> str:
        return self.clause.title


@dataclass(frozen=True, slots=True)
class Article:
    key: str
    title: str
    number: str
    level: int
    blocks: tuple[Block, ...]
    made: tuple[int, ...] = ()
    """Places of the blocks that come from the basket, not from the skeleton."""
    driven: bool = False
    """A standard text that stands here because of the basket: the rules of its penalties, for instance."""
    children: "tuple[Article | ClauseBlock, ...]" = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of the consultation, as the buyer numbers and names it."""

    number: str
    title: str = ""

    @property
    def name(self) -> str:
        """« Lot 2 – Tables »; a number typed as « Lot 2 » keeps its word once."""
        said = self.number.casefold().startswith("lot")
        head = self.number if said else f"Lot{NBSP}{self.number}"
        return f"{head} – {self.title}" if self.title else head


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the title page."""

    label: str
    value: Inlines


@dataclass(frozen=True, slots=True)
class Document:
    """One piece, whole."""

    piece: Written
    title: str
    object: str
    buyer: Inlines
    kind: str
    reference: str
    facts: tuple[Fact, ...]
    articles: tuple[Article, ...]
    mention: str
    landscape: bool = False
    lots: Mapping[str, str] = field(default_factory=dict)
    """Number of a lot → its name."""


def headings(articles: "tuple[Article | ClauseBlock, ...]") -> "Iterator[Article | ClauseBlock]":
    """Every article and clause in reading order."""
    for article in articles:
        yield article
        if isinstance(article, Article):
            yield from headings(article.children)


def plain(text: Inlines) -> str:
    """The text alone, for titles, previews and tests; a reference shows nothing."""
    return "".join(
        part if isinstance(part, str) else f"[{part.text}]" if isinstance(part, Blank) else getattr(part, "text", "")
        for part in text
    )
