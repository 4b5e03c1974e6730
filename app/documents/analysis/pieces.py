"""What is read from a file, and its form between the bounded process and ours."""

import re
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field
from typing import Any, Final

from app.documents.passages import Passage

_ARTICLE: Final = re.compile(r"^(?:article|chapitre|titre|section)\s+(\d+|[ivxlc]+)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,5})[.)]?\s*[-–—]?\s+(?=[A-ZÀ-Ý])")
_LONGEST_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class Written:
    """A clause as the file's manifest says that we wrote it."""

    id: str
    version: int
    wording: str
    """The piece whose wording it is: CCTP, CCAP…"""
    values: Mapping[str, str] = field(default_factory=dict)
    blanks: tuple[str, ...] = ()
    lot: str = ""
    weight: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One document, read."""

    name: str
    kind: str
    passages: tuple[Passage, ...]
    written: tuple[Written, ...] = ()

    @property
    def words(self) -> int:
        return sum(len(passage.text.split()) for passage in self.passages)


def to_wire(piece: Piece) -> dict[str, Any]:
    return {
        "name": piece.name,
        "kind": piece.kind,
        "passages": [astuple(passage) for passage in piece.passages],
        "written": [asdict(one) for one in piece.written],
    }


def from_wire(said: Mapping[str, Any]) -> Piece:
    return Piece(
        name=said["name"],
        kind=said["kind"],
        passages=tuple(
            Passage(index, name, part, text, style, level, tuple(path), tag, tuple(marks))
            for index, name, part, text, style, level, path, tag, marks in said["passages"]
        ),
        written=tuple(Written(**one | {"blanks": tuple(one["blanks"])}) for one in said["written"]),
    )


def level_of(text: str, declared: int) -> int:
    """The level of a heading: as its style says, else as a typed number says; 0 for a paragraph."""
    if declared or len(text) > _LONGEST_TITLE or text.endswith((".", ";", ",", ":")):
        return declared
    if _ARTICLE.match(text):
        return 1
    numbered = _NUMBER.match(text)
    return numbered[1].count(".") + 1 if numbered else 0


class Path:
    """The titles above a paragraph, as a reading goes on."""

    def __init__(self) -> None:
        self._titles: list[tuple[int, str]] = []

    def above(self, level: int, text: str) -> tuple[str, ...]:
        """The titles above; a heading then takes its own place."""
        if level:
            while self._titles and self._titles[-1][0] >= level:
                self._titles.pop()
        found = tuple(title for _, title in self._titles)
        if level:
            self._titles.append((level, text))
        return found
