"""Reading an organisation's own wordings."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.library import queries as library
from app.library.overlays.models import ClauseOverlay
from app.library.overlays.rules import adapted
from app.library.published import PublishedClause


async def overlay(session: AsyncSession, organisation: int, ident: str, *, lock: bool = False) -> ClauseOverlay | None:
    return await session.get(ClauseOverlay, (organisation, ident), with_for_update=lock or None)


async def overlays(session: AsyncSession, organisation: int, after: str, limit: int) -> Sequence[ClauseOverlay]:
    asked = select(ClauseOverlay).where(ClauseOverlay.organisation_id == organisation, ClauseOverlay.clause_id > after)
    return (await session.scalars(asked.order_by(ClauseOverlay.clause_id).limit(limit))).all()


async def parent_of(session: AsyncSession, row: ClauseOverlay) -> PublishedClause:
    found = await library.clause_version(session, row.clause_id, row.parent_version)
    assert found is not None  # noqa: S101 (a foreign key to a row that never goes)
    return found


async def own_clause(session: AsyncSession, organisation: int, ident: str) -> PublishedClause | None:
    """The clause as the organisation writes it, on the parent that it names."""
    row = await overlay(session, organisation, ident)
    if row is None:
        return None
    parent = await parent_of(session, row)
    return replace(parent, record=adapted(parent.as_written, row.wordings, row.defaults), overlay=row.version)
