"""Typing faults, words run together or cut in two, dotted acronyms: what was typed, as the library would spell it."""

import re
from collections.abc import Callable
from typing import Final

from app.text.typos import Vocabulary
from app.text.words import EMPTY, words

_DOTTED: Final = re.compile(r"\b(?:[A-Za-zÀ-ÿ]\.){2,}[A-Za-zÀ-ÿ]?(?![\w.])")
_NAME: Final = re.compile(r"(?<=[\w,’'] )[A-ZÉÈÀÂÎÔ][a-zéèêëàâîïôûç]{2,}|(?<=-)[A-ZÉÈÀÂÎÔ][a-zéèêëàâîïôûç]{2,}")
_PREFIXES: Final = frozenset(
    """
    anti auto bi bio co eco electro extra geo hydro inter lombri mega methan micro mini mono moto multi photo poly pre
    re retro sous sur tele velo vermi video
    """.split()  # noqa: SIM905 (a list of quoted words reads worse)
)
_GLUED: Final = 9
"""Letters from which an unknown word may be two words without their space."""
_HALF: Final = 4
_MOST_SPACES: Final = 40
MOST_FAULTS: Final = 12
"""Unknown words put right in one query: a text that holds more is not a query with faults."""


def plain_acronyms(text: str) -> str:
    """« E.P.I. » → « EPI »."""
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), text)


def proper_names(text: str) -> frozenset[str]:
    """Words with a capital inside a sentence: people and places, which say nothing of the purchase."""
    if text.isupper():
        return frozenset()
    return frozenset(word for name in _NAME.findall(text) for word in words(name))


class Speller:
    """`known`: whether something (an index, the thesaurus, a label) holds the word as it is."""

    def __init__(self, vocabulary: Vocabulary, known: Callable[[str], bool]) -> None:
        self.vocabulary = vocabulary
        self.known = known

    def repaired(self, typed: list[str], names: frozenset[str] = frozenset()) -> list[str]:
        """The words put right; proper names are left alone unless they are words of ours."""
        found: list[str] = []
        strange: set[str] = set()
        for word in self._joined(typed):
            if word in EMPTY or self.is_known(word) or word in names:
                found.append(word)
                continue
            strange.add(word)
            found += [word] if len(strange) > MOST_FAULTS else self._cut(word) or [self.vocabulary.repair(word) or word]
        return found

    def is_known(self, word: str) -> bool:
        """The word, or the same one with another plain ending.

        A fault may share its stem with another word (« mobiler » and « mobile »): the word decides, not the stem.
        """
        if self.known(word):
            return True
        return (word[-1] in "sx" and self.known(word[:-1])) or self.known(word + "s")

    def _joined(self, typed: list[str]) -> list[str]:
        """« bio déchets » → « biodéchets », where only the whole word exists or its start is a prefix."""
        found: list[str] = []
        for word in typed:
            before = found[-1] if found else ""
            if before in _PREFIXES and self.is_known(before + word):
                found[-1] = before + word
            else:
                found.append(word)
        return found

    def _cut(self, word: str) -> list[str]:
        """« mobilierscolaire » → « mobilier scolaire »."""
        if not _GLUED <= len(word) <= _MOST_SPACES:
            return []
        for place in range(_HALF, len(word) - _HALF + 1):
            head, tail = word[:place], word[place:]
            if self.known(head) and self.known(tail):
                return [head, tail]
        return []
