"""The figures that weigh a criterion, told from the other figures of a sentence (a rate asked, a threshold, a date)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_FIGURE: Final = r"(?<![\d,./])(\d{1,3}(?:[.,]\d{1,2})?)"
WEIGHT: Final = re.compile(
    rf"{_FIGURE}\s*(%|pour cent\b|points?\b|pts?\b|/\s*(?:100|20|10)\b|sur (?:100|20|10)\b)"
    r"|(?<=\(/)\s?(\d{1,3})(?=\))|\b(?:coefficient|coef\.?)\s+(?:de\s+)?(\d{1,3}(?:[.,]\d{1,2})?)\b"
    r"|\b(?:notee?s?|note maximale)\s+(?:(?:de|sur|:)\s+)?(?!100\b)(\d{1,3})(?: points)?\b(?!\s*(?:points\s*)?[:%]"
    r"|\s*sur\b)"
)
# A mark « sur 20 » beside a weight says how the criterion is marked, not what it weighs.
_MARK: Final = 5
_BEFORE: Final = re.compile(
    r"\b(?:au-dela d(?:e|es|u)|au moins|minimum|maximum|au plus|plus de|moins de|superieure?s? a|inferieure?s? a"
    r"|egale? a|aux|des|les|du|sur|(?:ce|du) poids de|taux (?:de|d'))\s*$"
)
_AFTER: Final = re.compile(
    r"\s{0,20}(?:(?:\w{1,40} )?(?:exige|impose|demande|requis|minim|au moins|attendu)|au (?:plus|maximum|minimum)\b"
    r"|(?:de|des|du|d')\s?(?!(?:la |l'ensemble de la |cette )?(?:note|notation|total|ponderation|poids)\b)[a-z])"
)
# Weights in words: « soixante pour cent de la note », « le prix pour la moitié ».
_TENS: Final = {
    "cinq": 5,
    "dix": 10,
    "quinze": 15,
    "vingt": 20,
    "vingt-cinq": 25,
    "trente": 30,
    "trente-cinq": 35,
    "quarante": 40,
    "quarante-cinq": 45,
    "cinquante": 50,
    "cinquante-cinq": 55,
    "soixante": 60,
    "soixante-cinq": 65,
    "soixante-dix": 70,
    "soixante-quinze": 75,
    "quatre-vingt": 80,
    "quatre-vingts": 80,
    "quatre-vingt-dix": 90,
    "cent": 100,
}
_SPELT: Final = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_TENS, key=len, reverse=True))})(?= (?:pour cent|pour-cent|points?)\b)"
)
_HALVES: Final = re.compile(
    r"\b(?:pour (?:la |l'autre )|(?:compte|pese|represente)\w* (?:la |l'autre )|, (?:la|l'autre) )moitie\b"
)


@dataclass(frozen=True, slots=True)
class Weight:
    start: int
    end: int
    value: Decimal
    unit: str
    """`%`, `points`, `coefficient`."""


def in_figures(plain: str) -> str:
    """« soixante pour cent » → « 60 pour cent », « pour la moitié » → « pour 50 % »."""
    spelt = _SPELT.sub(lambda found: str(_TENS[found[1]]), plain)
    return _HALVES.sub(", 50 %, " if re.search(r"\bmoitie\b.*\bmoitie\b", spelt) else "\\g<0>", spelt)


def weights_in(plain: str) -> Iterator[Weight]:
    """Those that can weigh a criterion, in reading order."""
    found = list(WEIGHT.finditer(plain))
    marked = any(match[_MARK] is None for match in found)
    last = 0
    for match in found:
        between, last = plain[last : match.start()], match.end()
        beside = match[_MARK] is not None and marked
        if not (beside or _BEFORE.search(between) or _AFTER.match(plain, match.end())):
            yield Weight(match.start(), match.end(), _value(match), _unit(match))


def _value(match: re.Match[str]) -> Decimal:
    return Decimal(next(match[at] for at in (1, 3, 4, 5) if match[at]).replace(",", "."))


def _unit(match: re.Match[str]) -> str:
    if match[4]:
        return "coefficient"
    return "%" if match[2] in {"%", "pour cent"} else "points"
