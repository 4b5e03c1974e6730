"""The skeletons of `clauses/documents/*.yaml`: the articles of a piece, where clauses go, what the buyer completes.

Marks of their texts: `{{ name }}` (a fact of the purchase), `{{ droit.ID }}` (an article of law, with its confidence),
`{{ art.KEY }}` or `{{ art.PIECE.KEY }}` (the number of an article), and `[à compléter…]` (a visible blank).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from app.documents.content import Blank
from app.documents.pieces import TEXTS, Written
from app.law.vocabulary import Kind, Piece
from app.library.files import read_yaml
from app.library.record import Code, Strict, Words

Ccag = Literal["FCS", "PI", "TIC", "TRAVAUX", "MOE", "MI"]
_MARK: Final = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}|\[(à compléter[^\]]*)\]")


class Mark(str):
    """The name of a `{{ mark }}`, to be replaced by a fact of the job."""

    __slots__ = ()


class Slot(Strict):
    """Where clauses go: every field that is set must match; the narrowest slot wins."""

    pieces: tuple[Piece, ...] = ()
    """Which wordings it takes; empty: those of the piece itself."""
    kinds: tuple[Kind, ...] = ()
    levers: tuple[Code, ...] = ()
    """Compared with the first lever of the clause, its main one."""
    social: bool | None = None
    penalty: bool | None = None
    """True: wordings that only sanction what another piece requires."""


class Text(Strict):
    text: Words
    when: tuple[str, ...] = ()
    style: Literal["", "Note"] = ""


class Items(Strict):
    bullets: tuple["Words | Text", ...] = ()
    numbers: tuple["Words | Text", ...] = ()
    when: tuple[str, ...] = ()


class Made(Strict):
    """A block that the composer makes from the basket: `tables.py` holds one function per name."""

    make: Literal[
        "criteria",
        "response_frame",
        "penalties",
        "derogations",
        "proofs",
        "follow_up",
        "justifications",
        "definitions",
        "lots",
        "life_cycle_cost",
        "commitments",
        "accepted",
        "signature",
        "candidate",
    ]
    when: tuple[str, ...] = ()


class SkeletonArticle(Strict):
    key: Code
    title: Words
    when: tuple[str, ...] = ()
    body: tuple[Words | Text | Items | Made, ...] = ()
    articles: tuple["SkeletonArticle | Gap", ...] = ()
    derogates: Literal["", "penalties", "order"] = ""
    """What of the CCAG it departs from: a row of the derogation table."""


class Gap(Strict):
    slot: Slot


class Skeleton(Strict):
    piece: Written
    title: Words
    landscape: bool = False
    articles: tuple[SkeletonArticle, ...]


class CcagFacts(Strict):
    """One CCAG of 2021: ids of texts.yaml; null where the number is doubtful, shown « article à vérifier »."""

    code: Ccag
    short: Words
    title: Words
    environmental: Code | None = None
    social: Code | None = None
    penalties: Code | None = None
    waste: Code | None = None
    order: Code | None = None


class Facts(Strict):
    ccag: tuple[CcagFacts, ...] = Field(min_length=1)


@lru_cache(maxsize=4096)
def marks(text: str) -> tuple[str | Mark | Blank, ...]:
    """The text cut at its marks."""
    parts: list[str | Mark | Blank] = []
    end = 0
    for found in _MARK.finditer(text):
        if found.start() > end:
            parts.append(text[end : found.start()])
        parts.append(Mark(found[1]) if found[1] else Blank(found[2]))
        end = found.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


def read_skeletons(root: Path) -> Mapping[Written, Skeleton]:
    """The skeletons below `clauses/documents`, by piece."""
    found: dict[Written, Skeleton] = {}
    for piece in TEXTS:
        content = read_yaml((root / "documents" / f"{piece.lower()}.yaml").read_text(encoding="utf-8"))
        found[piece] = Skeleton.model_validate(content)
    return found


def read_ccag(root: Path) -> Mapping[Ccag, CcagFacts]:
    content = read_yaml((root / "documents" / "ccag.yaml").read_text(encoding="utf-8"))
    return {facts.code: facts for facts in Facts.model_validate(content).ccag}
