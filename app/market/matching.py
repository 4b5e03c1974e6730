"""Matching a need with the firms that reach it, in a stable order, one keyset page at a time (see `walks`).

Never a rank that is bought or earned: nearness first, then a stable lot (shared/domain/market.md, section 7).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.market import places
from app.market.needs import Key, Need
from app.market.rules import EVERYWHERE, Band
from app.market.walks import Drive, drive, probe, walks

COUNTED_UP_TO: Final = 1000
LOOKED_AT: Final = 20_000
LOOKED_UP: Final = 3_000
"""Rows that a count reads at most: past it, it is a lower bound; fewer when each asks for another table."""


@dataclass(frozen=True, slots=True)
class Match:
    organisation_id: int
    key: Key
    place: str
    distance_km: int
    radius_km: int


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    how: str
    """`exact` or `at_least`."""


@dataclass(frozen=True, slots=True)
class Found:
    matches: list[Match] = field(default_factory=list)
    next: Key | None = None


async def driven(session: AsyncSession, need: Need) -> Drive:
    """From what the search starts."""
    asked = probe(need)
    return drive(need) if asked is None else drive(need, tuple((await session.execute(asked)).one()))


def page(need: Need, after: Key | None, limit: int, by: Drive) -> Select[Any]:
    """`limit` rows after a key: each place gives its own range of the index, and the ranges are merged."""
    parts = []
    for walk in walks(need, by):
        asked = walk.shown().order_by(*walk.order).limit(limit)
        parts.append(asked if after is None else asked.where(walk.after(after)))
    merged = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(merged).order_by(merged.c.band, merged.c.draw, merged.c.organisation_id).limit(limit)


async def find(session: AsyncSession, need: Need, *, after: Key | None = None, limit: int = 25) -> Found:
    rows = (await session.execute(page(need, after, limit + 1, await driven(session, need)))).all()
    matches = [
        Match(row.organisation_id, (row.band, row.draw, row.organisation_id), row.place, row.distance_km, row.radius_km)
        for row in rows[:limit]
    ]
    return Found(matches, matches[-1].key if len(rows) > limit else None)


async def everyone(session: AsyncSession, need: Need, most: int) -> list[Match]:
    """All the firms of a need up to a bound, in one statement: whom a sourcing tells."""
    return (await find(session, need, limit=most)).matches


def looked_at(need: Need) -> int:
    """Statuses, levers and families are bits of the row; the rest is looked up."""
    if need.category or need.since:
        return LOOKED_UP // 2
    by_key = need.cpv or len(need.words) + len(need.demands) > 1 or (need.words and need.departments)
    return LOOKED_UP if by_key else LOOKED_AT


def tallying(need: Need, by: Drive) -> Select[Any]:
    """(traits, firms kept, rows looked at) over the first rows of the ranges: the count and the facets at once."""
    most = looked_at(need)
    parts = [walk.looked_at().limit(most).subquery() for walk in walks(need, by)]
    seen = union_all(*(select(part) for part in parts)).limit(most).subquery()
    if len(need.departments) > 1:  # a firm of two of them counts once
        traits, kept, rows = func.max(seen.c.traits), func.bool_or(seen.c.kept), func.count()
        each = select(traits.label("traits"), kept.label("kept"), rows.label("rows")).group_by(seen.c.firm).subquery()
        held = func.count().filter(each.c.kept)
        return select(each.c.traits, held, func.sum(each.c.rows)).group_by(each.c.traits)
    return select(seen.c.traits, func.count().filter(seen.c.kept), func.count()).group_by(seen.c.traits)


@dataclass(frozen=True, slots=True)
class Tally:
    count: Count
    traits: Sequence[tuple[int, int]]
    """Bits → firms that have just them."""

    def holding(self, bits: int) -> int:
        return sum(firms for held, firms in self.traits if held & bits)


async def tally(session: AsyncSession, need: Need) -> Tally:
    """Exact up to a thousand, where the rows looked at are all there are; else a lower bound."""
    rows = (await session.execute(tallying(need, await driven(session, need)))).all()
    kept, seen = sum(row[1] for row in rows), sum(row[2] for row in rows)
    exact = seen < looked_at(need) and kept <= COUNTED_UP_TO
    count = Count(min(kept, COUNTED_UP_TO), "exact" if exact else "at_least")
    return Tally(count, [(int(row[0]), int(row[1])) for row in rows])


def reasons(match: Match, need: Need, met: Sequence[str]) -> list[str]:
    """Why this firm is in the list, in plain words."""
    said = []
    if need.departments:
        department = match.place if match.place != EVERYWHERE else need.departments[0]
        said.append(places.because(Band(match.key[0]), department, match.distance_km, match.radius_km))
    return [*said, *(f"déclare répondre à {clause}" for clause in met)]
