"""What the recommended clauses must cover: the duties that apply and the modalities of the charter. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.law.conditions import Case, judge
from app.law.facts import Cover
from app.law.rules import AssessedDuty, Law, Purchase
from app.law.vocabulary import Kind
from app.library.fit import Reason
from app.library.record import ClauseRecord

UNSURE: Final = 3
"""The rank of what may apply, depending on a fact: shown as a reason, never preselected for."""


@dataclass(frozen=True, slots=True)
class Need:
    reason: Reason
    covers: tuple[Cover, ...]
    binding: bool
    rank: int
    """0 first: what the law imposes, then what it advises or announces, then the charter."""

    def asks_for(self, kind: Kind) -> bool:
        return any(kind in cover.kinds for cover in self.covers)

    def met_by(self, record: ClauseRecord) -> bool:
        return any(meets(cover, record) for cover in self.covers)


def meets(cover: Cover, record: ClauseRecord) -> bool:
    """What `app.law.covering.matches` will say in the check; the linter already refused tautological wordings."""
    return (
        record.kind is not Kind.RECITAL
        and (not cover.kinds or record.kind in cover.kinds)
        and (cover.environmental is None or record.environmental == cover.environmental)
        and (cover.social is None or record.social == cover.social)
        and (not cover.duty or cover.duty in record.duties)
        and (not cover.levers or bool(set(cover.levers) & set(record.levers)))
        and (not cover.charter or cover.charter in record.charter)
        and record.level >= cover.minimum_level
        and (not cover.substantial or record.gain.degree != "none")
    )


def needs_of(purchase: Purchase, duties: Sequence[AssessedDuty], law: Law) -> list[Need]:
    """In the order in which they are to be met."""
    return sorted([*_of_duties(duties, law), *_of_charter(purchase, law)], key=lambda need: need.rank)


def _of_duties(duties: Sequence[AssessedDuty], law: Law) -> list[Need]:
    by_code = {duty.code: duty for duty in law.duties}
    needs = []
    for assessed in duties:
        covers = by_code[assessed.code].covered_by
        if assessed.applicability == "not_applicable" or not covers:
            continue
        applies = assessed.applicability == "applies"
        verb = "s’applique" if applies else "peut s’appliquer, selon un fait à préciser"
        if applies and assessed.strength == "recommended":
            verb = "est recommandée"
        elif applies and assessed.strength == "programmed":
            verb = "s’appliquera pendant le marché"
        text = f"parce que l’obligation « {assessed.title} » {verb} ({assessed.article})"
        binding = applies and assessed.strength == "binding"
        rank = 0 if binding else 1 if applies else UNSURE
        needs.append(Need(Reason("duty", assessed.code, text), covers, binding, rank))
    return needs


def _of_charter(purchase: Purchase, law: Law) -> list[Need]:
    case = Case(purchase, law)
    needs = []
    for commitment in law.charter.commitments:
        for modality in commitment.modalities:
            if modality.measure != "clause" or (
                modality.families and not set(modality.families) & set(purchase.families)
            ):
                continue
            if modality.applies_when is not None and judge(modality.applies_when, case) is not True:
                continue
            text = f"parce que la charte le prévoit ({commitment.code}) : « {modality.title} »"
            needs.append(Need(Reason("charter", modality.id, text), modality.cover, binding=False, rank=2))
    return needs
