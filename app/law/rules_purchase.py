"""Reminders that come from the purchase itself: building sites, meals, publication, facts still to check."""

from collections.abc import Sequence

from app.law.assessing import AssessedDuty
from app.law.conditions import Case
from app.law.findings import BasketClause, Finding
from app.law.phrases import NBSP, listing
from app.law.rulebook import finding
from app.law.rules_basket import DEMANDS
from app.law.vocabulary import Confidence, Kind, Nature


def purchase_findings(case: Case, basket: Sequence[BasketClause], duties: Sequence[AssessedDuty]) -> list[Finding]:
    open_codes = {duty.code for duty in duties if duty.applicability != "not_applicable"}
    return [
        *_site(case),
        *_meals(case, open_codes),
        *_publication(case, basket),
        *_to_check(case, duties),
    ]


def _site(case: Case) -> list[Finding]:
    purchase = case.purchase
    on_site = {"batiment", "demolition-deconstruction"} & set(purchase.families)
    if purchase.nature is not Nature.WORKS or not on_site:
        return []
    return [
        finding(
            case.law,
            "R-BAT",
            status="warning",
            severity="info",
            message="Démolition ou rénovation : diagnostic au dossier, tri sur place, récolement à la fin.",
            suggestion="La filière du bâtiment reprend sans frais les déchets triés : prévoyez la collecte séparée.",
        )
    ]


def _meals(case: Case, open_codes: set[str]) -> list[Finding]:
    if "egalim-50-20" not in open_codes:
        return []
    return [
        finding(
            case.law,
            "R-REPAS",
            status="warning",
            severity="info",
            message="Dès le 1ᵉʳ janvier 2027, seule la haute valeur environnementale compte : annoncez-le.",
            suggestion="Prévoyez une clause de réexamen pour suivre le palier de 2027.",
        )
    ]


def environmental_considerations(basket: Sequence[BasketClause]) -> list[str]:
    """The DECP values of `considerationsEnvironnementales` (format 139bercy v2.0.3)."""
    green = [clause for clause in basket if clause.environmental]
    values = []
    if any(clause.kind in DEMANDS for clause in green):
        values.append("Clause environnementale")
    if any(clause.kind is Kind.AWARD_CRITERION for clause in green):
        values.append("Critère environnemental")
    return values or ["Pas de considération environnementale"]


def _publication(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    values = environmental_considerations(basket)
    none = values == ["Pas de considération environnementale"]
    required = case.law.duty("env-performance-condition").in_force_from
    late = none and required is not None and case.purchase.launch_date >= required and not case.purchase.defence
    said = listing([f"«{NBSP}{value}{NBSP}»" for value in values])
    return [
        finding(
            case.law,
            "R-DECP",
            status="warning",
            severity="warning" if late else "info",
            message=f"Considérations environnementales à publier : {said}.",
            suggestion="Depuis août 2026, cette valeur doit vous alerter." if late else "",
        )
    ]


def _to_check(case: Case, duties: Sequence[AssessedDuty]) -> list[Finding]:
    doubtful = [
        duty.title
        for duty in duties
        if duty.applicability != "not_applicable" and duty.confidence is not Confidence.VERIFIED
    ]
    if not doubtful:
        return []
    return [
        finding(
            case.law,
            "R-SANS-CHIFFRE",
            status="warning",
            severity="info",
            message=f"À vérifier avant de s’y fier : {' ; '.join(doubtful)}.",
            suggestion="Relisez ces articles sur Légifrance ou demandez à votre juriste.",
        )
    ]
