"""A chosen clause as the check of the law room sees it. Pure."""

from app.documents.content import ChosenClause
from app.documents.docx import blank_of
from app.documents.tables import weight_of
from app.law.rules import BasketClause
from app.law.vocabulary import Kind
from app.library.blocks import VARIABLE


def basket_clause(clause: ChosenClause) -> BasketClause:
    record = clause.record
    return BasketClause(
        id=record.id,
        version=clause.version,
        title=record.title,
        kind=record.kind,
        pieces=tuple(record.pieces),
        families=tuple(record.families),
        requirement=record.requirement,
        text="\n\n".join(_filled(clause, wording) for wording in record.wordings.values()),
        environmental=record.environmental,
        social=record.social,
        gain=record.gain.degree,
        duties=tuple(record.duties),
        charter=tuple(record.charter),
        labels=tuple(record.labels),
        levers=tuple(record.levers),
        level=record.level,
        has_evidence=bool(record.evidence),
        has_control=record.control is not None,
        has_penalty=record.penalty is not None,
        derogates=any(hook.derogates for hook in record.ccag),
        weight=weight_of(clause) if record.kind is Kind.AWARD_CRITERION else None,
        lot=clause.lot,
        requires=tuple(record.relations.requires),
        excludes=tuple(record.relations.excludes),
        replaces=tuple(record.relations.replaces),
    )


def _filled(clause: ChosenClause, wording: str) -> str:
    return VARIABLE.sub(lambda found: clause.shown[found[1]] or blank_of(clause, found[1]), wording)
