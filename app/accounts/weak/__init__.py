"""Passphrases that everybody tries first: a list of our own making, kept as hashes (see `build.py`)."""

import unicodedata
from bisect import bisect_left
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "weak.bin"
WIDTH: Final = 8
"""Bytes kept of each SHA-256: among thousands of entries, a false refusal has odds of about 10⁻¹⁵."""


def reduced(passphrase: str) -> str:
    """Letters and digits only, without case nor accents: « Mot-dé-passe… » and « motdepasse » are one."""
    return "".join(c for c in unicodedata.normalize("NFKD", passphrase.casefold()) if c.isalnum())


def mark_of(passphrase: str) -> bytes:
    return sha256(reduced(passphrase).encode()).digest()[:WIDTH]


@lru_cache
def _marks() -> list[bytes]:
    raw = FILE.read_bytes()
    return [raw[i : i + WIDTH] for i in range(0, len(raw), WIDTH)]


def is_listed(passphrase: str) -> bool:
    marks, mark = _marks(), mark_of(passphrase)
    place = bisect_left(marks, mark)
    return place < len(marks) and marks[place] == mark
