"""French typography, put right on the way in: authors type plain quotes and spaces, readers get the right ones."""

import re
from typing import Final

NBSP: Final = "\u00a0"
NARROW: Final = "\u202f"

_RULES: Final = (
    # l'acheteur → l’acheteur; only between letters, so that a quoted word or a foot mark is left alone.
    (("'",), re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (("«",), re.compile(r"«[ \u00a0\u202f]*"), "«" + NBSP),
    (("»",), re.compile(r"(?<![ \u00a0\u202f])[ \u00a0\u202f]*»"), NBSP + "»"),
    ((" :",), re.compile(r"(?<! ) +:(?=\s|$)"), NBSP + ":"),
    ((" ;", " ?", " !"), re.compile(r"(?<! ) +([;?!])"), NARROW + r"\1"),
    ((" %", " €", " °"), re.compile(r"(?<=[\d}]) +(?=[%€°](?:\W|$))"), NBSP),
    (("° ",), re.compile(r"\b([nN]°) +(?=\d)"), r"\1" + NBSP),
    ((". ",), re.compile(r"\b([LRD])\. +(?=\d)"), r"\1." + NBSP),
    ((" ",), re.compile(r"(?<=\d) (?=\d{3}\b)"), NARROW),
)


def french(text: str) -> str:
    """The same text with typographic apostrophes and the no-break spaces that French wants; idempotent."""
    for signs, pattern, replacement in _RULES:
        # Looking for a sign costs a hundredth of looking for the pattern; most texts are already right.
        if any(sign in text for sign in signs):
            text = pattern.sub(replacement, text)
    return text


def plain(text: str) -> str:
    """The same text as typed on a keyboard: for comparisons, never for readers."""
    return text.replace("’", "'").replace(NBSP, " ").replace(NARROW, " ")
