"""The documents over HTTP: public, no account. Composition takes CPU: in a thread, a few at a time."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Final, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response

from app.documents import queries
from app.documents.assemble import documents
from app.documents.compose import DOCX, ZIP, compose, file_name, slug
from app.documents.content import Article, Document, headings
from app.documents.job import CompositionJob, usual_ccag
from app.documents.rules import Refusal, shared_out
from app.documents.schemas import CriterionOut, DocumentsIn, HeadingOut, PieceOut, PreviewOut
from app.documents.selection import Selection, criteria_refusals
from app.documents.tables import criteria_of, weight_of
from app.law.routes import LawOf
from app.law.vocabulary import PIECE_LABELS, Piece
from app.library.blocks import blocks_of
from app.library.queries import LibraryNotReady
from app.web.problems import Busy, FieldError, Invalid, describe, problems

router = APIRouter(prefix="/api/v1", tags=["Documents"])
T = TypeVar("T")
_QUEUE: Final = 16
"""Requests that may wait for a thread; the next ones are asked to come back."""


class DocumentRefused(Invalid):
    type, title = "/problems/documents", "Dossier à compléter avant la génération"


describe(
    DocumentRefused,
    "Le dossier n’est pas généré tant qu’une valeur obligatoire manque, sort de ses bornes, ou que des clauses se "
    "contredisent. La liste « errors » dit où et quoi faire. Une valeur peut aussi être laissée en blanc exprès.",
)


def _limiter(request: Request) -> CapacityLimiter:
    """One limiter per application, made on first use inside its event loop."""
    app: FastAPI = request.app
    if not hasattr(app.state, "documents_limiter"):
        app.state.documents_limiter = CapacityLimiter(app.state.settings.documents_at_once)
    limiter: CapacityLimiter = app.state.documents_limiter
    return limiter


Limiter = Annotated[CapacityLimiter, Depends(_limiter)]


async def _in_thread(limiter: CapacityLimiter, work: Callable[[CompositionJob], T], job: CompositionJob) -> T:
    if limiter.statistics().tasks_waiting >= _QUEUE:
        raise Busy("Trop de dossiers sont en cours de génération.", headers={"Retry-After": "2"})
    return await to_thread.run_sync(work, job, limiter=limiter)


async def _job(request: Request, asked: DocumentsIn, law: LawOf) -> tuple[CompositionJob, list[Refusal]]:
    purchase = asked.purchase.described(law)
    chosen: Selection = await queries.selection(request.app.state.sessions, asked.items)
    entered = tuple(criterion.as_weight for criterion in asked.criteria)
    job = CompositionJob(
        references=queries.references(request.app.state.settings.clauses),
        purchase=purchase,
        clauses=chosen.clauses,
        pieces=tuple(Piece(piece) for piece in dict.fromkeys(asked.pieces)),
        criteria=entered,
        title=asked.title,
        buyer_name=asked.buyer_name,
        reference=asked.reference,
        ccag=None if asked.ccag == "none" else asked.ccag or usual_ccag(purchase),
        justifications=asked.justifications,
        life_cycle_cost=asked.life_cycle_cost.as_method if asked.life_cycle_cost else None,
    )
    return job, [*chosen.refusals, *criteria_refusals(chosen.clauses, entered)]


Job = Annotated[tuple[CompositionJob, list[Refusal]], Depends(_job)]


@router.post(
    "/documents",
    response_class=Response,
    responses={
        200: {
            "content": {ZIP: {}, DOCX: {}},
            "description": "Un DOCX, ou un ZIP de plusieurs",
        },
        **problems(DocumentRefused, Busy, LibraryNotReady),
    },
    summary="Composer les pièces d’un dossier de consultation",
)
async def compose_documents(prepared: Job, limiter: Limiter) -> Response:
    """The same request gives the same bytes. Refused, with the full list, while something is missing."""
    job, refusals = prepared
    if refusals:
        raise DocumentRefused(_count(refusals), _errors(refusals))
    content = await _in_thread(limiter, compose, job)
    one = len(job.pieces) == 1
    subject = slug(job.title.strip() or job.purchase.object)
    name = f"{job.pieces[0]}_{subject}.docx" if one else f"dossier_{subject}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=DOCX if one else ZIP, headers=headers)


@router.post(
    "/documents/preview",
    responses=problems(Invalid, Busy, LibraryNotReady),
    summary="Le plan des pièces, et ce qui manque pour les générer",
)
async def preview_documents(prepared: Job, limiter: Limiter) -> PreviewOut:
    """Never refused: what is missing is listed, and shown as a blank."""
    job, refusals = prepared
    made = await _in_thread(limiter, documents, job)
    total = sum((weight_of(clause) for clause in criteria_of(job.clauses, None)), Decimal(0))
    others = job.criteria or shared_out(total)
    return PreviewOut(
        pieces=[_piece(document) for document in made],
        missing=_errors(refusals),
        criteria=[CriterionOut(label=other.label, weight=other.weight) for other in others],
    )


def _piece(document: Document) -> PieceOut:
    entries = list(headings(document.articles))
    clauses = [entry for entry in entries if not isinstance(entry, Article)]
    own = sum(len(entry.blocks) for entry in entries if isinstance(entry, Article))
    worded = sum(len(blocks_of(block.clause.record.wordings[block.wording])) for block in clauses)
    return PieceOut(
        piece=document.piece,
        label=PIECE_LABELS[document.piece],
        file=file_name(document),
        headings=[HeadingOut(level=entry.level, number=entry.number, text=entry.title) for entry in entries],
        paragraphs=own + worded,
        clauses=list(dict.fromkeys(block.clause.record.id for block in clauses)),
    )


def _errors(refusals: list[Refusal]) -> list[FieldError]:
    return [FieldError(pointer=refusal.pointer, detail=refusal.detail) for refusal in refusals]


def _count(refusals: list[Refusal]) -> str:
    if len(refusals) == 1:
        return "Un point est à corriger avant la génération."
    return f"{len(refusals)} points sont à corriger avant la génération."
