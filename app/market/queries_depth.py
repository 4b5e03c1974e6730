"""The figures of market depth, counted by the database over distinct SIREN, judged by `depth.py`."""

from collections.abc import Sequence
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


def _keys(departments: Sequence[str]) -> list[str]:
    return [*departments, EVERYWHERE] if departments else [ANY]


def _of(demand: Demand, departments: Sequence[str], today: date) -> ColumnElement[bool]:
    """Over `Able`: who meets the demand there."""
    return and_(
        Able.clause_id == demand.clause_id, Able.place.in_(_keys(departments)), *demand.kept(Able, today)
    )  # fmt: skip


def meeting(demand: Demand, departments: Sequence[str], today: date) -> Select[int]:
    return select(func.count(Able.siren.distinct())).where(_of(demand, departments, today))


async def firms_meeting(session: AsyncSession, demand: Demand, departments: Sequence[str], today: date) -> int:
    return int(await session.scalar(meeting(demand, departments, today)) or 0)


def best_values(demand: Demand, departments: Sequence[str], today: date, scale: Scale) -> Select[Any]:
    given = func.coalesce(Able.value, scale.default)
    best = (func.min if scale.at_most else func.max)(given).label("best")
    each = select(best).where(_of(demand, departments, today)).group_by(Able.siren).subquery()
    return select(each.c.best, func.count()).group_by(each.c.best)


async def values(
    session: AsyncSession, demand: Demand, departments: Sequence[str], today: date, scale: Scale
) -> list[tuple[Decimal | None, int]]:
    """The best value of each firm, and how many firms have it; `demand` names no threshold."""
    rows = await session.execute(best_values(demand, departments, today, scale))
    return [(value, firms) for value, firms in rows]


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


def masks(demands: Sequence[tuple[Demand, Demand]], departments: Sequence[str], today: date) -> Select[Any]:
    """(what firms meet, as bits; how many firms): one row for each different answer of the market."""
    none = literal(0, BigInteger)
    bits: list[ColumnElement[Any]] = []
    for index, (wanted, softer) in enumerate(demands):
        for demand, bit in ((wanted, as_written(index)), (softer, softened(index))):
            met = and_(Able.clause_id == demand.clause_id, *demand.kept(Able, today))
            bits.append(case((met, literal(bit, BigInteger)), else_=none))
    row = reduce(lambda left, right: left.op("|")(right), bits)
    each = (
        select(func.bit_or(row).label("mask"))
        .where(
            Able.clause_id.in_([wanted.clause_id for wanted, _ in demands]),
            Able.place.in_(_keys(departments)),
            Able.valid_until >= today,
        )
        .group_by(Able.siren)
        .subquery()
    )
    return select(each.c.mask, func.count()).where(each.c.mask != none).group_by(each.c.mask)


async def histogram(
    session: AsyncSession, demands: Sequence[tuple[Demand, Demand]], departments: Sequence[str], today: date
) -> Histogram:
    """For each firm, which clauses it meets as written and one step softer; firms that meet none are left out."""
    rows = await session.execute(masks(demands, departments, today))
    return {int(mask): int(firms) for mask, firms in rows}


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
