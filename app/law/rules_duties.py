"""What a basket answers to each duty: covered, missing, depends, not applicable; or done outside the documents."""

from collections.abc import Sequence

from app.law.assessing import AssessedDuty
from app.law.conditions import Case
from app.law.covering import Justifications, almost, covering, ids, justification, lots_of, uncovered_lots
from app.law.facts import Duty, Severity
from app.law.findings import BasketClause, Finding, FindingStatus
from app.law.phrases import NBSP, listing


def duty_finding(
    assessed: AssessedDuty, case: Case, basket: Sequence[BasketClause], justifications: Justifications
) -> Finding:
    duty = case.law.duty(assessed.code)
    if assessed.applicability == "not_applicable":
        return _finding(assessed, duty, "not_applicable", "info", assessed.reason)
    if duty.outside:
        return _outside(assessed, duty, justifications)
    covers = covering(basket, duty.covered_by)
    missing_lots = uncovered_lots(basket, covers) if duty.per_lot and covers else []
    if duty.covered_by_lots and len(lots_of(basket)) > 1:
        message = f"Le panier est réparti en {len(lots_of(basket))} lots."
        return _finding(assessed, duty, "covered", "info", message)
    if covers and not missing_lots:
        return _finding(assessed, duty, "covered", "info", _covered(covers), clauses=ids(covers))
    said = justification(justifications, duty.rule, duty.code)
    if said and duty.derogable:
        message = f"Couvert par votre justification : «{NBSP}{said}{NBSP}». Gardez-la au dossier."
        return _finding(assessed, duty, "covered", "info", message, justified=True)
    return _uncovered(assessed, duty, basket, missing_lots, said)


def _covered(covers: Sequence[BasketClause]) -> str:
    names = listing(list(ids(covers)))
    return f"Couvert par {names}."


def _outside(assessed: AssessedDuty, duty: Duty, justifications: Justifications) -> Finding:
    """Nothing to write in the documents: a reminder, until the buyer says it is done."""
    said = justification(justifications, duty.rule, duty.code)
    if said:
        message = f"Noté par vous : «{NBSP}{said}{NBSP}»."
        return _finding(assessed, duty, "covered", "info", message, justified=True)
    status: FindingStatus = "depends" if assessed.applicability == "depends" else "warning"
    return _finding(assessed, duty, status, "info", f"À faire hors des pièces du marché. {assessed.reason}")


def _uncovered(
    assessed: AssessedDuty, duty: Duty, basket: Sequence[BasketClause], missing_lots: list[str], said: str
) -> Finding:
    if assessed.applicability == "depends":
        message = f"Rien ne la couvre encore. {assessed.reason}"
        return _finding(assessed, duty, "depends", _softened(duty, assessed), message)
    restating = almost(basket, duty.covered_by)
    if missing_lots:
        message = (
            f"Aucune clause ne couvre {'le lot' if len(missing_lots) == 1 else 'les lots'} {listing(missing_lots)}."
        )
    elif restating:
        message = f"{listing(list(ids(restating)))} ne fait que rappeler la loi et ne suffit pas."
    else:
        message = f"Rien dans le panier ne la couvre. {assessed.reason}"
    if said:
        message += " Une justification ne remplace pas cette obligation."
    elif duty.derogable:
        message += " Vous pouvez aussi justifier par écrit pourquoi elle ne convient pas ici."
    status: FindingStatus = "missing" if assessed.strength == "binding" else "warning"
    return _finding(assessed, duty, status, _severity(duty, assessed), message, clauses=ids(restating))


def _severity(duty: Duty, assessed: AssessedDuty) -> Severity:
    """Only a binding duty blocks; one to come, or advised, warns at most."""
    if assessed.strength == "binding":
        return duty.severity
    if assessed.strength == "programmed" and duty.severity == "blocking":
        return "warning"
    return "info"


def _softened(duty: Duty, assessed: AssessedDuty) -> Severity:
    severity = _severity(duty, assessed)
    return "warning" if severity == "blocking" else severity


def _finding(  # noqa: PLR0913
    assessed: AssessedDuty,
    duty: Duty,
    status: FindingStatus,
    severity: Severity,
    message: str,
    *,
    clauses: tuple[str, ...] = (),
    justified: bool = False,
) -> Finding:
    open_question = status in {"missing", "depends", "warning"}
    return Finding(
        rule=duty.rule,
        origin="law",
        status=status,
        severity=severity,
        title=duty.title,
        message=message,
        why=assessed.reason,
        clauses=clauses,
        suggestion=duty.action if open_question else "",
        source=assessed.source,
        article=assessed.article,
        in_force_from=duty.in_force_from,
        confidence=duty.confidence,
        duty=duty.code,
        justified=justified,
    )
