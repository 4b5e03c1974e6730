"""Sentences and paragraphs of a clause, by position. Articles (« art. L. 2112-2 ») do not end a sentence."""

import re
from itertools import pairwise
from typing import Final

Span = tuple[int, int]

_VARIABLE: Final = re.compile(r"\{\{.*?\}\}")
_BREAK: Final = re.compile(
    r"(?<![\s(][A-Za-z])(?<!\bart)(?<!\bn°)(?<!\bal)(?<!\bex)(?<!\bcf)(?<!\bM)[.!?…](?=[\s»]|$)"
    r"|\n[ \t]*\n"
    r"|\n[ \t]*(?=(?:-|\d+\.)[ \t])"
    r"|\|"
)
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")


def sentences(text: str) -> list[Span]:
    """Spans of sentences, list items and table cells that hold something."""
    cuts = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def sentence_around(text: str, span: Span) -> Span:
    start = max((match.end() for match in _BREAK.finditer(text, 0, span[0])), default=0)
    after = _BREAK.search(text, span[1])
    return start, after.end() if after else len(text)


def paragraph_around(text: str, span: Span) -> Span:
    start = max((match.end() for match in _PARAGRAPH.finditer(text, 0, span[0])), default=0)
    after = _PARAGRAPH.search(text, span[1])
    return start, after.start() if after else len(text)


def word_count(sentence: str) -> int:
    """Words as a reader counts them: a variable is one, punctuation and bullets are none."""
    plain = _VARIABLE.sub("x", sentence)
    return sum(1 for token in plain.split() if any(character.isalnum() for character in token))
