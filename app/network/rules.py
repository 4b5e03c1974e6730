"""The rules of the network: no session, no request, no clock."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Final, Literal

ENOUGH: Final = 3
"""Figures on experience are shown from so many reports."""
PASSING: Final = 70
"""Percent of right answers that pass a module."""
_LINK: Final = re.compile(r"https?://|www\.", re.IGNORECASE)


class Shown(StrEnum):
    """Whether a message stands: seen by all, waiting for a moderator, hidden with a reason."""

    VISIBLE = "visible"
    PENDING = "pending"
    HIDDEN = "hidden"


class Outcome(StrEnum):
    AWARDED = "awarded"
    NO_OFFER = "no_offer"
    DROPPED = "dropped"
    RUNNING = "running"


class Place(StrEnum):
    SEATED = "seated"
    WAITING = "waiting"


class Audience(StrEnum):
    """Who sees a referent in the directory."""

    EVERYONE = "everyone"
    MEMBERS = "members"


class Way(StrEnum):
    """How a referent is asked: a message that Clausier forwards, their address for members, or the spaces only."""

    FORM = "form"
    ADDRESS = "address"
    SPACES = "spaces"


class Ruling(StrEnum):
    """What a moderator decided on a message."""

    HIDDEN = "hidden"
    SHOWN = "shown"
    KEPT = "kept"
    """Reported or contested, and left as it was."""


class SchemeKind(StrEnum):
    AID = "aid"
    CALL = "call"
    AMI = "ami"


SchemeState = Literal["coming", "open", "closed"]


def passes(right: int, questions: int) -> bool:
    return questions > 0 and right * 100 >= questions * PASSING


def finished(path: Collection[str], passed: Collection[str]) -> bool:
    """Every module of a path is passed; an empty path is never finished."""
    return bool(path) and set(path) <= set(passed)


def trained(people: Mapping[int, Collection[str]], path: Collection[str]) -> int:
    """How many of these people passed the whole path; `people`: who → modules passed."""
    return sum(finished(path, passed) for passed in people.values())


def first_state(text: str, *, known: bool, read_first: bool) -> Shown:
    """A space may read before it shows; elsewhere only a newcomer's message with a link waits."""
    if read_first or (not known and _LINK.search(text)):
        return Shown.PENDING
    return Shown.VISIBLE


def visible_to(state: Shown, *, author: bool, moderator: bool) -> bool:
    return state is Shown.VISIBLE or author or moderator


def scheme_state(opens: date | None, closes: date | None, today: date) -> SchemeState:
    if opens and today < opens:
        return "coming"
    return "closed" if closes and today > closes else "open"


def place_for(capacity: int | None, seated: int) -> Place:
    return Place.SEATED if capacity is None or seated < capacity else Place.WAITING


def promoted(capacity: int | None, seated: int, waiting: Sequence[int]) -> list[int]:
    """Who of the waiting list, in its order, now has a seat."""
    if capacity is None:
        return list(waiting)
    return list(waiting[: max(0, capacity - seated)])


def figures(outcomes: Sequence[Outcome], offers: Sequence[int]) -> tuple[int, int, float | None] | None:
    """(reports, those that ended without a contract, median of offers); None below `ENOUGH`."""
    if len(outcomes) < ENOUGH:
        return None
    failed = sum(outcome in {Outcome.NO_OFFER, Outcome.DROPPED} for outcome in outcomes)
    return len(outcomes), failed, float(median(offers)) if len(offers) >= ENOUGH else None


def may_reject(appeal_by: int, hidden_by: int | None, judge: int) -> bool:
    """An appeal is rejected neither by its author nor by who hid the message; either may still show it again."""
    return judge not in {appeal_by, hidden_by}
