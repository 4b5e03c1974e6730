"""Free texts before others read them: what could name a firm is masked; what steers a need is told. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.law import wording
from app.text.fold import fold

MASK: Final = "[masqué]"
_PATTERNS: Final = (
    re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    # A SIRET or a SIREN, with or without spaces, and the VAT number made from it.
    re.compile(r"\b(?:FR\s?\d{2}\s?)?\d{3}[\s.  ]?\d{3}[\s.  ]?\d{3}(?:[\s.  ]?\d{5})?\b"),
    re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.  -]?[1-9](?:[\s.  -]?\d{2}){4}(?!\d)"),
)
_SHORTEST: Final = 4
_LEGAL_FORMS: Final = frozenset("sarl sas sasu sa eurl scop scic snc societe entreprise groupe association".split())  # noqa: SIM905


def screened(text: str, names: Iterable[str] = ()) -> str:
    """The text without SIRET, address, phone, site, nor the names given (of the firm that writes)."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    for name in names:
        text = _without(text, name)
    return text


def _without(text: str, name: str) -> str:
    """Folded letter by letter, so that « ECO-PAPIER » hides « Éco Papier » too."""
    parts = [part for part in re.split(r"[^a-z0-9]+", fold(name)) if part]
    kept = [part for part in parts if part not in _LEGAL_FORMS]
    if not kept or len("".join(kept)) < _SHORTEST:
        return text
    plain = "".join(fold(letter)[:1] or letter for letter in text)
    pattern = re.compile(r"(?<![a-z0-9])" + r"[^a-z0-9]*".join(map(re.escape, kept)) + r"(?![a-z0-9])")
    for found in reversed(list(pattern.finditer(plain))):
        text = text[: found.start()] + MASK + text[found.end() :]
    return text


@dataclass(frozen=True, slots=True)
class Steering:
    """A turn of the need that could favour somebody (CCP R.2111-1: competition is not distorted)."""

    excerpt: str
    message: str
    suggestion: str


_STEERS: Final = frozenset({"R-LOCAL", "R-EQUIV"})


def steering(text: str) -> list[Steering]:
    """Localism, brands and labels without an equivalent."""
    return [
        Steering(found.excerpt, found.message, found.suggestion)
        for found in wording.review(text)
        if found.rule in _STEERS
    ]
