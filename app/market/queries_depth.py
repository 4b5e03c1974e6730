"""The figures of market depth, counted by the database over distinct SIREN, judged by `depth.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, String, and_, case, cast, func, literal, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.market.depth import Histogram, Scale, as_written, softened
from app.market.models import Capability, Firm, Reach
from app.market.models_postings import Able
from app.market.needs import MET, Demand
from app.market.rules import ANY, EVERYWHERE

TREND_DAYS: Final = (360, 270, 180, 90, 0)
MOST_FIRMS: Final = 1000
_LOTS: Final = 1 << 62
"""How many lots there are (`rules.draw_of`)."""
_PROBED: Final = 3000
_MOST_ROWS: Final = 20_000


def _keys(departments: Sequence[str]) -> list[str]:
    return [*departments, EVERYWHERE] if departments else [ANY]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where and when firms are counted; in the whole country a clause of many firms is counted on a sample.

    The lot of a firm is drawn from its SIRET: the firms whose lot is below a bound are a fair sample of all.
    """

    departments: Sequence[str]
    day: date
    below: int | None = None

    def scaled(self, firms: int) -> int:
        return firms if self.below is None else round(firms * _LOTS / self.below)

    def rows(self) -> ColumnElement[bool]:
        """Over `Able`."""
        sample = true() if self.below is None else Able.draw < self.below
        return and_(Able.place.in_(_keys(self.departments)), Able.valid_until >= self.day, sample)

    def of(self, demand: Demand) -> ColumnElement[bool]:
        """Over `Able`: who meets the demand there."""
        return and_(Able.clause_id == demand.clause_id, *demand.kept(Able, self.day), self.rows())


def probing(clauses: Sequence[str]) -> Select[Any]:
    """For each clause, the lot of its three-thousandth firm in the whole country; null: it has fewer."""
    each: Sequence[ColumnElement[Any]] = [
        select(Able.draw)
        .where(Able.clause_id == clause, Able.place == ANY)
        .order_by(Able.band, Able.draw, Able.organisation_id)
        .offset(_PROBED)
        .limit(1)
        .scalar_subquery()
        for clause in clauses
    ]
    return select(*each)


def sample(lots: Sequence[int | None]) -> int | None:
    """The bound that leaves some twenty thousand rows of these clauses; None: they have no more."""
    rows = sum(_PROBED * _LOTS / lot if lot else _PROBED for lot in lots)
    return round(_LOTS * _MOST_ROWS / rows) if rows > _MOST_ROWS else None


async def scope_of(session: AsyncSession, clauses: Sequence[str], departments: Sequence[str], day: date) -> Scope:
    if departments:
        return Scope(departments, day)
    lots = (await session.execute(probing(clauses))).one()
    return Scope(departments, day, sample(tuple(lots)))


def meeting(demand: Demand, scope: Scope) -> Select[int]:
    return select(func.count(Able.siren.distinct())).where(scope.of(demand))


async def firms_meeting(session: AsyncSession, demand: Demand, departments: Sequence[str], today: date) -> int:
    scope = await scope_of(session, [demand.clause_id], departments, today)
    return scope.scaled(int(await session.scalar(meeting(demand, scope)) or 0))


def best_values(demand: Demand, scope: Scope, scale: Scale) -> Select[Any]:
    given = func.coalesce(Able.value, scale.default)
    best = (func.min if scale.at_most else func.max)(given).label("best")
    each = select(best).where(scope.of(demand)).group_by(Able.siren).subquery()
    return select(each.c.best, func.count()).group_by(each.c.best)


async def values(
    session: AsyncSession, demand: Demand, departments: Sequence[str], today: date, scale: Scale
) -> list[tuple[Decimal | None, int]]:
    """The best value of each firm, and how many firms have it; `demand` names no threshold."""
    scope = await scope_of(session, [demand.clause_id], departments, today)
    rows = await session.execute(best_values(demand, scope, scale))
    return [(value, scope.scaled(firms)) for value, firms in rows]


def over_time(demand: Demand, departments: Sequence[str], today: date) -> Select[Any]:
    c = Capability
    anywhere: ColumnElement[bool] = func.cardinality(c.places) > 0
    there = c.places.overlap(_keys(departments)) if departments else anywhere

    def alive(day: date) -> ColumnElement[bool]:
        end = day + timedelta(days=1)
        return and_(c.created_at < end, c.valid_until >= day, (c.withdrawn_at.is_(None)) | (c.withdrawn_at >= end))

    days = [today - timedelta(days=n) for n in TREND_DAYS]
    counts: Sequence[ColumnElement[Any]] = [func.count(c.siren.distinct()).filter(alive(day)) for day in days]
    asked: Select[Any] = select(*counts)
    return asked.where(c.clause_id == demand.clause_id, c.answer.in_(MET), c.level >= demand.level, there)


async def trend(
    session: AsyncSession, demand: Demand, departments: Sequence[str], today: date
) -> list[tuple[date, int]]:
    """How many firms declared it on five days of the year past: what was withdrawn since still counts before."""
    counts = (await session.execute(over_time(demand, departments, today))).one()
    return [(today - timedelta(days=n), int(firms)) for n, firms in zip(TREND_DAYS, counts, strict=True)]


def masks(demands: Sequence[tuple[Demand, Demand]], scope: Scope) -> Select[Any]:
    """(what firms meet, as bits; how many firms): one row for each different answer of the market."""
    none = literal(0, BigInteger)
    bits: list[ColumnElement[Any]] = []
    for index, (wanted, softer) in enumerate(demands):
        for demand, bit in ((wanted, as_written(index)), (softer, softened(index))):
            met = and_(Able.clause_id == demand.clause_id, *demand.kept(Able, scope.day))
            bits.append(case((met, literal(bit, BigInteger)), else_=none))
    row = reduce(lambda left, right: left.op("|")(right), bits)
    each = (
        select(func.bit_or(row).label("mask"))
        .where(Able.clause_id.in_([wanted.clause_id for wanted, _ in demands]), scope.rows())
        .group_by(Able.siren)
        .subquery()
    )
    return select(each.c.mask, func.count()).where(each.c.mask != none).group_by(each.c.mask)


async def histogram(
    session: AsyncSession, demands: Sequence[tuple[Demand, Demand]], departments: Sequence[str], today: date
) -> Histogram:
    """For each firm, which clauses it meets as written and one step softer; firms that meet none are left out."""
    scope = await scope_of(session, [wanted.clause_id for wanted, _ in demands], departments, today)
    rows = await session.execute(masks(demands, scope))
    return {int(mask): scope.scaled(int(firms)) for mask, firms in rows}


async def firms_covering(session: AsyncSession, family: str, departments: Sequence[str]) -> int:
    """Firms of the family that work there, up to a thousand."""
    looked_at = (
        select(Firm.siren)
        .join(Reach, Reach.organisation_id == Firm.organisation_id)
        .where(Reach.family == (family or ANY), Reach.place.in_(_keys(departments)))
        .limit(MOST_FIRMS * 2)
        .subquery()
    )
    found = await session.scalar(select(func.count(cast(looked_at.c.siren, String).distinct())).where(true()))
    return min(int(found or 0), MOST_FIRMS)
