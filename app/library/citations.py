"""Articles and texts named in a passage, in one form: « L. 2112-2 », « L2112-2 » and « l.2112-2 » are the same."""

import re
from typing import Final

from app.law.facts import LawText
from app.text.fold import fold

_ARTICLE: Final = re.compile(r"\b([lrd])\.? ?\*?(\d{3,4}(?:-\d+)+)\b")
_NUMBERED: Final = re.compile(r"\bn° ?((?:19|20)\d\d-\d{1,4})\b(?!-)|\(ue\) (?:n° ?)?(20\d\d/\d{2,4})\b")
_BARE: Final = re.compile(r"\b((?:19|20)\d\d-\d{2,4})\b(?!-)|\b(20\d\d/\d{3,4})\b")
_OF_LAW: Final = re.compile(
    r"\b(?:art(?:icle)?\.? )?(\d{1,3})(?: de)?(?: la)?(?: loi)? (agec|reen|ltecv|egalim)\b"
    r"|\b(agec|reen|ltecv|egalim)\b\)?,? ?(?:art(?:icle)?\.? ?)?(\d{1,3})\b"
)


def cited(text: str, *, typed: bool = False) -> set[str]:
    """The keys of what a passage cites: `l2112-2`, `2024-134`, `agec-58`.

    `typed`: in a query, a bare « 2024-134 » is a decree; in a wording it may be any reference.
    """
    folded = fold(text)
    keys = {letter + number for letter, number in _ARTICLE.findall(folded)}
    keys |= {"".join(match) for match in (_BARE if typed else _NUMBERED).findall(folded)}
    for before, law, other, after in _OF_LAW.findall(folded):
        keys.add(f"{law or other}-{before or after}")
    return keys


def keys_of_text(text: LawText) -> set[str]:
    """Every key under which a text is cited, its id among them."""
    keys = cited(f"{text.article} {text.title}") | {text.id}
    if match := re.match(r"[a-z]{1,20}-([lrd]\d[\d-]*)", text.id):
        keys.add(match[1].rstrip("-"))
    return keys
