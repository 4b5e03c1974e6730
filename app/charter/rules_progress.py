"""Progress by commitment and quarter. What nobody declared and nothing measures is None, never zero. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from app.charter.rules import quarters
from app.law.facts import Charter, Commitment, Indicator

Origin = Literal["files", "declared", "training"]
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Judged:
    """One file and one of its modalities, in the quarter of its launch."""

    quarter: str
    modality: str
    met: bool
    """False for a justified exception: it is kept, and counted apart."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A figure with what an organisation says of it."""

    id: int
    version: int
    value: Decimal
    note: str
    proof: str


@dataclass(frozen=True, slots=True)
class Cell:
    period: str
    value: Decimal | None
    origin: Origin | None
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Series:
    indicator: Indicator
    cells: tuple[Cell, ...]
    """Four quarters."""
    year: Cell
    """The whole year: its own figure, or that of the files."""

    @property
    def last(self) -> Decimal | None:
        """The year, else the last quarter that says something."""
        known = [cell.value for cell in self.cells if cell.value is not None]
        return self.year.value if self.year.value is not None else (known[-1] if known else None)

    @property
    def reached(self) -> bool | None:
        if self.indicator.target is None or self.last is None:
            return None
        return self.last >= self.indicator.target

    @property
    def trend(self) -> Literal["up", "down", "flat"] | None:
        known = [cell.value for cell in self.cells if cell.value is not None]
        if len(known) < 2:  # noqa: PLR2004
            return None
        return "up" if known[-1] > known[-2] else "down" if known[-1] < known[-2] else "flat"


@dataclass(frozen=True, slots=True)
class Progress:
    commitment: Commitment
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What the files say, by period (a quarter, or the year)."""

    judged: Sequence[Judged]
    weight: Mapping[str, Decimal | None]
    checked: Mapping[str, Decimal | None]
    trained: Mapping[str, tuple[Decimal, Decimal]]
    """Percent of the buyers who passed their path by then, and the hours of the modules passed in the period."""


def share(met: int, of: int) -> Decimal | None:
    return (Decimal(met) / of * 100).quantize(_TENTH, rounding=ROUND_HALF_UP) if of else None


def modality_share(judged: Iterable[Judged], modality: str, period: str) -> Decimal | None:
    """Percent of the files of a period where a modality is met; None without any such file."""
    found = [one.met for one in judged if one.modality == modality and one.quarter.startswith(period)]
    return share(sum(found), len(found))


def progress(
    charter: Charter, year: int, measured: Measured, declared: Mapping[tuple[str, str], Declared]
) -> list[Progress]:
    return [
        Progress(one, tuple(_series(i, year, measured, declared) for i in one.indicators if i.measured != "network"))
        for one in charter.commitments
    ]


def _series(
    indicator: Indicator, year: int, measured: Measured, declared: Mapping[tuple[str, str], Declared]
) -> Series:
    def cell(period: str) -> Cell:
        # What an organisation declares of its training replaces what this site saw of it: people learn elsewhere too.
        row = declared.get((indicator.code, period))
        if row is not None and indicator.measured in {"declared", *_TRAINING}:
            return Cell(period, row.value, "declared", row)
        if indicator.measured in _TRAINING:
            seen = measured.trained.get(period)
            return Cell(period, seen[_TRAINING[indicator.measured]], "training") if seen else Cell(period, None, None)
        value = _FROM_FILES.get(indicator.measured, _nothing)(indicator, period, measured)
        return Cell(period, value, None if value is None else "files")

    return Series(indicator, tuple(cell(period) for period in quarters(year)), cell(str(year)))


def _nothing(indicator: Indicator, period: str, measured: Measured) -> Decimal | None:
    del indicator, period, measured
    return None


_TRAINING: Final[Mapping[str, int]] = {"training": 0, "training_hours": 1}
"""Way to measure → its place in what the training says."""
_FROM_FILES: Final[Mapping[str, Callable[[Indicator, str, Measured], Decimal | None]]] = {
    "modality": lambda indicator, period, measured: modality_share(measured.judged, indicator.modality, period),
    "weight": lambda _, period, measured: measured.weight.get(period),
    "checked": lambda _, period, measured: measured.checked.get(period),
}
