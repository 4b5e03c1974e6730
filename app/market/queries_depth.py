"""The figures of market depth, counted by the database over distinct SIREN, judged by `depth.py`."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, String, and_, case, cast, func, literal, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.market.depth import Histogram, Scale, as_written, softened
from app.market.matching import MET, Demand
from app.market.models import Capability, Firm, Reach
from app.market.rules import ANY, EVERYWHERE

TREND_DAYS: Final = (360, 270, 180, 90, 0)
MOST_FIRMS: Final = 1000


def in_places(departments: Sequence[str]) -> ColumnElement[bool]:
    """Declared where it is wanted; « places » is empty for a firm that shows nothing any more."""
    anywhere: ColumnElement[bool] = func.cardinality(Capability.places) > 0
    return Capability.places.overlap([*departments, EVERYWHERE]) if departments else anywhere


async def firms_meeting(session: AsyncSession, demand: Demand, departments: Sequence[str], today: date) -> int:
    asked = select(func.count(Capability.siren.distinct())).where(demand.met(today), in_places(departments))
    return int(await session.scalar(asked) or 0)


async def values(
    session: AsyncSession, demand: Demand, departments: Sequence[str], today: date, scale: Scale
) -> list[tuple[Decimal | None, int]]:
    """The best value of each firm, and how many firms have it; `demand` names no threshold."""
    c = Capability
    given = func.coalesce(c.value, scale.default)
    best = (func.min if scale.at_most else func.max)(given).label("best")
    each = select(best).where(demand.met(today), in_places(departments)).group_by(c.siren).subquery()
    rows = await session.execute(select(each.c.best, func.count()).group_by(each.c.best))
    return [(value, firms) for value, firms in rows]


async def trend(
    session: AsyncSession, demand: Demand, departments: Sequence[str], today: date
) -> list[tuple[date, int]]:
    """How many firms declared it on five days of the year past: what was withdrawn since still counts before."""
    c = Capability
    days = [today - timedelta(days=n) for n in TREND_DAYS]

    def alive(day: date) -> ColumnElement[bool]:
        end = day + timedelta(days=1)
        return and_(c.created_at < end, c.valid_until >= day, (c.withdrawn_at.is_(None)) | (c.withdrawn_at >= end))

    asked = select(*(func.count(c.siren.distinct()).filter(alive(day)) for day in days)).where(
        c.clause_id == demand.clause_id, c.answer.in_(MET), c.level >= demand.level, in_places(departments)
    )
    counts = (await session.execute(asked)).one()
    return list(zip(days, map(int, counts), strict=True))


def masks(demands: Sequence[tuple[Demand, Demand]], departments: Sequence[str], today: date) -> Select[Any]:
    """(what firms meet, as bits; how many firms): one row for each different answer of the market."""
    c = Capability
    none = literal(0, BigInteger)
    bits: list[ColumnElement[Any]] = []
    for index, (wanted, softer) in enumerate(demands):
        bits += [
            case((wanted.met(today), literal(as_written(index), BigInteger)), else_=none),
            case((softer.met(today), literal(softened(index), BigInteger)), else_=none),
        ]
    row = bits[0]
    for bit in bits[1:]:
        row = row.op("|")(bit)
    each = (
        select(func.bit_or(row).label("mask"))
        .where(
            c.clause_id.in_([wanted.clause_id for wanted, _ in demands]),
            c.answer.in_(MET),
            c.withdrawn_at.is_(None),
            in_places(departments),
        )
        .group_by(c.siren)
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
    keys = [*departments, EVERYWHERE] if departments else [ANY]
    looked_at = (
        select(Firm.siren)
        .join(Reach, Reach.organisation_id == Firm.organisation_id)
        .where(Reach.family == (family or ANY), Reach.place.in_(keys))
        .limit(MOST_FIRMS * 2)
        .subquery()
    )
    found = await session.scalar(select(func.count(cast(looked_at.c.siren, String).distinct())).where(true()))
    return min(int(found or 0), MOST_FIRMS)
