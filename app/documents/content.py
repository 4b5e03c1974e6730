"""What a document says, before any file format: pieces, numbered articles, paragraphs, lists, tables, clauses.

Texts are data: nothing here is parsed again, so a value may hold any character.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

from app.law.vocabulary import Piece
from app.library.record import ClauseRecord


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
    lot: str | None = None
    weight: Decimal | None = None
    reason: str = ""
    occurrence: int = 1

    @cached_property
    def tag(self) -> str:
        return f"{self.record.id}@{self.version}"

    @cached_property
    def key(self) -> str:
        return f"{self.tag}#{self.occurrence}"


@dataclass(frozen=True)
class ClauseBlock:
    """A clause as an article of a piece: its title, then its wording for `wording`."""

    clause: ChosenClause
    wording: Piece
    number: str
    level: int

    @cached_property
    def key(self) -> str:
        return f"{self.clause.key}/{self.wording}"

    @property
    def title(self) -> str:
        return self.clause.record.title


@dataclass(frozen=True, slots=True)
class Article:
    key: str
    title: str
    number: str
    level: int
    blocks: tuple[Block, ...]
    children: "tuple[Article | ClauseBlock, ...]" = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the title page."""

    label: str
    value: Inlines


@dataclass(frozen=True, slots=True)
class Document:
    """One piece, whole."""

    piece: Piece
    title: str
    object: str
    buyer: Inlines
    kind: str
    reference: str
    facts: tuple[Fact, ...]
    articles: tuple[Article, ...]
    mention: str
    landscape: bool = False


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
