"""The expressions of the thesaurus in alphabetical order: what a word half typed may become."""

from bisect import bisect_left
from collections.abc import Callable, Container
from typing import Final

from app.library.thesaurus import Thesaurus
from app.text.fold import fold
from app.text.stems import stem
from app.text.words import full_words

SHORTEST: Final = 3
"""Letters from which a word half typed is completed."""
ROOT: Final = 4
LOOKED_AT: Final = 200


class Completer:
    """The expressions that buyers use, in alphabetical order, with the family of each."""

    def __init__(self, thesaurus: Thesaurus, holders: Callable[[str], int]) -> None:
        """`holders`: how many clauses hold a stem; what the library speaks of comes first."""
        phrases = [(text, entry) for text, entry in thesaurus.phrases() if len(text) >= SHORTEST]
        known = {fold(text): text for text, entry in phrases if entry.family}
        self._family = {fold(text): entry.family or "" for text, entry in phrases if entry.family}
        self._folded = sorted(known)
        self._written = known
        self._holders = {text: holders(stem(full_words(text)[0])) if full_words(text) else 0 for text in known}

    def starting_with(self, typed: str, families: Container[str] | None = None) -> list[str]:
        """The expressions that begin so: those that clauses hold most, then the shortest; only of some families."""
        start = bisect_left(self._folded, typed)
        found = [
            text
            for text in self._folded[start : start + LOOKED_AT]
            if text.startswith(typed) and (families is None or self._family[text] in families)
        ]
        return [self._written[text] for text in sorted(found, key=lambda text: (-self._holders[text], len(text), text))]

    def families_near(self, word: str) -> list[str]:
        """The families of the expressions that share the start of a word nobody knows."""
        start = bisect_left(self._folded, word[:ROOT])
        near = [text for text in self._folded[start : start + LOOKED_AT] if text.startswith(word[:ROOT])]
        return list(dict.fromkeys(self._family[text] for text in near)) if len(word) >= ROOT else []
