"""Imaginary offers ranked with and without the environmental criterion, and the weight at which the first place turns.

Pure. Without the criterion, the other weights grow in proportion to make a hundred again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from app.purchases.scoring import Criterion, marks, points, ranks

WHOLE: Final = Decimal(100)
_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Offer:
    name: str
    values: tuple[Decimal, ...]
    """One per criterion, in the order of the criteria."""


@dataclass(frozen=True, slots=True)
class RankedOffer:
    name: str
    rank: int
    rank_without: int
    """Had the environmental criterion no weight."""
    total: Decimal
    total_without: Decimal
    marks: tuple[Decimal, ...]
    points: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class AtWeight:
    """What the offers would get if the environmental criterion weighed so many percent."""

    weight: Decimal
    totals: tuple[Decimal, ...]
    leaders: tuple[int, ...]
    """Places, in the list of offers, of those that come first."""


@dataclass(frozen=True, slots=True)
class Flip:
    """From this whole percent on, others come first."""

    weight: Decimal
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many points a criterion puts between its best and its worst offer: what it really weighs here."""

    label: str
    weight: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Simulation:
    offers: tuple[RankedOffer, ...]
    environmental_weight: Decimal
    changes_ranking: bool
    changes_winner: bool
    sensitivity: tuple[AtWeight, ...]
    flips: tuple[Flip, ...]
    spreads: tuple[Spread, ...]


def environmental_weight(criteria: Sequence[Criterion]) -> Decimal:
    return sum((c.weight for c in criteria if c.environmental), _ZERO)


def weights_at(criteria: Sequence[Criterion], environmental: Decimal) -> tuple[Decimal, ...]:
    """The weights if the environmental criteria weighed so much together: each side keeps its own proportions."""
    green = environmental_weight(criteria)
    other = sum((c.weight for c in criteria), _ZERO) - green
    return tuple(
        c.weight * environmental / green if c.environmental else c.weight * (WHOLE - environmental) / other
        for c in criteria
    )


def simulate(criteria: Sequence[Criterion], offers: Sequence[Offer]) -> Simulation:
    """At least one criterion of each side is expected: the caller has refused the rest."""
    columns = [marks(c, [offer.values[place] for offer in offers]) for place, c in enumerate(criteria)]
    rows = list(zip(*columns, strict=True))
    weight = environmental_weight(criteria)
    made = [_points(criteria, row, tuple(c.weight for c in criteria)) for row in rows]
    totals = [sum(each, _ZERO) for each in made]
    without = _totals(criteria, rows, _ZERO)
    with_ranks, without_ranks = ranks(totals), ranks(without)
    sensitivity = tuple(_at(criteria, rows, Decimal(percent)) for percent in range(101))
    return Simulation(
        offers=tuple(
            RankedOffer(offer.name, with_ranks[i], without_ranks[i], totals[i], without[i], rows[i], made[i])
            for i, offer in enumerate(offers)
        ),
        environmental_weight=weight,
        changes_ranking=with_ranks != without_ranks,
        changes_winner=_first(with_ranks) != _first(without_ranks),
        sensitivity=sensitivity,
        flips=_flips(sensitivity, [offer.name for offer in offers]),
        spreads=tuple(
            Spread(c.label, c.weight, max(row[place] for row in made) - min(row[place] for row in made))
            for place, c in enumerate(criteria)
        ),
    )


def _points(criteria: Sequence[Criterion], row: Sequence[Decimal], weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(points(c, mark, weight) for c, mark, weight in zip(criteria, row, weights, strict=True))


def _totals(criteria: Sequence[Criterion], rows: Sequence[Sequence[Decimal]], weight: Decimal) -> tuple[Decimal, ...]:
    weights = weights_at(criteria, weight)
    return tuple(sum(_points(criteria, row, weights), _ZERO) for row in rows)


def _first(order: Sequence[int]) -> tuple[int, ...]:
    return tuple(place for place, rank in enumerate(order) if rank == 1)


def _at(criteria: Sequence[Criterion], rows: Sequence[Sequence[Decimal]], weight: Decimal) -> AtWeight:
    totals = _totals(criteria, rows, weight)
    return AtWeight(weight, totals, _first(ranks(totals)))


def _flips(sensitivity: Sequence[AtWeight], names: Sequence[str]) -> tuple[Flip, ...]:
    """Each whole percent at which the first place is no longer held by the same offers."""
    return tuple(
        Flip(now.weight, tuple(names[i] for i in before.leaders), tuple(names[i] for i in now.leaders))
        for before, now in pairwise(sensitivity)
        if before.leaders != now.leaders
    )
