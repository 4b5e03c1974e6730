"""How far files are: their tasks, and the clauses that changed in the library since they were chosen or printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.sessions import now
from app.documents.selection import select as read_items
from app.law.vocabulary import Status
from app.library import queries as library
from app.purchases.drafts import draft_of, items_in
from app.purchases.models import PurchaseApproval, PurchaseComment, PurchaseExport, PurchaseFile, PurchaseShare
from app.purchases.queries import STEP_PROBES
from app.purchases.rules import Part
from app.purchases.rules_tasks import Facts, Task, TaskState, tasks_of

Place = Literal["file", "export"]


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that is no longer what the file, or its last export, holds."""

    clause_id: str
    title: str
    held: int
    current: int
    withdrawn: bool
    places: tuple[Place, ...]
    reason: str
    """Of the last change, from the clause's changelog."""


@dataclass(frozen=True, slots=True)
class Progress:
    tasks: tuple[Task, ...]
    changes: tuple[Change, ...]
    comments: int
    links: int


def _held(place: Place, entries: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int], Place]:
    return {(ident, version): place for ident, version in entries if version is not None}


def changes_of(draft: Mapping[str, Any], manifest: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """From the stored `id@version`, against the library as it is now."""
    pairs: dict[tuple[str, int], list[Place]] = {}
    for (ident, version), place in (
        *_held("file", ((item["clauseId"], item["version"]) for item in draft["items"])).items(),
        *_held("export", ((held["id"], held["version"]) for held in manifest)).items(),
    ):
        pairs.setdefault((ident, version), []).append(place)
    found = []
    for (ident, version), places in pairs.items():
        clause = library.shelf().clause(ident)
        if clause is None or (clause.version == version and clause.status is not Status.WITHDRAWN):
            continue
        found.append(
            Change(
                clause_id=ident,
                title=clause.record.title,
                held=version,
                current=clause.version,
                withdrawn=clause.status is Status.WITHDRAWN,
                places=tuple(places),
                reason=clause.record.changelog[-1].reason,
            )
        )
    return tuple(found)


def missing_in(stored: Mapping[str, Any]) -> int:
    """Values that the export would refuse."""
    items = items_in(draft_of(stored))
    found = {index: clause for index, item in enumerate(items) if (clause := library.shelf().clause(item.clause_id))}
    refusals = read_items([item.model_copy(update={"version": None, "lots": []}) for item in items], found).refusals
    return sum("/values/" in refusal.pointer for refusal in refusals)


async def progress_of(session: AsyncSession, rows: Sequence[PurchaseFile]) -> dict[int, Progress]:
    """Of each of these files, in a fixed number of queries."""
    idents = [row.id for row in rows]
    exports = {made.file_id: made for made in await last_exports(session, idents)}
    approvals = await _approvals(session, idents)
    comments = await _count(session, PurchaseComment.file_id, idents, PurchaseComment.resolved_at.is_(None))
    alive = (PurchaseShare.revoked_at.is_(None), PurchaseShare.expires_at > now())
    links = await _count(session, PurchaseShare.file_id, idents, *alive)
    probed: dict[int, dict[str, TaskState]] = {ident: {} for ident in idents}
    for name, probe in STEP_PROBES.items():
        for ident, state in (await probe(session, idents)).items():
            probed[ident][name] = state
    found = {}
    for row in rows:
        made = exports.get(row.id)
        facts = Facts(
            draft=row.draft,
            revision=row.revision,
            missing=missing_in(row.draft),
            approved=approvals.get(row.id),
            exported=made.revision if made else None,
            probed=probed[row.id],
        )
        found[row.id] = Progress(
            tasks=tuple(tasks_of(facts)),
            changes=changes_of(row.draft, made.manifest if made else ()),
            comments=comments.get(row.id, 0),
            links=links.get(row.id, 0),
        )
    return found


async def last_exports(session: AsyncSession, idents: Sequence[int]) -> Sequence[PurchaseExport]:
    asked = (
        select(PurchaseExport)
        .where(PurchaseExport.file_id.in_(idents))
        .ext(distinct_on(PurchaseExport.file_id))
        .order_by(PurchaseExport.file_id, PurchaseExport.id.desc())
    )
    return (await session.execute(asked)).scalars().all()


async def _approvals(session: AsyncSession, idents: Sequence[int]) -> dict[int, dict[Part, int]]:
    asked = (
        select(PurchaseApproval.file_id, PurchaseApproval.part, func.max(PurchaseApproval.revision))
        .where(PurchaseApproval.file_id.in_(idents), PurchaseApproval.withdrawn_at.is_(None))
        .group_by(PurchaseApproval.file_id, PurchaseApproval.part)
    )
    found: dict[int, dict[Part, int]] = {}
    for ident, part, revision in await session.execute(asked):
        found.setdefault(ident, {})[part] = revision
    return found


async def _count(session: AsyncSession, column: Any, idents: Sequence[int], *conditions: Any) -> dict[int, int]:  # noqa: ANN401 (a column, SQL conditions)
    asked = select(column, func.count()).where(column.in_(idents), *conditions).group_by(column)
    return {row[0]: row[1] for row in await session.execute(asked)}
