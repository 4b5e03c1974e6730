"""Which clauses may suit a purchase, and why: CPV branch, family, nature, competition. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.law.rules import Purchase
from app.law.vocabulary import GRANTS, Kind
from app.library.published import PublishedClause
from app.library.record import ClauseRecord

GENERAL: Final = "toutes-familles"
COMPETITIVE: Final = {Kind.AWARD_CRITERION, Kind.VARIANT, Kind.SELECTION_CRITERION, Kind.RESERVATION}
"""Kinds that only make sense when offers are compared."""

OWN: Final = 4.0
ALSO: Final = 2.0
FOREIGN: Final = -2.0
ANY: Final = 1.0
"""How near a clause is: made for the family, also serving it, met by a code alone, made for any purchase."""

ReasonKind = Literal["duty", "cpv", "charter", "family", "pair"]


@dataclass(frozen=True, slots=True)
class Reason:
    kind: ReasonKind
    code: str
    text: str
    """« parce que … », about this purchase."""


@dataclass(frozen=True, slots=True)
class Candidate:
    clause: PublishedClause
    reasons: tuple[Reason, ...]
    nearness: float
    """How closely the clause is made for this object: `OWN` to `FOREIGN`, more for a long CPV branch."""

    @property
    def id(self) -> str:
        return self.clause.id

    @property
    def record(self) -> ClauseRecord:
        return self.clause.record


def candidates(
    purchase: Purchase, clauses: Iterable[PublishedClause], labels: Mapping[str, str]
) -> dict[str, Candidate]:
    """Id → clause that suits the object, whatever the duties; `labels`: family code → label."""
    found = (_candidate(purchase, clause, labels) for clause in clauses)
    return {candidate.id: candidate for candidate in found if candidate}


def _candidate(purchase: Purchase, clause: PublishedClause, labels: Mapping[str, str]) -> Candidate | None:
    record = clause.record
    if _ruled_out(purchase, record):
        return None
    shared = [code for code in record.families if code in purchase.families]
    closeness = OWN if record.family in purchase.families else ALSO if shared else FOREIGN
    if branch := _branch(purchase, record):
        code, prefix = branch
        reason = Reason("cpv", prefix, f"parce que le code CPV {code} relève de la branche {prefix}")
        return Candidate(clause, (reason,), closeness + len(prefix) / 4)
    if record.cpv.include and purchase.cpv:
        return None
    if shared:
        label = labels.get(shared[0], shared[0])
        return Candidate(
            clause, (Reason("family", shared[0], f"parce que l’achat relève de la famille « {label} »"),), closeness
        )
    return Candidate(clause, (), ANY) if GENERAL in record.families else None


def _ruled_out(purchase: Purchase, record: ClauseRecord) -> bool:
    """A grant, another nature, no competition to compare offers in, or only codes that the clause excludes."""
    return (
        record.family == GRANTS
        or (purchase.nature is not None and purchase.nature not in record.natures)
        or (purchase.procedure == "none" and record.kind in COMPETITIVE)
        or (bool(purchase.cpv) and all(_within(code, record.cpv.exclude) for code in purchase.cpv))
    )


def _within(code: str, prefixes: Iterable[str]) -> bool:
    return any(code.startswith(prefix) for prefix in prefixes)


def _branch(purchase: Purchase, record: ClauseRecord) -> tuple[str, str] | None:
    """The code of the purchase and the longest branch of the clause that holds it.

    A clause made for a part of what the code names (39162, teaching aids, for 39160, school furniture) is not for it.
    """
    met = [
        (len(prefix), code, prefix)
        for code in purchase.cpv
        for prefix in record.cpv.include
        if code.startswith(prefix) and not _within(code, record.cpv.exclude)
    ]
    if not met:
        return None
    _, code, prefix = max(met)
    return code, prefix
