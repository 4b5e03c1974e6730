"""One clause as a DOCX, outside any purchase: its texts by piece, its proofs, its limits."""

from collections.abc import Iterable

from app.documents.compose import write
from app.documents.content import Article, Block, ChosenClause, ClauseBlock, Document, Fact, Items, Paragraph
from app.documents.pieces import Written
from app.law.vocabulary import KIND_LABELS, LEVELS, PIECE_LABELS
from app.library.published import PublishedClause
from app.library.values import long_date, shown

_MENTION = "Texte de la bibliothèque Clausier, sous Licence Ouverte 2.0 (Etalab)."


def clause_docx(clause: PublishedClause) -> bytes:
    """The same clause and version give the same bytes; variables show their default values."""
    record = clause.record
    chosen = ChosenClause(
        record=record,
        version=clause.version,
        content_hash=clause.content_hash,
        shown={
            name: None if variable.default is None else shown(variable, variable.default)
            for name, variable in record.variables.items()
        },
    )
    pieces = record.pieces
    texts = [
        Article(
            key=f"texte-{piece.lower()}",
            title=PIECE_LABELS[piece],
            number=str(place),
            level=1,
            blocks=(),
            children=(ClauseBlock(chosen, piece, f"{place}.1", 2),),
        )
        for place, piece in enumerate(pieces, 1)
    ]
    return write(
        Document(
            piece=Written(pieces[0]),
            title=f"Clause {record.id}",
            object=record.title,
            buyer=(),
            kind=f"{KIND_LABELS[record.kind]}, niveau {LEVELS[record.level]}",
            reference=f"{record.id}, version {clause.version}",
            facts=(
                Fact("Version", (str(clause.version),)),
                Fact("Droit relu le", (long_date(record.legal_check),)),
                Fact("À relire avant le", (long_date(record.next_review),)),
            ),
            articles=(*texts, *_advice(clause, len(texts) + 1)),
            mention=f"{_MENTION} Clause {record.id}, version {clause.version}.",
        )
    )


def _advice(clause: PublishedClause, first: int) -> Iterable[Article]:
    record = clause.record
    proofs = [f"{proof.what}. Accepté aussi : {proof.equivalents}" for proof in record.evidence]
    parts: list[tuple[str, str, list[Block]]] = [
        ("pourquoi", "Pourquoi cette clause", [Paragraph((record.why,))]),
        ("preuves", "Preuves", [Items(tuple((line,) for line in proofs))] if proofs else []),
        ("vigilance", "Points de vigilance", [Items(tuple((line,) for line in record.watch_points))]),
        ("limites", "Quand ne pas l’utiliser", [Items(tuple((line,) for line in record.not_when))]),
    ]
    kept = [part for part in parts if part[2]]
    for number, (key, title, blocks) in enumerate(kept, first):
        yield Article(key=key, title=title, number=str(number), level=1, blocks=tuple(blocks))
