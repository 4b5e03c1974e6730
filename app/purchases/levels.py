"""« Appliquer à mon dossier »: what the market answered changes the level of clauses in a basket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Member
from app.library import queries as library
from app.library.published import PublishedClause
from app.purchases import actions
from app.purchases.drafts import DraftIn, DraftItem, draft_of
from app.purchases.models import PurchaseFile
from app.purchases.queries import file_of, ladder


@dataclass(frozen=True, slots=True)
class LevelChange:
    """For a clause of the basket: another rung of the same demand, or other values in it, or both."""

    clause_id: str
    level: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """Variable → text as a buyer would type it."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    clause_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    file: PurchaseFile
    changed: tuple[str, ...]
    """Ids that the basket now holds, those replaced by another rung under their new id."""
    refused: tuple[Refused, ...]


async def apply_levels(
    session: AsyncSession, file_id: int, actor: Member, changes: Sequence[LevelChange], *, reason: str = ""
) -> Applied:
    """Changes what can be, says why for the rest; decisions are recorded with their reason. Locks the file."""
    row = await file_of(session, file_id, actor, to_write=True)
    actions.require(row, actor, "write")
    draft = draft_of(row.draft)
    changed, refused = [], []
    for change in changes:
        done = _apply(draft, change, change.reason or reason)
        if isinstance(done, Refused):
            refused.append(done)
        else:
            changed.append(done)
    if changed:
        await actions.save(session, actor, row, DraftIn.model_validate(draft.kept()))
        audit.record(session, actor, "purchase.levels_applied", row, {"clauses": changed})
    return Applied(row, tuple(changed), tuple(refused))


def _apply(draft: DraftIn, change: LevelChange, reason: str) -> str | Refused:
    place = next((i for i, item in enumerate(draft.items) if item.clause_id == change.clause_id), None)
    current = library.shelf().clause(change.clause_id)
    if place is None or current is None:
        return Refused(change.clause_id, "Cette clause n’est plus dans le dossier.")
    target = current
    if change.level not in {None, current.record.level}:
        found = library.shelf().clause(ladder(current).get(change.level or 0, ""))
        if found is None:
            return Refused(change.clause_id, f"La bibliothèque n’a pas cette exigence au niveau {change.level}.")
        if any(item.clause_id == found.id for item in draft.items):
            return Refused(change.clause_id, f"Le dossier contient déjà {found.id}, qui est à ce niveau.")
        target = found
    draft.items[place] = _item(draft.items[place], target, change.values, reason)
    return target.id


def _item(item: DraftItem, clause: PublishedClause, values: Mapping[str, str], reason: str) -> DraftItem:
    """The same place, lots and weight; values only for the variables that the clause has."""
    record = clause.record
    known = set(record.variables)
    same = item.clause_id == record.id
    piece = item.piece if item.piece in record.pieces else record.pieces[0]
    kept: dict[str, Any] = dict(item.values) if same else {}
    return item.model_copy(
        update={
            "clause_id": record.id,
            "version": item.version if same else clause.version,
            "title": record.title,
            "kind": str(record.kind),
            "piece": str(piece),
            "values": {name: text for name, text in {**kept, **values}.items() if name in known},
            "blank": [name for name in item.blank if name in known and name not in values] if same else [],
            "reason": reason or item.reason,
            "origin": "chosen",
        }
    )
