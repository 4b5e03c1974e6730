"""Which passphrases are accepted: length instead of composition (trust.md, point 10), and none that is easily guessed.

Fifteen letters are about 70 bits; sixteen digits 53: above CNIL 2022-100's 50 bits when attempts are counted.
"""

import unicodedata
from collections.abc import Collection
from typing import Final

from app.accounts.weak import is_listed, reduced

LEAST: Final = 15
LEAST_DIGITS: Final = 16
MOST: Final = 256
_LEAST_OWN: Final = 8


def normalised(passphrase: str) -> str:
    """The same passphrase typed on another keyboard or system gives the same characters."""
    return unicodedata.normalize("NFKC", passphrase)


def _repeats(text: str) -> bool:
    """One short piece again and again: « abcabcabcabcabc »."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 3 + 1))


def fault_of(passphrase: str, about: Collection[str] = ()) -> str:
    """What to say of a passphrase that is refused; empty when it is accepted. `about`: name, address of the person."""
    text = normalised(passphrase)
    if len(text) < LEAST:
        return f"Choisissez au moins {LEAST} caractères : par exemple quatre ou cinq mots sans lien entre eux."
    if len(text) > MOST:
        return f"{MOST} caractères au plus."
    if text.isdigit() and len(text) < LEAST_DIGITS:
        return f"Avec des chiffres seulement, il en faut au moins {LEAST_DIGITS}."
    plain = reduced(text)
    own = plain
    for word in sorted((reduced(word) for word in about), key=len, reverse=True):
        if len(word) >= 3:  # noqa: PLR2004 (shorter pieces are in every text)
            own = own.replace(word, "")
    if len(own) < _LEAST_OWN and len(own) < len(plain):
        return "Cette phrase est faite surtout de votre nom ou de votre adresse : ajoutez des mots sans rapport."
    if _repeats(plain) or is_listed(text):
        return "Cette phrase est parmi les premières que l’on essaie : choisissez des mots moins attendus."
    return ""
