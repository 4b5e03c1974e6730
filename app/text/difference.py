"""What changed between two texts, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from app.text.typography import plain

Op = Literal["equal", "delete", "insert"]
_TOKEN: Final = re.compile(r"(\s*)(\w+|[^\w\s])")


@dataclass(frozen=True, slots=True)
class Segment:
    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    before: str
    """The spaces in front."""
    text: str

    @property
    def key(self) -> str:
        return plain(self.text)


def tokens(text: str, pattern: re.Pattern[str] = _TOKEN) -> list[Token]:
    """Words and signs, each with the spaces in front of it: spaces alone are no difference."""
    return [Token(found[1], found[2]) for found in pattern.finditer(text)]


def opcodes(old: Sequence[Token], new: Sequence[Token]) -> Sequence[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
    return matcher.get_opcodes()


def joined(found: Iterable[Token]) -> str:
    return "".join(one.before + one.text for one in found)


def word_difference(old: str, new: str) -> list[Segment]:
    """The new text, with what it removed from the old one and what it added."""
    before, after = tokens(old), tokens(new)
    return list(merged(_segments(before, after)))


def _segments(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Segment]:
    for op, a, b, c, d in opcodes(before, after):
        if op == "equal":
            yield Segment("equal", joined(after[c:d]))
            continue
        if b > a:
            yield Segment("delete", joined(before[a:b]))
        if d > c:
            yield Segment("insert", joined(after[c:d]))


def merged(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours of one kind as one."""
    last: Segment | None = None
    for segment in segments:
        if last is not None and last.op == segment.op:
            last = Segment(last.op, last.text + segment.text)
            continue
        if last is not None:
            yield last
        last = segment
    if last is not None:
        yield last
