"""The blocks that a candidate completes: the answer frame, the commitments of the offer, who signs."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.documents.content import Block, ChosenClause, Inlines, Paragraph, Table
from app.documents.context import Context
from app.documents.tables import percent, weight_of
from app.law.vocabulary import Kind, Piece
from app.text.typography import NBSP

_OFFERED: Final = frozenset({Kind.AWARD_CRITERION, Kind.VARIANT, Kind.PRICE})
_REQUIRED: Final = frozenset({Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION})


def asked(context: Context) -> Iterator[tuple[ChosenClause, str, str]]:
    """Scored questions first, then what must only be proven with the offer."""
    clauses = context.job.clauses
    for clause in clauses:
        scoring = clause.record.scoring
        if clause.record.kind is Kind.AWARD_CRITERION and scoring:
            question = f"{scoring.question}\nForme de la réponse{NBSP}: {scoring.answer_form}"
            yield clause, question, f"Noté{NBSP}: {percent(weight_of(clause))}"
    for clause in clauses:
        if clause.record.kind is not Kind.AWARD_CRITERION and offered(clause):
            yield clause, f"{clause.title} ({context.place(clause)})", "Non noté"


def offered(clause: ChosenClause) -> str:
    """The proofs due with the offer."""
    return "\n".join(
        f"{proof.what}. Équivalents admis{NBSP}: {proof.equivalents}"
        for proof in clause.record.evidence
        if proof.stage == "offre"
    )


def response_frame(context: Context) -> tuple[Block, ...]:
    rows = []
    for position, (clause, question, scored) in enumerate(asked(context), 1):
        proof = offered(clause) or "Tout document qui établit la réponse"
        rows.append(((str(position),), (question,), ("",), (proof,), (scored,)))
    if not rows:
        return (Paragraph(("Aucune clause de la consultation ne demande de réponse chiffrée du candidat.",)),)
    columns = ("N°", "Question ou exigence", "Réponse du candidat", "Preuve à joindre", "Notation")
    return (Table("Cadre de réponse environnemental", columns, (5, 30, 28, 30, 12), tuple(rows)),)


def commitments(context: Context) -> tuple[Block, ...]:
    """What the candidate offers above the minimum: each value becomes an obligation of the contract."""
    offered = [c for c in context.job.clauses if c.record.kind in _OFFERED and Piece.BPU not in c.record.wordings]
    rows = tuple(
        ((str(position),), (_engagement(context, clause),), (_form(clause),), ("",), (context.place(clause) or "—",))
        for position, clause in enumerate(offered, 1)
    )
    if not rows:
        return (Paragraph(("Aucun critère ni aucune variante de la consultation n’appelle d’engagement chiffré.",)),)
    columns = ("N°", "Engagement", "Forme de la valeur", "Valeur offerte par le candidat", "Articles concernés")
    return (Table("Engagements chiffrés de l’offre", columns, (4, 26, 18, 22, 22), rows),)


def _engagement(context: Context, clause: ChosenClause) -> str:
    lots = context.job.lot_names(clause)
    return f"{clause.title}\n{lots}" if lots else clause.title


def _form(clause: ChosenClause) -> str:
    scoring = clause.record.scoring
    return scoring.answer_form if scoring else "Oui, dans les limites du règlement, ou non"


def accepted(context: Context) -> tuple[Block, ...]:
    """The minimum that every offer meets, recalled to the signatory."""
    rows = tuple(
        ((_engagement(context, clause),), (context.place(clause),))
        for clause in context.job.clauses
        if clause.record.kind in _REQUIRED and clause.record.environmental
    )
    return (Table("Exigences environnementales acceptées", ("Exigence", "Articles"), (3, 2), rows),) if rows else ()


def candidate(_: Context) -> tuple[Block, ...]:
    rows: tuple[tuple[Inlines, ...], ...] = tuple(
        ((label,), ("",))
        for label in ("Dénomination du candidat ou du groupement", "SIRET", "Interlocuteur environnemental, courriel")
    )
    return (Table("Candidat", ("Renseignement", "Réponse du candidat"), (2, 3), rows),)


def signature(_: Context) -> tuple[Block, ...]:
    columns = ("Nom et qualité du signataire", "Lieu et date", "Signature")
    return (Table("Signature du candidat", columns, (2, 1, 2), ((("",), ("",), ("",)),)),)


MADE: Final[Mapping[str, Callable[[Context], tuple[Block, ...]]]] = {
    made.__name__: made for made in (response_frame, commitments, accepted, candidate, signature)
}
