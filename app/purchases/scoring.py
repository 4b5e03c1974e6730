"""The three scoring formulas of an award criterion (droit.md, section 2.3), their rounding and their ties. Pure.

A mark is between zero and the scale, rounded to the hundredth, a half upwards. Points are the mark brought to the
weight, rounded likewise. Equal totals share a rank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

Formula = Literal["proportional_more", "proportional_less", "steps", "given"]
"""« given »: no formula, the buyer gives the mark itself."""
CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of a published scale: from this value on, this mark."""

    at_least: Decimal
    mark: Decimal


@dataclass(frozen=True, slots=True)
class Criterion:
    label: str
    weight: Decimal
    """Percent of the total mark."""
    formula: Formula
    environmental: bool = False
    scale: Decimal = Decimal(10)
    steps: tuple[Step, ...] = ()
    """Rising values; used by « steps » only."""


def rounded(value: Decimal) -> Decimal:
    """To the hundredth, a half upwards: as a reader does it by hand."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def marks(criterion: Criterion, values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The mark of each offer, from what it proposes."""
    return tuple(rounded(_mark(criterion, value, values)) for value in values)


def _mark(criterion: Criterion, value: Decimal, values: Sequence[Decimal]) -> Decimal:
    if criterion.formula == "given":
        return value
    if criterion.formula == "steps":
        return max((step for step in criterion.steps if step.at_least <= value), key=_height, default=_NOTHING).mark
    if criterion.formula == "proportional_more":
        best = max(values)
        return criterion.scale * value / best if best else _ZERO
    best = min(values)
    # The best offer has full marks, even when it proposes zero; nothing divides by zero.
    return criterion.scale * best / value if value else criterion.scale


_NOTHING: Final = Step(_ZERO, _ZERO)


def _height(step: Step) -> Decimal:
    return step.at_least


def points(criterion: Criterion, mark: Decimal, weight: Decimal) -> Decimal:
    """The mark brought to a weight, out of so many points."""
    return rounded(mark * weight / criterion.scale)


def ranks(totals: Sequence[Decimal]) -> tuple[int, ...]:
    """1 for the best; equal totals share their rank, and the next rank is skipped."""
    return tuple(1 + sum(other > total for other in totals) for total in totals)
