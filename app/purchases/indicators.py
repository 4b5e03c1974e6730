"""What a set of files says, counted: clauses, criteria, controls, AGEC amounts. Pure.

What nobody declared is None, never zero.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Final, Literal

from app.law.vocabulary import Kind

Dimension = Literal["organisation", "quarter", "family", "lever", "department"]
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """A clause of a basket."""

    clause_id: str
    kind: Kind
    levers: tuple[str, ...]
    level: int
    environmental: bool
    weight: Decimal | None = None
    """Percent of the mark, of an award criterion."""
    to_check: bool = False
    """Its record says how it is controlled during performance."""
    checked: bool = False
    """A result has been recorded."""
    kept: bool | None = None
    """Every conclusive result is « conforme »; None while there is none."""


@dataclass(frozen=True, slots=True)
class AgecAmount:
    """Euros excluding VAT of a category of decree 2024-134 over a calendar year."""

    organisation_id: int
    year: int
    category: int
    files: int
    """How many files it was declared in."""
    total: Decimal | None
    reused: Decimal | None
    recycled: Decimal | None
    donated: Decimal | None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file of an organisation."""

    purchase_id: int
    organisation_id: int
    department: str
    day: date
    """The launch of the procedure: it decides the quarter."""
    families: tuple[str, ...]
    clauses: tuple[ClauseFacts, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The files that share the chosen dimensions; None: not split on that one."""

    organisation_id: int | None
    quarter: str | None
    """« 2026-T4 »."""
    family: str | None
    lever: str | None
    department: str | None
    files: int
    organisations: int
    """How many organisations contribute: nothing is shown to the public under five."""
    with_performance_condition: int
    """Files with an environmental performance condition."""
    with_award_criterion: int
    """Files with an environmental award criterion."""
    with_both: int
    weights: tuple[Decimal, ...]
    """The environmental weight of each file that has such a criterion, in percent, growing."""
    clauses: int
    clauses_to_check: int
    clauses_checked: int
    clauses_kept: int
    """Checked, and every conclusive result is good."""

    @property
    def average_weight(self) -> Decimal | None:
        if not self.weights:
            return None
        return (sum(self.weights, Decimal(0)) / len(self.weights)).quantize(_TENTH, rounding=ROUND_HALF_UP)

    @property
    def checked_share(self) -> Decimal | None:
        """Percent of the clauses to check that were; None when there is nothing to check."""
        if not self.clauses_to_check:
            return None
        share = Decimal(self.clauses_checked) / self.clauses_to_check * 100
        return share.quantize(_TENTH, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Indicators:
    groups: tuple[Group, ...]
    """In the order of their dimensions; no file, no group."""
    agec: tuple[AgecAmount, ...]
    """By organisation, year and category."""


def quarter_of(day: date) -> str:
    return f"{day.year}-T{(day.month + 2) // 3}"


def group(files: Iterable[FileFacts], by: Sequence[Dimension] = ()) -> tuple[Group, ...]:
    """A file counts once in each of its families, and in each lever of its clauses."""
    held: dict[tuple[int | str | None, ...], list[tuple[FileFacts, Sequence[ClauseFacts]]]] = {}
    for file in files:
        for key in _keys(file, by):
            lever = key[3]
            clauses = [c for c in file.clauses if lever is None or lever in c.levers]
            held.setdefault(key, []).append((file, clauses))
    return tuple(_group(key, held[key]) for key in sorted(held, key=lambda key: [str(part or "") for part in key]))


def _keys(file: FileFacts, by: Sequence[Dimension]) -> Iterator[tuple[int | str | None, ...]]:
    levers = sorted({lever for clause in file.clauses for lever in clause.levers})
    yield from product(
        [file.organisation_id] if "organisation" in by else [None],
        [quarter_of(file.day)] if "quarter" in by else [None],
        file.families if "family" in by else [None],
        levers if "lever" in by else [None],
        [file.department] if "department" in by else [None],
    )


def _group(key: tuple[int | str | None, ...], held: Sequence[tuple[FileFacts, Sequence[ClauseFacts]]]) -> Group:
    conditions = [any(c.environmental and c.kind is Kind.PERFORMANCE_CONDITION for c in found) for _, found in held]
    criteria = [_criteria(found) for _, found in held]
    clauses = [clause for _, found in held for clause in found]
    return Group(
        **dict(zip((field.name for field in fields(Group)), key, strict=False)),  # type: ignore[arg-type]
        files=len(held),
        organisations=len({file.organisation_id for file, _ in held}),
        with_performance_condition=sum(conditions),
        with_award_criterion=sum(map(bool, criteria)),
        with_both=sum(one and bool(other) for one, other in zip(conditions, criteria, strict=True)),
        weights=tuple(sorted(sum((c.weight or Decimal(0) for c in found), Decimal(0)) for found in criteria if found)),
        clauses=len(clauses),
        clauses_to_check=sum(c.to_check for c in clauses),
        clauses_checked=sum(c.to_check and c.checked for c in clauses),
        clauses_kept=sum(c.kept is True for c in clauses),
    )


def _criteria(clauses: Sequence[ClauseFacts]) -> list[ClauseFacts]:
    return [c for c in clauses if c.environmental and c.kind is Kind.AWARD_CRITERION]


def add_amounts(amounts: Iterable[AgecAmount]) -> tuple[AgecAmount, ...]:
    """One line per organisation, year and category: a sum of what was declared, None where no file declared it."""
    held: dict[tuple[int, int, int], list[AgecAmount]] = {}
    for amount in amounts:
        held.setdefault((amount.organisation_id, amount.year, amount.category), []).append(amount)
    return tuple(
        AgecAmount(
            *key,
            files=sum(one.files for one in held[key]),
            total=_sum(one.total for one in held[key]),
            reused=_sum(one.reused for one in held[key]),
            recycled=_sum(one.recycled for one in held[key]),
            donated=_sum(one.donated for one in held[key]),
        )
        for key in sorted(held)
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
