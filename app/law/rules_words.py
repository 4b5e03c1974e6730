"""The wording rules applied to a basket: what counts depends on the kind of clause and on the purchase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.law.conditions import Case, agec_categories, in_branch
from app.law.facts import Severity
from app.law.findings import BasketClause, Finding
from app.law.fold import folded
from app.law.phrases import NBSP
from app.law.rulebook import finding
from app.law.vocabulary import Kind, Nature
from app.law.wording import WordingFinding, is_ruled_out, review
from app.law.wording_lexicon import PLASTIC

TYRES: Final = ("3435",)
TEMPORARY_BUILDINGS: Final = ("442111", "45223810")
_PLASTIC_DUTIES: Final = frozenset(
    {"plastic-food-containers", "plastic-food-containers-small-towns", "single-use-plastic-state"}
)


@dataclass(frozen=True, slots=True)
class _Judged:
    rule: str
    severity: Severity
    shown_as: str = ""


def words_findings(case: Case, basket: Sequence[BasketClause], plastic_banned: frozenset[str]) -> list[Finding]:
    """`plastic_banned`: codes of the duties on plastic that apply or may apply to the purchase."""
    found = []
    for clause in basket:
        for remark in review(clause.text):
            judged = _judge(remark, clause, case)
            if judged is not None:
                found.append(_finding(case, clause, remark, judged))
        if plastic_banned & _PLASTIC_DUTIES:
            found += _plastic(case, clause)
    return found


_SEVERITIES: Final[Mapping[str, _Judged]] = {
    "R-LIEN": _Judged("R-LIEN", "warning"),
    "R-LOCAL": _Judged("R-LOCAL", "blocking"),
    "R-EQUIV": _Judged("R-EQUIV", "warning"),
    "R-PHRASE": _Judged("R-PHRASE", "info"),
    # R-TAUTO is judged with the gain of the clause, in rules_basket.
}


def _judge(remark: WordingFinding, clause: BasketClause, case: Case) -> _Judged | None:
    """Which rule, how serious; None where the words are fine for this clause."""
    # Environmental management standards may be asked of a candidate, in proportion (OB-85).
    fine = clause.kind is Kind.SELECTION_CRITERION and remark.rule == "R-LIEN"
    if clause.kind is Kind.RECITAL or fine:
        return None
    if remark.rule == "R-NEUF":
        return _new(case)
    if remark.rule == "R-VAGUE":
        claim = "allégation" in remark.message
        return _Judged("R-VAGUE-ALLEGATION" if claim else "R-VAGUE", "warning" if claim else "info", "R-VAGUE")
    return _SEVERITIES.get(remark.rule)


def _new(case: Case) -> _Judged | None:
    codes = case.purchase.cpv
    if any(in_branch(code, TYRES) for code in codes):
        return _Judged("R-PNEU-NEUF", "blocking", "R-PNEU")
    if any(in_branch(code, TEMPORARY_BUILDINGS) for code in codes):
        return _Judged("R-NEUF-TEMPORAIRE", "blocking", "R-NEUF")
    if agec_categories(case) or case.purchase.nature is Nature.SUPPLIES:
        return _Judged("R-NEUF", "warning")
    return None


def _finding(case: Case, clause: BasketClause, remark: WordingFinding, judged: _Judged) -> Finding:
    return finding(
        case.law,
        judged.rule,
        status="warning",
        severity=judged.severity,
        message=f"{clause.id}, «{NBSP}{remark.excerpt}{NBSP}» : {remark.message}",
        clauses=(clause.id,),
        suggestion=remark.suggestion,
        shown_as=judged.shown_as,
    )


def _plastic(case: Case, clause: BasketClause) -> list[Finding]:
    plain = folded(clause.text)
    return [
        finding(
            case.law,
            "R-PLASTIQUE",
            status="warning",
            severity="warning",
            message=f"{clause.id}, «{NBSP}{clause.text[match.start() : match.end()]}{NBSP}» : plastique interdit ici.",
            clauses=(clause.id,),
            suggestion="Demandez de l’inox, du verre ou de la faïence, lavables et réemployés.",
        )
        for match in PLASTIC.finditer(plain)
        if not is_ruled_out(clause.text, match.span())
    ]
