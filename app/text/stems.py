"""French stems: Snowball, put right where it parts what belongs together."""

from functools import lru_cache
from typing import Final

import snowballstemmer

_snowball = snowballstemmer.stemmer("french")

# Snowball parts these (travaux → traval, travail → travail) or joins what differs; both sides get one stem by hand.
_IRREGULAR: Final = {
    "travaux": "travail",
    "travail": "travail",
    "materiaux": "materiau",
    "materiau": "materiau",
    "repas": "repas",
    "baux": "bail",
    "bail": "bail",
    "locaux": "locaux",
    "local": "local",
    "locale": "local",
    "yeux": "oeil",
    "cles": "cle",
    "clef": "cle",
    "clefs": "cle",
    "velo": "velo",
    "velos": "velo",
    "neuf": "neuf",
    "neufs": "neuf",
    "neuve": "neuf",
    "neuves": "neuf",
    "pneu": "pneu",
    "pneus": "pneu",
    "pneumatique": "pneu",
    "pneumatiques": "pneu",
    "reemploi": "reemploi",
    "reemplois": "reemploi",
    "reemploye": "reemploi",
    "reemployee": "reemploi",
    "reemployes": "reemploi",
    "reemployees": "reemploi",
    "reemployer": "reemploi",
    "reemployable": "reemploi",
    "reemployables": "reemploi",
    "reutilisation": "reutilis",
    "reutilise": "reutilis",
    "reutilisable": "reutilis",
    "reutilisables": "reutilis",
    "recyclage": "recycl",
    "recycle": "recycl",
    "recyclee": "recycl",
    "recycles": "recycl",
    "recyclees": "recycl",
    "recyclable": "recycl",
    "recyclables": "recycl",
    "recyclabilite": "recycl",
    "reparation": "repar",
    "reparations": "repar",
    "reparable": "repar",
    "reparables": "repar",
    "reparabilite": "repar",
    "reparer": "repar",
    "dechet": "dechet",
    "dechets": "dechet",
    "biodechet": "biodechet",
    "biodechets": "biodechet",
    "ecole": "ecol",
    "ecoles": "ecol",
    "tuyau": "tuyau",
    "tuyaux": "tuyau",
    "scolaire": "scolair",
    "scolaires": "scolair",
}

SHORT_PLURAL: Final = 4
"""« bus », « pois » have no singular to find."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; numbers and short words stay as they are."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) <= 3 or not word.isalpha():  # noqa: PLR2004 (acronyms and numbers have no stem)
        return word
    if word[-1] == "s" and word[-2] in "aiou" and len(word) > SHORT_PLURAL:
        word = word[:-1]  # Snowball keeps this plural: « ordis », « stylos », « menus »
    return str(_snowball.stemWord(word))
