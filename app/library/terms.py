"""Where a wording first uses a word of the glossary: that use leads to its definition. Pure."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from re import Match

from app.library.vocabularies import Term

_SPACE = r"[\s\u00a0\u202f]+"


def spelled(term: str) -> str:
    """A pattern of the term, in the singular or the plural: « Pièce détachée » also finds « pièces détachées »."""
    bare = term.split(" (", maxsplit=1)[0]
    return _SPACE.join(rf"{re.escape(word.rstrip('s'))}(?:s|x)?" for word in bare.split())


@lru_cache(maxsize=4096)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    # The longest first: « emballage réemployable » before « emballage ».
    ordered = sorted(range(len(terms)), key=lambda n: -len(terms[n]))
    groups = "|".join(f"(?P<t{n}>{spelled(terms[n])})" for n in ordered)
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)", re.IGNORECASE)


def linker(terms: Iterable[Term], link: Callable[[Term, str], str]) -> Callable[[str], str]:
    """A function that rewrites the first use of each term, over the texts it is given one after the other."""
    known = list(terms)
    if not known:
        return lambda text: text
    pattern = _pattern(tuple(term.term for term in known))
    seen: set[str] = set()

    def first(match: Match[str]) -> str:
        number = next(n for n in range(len(known)) if match[f"t{n}"])
        if known[number].id in seen:
            return match[0]
        seen.add(known[number].id)
        return link(known[number], match[0])

    return lambda text: pattern.sub(first, text)
