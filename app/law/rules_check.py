"""The check of a basket: every duty, every rule, every modality of the charter, then one sentence that sums up."""

from collections.abc import Sequence

from app.law.assessing import assess
from app.law.conditions import Case
from app.law.covering import Justifications
from app.law.facts import Charter, Law
from app.law.findings import BasketClause, Finding, Report, Summary
from app.law.phrases import NBSP
from app.law.purchase import Purchase
from app.law.rules_basket import basket_findings
from app.law.rules_charter import charter_findings
from app.law.rules_duties import duty_finding
from app.law.rules_purchase import purchase_findings
from app.law.rules_weights import weight_findings
from app.law.rules_words import words_findings

_ORDER = {"blocking": 0, "warning": 1, "info": 2}
_STATUS_ORDER = {"missing": 0, "warning": 1, "depends": 2, "covered": 3, "not_applicable": 4}


def check(
    purchase: Purchase,
    basket: Sequence[BasketClause],
    law: Law,
    charter: Charter | None = None,
    justifications: Justifications | None = None,
) -> Report:
    """What the basket answers to the law and to the charter (`charter` None: the one of the catalogue).

    `justifications` are what the buyer wrote, by rule, duty code or modality id: they cover what the law lets
    a buyer justify, and nothing else.
    """
    said = justifications or {}
    case = Case(purchase, law)
    duties = assess(purchase, law, purchase.launch_date)
    open_codes = frozenset(duty.code for duty in duties if duty.applicability != "not_applicable")
    findings = [
        *(duty_finding(duty, case, basket, said) for duty in duties),
        *weight_findings(case, basket),
        *basket_findings(case, basket),
        *words_findings(case, basket, open_codes),
        *purchase_findings(case, basket, duties),
        *charter_findings(case, charter or law.charter, basket, said),
    ]
    ordered = sorted(findings, key=lambda found: (_ORDER[found.severity], _STATUS_ORDER[found.status]))
    return Report(tuple(ordered), summarise(ordered))


def summarise(findings: Sequence[Finding]) -> Summary:
    def count(status: str) -> int:
        return sum(1 for found in findings if found.status == status)

    remarks = [found for found in findings if found.status == "warning"]
    blocking = sum(1 for found in findings if found.severity == "blocking")
    warnings = sum(1 for found in remarks if found.severity == "warning")
    covered, missing, depends = count("covered"), count("missing"), count("depends")
    return Summary(
        covered=covered,
        missing=missing,
        depends=depends,
        warnings=warnings,
        reminders=sum(1 for found in remarks if found.severity == "info"),
        blocking=blocking,
        not_applicable=count("not_applicable"),
        sentence=_sentence(covered, missing, depends, warnings, blocking),
    )


def _number_of(count: int, one: str, many: str) -> str:
    return f"{count}{NBSP}{one if count < 2 else many}"  # noqa: PLR2004 (French: zero and one are singular)


def _sentence(covered: int, missing: int, depends: int, warnings: int, blocking: int) -> str:
    first = (
        f"{_number_of(blocking, 'point bloque', 'points bloquent')} la publication."
        if blocking
        else "Rien ne bloque la publication."
    )
    rest = [
        _number_of(covered, "attente couverte", "attentes couvertes"),
        _number_of(missing, "manquante", "manquantes"),
        *([f"{depends}{NBSP}à préciser"] if depends else []),
        *([_number_of(warnings, "point à revoir", "points à revoir")] if warnings else []),
    ]
    return f"{first} {', '.join(rest)}."
