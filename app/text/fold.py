"""Letters without accents, ligatures or case: what a hurried buyer types and what a careful text says are the same."""

import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "\u00a0": " ", "\u202f": " "}
    | dict.fromkeys("‐‑‒–—−", "-")
)
_MARKS: Final = {0x0300 + n: None for n in range(0x70)}


def fold(text: str) -> str:
    """Lower case, without accents, with plain apostrophes, hyphens and spaces."""
    if text.isascii():
        return text.lower()
    # Compatibility forms first (« ℡ » holds capitals), then case, then accents.
    lowered = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFKD", lowered).translate(_MARKS).translate(_LETTERS)
