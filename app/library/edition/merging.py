"""Three texts made one: what two people changed in the same original (lines, or paragraphs). Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

MARK_MINE: Final = "<<<<<<< votre texte"
MARK_BETWEEN: Final = "======="
MARK_THEIRS: Final = ">>>>>>> version publiée"
_MARKS: Final = (MARK_MINE, MARK_BETWEEN, MARK_THEIRS)


@dataclass(frozen=True, slots=True)
class Merged:
    """A stretch: settled (`lines`), or changed differently on both sides (`conflict`)."""

    lines: tuple[str, ...]
    conflict: bool = False
    base: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


def _matches(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    return [(m.a, m.b, m.size) for m in SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()]


def _common(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that the three share: place in each, and length; the last one is empty and stands at the end."""
    ours, others = _matches(base, mine), _matches(base, theirs)
    one = two = 0
    while one < len(ours) and two < len(others):
        a, a_mine, a_size = ours[one]
        b, b_theirs, b_size = others[two]
        start, end = max(a, b), min(a + a_size, b + b_size)
        if start < end:
            yield start, a_mine + start - a, b_theirs + start - b, end - start
        if a + a_size < b + b_size:
            one += 1
        else:
            two += 1
    yield len(base), len(mine), len(theirs), 0


def merge(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[Merged]:
    """What each side changed alone is kept; the same change on both sides counts once."""
    found: list[Merged] = []
    at_base = at_mine = at_theirs = 0
    for start, start_mine, start_theirs, size in _common(base, mine, theirs):
        old = tuple(base[at_base:start])
        left, right = tuple(mine[at_mine:start_mine]), tuple(theirs[at_theirs:start_theirs])
        if left in (right, old):
            found.append(Merged(right))
        elif right == old:
            found.append(Merged(left))
        else:
            found.append(Merged((), True, old, left, right))
        found.append(Merged(tuple(base[start : start + size])))
        at_base, at_mine, at_theirs = start + size, start_mine + size, start_theirs + size
    return [part for part in found if part.lines or part.conflict]


def merge_file(base: str, mine: str, theirs: str) -> tuple[str, int]:
    """The lines of a file, each conflict between marks, and how many conflicts there are."""
    lines: list[str] = []
    conflicts = 0
    for part in merge(base.split("\n"), mine.split("\n"), theirs.split("\n")):
        if part.conflict:
            conflicts += 1
            lines += [MARK_MINE, *part.mine, MARK_BETWEEN, *part.theirs, MARK_THEIRS]
        else:
            lines += part.lines
    return "\n".join(lines), conflicts


def has_marks(text: str) -> bool:
    return any(line in _MARKS for line in text.split("\n"))
