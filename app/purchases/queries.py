"""What other rooms may ask of saved files, and what their own routes read."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Actor
from app.law.vocabulary import Status
from app.library import queries as library
from app.library.published import PublishedClause
from app.purchases.drafts import draft_of, items_in
from app.purchases.indicator_queries import indicators as indicators  # noqa: PLC0414 (other rooms take it from here)
from app.purchases.models import PurchaseExport, PurchaseFile
from app.purchases.rules import FileState
from app.purchases.rules_tasks import TaskState
from app.web.problems import NotFound

Probe = Callable[[AsyncSession, Sequence[int]], Awaitable[Mapping[int, TaskState]]]
"""Files → state of the task, for those where it is known."""
STEP_PROBES: Final[dict[str, Probe]] = {}
"""Rooms above say here how far a task of the file is: `STEP_PROBES["sourcer"] = probe`, `STEP_PROBES["suivre"]`."""
GONE: Final = "Ce dossier n’existe pas, ou n’est pas de votre organisation."


async def file_of(session: AsyncSession, file_id: int, actor: Actor, *, to_write: bool = False) -> PurchaseFile:
    """The file of the actor's organisation; one of another organisation is answered as one that does not exist.

    `to_write` locks the row: two writers with the same ETag cannot both pass.
    """
    asked = select(PurchaseFile).where(PurchaseFile.id == file_id)
    if to_write:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None or actor.organisation is None or row.organisation_id != actor.organisation.id:
        raise NotFound(GONE)
    return row


@dataclass(frozen=True, slots=True)
class BasketLine:
    """A clause of a file's basket, in the version that the file holds."""

    clause_id: str
    version: int
    title: str
    kind: str
    piece: str
    level: int
    levels: Mapping[int, str]
    """Level → the clause that asks the same thing at that level, this one included: where `apply_levels` may go."""
    values: Mapping[str, Any]
    """Variable → value as written, defaults included; None: left blank or emptied."""
    lots: tuple[str, ...]
    weight: str
    reason: str
    current_version: int
    withdrawn: bool


async def basket_of(session: AsyncSession, file_id: int, actor: Actor) -> list[BasketLine]:
    """The basket of one file of the actor's organisation, in its order; `NotFound` for another's."""
    row = await file_of(session, file_id, actor)
    return await lines_of(session, row.draft)


async def lines_of(session: AsyncSession, stored: Mapping[str, Any]) -> list[BasketLine]:
    draft = draft_of(stored)
    lines = []
    for item, typed in zip(items_in(draft), draft.items, strict=True):
        current = library.shelf().clause(item.clause_id)
        if current is None:
            continue
        held = await version_held(session, current, item.version)
        record = held.record
        values = {name: item.values.get(name, variable.default) for name, variable in record.variables.items()}
        lines.append(
            BasketLine(
                clause_id=record.id,
                version=held.version,
                title=record.title,
                kind=record.kind,
                piece=typed.piece or record.pieces[0],
                level=record.level,
                levels=ladder(current),
                values=values | dict.fromkeys(name for name in item.blank if name in values),
                lots=tuple(item.lots),
                weight=typed.weight,
                reason=item.reason,
                current_version=current.version,
                withdrawn=current.status is Status.WITHDRAWN,
            )
        )
    return lines


async def version_held(session: AsyncSession, current: PublishedClause, version: int | None) -> PublishedClause:
    """The clause in that version; the current one when the version is not kept."""
    if version in {None, current.version}:
        return current
    return await library.clause_version(session, current.id, version or 1) or current


def ladder(clause: PublishedClause) -> dict[int, str]:
    """The rungs reached by « softer » and « stronger », one clause per level, the nearest first."""
    shelf = library.shelf()
    rungs = {clause.record.level: clause.id}
    seen, waiting = {clause.id}, [clause]
    while waiting:
        relations = waiting.pop(0).record.relations
        for ident in (*relations.softer, *relations.stronger):
            other = shelf.clause(ident)
            if ident in seen or other is None or other.status is not Status.ACTIVE:
                continue
            seen.add(ident)
            rungs.setdefault(other.record.level, ident)
            waiting.append(other)
    return dict(sorted(rungs.items()))


def listed(organisation_id: int, state: FileState, after: tuple[datetime, int] | None) -> Select[PurchaseFile]:
    """Files of an organisation, the last touched first."""
    asked = select(PurchaseFile).where(
        PurchaseFile.organisation_id == organisation_id,
        PurchaseFile.state == state,
    )
    if after is not None:
        asked = asked.where(tuple_(PurchaseFile.updated_at, PurchaseFile.id) < after)
    return asked.order_by(PurchaseFile.updated_at.desc(), PurchaseFile.id.desc())


def narrowed(asked: Select[PurchaseFile], family: str, words: str) -> Select[PurchaseFile]:
    """The same list for a family, and for the files whose title or object holds every word."""
    if family:
        asked = asked.where(PurchaseFile.families.contains([family]))
    for word in words.split()[:10]:
        asked = asked.where(
            PurchaseFile.title.icontains(word, autoescape=True) | PurchaseFile.object.icontains(word, autoescape=True)
        )
    return asked


async def exports_of(
    session: AsyncSession, file_id: int, limit: int = 50, before: int | None = None
) -> Sequence[PurchaseExport]:
    """The newest first."""
    asked = select(PurchaseExport).where(PurchaseExport.file_id == file_id)
    if before is not None:
        asked = asked.where(PurchaseExport.id < before)
    return (await session.execute(asked.order_by(PurchaseExport.id.desc()).limit(limit))).scalars().all()
