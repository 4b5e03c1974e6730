"""The eight tasks of a file, each with its state. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.purchases.rules import Part

TaskState = Literal["todo", "started", "done", "again", "not_yet", "optional"]
TaskId = Literal["decrire", "obligations", "sourcer", "clauses", "completer", "relire", "generer", "suivre"]
TASKS: Final[tuple[TaskId, ...]] = (
    "decrire",
    "obligations",
    "sourcer",
    "clauses",
    "completer",
    "relire",
    "generer",
    "suivre",
)
_CLAUSES_SEEN, _DUTIES_SEEN = 4, 3
"""Steps of the Assistant: the one after the clauses, the one after the duties."""


@dataclass(frozen=True, slots=True)
class Facts:
    draft: Mapping[str, Any]
    revision: int
    missing: int = 0
    """Values that the export would refuse."""
    approved: Mapping[Part, int] | None = None
    """Part → the last revision it approved."""
    exported: int | None = None
    """Revision of the last export."""
    probed: Mapping[str, TaskState] | None = None
    """What the rooms above know: sourcing, follow-up."""


@dataclass(frozen=True, slots=True)
class Task:
    id: TaskId
    state: TaskState


def tasks_of(facts: Facts) -> list[Task]:
    draft = facts.draft
    described, reached = bool(draft.get("described")), int(draft.get("reached", 1))
    chosen = bool(draft.get("items"))
    states: dict[TaskId, TaskState] = {
        "decrire": "done" if described else "started" if draft.get("purchase", {}).get("object") else "todo",
        "obligations": _after(described, done=reached >= _DUTIES_SEEN),
        "sourcer": "optional",
        "clauses": _after(described or chosen, done=chosen and reached >= _CLAUSES_SEEN, started=chosen),
        "completer": _after(chosen, done=facts.missing == 0, started=True),
        "relire": _after(chosen, done=False) if not facts.approved else _reviewed(facts.approved, facts.revision),
        "generer": _exported(chosen=chosen, facts=facts),
        "suivre": "not_yet" if facts.exported is None else "todo",
    }
    for name, state in (facts.probed or {}).items():
        if name in states:
            states[name] = state
    return [Task(name, states[name]) for name in TASKS]


def _after(ready: object, *, done: bool, started: bool = False) -> TaskState:
    if not ready:
        return "not_yet"
    return "done" if done else "started" if started else "todo"


def _reviewed(approved: Mapping[Part, int], revision: int) -> TaskState:
    """Done when the buyer's approval stands; one that fell is to be asked again."""
    standing = [part for part, at in approved.items() if at == revision]
    if Part.BUYER in standing:
        return "done"
    return "started" if standing else "again"


def _exported(*, chosen: bool, facts: Facts) -> TaskState:
    if facts.exported is None:
        return "todo" if chosen else "not_yet"
    return "done" if facts.exported == facts.revision else "again"


def done(tasks: Collection[Task]) -> int:
    return sum(task.state == "done" for task in tasks)


def next_task(tasks: Collection[Task]) -> TaskId | None:
    """The first one to take up, an optional one never."""
    return next((task.id for task in tasks if task.state in {"todo", "started", "again"}), None)
