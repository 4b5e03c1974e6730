"""Composition into the buyer's own template: public, the file is read in a bounded process and never written down."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError

from app.accounts.actors import Visitor
from app.documents import bounded, convert
from app.documents.analysis.refusals import FileRefused
from app.documents.assemble import documents
from app.documents.compose import File as Composed
from app.documents.compose import files
from app.documents.job import CompositionJob
from app.documents.own.sending import sending
from app.documents.pieces import MEDIA, Written
from app.documents.refused import Refused
from app.documents.routes import DocumentRefused, Limiter, Prepared, answer, in_thread, prepare, refuse
from app.documents.schemas import DocumentsIn
from app.law.routes import LawOf
from app.library.queries import LibraryNotReady
from app.web.french import sentence_of
from app.web.problems import BodyTooLarge, Busy, FieldError, Invalid, problems

router = APIRouter(prefix="/api/v1/documents/with-template", tags=["Documents"])
_LONGEST: Final = 900_000
_TASK: Final = "app.documents.own.merge:merge"

Asked = Annotated[str, Form(max_length=_LONGEST, description="Le corps de POST /documents, en JSON")]
Template = Annotated[UploadFile, File(description="Votre modèle, un DOCX ou un DOTX de 25 Mio au plus")]


class PlacementOut(BaseModel):
    title: str
    where: str
    """« sous votre titre « Pénalités » », « au signet « clausier_clauses » », « à la fin du document »."""


class PlacedOut(BaseModel):
    piece: Written
    placements: list[PlacementOut]
    notes: list[str]
    """What the buyer should know: levels added, numbers typed by hand, articles left out."""


class TemplatePreviewOut(BaseModel):
    pieces: list[PlacedOut]


async def asked(request: Request, law: LawOf, dossier: Asked, visitor: Visitor) -> Prepared:
    try:
        found = DocumentsIn.model_validate_json(dossier)
    except ValidationError as error:
        errors = [
            FieldError(
                pointer="/" + "/".join(map(str, one["loc"])),
                detail=sentence_of(one["type"], one["msg"], one.get("ctx", {})),
            )
            for one in error.errors()
        ]
        raise Invalid("Le dossier décrit est à corriger.", errors) from error
    return await prepare(request, found, law, visitor)


Dossier = Annotated[Prepared, Depends(asked)]
_REFUSALS: Final = (FileRefused, BodyTooLarge, Busy, LibraryNotReady)


async def _merged(job: CompositionJob, content: bytes, limiter: Limiter) -> dict[Written, tuple[dict[str, Any], bytes]]:
    """Each piece of text in its own copy of the template."""
    made = {}
    for document in await in_thread(limiter, documents, job):
        async with limiter:
            try:
                made[document.piece] = await bounded.run(_TASK, sending(document), content)
            except Refused as refusal:
                raise FileRefused(refusal.sentence, [_pointed(refusal)]) from refusal
    return made


def _pointed(refusal: Refused) -> FieldError:
    return FieldError(pointer="/template", detail=refusal.sentence)


@router.post(
    "",
    response_class=Response,
    responses={
        200: {
            "content": {media.partition(";")[0]: {} for media in MEDIA.values()},
            "description": "Un fichier, ou un ZIP de plusieurs",
        },
        **problems(DocumentRefused, convert.NoConverter, *_REFUSALS),
    },
    summary="Composer les pièces dans votre propre modèle DOCX",
)
async def compose_into_template(request: Request, prepared: Dossier, template: Template, limiter: Limiter) -> Response:
    """Styles, headers and logo are the template's; clauses go under its headings or at its bookmarks."""
    return await answer(request, prepared.job, await into_template(prepared, await template.read(), limiter))


async def into_template(prepared: Prepared, content: bytes, limiter: Limiter) -> list[Composed]:
    """The pieces, each in its own copy of the template."""
    refuse(prepared.refusals)
    made = []
    for job in prepared.sets:
        merged = await _merged(job, content, limiter)
        made += files(job, {piece: docx for piece, (_, docx) in merged.items()})
    return made


@router.post(
    "/preview",
    responses=problems(Invalid, *_REFUSALS),
    summary="Où iront les articles dans votre modèle, et ce qui demande votre attention",
)
async def preview_template(prepared: Dossier, template: Template, limiter: Limiter) -> TemplatePreviewOut:
    merged = await _merged(prepared.job, await template.read(), limiter)
    return TemplatePreviewOut(
        pieces=[
            PlacedOut(
                piece=piece,
                placements=[PlacementOut(**each) for each in said["placements"]],
                notes=said["notes"],
            )
            for piece, (said, _) in merged.items()
        ]
    )
