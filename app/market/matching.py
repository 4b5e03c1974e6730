"""Matching a need with the firms that reach it, in a stable order, one keyset page at a time.

The inverted table `reach` holds (family, place) → firms in the order shown, so a page is one range of its index; what
filters beyond it (words, CPV, capabilities) is tested row by row until the page is full. Never a rank that is bought or
earned: nearness first, then a stable lot (shared/domain/market.md, section 7).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, exists, func, select, true, tuple_, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.market import places
from app.market.models import Capability, Firm, Reach
from app.market.rules import ANY, EVERYWHERE, Answer, Band, branches_for

MET: Final = (Answer.MET, Answer.MET_WITH_DELAY)
COUNTED_UP_TO: Final = 1000
FEW: Final = 1500
_LOOKED_AT: Final = 20_000
"""Rows that a count reads at most: past it, it is an estimate."""
Key = tuple[int, int, int]
"""Band, lot, firm: where a page stops."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A clause at a level, and past a threshold where it has a number."""

    clause_id: str
    level: int = 1
    threshold: Decimal | None = None
    default: Decimal | None = None
    at_most: bool = False

    def met(self, today: date) -> ColumnElement[bool]:
        """Over `Capability`: declared, at this level, still valid."""
        c = Capability
        value = func.coalesce(c.value, self.default)
        far_enough = (
            true() if self.threshold is None else value <= self.threshold if self.at_most else value >= self.threshold
        )
        return and_(
            c.clause_id == self.clause_id,
            c.answer.in_(MET),
            c.withdrawn_at.is_(None),
            c.valid_until >= today,
            c.level >= self.level,
            far_enough,
        )


@dataclass(frozen=True, slots=True)
class Need:
    """What is looked for; empty fields ask nothing."""

    today: date
    family: str = ""
    departments: tuple[str, ...] = ()
    traits: int = 0
    """All of these statuses."""
    any_traits: int = 0
    """One at least of these levers."""
    cpv: str = ""
    words: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()
    category: str = ""
    since: datetime | None = None
    """Only firms new or changed after it."""


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
    """`exact`, `at_least` or `about`."""


@dataclass(frozen=True, slots=True)
class Found:
    matches: list[Match] = field(default_factory=list)
    next: Key | None = None


def keys(need: Need) -> list[str]:
    return [*need.departments, EVERYWHERE] if need.departments else [ANY]


def conditions(need: Need, row: type[Reach]) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if need.traits:
        tests.append(row.traits.op("&")(need.traits) == need.traits)
    if need.any_traits:
        tests.append(row.traits.op("&")(need.any_traits) != 0)
    if need.words or need.cpv or need.category or need.since:
        tests.append(exists(select(1).where(Firm.organisation_id == row.organisation_id, *_of_firm(need))))
    for demand in need.demands:
        territory = Capability.places.overlap(keys(need)) if need.departments else true()
        told = select(1).where(Capability.organisation_id == row.organisation_id, demand.met(need.today), territory)
        tests.append(exists(told))
    return tests


def _of_firm(need: Need) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if need.words:
        tests.append(Firm.words.contains(list(need.words)))
    if need.cpv:
        tests.append(Firm.branches.overlap(branches_for(need.cpv)))
    if need.category:
        tests.append(Firm.category == need.category)
    if need.since:
        tests.append(Firm.updated_at > need.since)
    return tests


def _not_nearer_elsewhere(need: Need, row: type[Reach]) -> list[ColumnElement[bool]]:
    """With several departments a firm is listed once, by the nearest of them."""
    if len(need.departments) < 2:  # noqa: PLR2004
        return []
    other = aliased(Reach)
    nearer = select(1).where(
        other.organisation_id == row.organisation_id,
        other.family == row.family,
        other.place.in_(need.departments),
        tuple_(other.band, other.place) < tuple_(row.band, row.place),
    )
    return [~exists(nearer)]


def probe(need: Need) -> Select[int] | None:
    """The firms that hold the words looked for in the whole country: when they are few, the page starts from them.

    Measured at a million firms, p95 on a loaded machine: a rare word 353 ms by the walk, 65 to 76 so; a common
    word then pays for the probe. With a department or a clause, runs under different loads did not
    tell which is quicker, and those filters stay above the 50 ms wanted.
    """
    if not need.words or need.departments or need.demands:
        return None
    return select(Firm.organisation_id).where(Firm.words.contains(list(need.words))).limit(FEW + 1)


def page(need: Need, after: Key | None, limit: int, among: Sequence[int] | None = None) -> Select[Any]:
    """`limit` rows after a key: each place gives its own range of the index, and the ranges are merged."""
    parts = []
    for place in keys(need):
        row = Reach
        asked = (
            select(row.band, row.draw, row.organisation_id, row.place, row.distance_km, row.radius_km)
            .where(row.family == (need.family or ANY), row.place == place, *conditions(need, row))
            .where(*_not_nearer_elsewhere(need, row))
            .order_by(row.band, row.draw, row.organisation_id)
            .limit(limit)
        )
        if among is not None:
            asked = asked.where(row.organisation_id == func.any(cast(list(among), ARRAY(Integer))))
        if after is not None:
            asked = asked.where(tuple_(row.band, row.draw, row.organisation_id) > tuple_(*after))
        parts.append(asked)
    merged = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(merged).order_by(merged.c.band, merged.c.draw, merged.c.organisation_id).limit(limit)


async def find(session: AsyncSession, need: Need, *, after: Key | None = None, limit: int = 25) -> Found:
    few = probe(need)
    holders = list(await session.scalars(few)) if few is not None else None
    among = holders if holders is not None and len(holders) <= FEW else None
    rows = (await session.execute(page(need, after, limit + 1, among))).all()
    matches = [
        Match(row.organisation_id, (row.band, row.draw, row.organisation_id), row.place, row.distance_km, row.radius_km)
        for row in rows[:limit]
    ]
    return Found(matches, matches[-1].key if len(rows) > limit else None)


async def everyone(session: AsyncSession, need: Need, most: int) -> list[Match]:
    """All the firms of a need up to a bound, in one statement: whom a sourcing tells."""
    return (await find(session, need, limit=most)).matches


def counting(need: Need) -> Select[int, int]:
    """(firms kept, rows looked at), from the first rows of the index."""
    row = Reach
    looked_at = (
        select(and_(true(), *conditions(need, row)).label("kept"))
        .where(row.family == (need.family or ANY), row.place.in_(keys(need)), *_not_nearer_elsewhere(need, row))
        .limit(_LOOKED_AT)
        .subquery()
    )
    return select(func.count().filter(looked_at.c.kept), func.count()).select_from(looked_at)


async def count(session: AsyncSession, need: Need) -> Count:
    """Exact up to a thousand, where the rows looked at are all there are; else a lower bound."""
    kept, seen = (await session.execute(counting(need))).one()
    if kept > COUNTED_UP_TO:
        return Count(COUNTED_UP_TO, "at_least")
    return Count(kept, "exact" if seen < _LOOKED_AT else "at_least")


def reasons(match: Match, need: Need, met: Sequence[str]) -> list[str]:
    """Why this firm is in the list, in plain words."""
    said = []
    if need.departments:
        department = match.place if match.place != EVERYWHERE else need.departments[0]
        said.append(places.because(Band(match.key[0]), department, match.distance_km, match.radius_km))
    return [*said, *(f"déclare répondre à {clause}" for clause in met)]
