"""From the shelf to what the API says: summaries, whole clauses, vocabularies."""

from collections.abc import Iterable
from typing import Any

from app.law.vocabulary import (
    BUYER_LABELS,
    CONFIDENCE_LABELS,
    KIND_LABELS,
    LEVELS,
    NATURE_LABELS,
    PIECE_LABELS,
    STATUS_LABELS,
)
from app.library.html import wording_html
from app.library.published import PublishedClause
from app.library.record import ClauseRecord
from app.library.schemas import (
    ClauseOut,
    ClauseRef,
    ClauseSummary,
    Coded,
    LegalRef,
    LevelOut,
    PurchaseFamily,
    StandingOut,
    VocabularyOut,
)
from app.library.shelf import Shelf
from app.library.standing import standing_of
from app.library.vocabularies import Term


def summary(clause: PublishedClause, score: float | None = None) -> ClauseSummary:
    record = clause.record
    return ClauseSummary(
        id=record.id,
        version=clause.version,
        title=record.title,
        plain_title=record.plain_title,
        summary=record.summary,
        family=record.family,
        families=record.families,
        levers=record.levers,
        kind=record.kind,
        pieces=record.pieces,
        level=record.level,
        status=clause.status,
        natures=record.natures,
        duties=record.duties,
        gain=record.gain.degree,
        legal_check=record.legal_check,
        availability=record.market.availability,
        score=score,
    )


def whole(clause: PublishedClause, shelf: Shelf) -> ClauseOut:
    record, words = clause.record, shelf.words
    plain: dict[str, Any] = {name: getattr(record, name) for name in ClauseRecord.model_fields}
    return ClauseOut.model_construct(
        **plain
        | {
            "version": clause.version,
            "content_hash": clause.content_hash,
            "published_at": clause.published_at,
            "status": clause.status,
            "family": record.family,
            "pieces": record.pieces,
            "availability": record.market.availability,
            "legal": _legal(record, shelf),
            "standing": StandingOut.model_validate(standing_of(clause.as_written, words.law, shelf.day)),
            "review_overdue": record.next_review < shelf.day,
            "labels": [words.labels[ident] for ident in record.labels if ident in words.labels],
            "definitions": terms_of(record, shelf),
            "relations": _relations(record, shelf),
            "html": {
                piece: wording_html(text, record.variables, terms_of(record, shelf))
                for piece, text in record.wordings.items()
            },
        }
    )


def terms_of(record: ClauseRecord, shelf: Shelf) -> list[Term]:
    """The words of the glossary that the clause uses."""
    return [shelf.words.glossary[ident] for ident in record.definitions if ident in shelf.words.glossary]


def _legal(record: ClauseRecord, shelf: Shelf) -> list[LegalRef]:
    found = [(basis, shelf.words.texts.get(basis.text)) for basis in record.legal]
    return [
        LegalRef(
            text=basis.text,
            title=text.title,
            article=text.article,
            relation=basis.relation,
            confidence=text.confidence,
            in_force_from=text.in_force_from,
        )
        for basis, text in found
        if text
    ]


def clause_ref(clause: PublishedClause) -> ClauseRef:
    record = clause.record
    return ClauseRef(id=clause.id, title=record.title, level=record.level, kind=record.kind, status=clause.status)


def _relations(record: ClauseRecord, shelf: Shelf) -> dict[str, list[ClauseRef]]:
    told = {
        name: [clause_ref(other) for other in map(shelf.clause, targets) if other]
        for name, targets in record.relations.model_dump().items()
    }
    successors = [clause for clause in shelf.active if record.id in clause.record.relations.replaces]
    return told | {"replaced_by": [clause_ref(clause) for clause in successors]}


def _coded(labels: Iterable[tuple[str, str]]) -> list[Coded]:
    return [Coded(code=str(code), label=label) for code, label in labels]


def vocabulary(shelf: Shelf) -> VocabularyOut:
    words = shelf.words
    return VocabularyOut(
        families=[
            PurchaseFamily(code=family.code, label=family.label, prefix=family.prefix, cpv=list(family.cpv))
            for family in words.families.values()
        ],
        levers=_coded((lever.code, lever.label) for lever in words.levers.values()),
        kinds=_coded(KIND_LABELS.items()),
        pieces=_coded(PIECE_LABELS.items()),
        levels=[LevelOut(code=code, label=label) for code, label in LEVELS.items()],
        natures=_coded(NATURE_LABELS.items()),
        buyers=_coded(BUYER_LABELS.items()),
        statuses=_coded(STATUS_LABELS.items()),
        confidences=_coded(CONFIDENCE_LABELS.items()),
        duties=_coded(words.duties.items()),
        commitments=_coded(words.commitments.items()),
        labels=list(words.labels.values()),
        glossary=list(words.glossary.values()),
    )
