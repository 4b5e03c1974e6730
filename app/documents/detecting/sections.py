"""The articles of a tender: which passages stand together, under which title, in which piece."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from app.documents.passages import Passage
from app.law.fold import folded
from app.law.vocabulary import Piece

_PIECES: Final = (
    (Piece.RC, r"\brc\b|reglement (?:de )?(?:la )?consultation|reglement d'appel"),
    (Piece.CCAP, r"\bccap\b|\bccp\b|\bcap\b|clauses administratives particulieres|clauses particulieres"),
    (Piece.CCTP, r"\bcctp\b|\bctp\b|clauses techniques particulieres|cahier des charges"),
    (Piece.AE, r"\bae\b|acte d'engagement"),
    (Piece.CRT, r"\bcrt\b|cadre de (?:reponse|memoire)|memoire technique"),
    (Piece.BPU, r"\bbpu\b|\bdpgf\b|\bdqe\b|bordereau des prix|decomposition du prix"),
)
_NAMES: Final = tuple((piece, re.compile(pattern)) for piece, pattern in _PIECES)
_NUMBERED: Final = re.compile(
    r"^(?:(?:article|art\.|chapitre|titre|section|partie|annexe)\s+(?:premier\b|\d+|[ivx]+\b|[a-h]\b)"
    r"|\d{1,2}(?:\.\d{1,2})*\.?\s*[-–:.)]?\s+(?=[a-z]))",
)
_LIST_OF_CONTENTS: Final = re.compile(
    r"(?<!\.)\.{4,}\s{0,200}\d{1,6}\s{0,200}$|\t\d{1,6}\s{0,200}$|^(?:sommaire|table des matieres)\s*$"
)
_CELL: Final = re.compile(r"/table (\d+)/row (\d+)/cell (\d+)")
LONGEST: Final = 6_000
"""Characters read of a passage: two pages. What is longer is no paragraph."""
_LONGEST_TITLE: Final = 90
_CONTEXT: Final = re.compile(
    r"^\W{0,40}(?:(?:article|chapitre|partie)?\s{0,20}(?:premier|[\divxa-h]{0,12})[\W_]{0,20})?(?:objet"
    r"|contexte|preambule"
    r"|presentation|perimetre"
    r"|definitions?|introduction"
    r"|glossaire|documents? contractuels?|pieces? (?:contractuelles|constitutives)|contenu du dossier|consistance"
    r"|nature des prestations"
    r"|1er[\W_]+objet)\b"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A passage worth reading, with its position and its folded text."""

    at: int
    text: str
    plain: str
    cell: tuple[int, int, int] | None = None
    """Table, row, cell."""


@dataclass(frozen=True)
class Section:
    """An article: its titles and what stands directly under them."""

    number: int
    piece_name: str
    piece: Piece | None
    heading: tuple[str, ...]
    title_at: int | None
    """Position of the title among the passages; None for what comes before any title."""
    lines: list[Line] = field(default_factory=list)
    is_opening: bool = False
    """The first article of its piece."""

    @cached_property
    def title(self) -> str:
        """The folded titles, innermost first: the own title says the most."""
        return " / ".join(folded(title) for title in reversed(self.heading))

    @cached_property
    def own_title(self) -> str:
        return folded(self.heading[-1]) if self.heading else ""

    @cached_property
    def is_context(self) -> bool:
        """Subject, definitions, contents: it describes and asks for nothing."""
        return any(_CONTEXT.search(folded(title)) is not None for title in self.heading)

    @cached_property
    def plain(self) -> str:
        return "\n".join(line.plain for line in self.lines)


def cell_of(part: str) -> tuple[int, int, int] | None:
    found = _CELL.search(part)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _is_title(passage: Passage, plain: str) -> bool:
    """A heading, or a short numbered line that only lacks its style."""
    if passage.heading_level:
        return True
    if cell_of(passage.part) or len(plain) > _LONGEST_TITLE or plain.rstrip()[-1:] in ".;,:%":
        return False
    if re.search(r"\d\s*(?:%|points?|pts?|€)", plain):
        return False
    return _NUMBERED.match(plain) is not None and len(plain.split()) <= 12  # noqa: PLR2004 (titles are short)


def _is_read(passage: Passage, plain: str) -> bool:
    """Headers and footers repeat, a table of contents announces: neither is the text."""
    if passage.part.startswith(("header", "footer", "comments")) or not plain.strip():
        return False
    style = passage.style.lower()
    return not (style.startswith(("toc", "tm ", "tm1", "tm2", "tdm")) or _LIST_OF_CONTENTS.search(plain))


def sections_of(passages: Sequence[Passage]) -> list[Section]:
    """Every article in reading order; passages that are not read are in none."""
    found: list[Section] = []
    first: dict[str, int] = {}
    pieces = _pieces(passages)
    open_for: tuple[str, tuple[str, ...]] | None = None
    for at, passage in enumerate(passages):
        text = passage.text[:LONGEST]
        plain = folded(text)
        if not _is_read(passage, plain):
            continue
        name = passage.piece_name
        if _is_title(passage, plain):
            heading = (*passage.heading_path, passage.text.strip())
            found.append(Section(len(found), name, pieces[name], heading, at))
            open_for = (name, passage.heading_path if not passage.heading_level else heading)
            continue
        if open_for != (name, passage.heading_path):
            found.append(Section(len(found), name, pieces[name], passage.heading_path, None))
            open_for = (name, passage.heading_path)
        found[-1].lines.append(Line(at, text, plain, cell_of(passage.part)))
        first.setdefault(name, found[-1].number)
    return [replace(section, is_opening=first.get(section.piece_name) == section.number) for section in found]


# « La présente lettre vaut règlement et cahier des charges »: one document is every piece.
_LETTER: Final = re.compile(
    r"\b(?:vaut|valant|tient lieu de|fait office de)\b[^.;]{0,30}\b(?:reglement|rc)\b[^.;]{0,30}\b(?:cahiers?"
    r"|ccp|cctp|ccap|contrat)\b"
)
_FIRST: Final = 12


def _pieces(passages: Sequence[Passage]) -> dict[str, Piece | None]:
    """The piece that each file is: by its name, else by what its first lines say."""
    heads: dict[str, list[str]] = {}
    for passage in passages:
        head = heads.setdefault(passage.piece_name, [])
        if len(head) < 40:  # noqa: PLR2004 (a cover page)
            head.append(passage.text)
    return {
        name: None
        if _LETTER.search(folded(" ".join(head[:_FIRST])))
        else piece_of(re.sub(r"[_.\-]", " ", name)) or piece_of(" ".join(head)[:1500])
        for name, head in heads.items()
    }


def piece_of(text: str) -> Piece | None:
    """The piece named first."""
    plain = folded(text)
    found = [(match.start(), piece) for piece, pattern in _NAMES if (match := pattern.search(plain))]
    return min(found)[1] if found else None


def rows_of(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines of an article, the cells of one row of a table together."""
    row: list[Line] = []
    for line in lines:
        if row and (line.cell is None or row[-1].cell is None or line.cell[:2] != row[-1].cell[:2]):
            yield tuple(row)
            row = []
        row.append(line)
    if row:
        yield tuple(row)
