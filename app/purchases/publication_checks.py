"""What the codes to publish contradict: the basket, the law of the day, or each other. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.law.covering import is_substantial
from app.law.findings import BasketClause
from app.law.phrases import NBSP
from app.law.rules_basket import DEMANDS
from app.law.vocabulary import Kind
from app.purchases.publication import LotCodes
from app.purchases.publication_lists import NO_ENVIRONMENT, NO_SOCIAL, Field


@dataclass(frozen=True, slots=True)
class Contradiction:
    field: Field
    message: str


_NO_DEMAND: Final = "aucune condition d’exécution ni spécification {} n’est retenue"
_BEHIND: Final[dict[str, tuple[Field, bool, tuple[Kind, ...], str]]] = {
    "Clause environnementale": ("decp-environmental", True, DEMANDS, _NO_DEMAND.format("environnementale")),
    "Critère environnemental": (
        "decp-environmental",
        True,
        (Kind.AWARD_CRITERION,),
        "aucun critère environnemental n’est retenu",
    ),
    "Clause sociale": ("decp-social", False, DEMANDS, _NO_DEMAND.format("sociale")),
    "Critère social": ("decp-social", False, (Kind.AWARD_CRITERION,), "aucun critère social n’est retenu"),
    "Marché réservé": ("decp-social", False, (Kind.RESERVATION,), "aucune réservation n’est retenue"),
}
"""Code → its field, whether it is environmental, the kinds that justify it, and what to say without them."""


def contradictions(lot: LotCodes, basket: Sequence[BasketClause], *, duty_in_force: bool) -> list[Contradiction]:
    """`duty_in_force`: whether the day of this purchase asks for an environmental condition and criterion."""
    here = [c for c in basket if c.lot is None or c.lot == lot.lot]
    return [*_against_basket(lot, here), *_against_law(lot, duty_in_force=duty_in_force), *_between(lot)]


def _concerned(clause: BasketClause, *, green: bool) -> bool:
    return clause.environmental if green else clause.social or clause.kind is Kind.RESERVATION


def _quoted(code: str) -> str:
    return f"«{NBSP}{code}{NBSP}»"


def _against_basket(lot: LotCodes, basket: Sequence[BasketClause]) -> Iterator[Contradiction]:
    for code, (name, green, kinds, missing) in _BEHIND.items():
        causes = [c for c in basket if c.kind in kinds and _concerned(c, green=green)]
        declared = code in lot.codes(name)
        if declared and not causes:
            yield Contradiction(name, f"Vous déclarez {_quoted(code)} mais {missing}.")
        elif declared and green and not any(is_substantial(c) for c in causes):
            yield Contradiction(
                name, f"{_quoted(code)} ne repose que sur un rappel de la loi{NBSP}: la clause ne compte pas."
            )
        elif causes and not declared:
            yield Contradiction(name, f"Votre sélection justifie {_quoted(code)}, que vous ne déclarez pas.")


def _against_law(lot: LotCodes, *, duty_in_force: bool) -> Iterator[Contradiction]:
    if duty_in_force and NO_ENVIRONMENT in lot.codes("decp-environmental"):
        message = f"Depuis le 21{NBSP}août 2026, un marché a une clause et un critère environnementaux{NBSP}: "
        yield Contradiction("decp-environmental", f"{message}{_quoted(NO_ENVIRONMENT)} doit vous alerter.")


def _between(lot: LotCodes) -> Iterator[Contradiction]:
    alone: tuple[tuple[Field, str], ...] = (
        ("decp-environmental", NO_ENVIRONMENT), ("decp-social", NO_SOCIAL), ("BT-06", "none"), ("BT-805", "none"),
    )  # fmt: skip
    for name, code in alone:
        if code in lot.codes(name) and len(lot.codes(name)) > 1:
            yield Contradiction(name, f"{_quoted(code)} ne se déclare pas avec une autre valeur.")
    green = bool(set(lot.codes("decp-environmental")) - {NO_ENVIRONMENT})
    social = bool(set(lot.codes("decp-social")) - {NO_SOCIAL})
    strategic = lot.codes("BT-06")
    if green != ("env-imp" in strategic):
        yield Contradiction(
            "BT-06", "BT-06 et les données essentielles ne disent pas la même chose de l’environnement."
        )
    if social != ("soc-obj" in strategic):
        yield Contradiction("BT-06", "BT-06 et les données essentielles ne disent pas la même chose du social.")
    goals: tuple[tuple[str, Field], ...] = (("env-imp", "BT-774"), ("soc-obj", "BT-775"), ("inn-pur", "BT-776"))
    for code, name in goals:
        if code in strategic and not lot.codes(name):
            yield Contradiction(name, f"BT-06 dit {_quoted(code)}{NBSP}: donnez au moins un objectif en {name}.")
        elif code not in strategic and lot.codes(name):
            yield Contradiction(name, f"{name} donne un objectif, mais BT-06 ne dit pas {_quoted(code)}.")
