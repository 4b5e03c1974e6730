"""A clause of the library as the check of the law room sees it. Pure."""

from decimal import Decimal

from app.law.rules import BasketClause
from app.library.record import ClauseRecord


def checked_clause(
    record: ClauseRecord, version: int, text: str, *, weight: Decimal | None = None, lot: str | None = None
) -> BasketClause:
    """`text`: every wording of it, as it stands in the documents."""
    return BasketClause(
        id=record.id,
        version=version,
        title=record.title,
        kind=record.kind,
        pieces=tuple(record.pieces),
        families=tuple(record.families),
        requirement=record.requirement,
        text=text,
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
        weight=weight,
        lot=lot,
        requires=tuple(record.relations.requires),
        excludes=tuple(record.relations.excludes),
        replaces=tuple(record.relations.replaces),
    )
