"""What the search box offers while one types: words completed, families, levers, codes and clauses. Bounded work."""

import re
from dataclasses import dataclass
from typing import Final

from app.library.completer import SHORTEST
from app.library.cpv import CpvEntry
from app.library.published import PublishedClause
from app.library.query import Query
from app.library.search import Request
from app.library.shelf import Shelf
from app.text.fold import fold
from app.text.words import words

PHRASES: Final = 5
CLAUSES: Final = 4
CODES: Final = 5
_ID: Final = re.compile(r"(?:cec[- ]?)?([a-z]{3})[- ](\d{0,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestions:
    query: Query
    """What the words typed so far are understood as, the last one completed."""
    phrases: list[str]
    cpv: list[CpvEntry]
    clauses: list[PublishedClause]


def suggestions(shelf: Shelf, text: str) -> Suggestions:
    typed = fold(text.strip())
    begun = "" if text.endswith(" ") else _last_word(typed)
    read = _completed(shelf, text.strip(), begun)
    return Suggestions(
        shelf.index.reader.read(read),
        _phrases(shelf, typed, begun),
        codes(shelf, read, CODES),
        _clauses(shelf, read),
    )


def _clauses(shelf: Shelf, text: str) -> list[PublishedClause]:
    """By id half typed, else by words."""
    if match := _ID.fullmatch(text):
        start = f"CEC-{match[1]}-{match[2]}".upper()
        named = [clause for ident, clause in shelf.clauses.items() if ident.startswith(start)]
        if named:
            return named[:CLAUSES]
    return [clause for clause, _ in shelf.index.search(Request(q=text, limit=CLAUSES)).hits]


def _last_word(typed: str) -> str:
    found = words(typed)
    return found[-1] if found else ""


def _phrases(shelf: Shelf, typed: str, begun: str) -> list[str]:
    """Those that begin as the whole text, then those that begin as its last word, put at the end of what was typed."""
    completer = shelf.completer
    found = completer.starting_with(typed) if len(typed) >= SHORTEST else []
    head = typed[: len(typed) - len(begun)] if begun and typed.endswith(begun) else ""
    if head and len(begun) >= SHORTEST and len(found) < PHRASES:
        # After « mobilier », « sco » is « scolaire » rather than « scooter ».
        families = shelf.index.reader.read(head).ranked_families
        found = found + [head + text for text in completer.starting_with(begun, families or None)]
    return [text for text in dict.fromkeys(found) if fold(text) != typed][:PHRASES]


def _completed(shelf: Shelf, text: str, begun: str) -> str:
    """The text with its last word finished, when nothing bears that word as it stands."""
    if len(begun) < SHORTEST or not begun.isalpha() or not fold(text).endswith(begun):
        return text
    if shelf.index.reader.speller.is_known(begun):
        return text
    head = text[: len(text) - len(begun)]
    families = shelf.index.reader.read(head).ranked_families if head else None
    longer = next((words(phrase)[0] for phrase in shelf.completer.starting_with(begun, families or None)), "")
    return head + longer if longer else text


def codes(shelf: Shelf, text: str, limit: int) -> list[CpvEntry]:
    """CPV codes by digits or words; slang and acronyms are understood (« ordis », « VRD »)."""
    reader = shelf.index.reader
    typed = reader.speller.repaired(words(text[:400])[:60])
    means = [term for hint in shelf.thesaurus.hints(typed) for term in hint.means]
    families = reader.read(text).ranked_families[:2]
    branches = [prefix for code in families for prefix in shelf.index.branches.get(code, ())]
    wanted = text if any(sign.isdigit() for sign in text) else " ".join(typed)
    return shelf.nomenclature.search(wanted, limit, means=means, branches=branches)
