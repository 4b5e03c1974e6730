"""Award criteria: weights per lot, the price alone, the weight of externalities in catering."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from app.law.conditions import Case
from app.law.covering import ids, lots_of
from app.law.findings import BasketClause, Finding
from app.law.fold import folded
from app.law.phrases import NBSP, number
from app.law.rulebook import finding
from app.law.vocabulary import Kind
from app.law.wording_lexicon import ONLY_PRICE

LEAST: Final = Decimal(10)
MOST_EXTERNALITIES: Final = Decimal(30)
WHOLE: Final = Decimal(100)
_CHANGE_DATE: Final = "les 21/22 août 2026"


def criteria_of(basket: Iterable[BasketClause]) -> list[BasketClause]:
    return [clause for clause in basket if clause.kind is Kind.AWARD_CRITERION]


def _by_lot(basket: Sequence[BasketClause]) -> dict[str, list[BasketClause]]:
    """The criteria that each lot is judged on; one group named « » when there are no lots."""
    criteria = criteria_of(basket)
    lots = lots_of(criteria) or [""]
    return {lot: [c for c in criteria if c.lot is None or c.lot == lot] for lot in lots}


def environmental_weights(basket: Sequence[BasketClause]) -> dict[str, Decimal | None]:
    """Total weight of the environmental criteria of each lot; None where one of them has no weight yet."""
    weights: dict[str, Decimal | None] = {}
    for lot, criteria in _by_lot(basket).items():
        green = [c.weight for c in criteria if c.environmental]
        if green:
            known = [weight for weight in green if weight is not None]
            weights[lot] = sum(known, Decimal(0)) if len(known) == len(green) else None
    return weights


def weight_findings(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    return [
        *_green_weights(case, basket),
        *_sums(case, basket),
        *_externalities(case, basket),
        *_price_only(case, basket),
    ]


def _of(lot: str) -> str:
    return f"du lot {lot} " if lot else ""


def _green_weights(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    found = []
    for lot, weight in environmental_weights(basket).items():
        clauses = ids(c for c in _by_lot(basket)[lot] if c.environmental)
        if weight is None:
            message = f"Le poids du critère environnemental {_of(lot)}n’est pas fixé."
        elif weight < LEAST:
            message = (
                f"Le critère environnemental {_of(lot)}pèse {number(weight)}{NBSP}% : il ne départagera pas les offres."
            )
        else:
            continue
        found.append(
            finding(
                case.law,
                "R-POIDS",
                status="warning",
                severity="warning",
                message=message,
                clauses=clauses,
                suggestion="Donnez au critère environnemental 10 % ou plus, 15 à 30 % pour une ambition affirmée.",
            )
        )
    return found


def _sums(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    found = []
    for lot, criteria in _by_lot(basket).items():
        total = sum((c.weight for c in criteria if c.weight is not None), Decimal(0))
        if total > WHOLE:
            found.append(
                finding(
                    case.law,
                    "R-POIDS-SOMME",
                    status="warning",
                    severity="blocking",
                    message=f"Les poids des critères {_of(lot)}font {number(total)}{NBSP}%.",
                    clauses=ids(criteria),
                    suggestion="Ramenez le total à 100 %, prix compris.",
                    shown_as="R-POIDS",
                )
            )
    return found


def _is_externalities(criterion: BasketClause) -> bool:
    return "externalit" in folded(criterion.requirement) or "externalites environnementales" in folded(criterion.text)


def _externalities(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    return [
        finding(
            case.law,
            "R-POIDS-EGALIM",
            status="warning",
            severity="blocking",
            message=f"Le critère des externalités pèse {number(criterion.weight)}{NBSP}%, hors de 10 à 30 %.",
            clauses=(criterion.id,),
            suggestion="Fixez son poids entre 10 et 30 %.",
            shown_as="R-POIDS",
        )
        for criterion in criteria_of(basket)
        if _is_externalities(criterion)
        and criterion.weight is not None
        and not LEAST <= criterion.weight <= MOST_EXTERNALITIES
    ]


def _price_only(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    """The price as the only criterion, written in a clause: blocked from the day the law changed, warned before."""
    in_force = case.law.texts["ccp-r2152-7"].in_force_from
    after = in_force is None or case.purchase.launch_date >= in_force
    return [
        finding(
            case.law,
            "R-PRIX",
            status="warning",
            severity="blocking" if after and not case.purchase.defence else "warning",
            message=f"Ce texte juge les offres sur le seul prix, ce qui n’est plus permis depuis {_CHANGE_DATE}.",
            clauses=(clause.id,),
            suggestion="Ajoutez un critère environnemental, ou jugez le coût global, environnement compris.",
            shown_as="R-ENV-CRIT",
        )
        for clause in basket
        if ONLY_PRICE.search(folded(clause.text))
    ]
