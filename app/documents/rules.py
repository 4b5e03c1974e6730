"""What makes a basket impossible to write: relations between clauses, double use, weights of the criteria."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.law.vocabulary import Kind

_WHOLE: Final = Decimal(100)
_USUAL_PRICE: Final = Decimal(50)
_REQUIRED: Final = frozenset({Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION})
PRICE, TECHNICAL = "Prix des prestations", "Valeur technique"
WHOLE_COST: Final = "toutes-familles.cout-cycle-de-vie"
"""The requirement of a criterion that judges the price already, among the other costs."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is not written: where in the request, and a sentence that says what to change."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Held:
    """A clause of the basket, as far as its relations go."""

    index: int
    id: str
    title: str
    kind: Kind
    requirement: str
    lots: frozenset[str] = frozenset()
    """Numbers of the lots that it bears on; empty: every lot."""
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weight:
    label: str
    weight: Decimal
    """Percent of the total mark."""


def _meet(one: Held, other: Held) -> bool:
    """Whether both bear on a same lot; a clause without a lot bears on all."""
    return not one.lots or not other.lots or not one.lots.isdisjoint(other.lots)


def _at(clause: Held) -> str:
    return f"/items/{clause.index}"


def lacking(clause: Held, needed: str, basket: Sequence[Held], lots: frozenset[str]) -> frozenset[str] | None:
    """The lots where a required clause lacks (empty: all of them), or None; `lots` are those of the consultation.

    A higher rung that replaces the required clause does for it.
    """
    meeting = [other for other in basket if other.id == needed or needed in other.replaces]
    asked = clause.lots or lots
    if any(not other.lots for other in meeting) or (meeting and not asked):
        return None
    left = asked - frozenset().union(*(other.lots for other in meeting))
    if meeting and not left:
        return None
    return clause.lots if left == asked else left


def relation_refusals(basket: Sequence[Held], lots: frozenset[str] = frozenset()) -> list[Refusal]:
    """Missing, excluded, replaced, repeated clauses, and what is both required and scored."""
    return [
        *_repeated(basket),
        *_missing(basket, lots),
        *(refusal for one in basket for other in basket for refusal in _opposed(one, other)),
    ]


def _repeated(basket: Sequence[Held]) -> Iterator[Refusal]:
    for position, clause in enumerate(basket):
        if any(before.id == clause.id and _meet(before, clause) for before in basket[:position]):
            yield Refusal(_at(clause), f"La clause {clause.id} figure déjà dans la sélection : retirez ce doublon.")


def _missing(basket: Sequence[Held], lots: frozenset[str]) -> Iterator[Refusal]:
    for clause in basket:
        for needed in clause.requires:
            if lacking(clause, needed, basket, lots) is not None:
                yield Refusal(_at(clause), f"La clause {clause.id} ne va pas sans la clause {needed} : ajoutez-la.")


def _opposed(one: Held, other: Held) -> Iterator[Refusal]:
    if one.index == other.index or one.id == other.id or not _meet(one, other):
        return
    # An exclusion may be declared on both sides: it is said once, on the later clause.
    if other.id in one.excludes and (one.index > other.index or one.id not in other.excludes):
        yield Refusal(_at(one), f"Les clauses {one.id} et {other.id} s’excluent : gardez l’une des deux.")
    if other.id in one.replaces:
        yield Refusal(_at(other), f"La clause {one.id} remplace la clause {other.id} : retirez cette dernière.")
    if one.kind is Kind.AWARD_CRITERION and other.kind in _REQUIRED and one.requirement == other.requirement:
        yield Refusal(
            _at(one),
            f"Double emploi : la clause {one.id} note ce que la clause {other.id} impose déjà. "
            "Retirez l’une des deux, ou notez le seul dépassement de l’exigence.",
        )


def shared_out(environmental: Decimal, *, priced: bool = False) -> tuple[Weight, ...]:
    """Price and technical value when the buyer has entered nothing: price 50, or six tenths of a smaller rest.

    `priced`: a criterion of the basket judges the price already; it is not scored twice.
    """
    rest = _WHOLE - environmental
    if rest <= 0:
        return ()
    if priced:
        return (Weight(TECHNICAL, rest),)
    price = _USUAL_PRICE if rest > _USUAL_PRICE else (rest * 6 / 10).quantize(Decimal(1))
    if price == rest:
        return (Weight(PRICE, price),)
    return (Weight(PRICE, price), Weight(TECHNICAL, rest - price))


def weight_refusals(environmental: Decimal, entered: Sequence[Weight]) -> list[Refusal]:
    """Whether the criteria add up to 100; the sentence gives the sum and what is missing or too much."""
    if not entered:
        if environmental < _WHOLE:
            return []
        return [
            Refusal(
                "/criteria",
                f"Les critères de la sélection pèsent déjà {_percent(environmental)} : "
                "il ne reste rien pour le prix. Réduisez leurs poids.",
            )
        ]
    total = environmental + sum((weight.weight for weight in entered), Decimal(0))
    if total == _WHOLE:
        return []
    gap = total - _WHOLE
    change = f"retirez {_percent(gap)}" if gap > 0 else f"ajoutez {_percent(-gap)}"
    return [Refusal("/criteria", f"Les critères totalisent {_percent(total)} au lieu de 100\u00a0% : {change}.")]


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}\u00a0%".replace(".", ",")
