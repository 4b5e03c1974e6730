"""How deep a market is: firms that declare they can meet a clause, a threshold, a whole basket. Pure.

Every figure counts distinct SIREN; below three it is not said (`shown`), so that no firm is recognised.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

FEWEST: Final = 3
MOST_CLAUSES: Final = 30
"""Of a basket: two bits each in a bigint."""
_PERCENTAGES: Final = (10, 20, 30, 50, 75, 100)

Histogram = Mapping[int, int]
"""Which demands a firm meets, as bits, → how many firms. Clause i: bit 2i as written, bit 2i+1 one step softer."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The number of a clause: its bounds, its default, and which way is harder."""

    variable: str
    label: str
    unit: str
    low: Decimal
    high: Decimal
    default: Decimal
    at_most: bool
    """A delay: the lower, the harder."""

    def steps(self) -> list[Decimal]:
        """The thresholds worth showing, from the softest to the hardest."""
        if self.unit == "%":
            inside = {Decimal(n) for n in _PERCENTAGES if self.low <= n <= self.high}
        else:
            inside = {self.low, (self.low + self.high) / 2, self.high}
            inside = {value.to_integral_value() if self._whole else value for value in inside}
        return sorted(inside | {self.default}, reverse=self.at_most)

    @property
    def _whole(self) -> bool:
        return self.low == self.low.to_integral_value() and self.high - self.low >= 2  # noqa: PLR2004

    def softer(self, threshold: Decimal) -> Decimal:
        """The next softer step; the softest one stays."""
        easier = [step for step in self.steps() if (step > threshold if self.at_most else step < threshold)]
        return easier[-1] if easier else threshold

    def meets(self, value: Decimal | None, threshold: Decimal) -> bool:
        """Without a value, « met » speaks of the clause as it is proposed: its default."""
        given = self.default if value is None else value
        return given <= threshold if self.at_most else given >= threshold


@dataclass(frozen=True, slots=True)
class Point:
    threshold: Decimal
    firms: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One clause of a basket: firms that meet it alone, and those that meet all when it is dropped or softened."""

    alone: int
    without: int
    softened: int


@dataclass(frozen=True, slots=True)
class Joint:
    firms: int
    parts: tuple[Part, ...]
    blocking: int | None
    """Which clause, softened by one step (else dropped), brings most firms back; None: none does."""


def shown(firms: int) -> int | None:
    """The figure, or nothing (« moins de 3 »)."""
    return firms if firms >= FEWEST else None


def survival(values: Iterable[tuple[Decimal | None, int]], scale: Scale) -> list[Point]:
    """Firms at or past each threshold, from the best value of each firm."""
    held = list(values)
    return [
        Point(step, shown(sum(firms for value, firms in held if scale.meets(value, step)))) for step in scale.steps()
    ]


def as_written(index: int) -> int:
    return 1 << (2 * index)


def softened(index: int) -> int:
    return 2 << (2 * index)


def _holding(histogram: Histogram, mask: int) -> int:
    return sum(firms for held, firms in histogram.items() if held & mask == mask)


def joint(histogram: Histogram, clauses: int) -> Joint:
    """The feasibility of the whole basket, leaving each clause out in turn."""
    whole = sum(as_written(i) for i in range(clauses))
    firms = _holding(histogram, whole)
    parts = tuple(
        Part(
            alone=_holding(histogram, as_written(i)),
            without=_holding(histogram, whole & ~as_written(i)),
            softened=_holding(histogram, (whole & ~as_written(i)) | softened(i)),
        )
        for i in range(clauses)
    )
    return Joint(firms, parts, _blocking(firms, parts))


def _blocking(firms: int, parts: Sequence[Part]) -> int | None:
    gains = [(part.softened - firms, part.without - firms, -i) for i, part in enumerate(parts)]
    best = max(gains, default=(0, 0, 0))
    return -best[2] if best[0] > 0 or best[1] > 0 else None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One step back, and how many firms it would bring."""

    what: str
    """`threshold`, `level`, `region`, `country` or `drop`."""
    clause: str
    firms: int


def smallest(relaxations: Sequence[Relaxation]) -> Relaxation | None:
    """The first one, in the order given (the mildest first), that shows a figure; else none does."""
    return next((one for one in relaxations if one.firms >= FEWEST), None)
