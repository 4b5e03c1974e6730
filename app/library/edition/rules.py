"""Who may do what with a proposal, and which of two texts wins. Pure: no session, no request, no clock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, Literal


class ProposalStatus(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    REFUSED = "refused"
    ABANDONED = "abandoned"


class Part(StrEnum):
    """Which of the two readings."""

    LEGAL = "legal"
    TECHNICAL = "technical"


class Verdict(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"


class FeedbackStatus(StrEnum):
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"


READERS: Final = {Part.LEGAL: "legal_reviewer", Part.TECHNICAL: "editor"}
"""The platform role that each reading asks for."""
PEN: Final = timedelta(minutes=2)
"""How long a proposal counts as being written in after the last sign of life of its writer."""
OPEN: Final = frozenset({ProposalStatus.DRAFT, ProposalStatus.REVIEW})


@dataclass(frozen=True, slots=True)
class Read:
    """One reading, as the rules see it."""

    part: Part
    verdict: Verdict
    reader: int
    revision: int


@dataclass(frozen=True, slots=True)
class Me:
    person: int
    roles: frozenset[str]


def last_readings(readings: Iterable[Read], revision: int) -> dict[Part, Read]:
    """The last reading of each kind of this very text."""
    return {reading.part: reading for reading in readings if reading.revision == revision}


def is_ready(readings: Iterable[Read], revision: int) -> bool:
    """Both readings approve, and two different people wrote them."""
    last = last_readings(readings, revision)
    approved = [reading for reading in last.values() if reading.verdict is Verdict.APPROVED]
    return len(approved) == len(Part) and len({reading.reader for reading in approved}) == len(Part)


def may_read(part: Part, author: int, readings: Iterable[Read], revision: int, me: Me) -> bool:
    """Never one's own text, and never both readings of a text."""
    other = [r for p, r in last_readings(readings, revision).items() if p is not part]
    return READERS[part] in me.roles and me.person != author and all(r.reader != me.person for r in other)


def may(status: ProposalStatus, author: int, readings: Sequence[Read], revision: int, me: Me) -> list[str]:
    """What `me` may do with it now, in the order of the screen's buttons."""
    rights: list[str] = []
    if status is ProposalStatus.REVIEW:
        rights += [f"read_{part}" for part in Part if may_read(part, author, readings, revision, me)]
        if is_ready(readings, revision) and "editor" in me.roles:
            rights.append("publish")
        if me.person != author:
            rights.append("refuse")
    if status is ProposalStatus.DRAFT:
        rights.append("submit")
    if status in OPEN:
        rights += ["edit", "rebase"]
        if me.person == author:
            rights.append("abandon")
    if status is ProposalStatus.REFUSED:
        rights.append("reopen")
    return rights


def next_number(prefix: str, taken: Collection[str]) -> str:
    """The first free identifier of a family after those that were ever used."""
    used = [int(ident.rsplit("-", 1)[1]) for ident in taken if ident.startswith(f"CEC-{prefix}-")]
    return f"CEC-{prefix}-{max(used, default=0) + 1:03d}"


Winner = Literal["same", "file", "database", "conflict"]


def winner(
    digest: str, journal: Sequence[Any], current: str, older: Collection[str], current_journal: Sequence[Any]
) -> Winner:
    """Which text a load keeps when the current version was published in the editorial room.

    The file behind by some versions changes nothing; a file that holds the published change in its journal goes on
    from it and wins; a file that ignores it is a conflict, and the published text stays.
    """
    if digest == current:
        return "same"
    if digest in older:
        return "database"
    return "file" if all(change in journal for change in current_journal) else "conflict"
