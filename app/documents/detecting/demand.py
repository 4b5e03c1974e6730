"""One passage that plays a role, and what it says of its measure and its proof."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from app.documents.detecting.levers import ENVIRONMENT, SOCIAL
from app.documents.detecting.proofs import is_measured, is_shown
from app.documents.detecting.sections import Line, Section
from app.law.vocabulary import Kind

_LONG_ENOUGH: Final = 12
"""Words that make a sentence without its full stop."""
IMPOSING: Final = frozenset({Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION})
_POINT: Final = r"(?:[a-h]\.? ?)?\d+(?:\.\d+)+"
ARTICLE: Final = re.compile(
    rf"\b(?:aux?|du|des|les?|points?|paragraphes?|alineas?) {_POINT}(?! ?(?:€|%|euros|m|k|l))(?:\s*(?:,|et|a|ou"
    rf"|-)\s*{_POINT})*|"
    r"\barticles?\s+(\d+(?:\.\d+)*(?:\s*(?:,|et|a)\s*\d+(?:\.\d+)*)*)|\bdes (\d+\.\d+) et (\d+\.\d+)|\b(?:au|du"
    r"|le|point|paragraphe|alinea) (\d+\.\d+)(?! ?(?:€|%|euros))"
)
_OWN_NUMBER: Final = re.compile(r"^\W{0,40}\d{1,9}(?:\.\d{1,9}){1,9}\.?\s")


@dataclass
class Demand:
    """One passage that plays a role, with the passages that go on about it."""

    section: Section
    lines: list[Line]
    kind: Kind
    levers: tuple[str, ...]
    opened: Line | None = None
    """The sentence before a list, that says what its items are asked for."""
    vague: bool = False
    sanctioned: bool = False
    reported: bool = False
    """A report of the same article shows whether it is met."""
    plain: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.plain = " \n".join(line.plain for line in self.lines)

    def add(self, line: Line, levers: Sequence[str]) -> None:
        self.lines.append(line)
        self.plain += " \n" + line.plain
        self.levers = tuple(dict.fromkeys([*self.levers, *levers]))

    @property
    def states(self) -> bool:
        """At least one sentence: a cell or the item of a list alone says too little to be judged."""
        return any(is_sentence(line) for line in self.lines)

    @property
    def has_measure(self) -> bool:
        return is_measured(ARTICLE.sub(" ", _OWN_NUMBER.sub("", self.told())))

    def told(self) -> str:
        return self.plain if self.opened is None else f"{self.opened.plain} {self.plain}"

    @property
    def has_proof(self) -> bool:
        return self.reported or self.shows

    @property
    def shows(self) -> bool:
        return is_shown(self.told(), [line.text for line in self.lines])

    @property
    def environmental(self) -> bool:
        return bool(set(self.levers) - SOCIAL) or ENVIRONMENT.search(self.plain) is not None

    @property
    def imposes(self) -> bool:
        return self.kind in IMPOSING


def is_sentence(line: Line) -> bool:
    count = len(line.plain.split())
    return count >= _LONG_ENOUGH or (count >= 4 and line.plain.rstrip()[-1:] in ".;:!")  # noqa: PLR2004
