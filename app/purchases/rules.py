"""What may happen to a saved file. Pure: no session, no request, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

Json = Mapping[str, Any]


class FileState(StrEnum):
    ACTIVE = "active"
    ARCHIVED = "archived"
    DELETED = "deleted"
    """In the bin: it comes back for thirty days."""


class Right(StrEnum):
    """What a share link opens; commenting includes reading."""

    READ = "read"
    COMMENT = "comment"


class DecisionKind(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"
    CHANGE = "change"


class Part(StrEnum):
    """In whose name somebody approves."""

    PRESCRIBER = "prescripteur"
    BUYER = "acheteur"
    LAWYER = "juriste"


BIN: Final = timedelta(days=30)
LONGEST_SHARE: Final = timedelta(days=365)
PROGRESS: Final = frozenset({"reached", "described"})
"""Fields of the draft that say how far the screens were walked, not what is bought."""

_READER: Final = ["read", "comment", "copy"]
_ACTIVE: Final = ["write", "rename", "export", "share", "approve", "decide", "archive", "delete"]


_LOOKING: Final = {
    # A lawyer or a prescriber who only reads the files still says that they agree.
    FileState.ACTIVE: ["read", "comment", "approve"],
    FileState.ARCHIVED: ["read", "comment"],
    FileState.DELETED: ["read"],
}


def may_on_file(state: FileState, *, writes: bool) -> list[str]:
    if not writes:
        return _LOOKING[state]
    if state is FileState.DELETED:
        return ["read", "restore"]
    if state is FileState.ARCHIVED:
        return [*_READER, "restore", "delete"]
    return [*_READER, *_ACTIVE]


def says_the_same(one: Json, other: Json) -> bool:
    """Whether two drafts describe the same purchase and basket, wherever their author stopped reading."""
    return all(one.get(name) == other.get(name) for name in {*one, *other} - PROGRESS)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a save did to one clause."""

    clause_id: str
    version: int | None
    kind: DecisionKind
    reason: str = ""
    details: Json = field(default_factory=dict)


_WATCHED: Final = ("version", "values", "blank", "weight", "lots")


def _changes(before: Json, after: Json) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name in _WATCHED:
        old, new = before.get(name), after.get(name)
        if name == "values":
            old, new = old or {}, new or {}
            names = sorted({*old, *new})
            changed |= {one: [old.get(one), new.get(one)] for one in names if old.get(one) != new.get(one)}
        elif old != new:
            changed[name] = [old, new]
    return changed


def decisions_between(before: Json, after: Json) -> list[Decided]:
    """Clauses accepted, refused or changed from one draft to the next."""
    old = {item["clauseId"]: item for item in before.get("items", [])}
    new = {item["clauseId"]: item for item in after.get("items", [])}
    found = []
    for ident, item in new.items():
        reason, version = item.get("reason", ""), item.get("version")
        if ident not in old:
            found.append(Decided(ident, version, DecisionKind.ACCEPT, reason))
        elif changed := _changes(old[ident], item):
            found.append(Decided(ident, version, DecisionKind.CHANGE, reason, changed))
        elif reason != old[ident].get("reason", ""):
            found.append(Decided(ident, version, DecisionKind.CHANGE, reason, {}))
    gone = [ident for ident in old if ident not in new]
    refused = [ident for ident in after.get("refused", []) if ident not in before.get("refused", [])]
    left = [ident for ident in dict.fromkeys([*gone, *refused]) if ident not in new]
    return found + [Decided(ident, old.get(ident, {}).get("version"), DecisionKind.REFUSE) for ident in left]


_TYPING: Final = timedelta(minutes=30)


def goes_on(last: DecisionKind, at: datetime, made: DecisionKind, *, now: datetime) -> bool:
    """Whether a change carries on the last decision of the same person: autosave sends each pause of the typing."""
    return made is DecisionKind.CHANGE and last is not DecisionKind.REFUSE and now - at < _TYPING


def merged(before: Json, after: Json) -> dict[str, Any]:
    """Old values of the first change, new ones of the last; what came back to its start is no change."""
    both = {name: [before.get(name, pair)[0], pair[1]] for name, pair in after.items()}
    return {name: pair for name, pair in {**before, **both}.items() if pair[0] != pair[1]}
