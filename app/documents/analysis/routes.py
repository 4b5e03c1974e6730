"""Analyses over HTTP: public, no account; an analysis is known by an id that cannot be guessed."""

from http import HTTPStatus
from typing import Annotated, Final

from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, FastAPI, File, Form, Request, Response, UploadFile
from pydantic import TypeAdapter, ValidationError

from app.database.engine import DbSession
from app.documents.analysis import actions, store
from app.documents.analysis.refusals import AnalysisGone, FileRefused, file_refused
from app.documents.analysis.schemas import AnalysisOut, Secret
from app.law.routes import LawOf
from app.law.schemas import PurchaseIn
from app.library.queries import LibraryNotReady
from app.web.french import sentence_of
from app.web.problems import BodyTooLarge, Busy, FieldError, Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Analyses"])
_QUEUE: Final = 12
MOST_FILES: Final = 10
_PURCHASE: Final = TypeAdapter(PurchaseIn)


def _limiter(request: Request) -> CapacityLimiter:
    """How many files are read at the same time in this process."""
    app: FastAPI = request.app
    if not hasattr(app.state, "analyses_limiter"):
        app.state.analyses_limiter = CapacityLimiter(app.state.settings.documents_at_once)
    limiter: CapacityLimiter = app.state.analyses_limiter
    if limiter.statistics().tasks_waiting >= _QUEUE:
        raise Busy("Trop de fichiers sont en cours d’analyse.", headers={"Retry-After": "5"})
    return limiter


Limiter = Annotated[CapacityLimiter, Depends(_limiter)]
Files = Annotated[list[UploadFile], File(description="Un DOCX, un ODT ou un ZIP de pièces ; dix fichiers au plus")]
Described = Annotated[str, Form(max_length=20_000, description="L’achat, en JSON, comme dans /duties/assess")]


def described(law: LawOf, purchase: Described = "") -> PurchaseIn | None:
    """The purchase of the form; its errors point into `/purchase`."""
    if not purchase.strip():
        return None
    try:
        found = _PURCHASE.validate_json(purchase)
    except ValidationError as error:
        raise Invalid(
            "L’achat décrit est à corriger.",
            [
                FieldError(
                    pointer="/" + "/".join(["purchase", *map(str, one["loc"])]),
                    detail=sentence_of(one["type"], one["msg"], one.get("ctx", {})),
                )
                for one in error.errors()
            ],
        ) from error
    found.described(law)
    return found


@router.post(
    "/analyses",
    status_code=HTTPStatus.CREATED,
    responses={
        202: {"model": AnalysisOut, "description": "L’analyse est longue : suivez-la à son adresse"},
        **problems(FileRefused, BodyTooLarge, Busy, LibraryNotReady),
    },
    summary="Analyser un dossier de consultation : nos clauses, les risques, les obligations",
)
async def create_analysis(
    request: Request,
    response: Response,
    limiter: Limiter,
    files: Files,
    purchase: Annotated[PurchaseIn | None, Depends(described)],
) -> AnalysisOut:
    """The file is never written down; what is found is kept for a day at an address that only you know."""
    if len(files) > MOST_FILES:
        raise Invalid("Trop de fichiers.", [FieldError(pointer="/files", detail="Dix fichiers au plus.")])
    state = request.app.state
    contents = [(_name(file), await file.read()) for file in files]
    async with limiter:
        try:
            received = await actions.read(contents)
        except actions.Refusals as refusals:
            raise file_refused(refusals.found) from refusals
        secret = await actions.begin(state.sessions, state.settings.clauses, received, purchase)
    async with state.sessions() as session:
        found = store.shown(await store.find(session, store.key_of(secret)), secret)
    response.headers["Location"] = f"/api/v1/analyses/{secret}"
    response.headers["Cache-Control"] = "no-store"
    if found.status == "waiting":
        response.status_code = HTTPStatus.ACCEPTED
    return found


def _name(file: UploadFile) -> str:
    """The last part of the name that the browser gave, printable and short."""
    last = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:120] or "document"


@router.get("/analyses/{ident}", responses=problems(AnalysisGone), summary="Une analyse : où elle en est, son résultat")
async def read_analysis(ident: Secret, response: Response, session: DbSession) -> AnalysisOut:
    response.headers["Cache-Control"] = "no-store"
    return store.shown(await store.find(session, store.key_of(ident)), ident)


@router.delete("/analyses/{ident}", status_code=HTTPStatus.NO_CONTENT, summary="Effacer une analyse")
async def erase_analysis(ident: Secret, session: DbSession) -> None:
    """At once, and whether it still exists or not."""
    await store.erase(session, store.key_of(ident))
