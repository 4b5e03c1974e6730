"""Folding that keeps every position, so that a match in the folded text points into the original."""

import unicodedata
from functools import lru_cache
from typing import Final

_PLAIN: Final = {"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "–": "-", "œ": "o", "æ": "a"}


@lru_cache(maxsize=2048)
def _fold(character: str) -> str:
    lowered = character.lower()
    if lowered in _PLAIN:
        return _PLAIN[lowered]
    base = unicodedata.normalize("NFD", lowered)[:1]
    return base or " "


def folded(text: str) -> str:
    """Lower case, no accents, plain apostrophes and spaces; exactly as long as `text`."""
    return "".join(map(_fold, text))
