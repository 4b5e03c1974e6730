"""Reading what documents are made of: the basket's clauses, the references they quote."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.documents.content import Lot
from app.documents.job import References
from app.documents.required import pulled_in
from app.documents.schemas import BasketItemIn
from app.documents.selection import Selection, select
from app.documents.skeleton import read_ccag, read_skeletons
from app.law.catalogue import law_at
from app.law.vocabulary import Status
from app.library import queries as library
from app.library.overlays.queries import own_clause
from app.library.published import PublishedClause

_read_skeletons = lru_cache(read_skeletons)
_read_ccag = lru_cache(read_ccag)


def references(root: Path) -> References:
    """Skeletons, CCAG and law of a folder, and the glossary of the current library."""
    law = law_at(root)
    return References(
        skeletons=_read_skeletons(root),
        ccag=_read_ccag(root),
        texts=law.texts,
        duties={duty.code: duty for duty in law.duties},
        terms=library.shelf().words.glossary,
    )


async def selection(
    sessions: async_sessionmaker[AsyncSession],
    items: Sequence[BasketItemIn],
    lots: Sequence[Lot],
    *,
    complete: bool = False,
    organisation: int | None = None,
) -> Selection:
    """The basket's clauses: from memory or, for an older version, the database; `complete` adds what they require."""
    found = await published(sessions, items, organisation)
    known = frozenset(lot.number for lot in lots)
    added = pulled_in(items, found, library.shelf().clause, known) if complete else []
    return select(items, found, lots, added)


async def published(
    sessions: async_sessionmaker[AsyncSession], items: Sequence[BasketItemIn], organisation: int | None = None
) -> Mapping[int, PublishedClause]:
    """Place in the basket → its clause, for those that exist in the version asked for and are not withdrawn.

    `organisation`: whose own wordings may be asked for.
    """
    shelf = library.shelf()
    found: dict[int, PublishedClause] = {}
    for index, item in enumerate(items):
        clause = shelf.clause(item.clause_id)
        if clause is None or clause.status is Status.WITHDRAWN:
            continue
        if item.overlay:
            async with sessions() as session:
                own = await own_clause(session, organisation, item.clause_id) if organisation else None
            if own is not None:
                found[index] = own
            continue
        if item.version in {None, clause.version}:
            # What is printed is what the file says; the level of the day is the check's business.
            found[index] = replace(clause, record=clause.as_written, written=None)
            continue
        async with sessions() as session:
            old = await library.clause_version(session, item.clause_id, item.version or 1)
        if old is not None:
            found[index] = old
    return found
