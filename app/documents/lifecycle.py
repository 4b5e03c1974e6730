"""The life-cycle cost of an offer: what it costs to buy, use, maintain, end, and what it costs to others. Pure.

The period and the discount rate are the buyer's: nothing here proposes one. Yearly costs fall at the end of each year.
An offer that lasts less than the period is bought again; nothing is credited for the life that remains at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

Post = Literal["acquisition", "use", "maintenance", "end_of_life", "externalities"]
POSTS: Final[tuple[Post, ...]] = ("acquisition", "use", "maintenance", "end_of_life", "externalities")
_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Costs:
    """Euros excluding VAT, for the whole quantity of one offer."""

    name: str
    acquisition: Decimal
    use: Decimal = _ZERO
    """Per year: energy, water, consumables."""
    maintenance: Decimal = _ZERO
    """Per year: upkeep, parts, repairs."""
    end_of_life: Decimal = _ZERO
    """Once, when a set leaves: collection, recycling; negative when it is sold."""
    externalities: Decimal = _ZERO
    """Per year, put in money by the published method."""
    lifetime_years: int | None = None
    """How long a set lasts; None: the whole period."""


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    spent: Decimal
    """As paid that year."""
    present: Decimal
    """Brought back to today."""


@dataclass(frozen=True, slots=True)
class LifeCycleCost:
    name: str
    total: Decimal
    posts: dict[Post, Decimal]
    per_year: Decimal
    purchases: int
    """How many times a set is bought over the period."""
    years: tuple[Year, ...]
    rank: int = 0


def present_value(amount: Decimal, year: int, rate: Decimal) -> Decimal:
    """What an amount paid at the end of a year is worth today; `rate` in percent."""
    return amount / (1 + rate / 100) ** year


def _flows(costs: Costs, period: int) -> list[tuple[int, Post, Decimal]]:
    life = costs.lifetime_years or period
    starts = range(0, period, life)
    yearly: tuple[tuple[Post, Decimal], ...] = (
        ("use", costs.use),
        ("maintenance", costs.maintenance),
        ("externalities", costs.externalities),
    )
    return [
        *((start, "acquisition", costs.acquisition) for start in starts),
        *((min(start + life, period), "end_of_life", costs.end_of_life) for start in starts),
        *((year, post, amount) for post, amount in yearly for year in range(1, period + 1)),
    ]


def cost(costs: Costs, period: int, rate: Decimal) -> LifeCycleCost:
    flows = _flows(costs, period)
    posts = {post: sum((present_value(a, y, rate) for y, p, a in flows if p == post), _ZERO) for post in POSTS}
    cents = {post: _cents(amount) for post, amount in posts.items()}
    total = sum(cents.values(), _ZERO)
    return LifeCycleCost(
        name=costs.name,
        total=total,
        posts=cents,
        per_year=_cents(total / period),
        purchases=len(range(0, period, costs.lifetime_years or period)),
        years=tuple(_year(flows, year, rate) for year in range(period + 1)),
    )


def _year(flows: Sequence[tuple[int, Post, Decimal]], year: int, rate: Decimal) -> Year:
    spent = sum((amount for when, _, amount in flows if when == year), _ZERO)
    return Year(year, _cents(spent), _cents(present_value(spent, year, rate)))


def compare(offers: Sequence[Costs], period: int, rate: Decimal) -> tuple[LifeCycleCost, ...]:
    """Each offer with its rank: 1 for the cheapest over the period, equal costs share a rank."""
    made = [cost(offer, period, rate) for offer in offers]
    return tuple(
        LifeCycleCost(
            one.name,
            one.total,
            one.posts,
            one.per_year,
            one.purchases,
            one.years,
            rank=1 + sum(other.total < one.total for other in made),
        )
        for one in made
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
