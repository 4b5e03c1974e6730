"""The documents over HTTP: public, no account. Composition takes CPU: in a thread, a few at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response

from app.accounts.actors import Actor, Visitor
from app.documents import convert, queries
from app.documents.assemble import documents
from app.documents.compose import File, bundle, file_name, files, subject
from app.documents.content import Article, Document, headings
from app.documents.job import CompositionJob, usual_ccag
from app.documents.pieces import LABELS, MEDIA, Written, formats_asked, formats_of
from app.documents.required import Added
from app.documents.rules import Refusal, shared_out
from app.documents.schemas import AddedOut, CriterionOut, DocumentsIn, HeadingOut, PieceOut, PreviewOut
from app.documents.selection import Selection, criteria_refusals
from app.documents.tables import criteria_of, judges_price, weight_of
from app.law.routes import LawOf
from app.library.blocks import blocks_of
from app.library.queries import LibraryNotReady
from app.web.problems import Busy, FieldError, Invalid, describe, problems

router = APIRouter(prefix="/api/v1", tags=["Documents"])
Given = TypeVar("Given")
Made = TypeVar("Made")
_QUEUE: Final = 16
"""Requests that may wait for a thread; the next ones are asked to come back."""


class DocumentRefused(Invalid):
    type, title = "/problems/documents", "Dossier à compléter avant la génération"


describe(
    DocumentRefused,
    "Le dossier n’est pas généré tant qu’une valeur obligatoire manque, sort de ses bornes, ou que des clauses se "
    "contredisent. La liste « errors » dit où et quoi faire. Une valeur peut aussi être laissée en blanc exprès.",
)


def limiter_of(request: Request) -> CapacityLimiter:
    """One limiter per application, made on first use inside its event loop."""
    app: FastAPI = request.app
    if not hasattr(app.state, "documents_limiter"):
        app.state.documents_limiter = CapacityLimiter(app.state.settings.documents_at_once)
    limiter: CapacityLimiter = app.state.documents_limiter
    return limiter


Limiter = Annotated[CapacityLimiter, Depends(limiter_of)]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request read: what to compose, once per lot asked for, and all that stands in the way."""

    job: CompositionJob
    sets: tuple[CompositionJob, ...]
    refusals: tuple[Refusal, ...]
    added: tuple[Added, ...]


def organisation_of(visitor: Actor | None) -> int | None:
    """Whose own wordings the caller may compose with."""
    return visitor.organisation.id if visitor and visitor.organisation else None


async def in_thread(limiter: CapacityLimiter, work: Callable[[Given], Made], given: Given) -> Made:
    if limiter.statistics().tasks_waiting >= _QUEUE:
        raise Busy("Trop de dossiers sont en cours de génération.", headers={"Retry-After": "2"})
    return await to_thread.run_sync(work, given, limiter=limiter)


async def prepare(request: Request, asked: DocumentsIn, law: LawOf, visitor: Visitor) -> Prepared:
    purchase = asked.purchase.described(law)
    lots = tuple(lot.as_lot for lot in asked.lots)
    chosen: Selection = await queries.selection(
        request.app.state.sessions, asked.items, lots, complete=True, organisation=organisation_of(visitor)
    )
    entered = tuple(criterion.as_weight for criterion in asked.criteria)
    job = CompositionJob(
        references=queries.references(request.app.state.settings.clauses),
        purchase=purchase,
        clauses=chosen.clauses,
        pieces=tuple(dict.fromkeys(asked.pieces)),
        formats=tuple(dict.fromkeys(asked.formats)),
        criteria=entered,
        title=asked.title,
        buyer_name=asked.buyer_name,
        reference=asked.reference,
        ccag=None if asked.ccag == "none" else asked.ccag or usual_ccag(purchase),
        justifications=asked.justifications,
        life_cycle_cost=asked.life_cycle_cost.as_method if asked.life_cycle_cost else None,
        lots=lots,
        contract_start=asked.contract_start,
    )
    named = {lot.number: lot for lot in lots}
    sets = tuple(job.for_lot(named[number]) for number in dict.fromkeys(asked.for_lots) if number in named)
    refusals = (
        *chosen.refusals,
        *criteria_refusals(chosen.clauses, entered, lots),
        *request_refusals(job, asked.for_lots),
    )
    return Prepared(job, sets or (job,), refusals, chosen.added)


Job = Annotated[Prepared, Depends(prepare)]


def request_refusals(job: CompositionJob, for_lots: Sequence[str]) -> list[Refusal]:
    """What the request asks for and does not give the means of."""
    known = {lot.number for lot in job.lots}
    refusals = [
        Refusal(f"/for_lots/{place}", f"Le lot « {number} » n’est pas dans la liste des lots.")
        for place, number in enumerate(for_lots)
        if number not in known
    ]
    if Written.SUIVI in job.pieces and "ics" in job.formats and job.contract_start is None:
        detail = "Donnez la date de début du marché : l’agenda du suivi (ICS) compte ses échéances à partir d’elle."
        refusals.append(Refusal("/contract_start", detail))
    return refusals


@router.post(
    "/documents",
    response_class=Response,
    responses={
        200: {
            "content": {media.partition(";")[0]: {} for media in MEDIA.values()},
            "description": "Un fichier, ou un ZIP de plusieurs",
        },
        **problems(DocumentRefused, Busy, LibraryNotReady, convert.NoConverter),
    },
    summary="Composer les pièces d’un dossier de consultation",
)
async def compose_documents(request: Request, prepared: Job, limiter: Limiter) -> Response:
    """The same request gives the same bytes. Refused, with the full list, while something is missing."""
    refuse(prepared.refusals)
    made = [file for job in prepared.sets for file in await in_thread(limiter, files, job)]
    return await answer(request, prepared.job, made)


def refuse(refusals: Sequence[Refusal]) -> None:
    if refusals:
        raise DocumentRefused(_count(refusals), _errors(refusals))


async def answer(request: Request, job: CompositionJob, made: list[File]) -> Response:
    """One file as it is, several as a ZIP; ODT and PDF are made here, one at a time."""
    ready = [await convert.converted(request.app, file) for file in made]
    if len(ready) == 1:
        name, content = ready[0].name.rpartition("/")[2], ready[0].content
    else:
        name, content = f"dossier_{subject(job)}.zip", bundle(ready)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[name.rpartition(".")[2]], headers=headers)


@router.post(
    "/documents/preview",
    responses=problems(Invalid, Busy, LibraryNotReady),
    summary="Le plan des pièces, et ce qui manque pour les générer",
)
async def preview_documents(prepared: Job, limiter: Limiter) -> PreviewOut:
    """Never refused: what is missing is listed, and shown as a blank."""
    job = prepared.job
    made = await in_thread(limiter, documents, job)
    scored = criteria_of(job.clauses, None)
    total = sum(map(weight_of, scored), Decimal(0))
    others = job.criteria or shared_out(total, priced=judges_price(scored))
    return PreviewOut(
        pieces=[_piece(document, job) for document in made] + _sheets(job),
        missing=_errors(prepared.refusals),
        criteria=[CriterionOut(label=other.label, weight=other.weight) for other in others],
        added=[
            AddedOut(clause_id=a.clause.id, title=a.clause.record.title, because=a.because, lots=a.item.lots)
            for a in prepared.added
        ],
        conversions=convert.available(),
    )


def _sheets(job: CompositionJob) -> list[PieceOut]:
    """The pieces without articles."""
    if Written.SUIVI not in job.pieces:
        return []
    followed = [clause.record.id for clause in job.clauses if clause.record.control]
    return [
        PieceOut(
            piece=Written.SUIVI,
            label=LABELS[Written.SUIVI],
            file=file_name(Written.SUIVI, job, "xlsx"),
            formats=list(formats_of(Written.SUIVI)),
            headings=[],
            paragraphs=len(followed),
            clauses=list(dict.fromkeys(followed)),
        )
    ]


def _piece(document: Document, job: CompositionJob) -> PieceOut:
    entries = list(headings(document.articles))
    clauses = [entry for entry in entries if not isinstance(entry, Article)]
    own = sum(len(entry.blocks) for entry in entries if isinstance(entry, Article))
    worded = sum(len(blocks_of(block.clause.record.wordings[block.wording])) for block in clauses)
    return PieceOut(
        piece=document.piece,
        label=LABELS[document.piece],
        file=file_name(document.piece, job, formats_asked(document.piece, job.formats)[0]),
        formats=list(formats_of(document.piece)),
        headings=[HeadingOut(level=entry.level, number=entry.number, text=entry.title) for entry in entries],
        paragraphs=own + worded,
        clauses=list(dict.fromkeys(block.clause.record.id for block in clauses)),
    )


def _errors(refusals: Sequence[Refusal]) -> list[FieldError]:
    return [FieldError(pointer=refusal.pointer, detail=refusal.detail) for refusal in refusals]


def _count(refusals: Sequence[Refusal]) -> str:
    if len(refusals) == 1:
        return "Un point est à corriger avant la génération."
    return f"{len(refusals)} points sont à corriger avant la génération."
