"""« Identifier l’existant »: the share of past contracts with an environmental clause or criterion. Pure.

The share counts what was declared: a contract that declares nothing is told apart, never counted as « none ».
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Counted:
    """Contracts of a year and a CPV code."""

    year: int
    cpv: str
    contracts: int
    declared: int
    with_clause: int
    with_criterion: int
    with_either: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Share:
    """A line of the table: a year, a family, both or all."""

    year: int | None
    family: str | None
    """Code of the family; empty: no family holds these CPV codes."""
    contracts: int
    declared: int
    with_clause: int
    with_criterion: int
    with_either: int
    amount: Decimal | None

    @property
    def share(self) -> Decimal | None:
        """Percent of the declared contracts that have a clause or a criterion; None when none declares anything."""
        if not self.declared:
            return None
        return (Decimal(self.with_either) / self.declared * 100).quantize(_TENTH, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Summary:
    total: Share
    years: tuple[Share, ...]
    families: tuple[Share, ...]
    """The largest first."""
    cells: tuple[Share, ...]
    """By family and year."""


def summarise(counted: Sequence[Counted], family_of: Callable[[str], str]) -> Summary:
    families = {cpv: family_of(cpv) for cpv in {one.cpv for one in counted}}
    by_family = _split(counted, lambda one: (None, families[one.cpv]))
    return Summary(
        total=_share(None, None, counted),
        years=_split(counted, lambda one: (one.year, None)),
        families=tuple(sorted(by_family, key=lambda one: (one.family == "", -one.contracts, one.family or ""))),
        cells=_split(counted, lambda one: (one.year, families[one.cpv])),
    )


def _split(counted: Iterable[Counted], key: Callable[[Counted], tuple[int | None, str | None]]) -> tuple[Share, ...]:
    held: dict[tuple[int | None, str | None], list[Counted]] = {}
    for one in counted:
        held.setdefault(key(one), []).append(one)
    return tuple(_share(*found, held[found]) for found in sorted(held, key=lambda k: (k[1] or "", k[0] or 0)))


def _share(year: int | None, family: str | None, counted: Sequence[Counted]) -> Share:
    known = [one.amount for one in counted if one.amount is not None]
    return Share(
        year=year,
        family=family,
        contracts=sum(one.contracts for one in counted),
        declared=sum(one.declared for one in counted),
        with_clause=sum(one.with_clause for one in counted),
        with_criterion=sum(one.with_criterion for one in counted),
        with_either=sum(one.with_either for one in counted),
        amount=sum(known, Decimal(0)) if known else None,
    )


def finding(summary: Summary) -> str:
    """The title of the table: what it says."""
    total = summary.total
    if total.share is None:
        return "Aucun contrat importé ne déclare de considération environnementale"
    said = f"{total.with_either} contrat{'s' if total.with_either > 1 else ''} sur {total.declared}"
    verb = "ont" if total.with_either > 1 else "a"
    who = "déclarés" if total.declared > 1 else "déclaré"
    return f"{said} {who} {verb} une clause ou un critère environnemental"
