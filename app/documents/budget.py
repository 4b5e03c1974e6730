"""What one sent file may cost, its pieces together: counted while it is read, refused as soon as it is passed."""

from dataclasses import dataclass
from typing import Final

from app.documents.refused import Refused

_MIB: Final = 1024 * 1024
MOST_INFLATED: Final = 200 * _MIB
MOST_MARKUP: Final = 3_000_000
"""Elements and attributes; 500 pages with Word's own marks in every run hold about a million."""
MOST_PARAGRAPHS: Final = 60_000
MOST_LETTERS: Final = 12_000_000
"""Some 4,000 pages."""
_READINGS: Final = 3
"""A part may be read twice (guard, then reader), and the entry of a ZIP once more."""


@dataclass(slots=True)
class Budget:
    declared: int = 0
    inflated: int = 0
    markup: int = 0
    paragraphs: int = 0
    letters: int = 0

    def declare(self, size: int) -> None:
        """What a directory says that its entries hold: refused before any of them is inflated."""
        self.declared += size
        if self.declared > MOST_INFLATED:
            raise Refused("bomb")

    def inflate(self, size: int) -> None:
        self.inflated += size
        if self.inflated > _READINGS * MOST_INFLATED:
            raise Refused("bomb")

    def mark(self, count: int) -> None:
        self.markup += count
        if self.markup > MOST_MARKUP:
            raise Refused("too-long")

    def paragraph(self) -> None:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise Refused("too-long")

    def write(self, letters: int) -> None:
        self.letters += letters
        if self.letters > MOST_LETTERS:
            raise Refused("too-long")
