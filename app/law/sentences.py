"""Sentences and paragraphs of a clause, by position. Articles (« art. L. 2112-2 ») do not end a sentence."""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final

Span = tuple[int, int]

_VARIABLE: Final = re.compile(r"\{\{[^{}]*\}\}")
_BREAK: Final = re.compile(
    r"(?<![\s(][A-Za-z])(?<!\bart)(?<!\bn°)(?<!\bal)(?<!\bex)(?<!\bcf)(?<!\bM)[.!?…](?=[\s»]|$)"
    r"|\n[ \t]*\n"
    r"|\n[ \t]*(?=(?:-|\d+\.)[ \t])"
    r"|\|"
)
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")


class Cuts:
    """Where a text is cut, found once: asking for the part around a span is then a search, not a scan."""

    def __init__(self, text: str, pattern: re.Pattern[str] = _BREAK) -> None:
        found = [match.span() for match in pattern.finditer(text)]
        self._ends = [0, *(end for _, end in found)]
        self._starts = [start for start, _ in found]
        self._length = len(text)

    def around(self, span: Span) -> Span:
        """The part that holds the span, from after the cut before it to the cut after it."""
        start = self._ends[bisect_right(self._ends, span[0]) - 1]
        after = bisect_left(self._starts, span[1])
        return start, self._starts[after] if after < len(self._starts) else self._length


def paragraphs(text: str) -> Cuts:
    return Cuts(text, _PARAGRAPH)


def sentences(text: str) -> list[Span]:
    """Spans of sentences, list items and table cells that hold something."""
    cuts = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def word_count(sentence: str) -> int:
    """Words as a reader counts them: a variable is one, punctuation and bullets are none."""
    plain = _VARIABLE.sub("x", sentence)
    return sum(1 for token in plain.split() if any(character.isalnum() for character in token))
