"""Each kind of finding against many ways to write it (`+`) and what only looks like it (`-`): `said/KIND.txt`.

`# PIECE | title` opens an article; ` / ` parts paragraphs, ` || ` the technical clauses from the criteria, bars the
cells of a row.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from app.documents.detecting import find
from app.documents.passages import Passage
from tests.documents.detection import TODAY, library

FOLDER: Final = Path(__file__).parent / "said"
RIGHT: Final = 0.95
DOUBLE: Final = ("CCTP | 3. Exigences", "RC | 6. Jugement des offres")


def _article(place: str, text: str, start: int) -> Iterator[Passage]:
    piece, title = place.split(" | ")
    yield Passage(start, f"{piece}.docx", "document", title, "Heading 1", 1)
    at = start + 1
    for row, told in enumerate(text.split(" / "), 1):
        bar = told.strip().startswith("|")
        for cell, words in enumerate(told.strip("| ").split(" | ") if bar else [told.strip()], 1):
            part = f"document/table 1/row {row}/cell {cell}" if bar else "document"
            yield Passage(at, f"{piece}.docx", part, words, "", 0, (title,))
            at += 1


def kinds_in(place: str, text: str) -> set[str]:
    passages: list[Passage] = []
    parts = text.split(" || ")
    for where, part in zip(DOUBLE if len(parts) > 1 else (place,), parts, strict=True):
        passages += _article(where, part, len(passages))
    return {risk.kind for risk in find(passages, library(), today=TODAY).risks}


def said(kind: str) -> Iterator[tuple[bool, str, str]]:
    """Is it one, where it stands, its words."""
    place = DOUBLE[0]
    for line in filter(None, (FOLDER / f"{kind}.txt").read_text(encoding="utf-8").splitlines()):
        if line.startswith("# "):
            place = line[2:]
        else:
            yield not line.startswith("- "), place, line[2:]


def wrong(kind: str) -> list[str]:
    return [
        f"{'+' if asked else '-'} {text}"
        for asked, place, text in said(kind)
        if (kind in kinds_in(place, text)) != asked
    ]


@pytest.mark.parametrize("kind", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_a_kind_is_told_from_what_looks_like_it_however_it_is_written(kind: str) -> None:
    mistakes = wrong(kind)
    assert 1 - len(mistakes) / len(list(said(kind))) >= RIGHT, "\n".join(mistakes)
