"""A chosen clause as the check of the law room sees it. Pure."""

from datetime import date

from app.documents.content import ChosenClause
from app.documents.tables import weight_of
from app.law.rules import BasketClause, Law
from app.law.vocabulary import Kind
from app.library.standing import Standing, standing_of


def basket_clauses(clause: ChosenClause, law: Law | None = None, launch: date | None = None) -> list[BasketClause]:
    """One per lot that the clause bears on; one without a lot when it bears on all.

    With the law and the day of the launch, the level and the gain are those that the buyer's values have on that day.
    """
    standing = standing_of(clause.record, law, launch, clause.raw) if launch else None
    return [_basket_clause(clause, lot, standing) for lot in clause.lots or (None,)]


def _basket_clause(clause: ChosenClause, lot: str | None, standing: Standing | None) -> BasketClause:
    record = clause.record
    return BasketClause(
        id=record.id,
        version=clause.version,
        title=record.title,
        kind=record.kind,
        pieces=tuple(record.pieces),
        families=tuple(record.families),
        requirement=record.requirement,
        text="\n\n".join(clause.filled(wording) for wording in record.wordings.values()),
        environmental=record.environmental,
        social=record.social,
        gain=standing.degree if standing else record.gain.degree,
        duties=tuple(record.duties),
        charter=tuple(record.charter),
        labels=tuple(record.labels),
        levers=tuple(record.levers),
        level=standing.level if standing else record.level,
        has_evidence=bool(record.evidence),
        has_control=record.control is not None,
        has_penalty=record.penalty is not None,
        derogates=any(hook.derogates for hook in record.ccag),
        weight=weight_of(clause) if record.kind is Kind.AWARD_CRITERION else None,
        lot=lot,
        requires=tuple(record.relations.requires),
        excludes=tuple(record.relations.excludes),
        replaces=tuple(record.relations.replaces),
    )
