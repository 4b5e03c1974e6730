"""The modalities of the charter, judged like duties: a commitment freely taken warns, it never blocks."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from app.law.conditions import Case, judge
from app.law.covering import Justifications, covering, ids, justification
from app.law.facts import Charter, Modality
from app.law.findings import BasketClause, Finding, FindingStatus
from app.law.phrases import NBSP, listing, number
from app.law.rules_weights import environmental_weights
from app.law.vocabulary import Confidence, Kind
from app.law.wording import review


def charter_findings(
    case: Case, charter: Charter, basket: Sequence[BasketClause], justifications: Justifications
) -> list[Finding]:
    return [
        replace(
            _judged(modality, case, basket, justification(justifications, modality.id)),
            source=f"{charter.name}, engagement {commitment.code.removeprefix('C')}",
            article=commitment.title,
        )
        for commitment in charter.commitments
        for modality in commitment.modalities
    ]


def _judged(modality: Modality, case: Case, basket: Sequence[BasketClause], said: str) -> Finding:
    applies = _applies(modality, case)
    met, message, clauses = _measure(modality, basket, said)
    status: FindingStatus
    if applies is False:
        status, message, clauses = "not_applicable", "Cette modalité ne concerne pas cet achat.", ()
    elif met:
        status = "covered"
    elif said and modality.derogable and modality.measure not in {"recorded", "recorded_number"}:
        status, message = "covered", f"Couvert par votre justification : «{NBSP}{said}{NBSP}»."
    else:
        status = "depends" if applies is None else "missing"
    return Finding(
        rule=modality.id,
        origin="charter",
        status=status,
        severity="info" if status in {"covered", "not_applicable", "depends"} else modality.severity,
        title=modality.title,
        message=message,
        why=modality.why,
        clauses=clauses,
        suggestion=modality.suggestion if status in {"missing", "depends"} else "",
        confidence=Confidence.VERIFIED,
        justified=status == "covered" and not met,
    )


def _applies(modality: Modality, case: Case) -> bool | None:
    if modality.families:
        if not case.purchase.families:
            return None
        if not set(modality.families) & set(case.purchase.families):
            return False
    return True if modality.applies_when is None else judge(modality.applies_when, case)


def _measure(modality: Modality, basket: Sequence[BasketClause], said: str) -> tuple[bool, str, tuple[str, ...]]:
    """Is it met, with which sentence, thanks to (or because of) which clauses."""
    match modality.measure:
        case "clause":
            return _clause(modality, basket)
        case "environmental_weight":
            return _weight(modality, basket)
        case "absence":
            return _absence(modality, basket)
        case "recorded":
            return bool(said), f"Noté : «{NBSP}{said}{NBSP}»." if said else "Rien n’est noté.", ()
        case "recorded_number":
            return _recorded_number(modality, said)


def _clause(modality: Modality, basket: Sequence[BasketClause]) -> tuple[bool, str, tuple[str, ...]]:
    found = covering(basket, modality.cover)
    if not found:
        return False, "Aucune clause du panier n’y répond.", ()
    held = {piece for clause in found for piece in clause.pieces}
    absent = [piece for piece in modality.pieces if piece not in held]
    if absent:
        return (
            False,
            f"Aucune clause n’y répond dans la pièce {listing([piece.value for piece in absent])}.",
            ids(found),
        )
    return True, f"Couvert par {listing(list(ids(found)))}.", ids(found)


def _weight(modality: Modality, basket: Sequence[BasketClause]) -> tuple[bool, str, tuple[str, ...]]:
    criteria = [c for c in basket if c.kind is Kind.AWARD_CRITERION and c.environmental]
    if not criteria:
        return False, "Le panier n’a pas de critère environnemental.", ()
    weights = environmental_weights(basket)
    if not weights or None in weights.values():
        return False, "Le poids du critère environnemental n’est pas encore fixé.", ids(criteria)
    least = min(weight for weight in weights.values() if weight is not None)
    message = f"Le critère environnemental pèse {number(least)}{NBSP}%"
    return least >= modality.at_least, f"{message}{' au moins' if len(weights) > 1 else ''}.", ids(criteria)


def _absence(modality: Modality, basket: Sequence[BasketClause]) -> tuple[bool, str, tuple[str, ...]]:
    offending = [c for c in basket if any(f.rule == modality.wording_rule for f in review(c.text))]
    if offending:
        return False, f"{listing(list(ids(offending)))} contient les mots à retirer.", ids(offending)
    return True, "Aucune clause du panier ne contient ces mots.", ()


def _recorded_number(modality: Modality, said: str) -> tuple[bool, str, tuple[str, ...]]:
    """« 3 entreprises rencontrées » counts for three."""
    figure = re.search(r"\d+", said)
    if figure is None:
        return False, "Aucun nombre n’est noté.", ()
    count = Decimal(figure.group())
    return count >= modality.at_least, f"Noté : {number(count)} (au moins {number(modality.at_least)} attendu).", ()
