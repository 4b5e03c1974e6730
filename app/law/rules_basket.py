"""Rules on the clauses taken together: double use, proof, proportion, variants, reservations, relations."""

import re
from collections.abc import Sequence
from typing import Final

from app.law.conditions import Case, in_branch, possible_thresholds
from app.law.covering import ids, is_substantial
from app.law.findings import BasketClause, Finding
from app.law.fold import folded
from app.law.phrases import listing
from app.law.rulebook import finding
from app.law.vocabulary import Kind

DEMANDS: Final = (Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION)
MANY: Final = 8
PIONEER: Final = 3
_BEYOND: Final = re.compile(
    r"\bau-?dela\b|\bdepass\w*|\bexced\w*|\bsuperieure?s? (?:a|au|aux)\b|\ben plus du minimum\b"
)
# A label named as one proof among others is fine: the characteristic it proves stands in the text.
_CHARACTERISTICS: Final = re.compile(
    r"\bcaracteristiques?\b|\bexigences? du label\b|\bcriteres? (?:du|de ce) (?:label|referentiel)\b"
    r"|\bdeclarations?\b|\bprouv\w*|\bpreuves?\b|\battest\w*|\bjustifi\w*|\bdemontr\w*"
)
# Health, social, cultural services: the only ones that R. 2113-15 opens to a reservation for the social economy.
_SOCIAL_SERVICES: Final = ("85", "80", "92", "98133")
_SOCIAL_ECONOMY: Final = re.compile(r"\bess\b|\beconomie sociale(?: et solidaire)?\b")
_INCLUSION: Final = re.compile(
    r"\bentreprises? adaptees?\b|\besat\b|\bsiae\b|\binsertion par l'activite\b|\bhandicap\w*|\bdefavoris\w*"
)


def basket_findings(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    return [
        *_double(case, basket),
        *_proof(case, basket),
        *_restating(case, basket),
        *_labels(case, basket),
        *_proportion(case, basket),
        *_variants(case, basket),
        *_reservations(case, basket),
        *_derogations(case, basket),
        *_relations(case, basket),
    ]


def _same_lot(one: BasketClause, other: BasketClause) -> bool:
    return one.lot is None or other.lot is None or one.lot == other.lot


def _double(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    """The same requirement key imposed and scored, unless the criterion scores what goes beyond."""
    found = []
    for criterion in (c for c in basket if c.kind is Kind.AWARD_CRITERION and not _BEYOND.search(folded(c.text))):
        imposed = [
            c
            for c in basket
            if c.kind in DEMANDS and c.requirement == criterion.requirement and _same_lot(c, criterion)
        ]
        if imposed:
            found.append(
                finding(
                    case.law,
                    "R-DOUBLE",
                    status="warning",
                    severity="blocking",
                    message=f"{criterion.id} note ce que {listing(list(ids(imposed)))} impose déjà.",
                    clauses=(*ids(imposed), criterion.id),
                    suggestion="Notez seulement ce qui dépasse le minimum imposé, ou retirez l’une des deux clauses.",
                )
            )
    return found


def _proof(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    found = []
    for clause in (c for c in basket if c.kind in {*DEMANDS, Kind.AWARD_CRITERION}):
        lacking = [] if clause.has_evidence else ["preuve"]
        if clause.kind is Kind.PERFORMANCE_CONDITION:
            lacking += [] if clause.has_control else ["contrôle"]
            lacking += [] if clause.has_penalty else ["pénalité"]
        if lacking:
            found.append(
                finding(
                    case.law,
                    "R-PREUVE",
                    status="warning",
                    severity="warning",
                    message=f"{clause.id} est sans {listing(lacking, 'ni')}.",
                    clauses=(clause.id,),
                    suggestion="Dites quel document est remis, quand, qui le vérifie, et ce qui se passe sinon.",
                )
            )
    return found


def _restating(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    return [
        finding(
            case.law,
            "R-TAUTO",
            status="warning",
            severity="warning",
            message=f"{clause.id} ne fait que rappeler la loi et ne couvre aucune obligation.",
            clauses=(clause.id,),
            suggestion="Remplacez-la par une exigence propre au marché, ou gardez-la comme simple rappel.",
        )
        for clause in basket
        if clause.environmental and clause.kind in {*DEMANDS, Kind.AWARD_CRITERION} and not is_substantial(clause)
    ]


def _labels(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    return [
        finding(
            case.law,
            "R-LABEL",
            status="warning",
            severity="warning",
            message=f"{clause.id} exige un label sans dire quelles caractéristiques sont retenues.",
            clauses=(clause.id,),
            suggestion="Listez les caractéristiques utiles au marché et acceptez tout label équivalent.",
        )
        for clause in basket
        if clause.labels and clause.kind in DEMANDS and not _CHARACTERISTICS.search(folded(clause.text))
    ]


def _proportion(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    found = []
    demands = [c for c in basket if c.kind in {*DEMANDS, Kind.AWARD_CRITERION}]
    if len(demands) > MANY:
        found.append(
            finding(
                case.law,
                "R-PROP",
                status="warning",
                severity="info",
                message=f"{len(demands)} exigences : au-delà de {MANY}, le risque de disproportion augmente.",
                clauses=ids(demands),
                suggestion="Gardez celles qui comptent le plus pour cet achat et que vous saurez contrôler.",
            )
        )
    high = [c for c in basket if c.kind in DEMANDS and c.level >= PIONEER]
    if high and _is_small(case):
        found.append(
            finding(
                case.law,
                "R-PROP",
                status="warning",
                severity="warning",
                message=f"{listing(list(ids(high)))} : imposer le niveau pionnier à un petit marché est risqué.",
                clauses=ids(high),
                suggestion="Passez-le en variante ou en critère, ou choisissez le niveau avancé.",
            )
        )
    return found


def _is_small(case: Case) -> bool:
    """Below every possible threshold of competition."""
    value = case.purchase.estimated_value
    amounts = [amount for amount in possible_thresholds("dispense", case) if amount is not None]
    return value is not None and bool(amounts) and value < min(amounts)


def _variants(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    found = []
    for clause in (c for c in basket if c.kind is Kind.VARIANT):
        minimal = re.search(r"\bexigences? minimales?\b|\bminimum\b|\bau moins\b", folded(clause.text)) is not None
        in_rc = any(piece.value == "RC" for piece in clause.pieces)
        lacking = ([] if minimal else ["ses exigences minimales"]) + (
            [] if in_rc else ["son autorisation au règlement"]
        )
        message = (
            f"{clause.id} ne dit pas {listing(lacking, 'ni')}." if lacking else f"{clause.id} : variante à autoriser."
        )
        found.append(
            finding(
                case.law,
                "R-VARIANTE",
                status="warning",
                severity="warning" if lacking else "info",
                message=message,
                clauses=(clause.id,),
                suggestion="Autorisez la variante dans l’avis et le règlement, avec ses exigences minimales.",
            )
        )
    return found


def _reservations(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    found = []
    for clause in (c for c in basket if c.kind is Kind.RESERVATION):
        plain = folded(clause.text)
        inclusion = _INCLUSION.search(plain) is not None
        codes = case.purchase.cpv
        eligible = any(in_branch(code, _SOCIAL_SERVICES) is not False for code in codes) if codes else None
        if _SOCIAL_ECONOMY.search(plain) and not inclusion and eligible is not True:
            known = eligible is False
            found.append(
                finding(
                    case.law,
                    "R-RESERVE",
                    status="warning" if known else "depends",
                    severity="blocking" if known else "warning",
                    message=f"{clause.id} réserve le marché à l’économie sociale et solidaire hors des services admis.",
                    clauses=(clause.id,),
                    suggestion="Réservez plutôt aux entreprises adaptées, ESAT ou structures d’insertion.",
                )
            )
        if inclusion and not re.search(r"\b50\s*%|\bcinquante pour cent\b|\bmoitie\b", plain):
            found.append(
                finding(
                    case.law,
                    "R-RESERVE-50",
                    status="warning",
                    severity="warning",
                    message=f"{clause.id} ne dit pas la part minimale de travailleurs concernés.",
                    clauses=(clause.id,),
                    suggestion="Écrivez « au moins 50 % » et renvoyez à l’article de la réservation.",
                    shown_as="R-RESERVE",
                )
            )
    return found


def _derogations(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    departing = [clause for clause in basket if clause.derogates]
    if not departing:
        return []
    return [
        finding(
            case.law,
            "R-DEROG",
            status="warning",
            severity="info",
            message=f"{listing(list(ids(departing)))} : dérogation au CCAG, à récapituler au dernier article du CCAP.",
            clauses=ids(departing),
            suggestion="Le CCAP produit par l’outil contient ce tableau ; vérifiez qu’il vise le bon CCAG.",
        )
    ]


def _relations(case: Case, basket: Sequence[BasketClause]) -> list[Finding]:
    chosen = set(ids(basket))
    found = []
    for clause in basket:
        needed = [other for other in clause.requires if other not in chosen]
        clashing = [other for other in clause.excludes if other in chosen]
        replaced = [other for other in clause.replaces if other in chosen]
        for others, verb, advice in (
            (needed, "a besoin de", "Ajoutez-la, ou retirez les deux."),
            (clashing, "ne va pas avec", "Gardez l’une des deux."),
            (replaced, "remplace", "Retirez l’ancienne : les deux ensemble se contredisent."),
        ):
            if others:
                message = f"{clause.id} {verb} {listing(others)}."
                found.append(
                    finding(
                        case.law,
                        "R-RELATION",
                        status="warning",
                        severity="warning",
                        message=message,
                        clauses=(clause.id, *others),
                        suggestion=advice,
                    )
                )
    return found
