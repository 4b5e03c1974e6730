"""AGEC, article 58, by category and year: what was spent, the two rates, the objective where it is known. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from app.law.facts import AgecCategory
from app.purchases.agec import Line, rates
from app.purchases.indicators import AgecAmount

Kind = Literal["reuse", "recycled"]
TIERS: Final = (2024, 2027, 2030)
Read = Mapping[tuple[int, int, str], Decimal]
"""(category, tier, kind) → the rate that the administrator read."""


@dataclass(frozen=True, slots=True)
class Objective:
    value: Decimal | None
    """None: not found, or not applicable."""
    not_applicable: bool
    origin: Literal["law", "administrator"] | None


@dataclass(frozen=True, slots=True)
class YearOfCategory:
    category: AgecCategory
    year: int
    line: Line
    reuse: Decimal | None
    recycled: Decimal | None
    reuse_objective: Objective
    recycled_objective: Objective


def tier_of(year: int) -> int:
    return max((tier for tier in TIERS if tier <= year), default=TIERS[0])


def objective(category: AgecCategory, tier: int, kind: Kind, read: Read) -> Objective:
    rate = (category.reuse if kind == "reuse" else category.recycled)[tier]
    if rate.not_applicable:
        return Objective(None, not_applicable=True, origin=None)
    if rate.value is not None:
        return Objective(rate.value, not_applicable=False, origin="law")
    found = read.get((category.number, tier, kind))
    return Objective(found, not_applicable=False, origin=None if found is None else "administrator")


def year_of(
    category: AgecCategory,
    year: int,
    counted: AgecAmount | None,
    declared: Mapping[str, Decimal],
    read: Read,
) -> YearOfCategory:
    """A declared amount comes before the one that the files add up to."""

    def amount(name: str, field: str) -> Decimal | None:
        return declared.get(name, getattr(counted, field) if counted else None)

    line = Line(
        category.label,
        total=amount("total", "total"),
        reused=amount("reused", "reused"),
        donated=amount("donated", "donated"),
        recycled=amount("recycled", "recycled"),
    )
    found, tier = rates(line), tier_of(year)
    return YearOfCategory(
        category,
        year,
        line,
        found.reuse,
        found.recycled,
        objective(category, tier, "reuse", read),
        objective(category, tier, "recycled", read),
    )
