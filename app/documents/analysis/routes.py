"""Analyses over HTTP: public, no account; an analysis is known by an id that cannot be guessed."""

from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import quote

from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, FastAPI, File, Form, Request, Response, UploadFile
from pydantic import TypeAdapter, ValidationError

from app.accounts.actors import Visitor
from app.database.engine import DbSession
from app.documents.analysis import actions, store
from app.documents.analysis.refusals import AnalysisGone, AnalysisKept, FileRefused, file_refused
from app.documents.analysis.returning import Asking, returned
from app.documents.analysis.schemas import AnalysisOut, CorrectionIn, Secret
from app.documents.pieces import MEDIA
from app.documents.refused import Refused
from app.documents.routes import organisation_of
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
        raise Invalid("L’achat décrit est à corriger.", _errors(error, "purchase")) from error
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
    _check_names(files)
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


def _check_names(files: list[UploadFile]) -> None:
    """Ten at most, each under its own name: a finding says in which file it is."""
    if len(files) > MOST_FILES:
        raise Invalid("Trop de fichiers.", [FieldError(pointer="/files", detail="Dix fichiers au plus.")])
    names = [_name(file) for file in files]
    twice = [index for index, name in enumerate(names) if name in names[:index]]
    if twice:
        detail = "Deux fichiers portent le même nom : renommez l’un des deux."
        raise Invalid(detail, [FieldError(pointer=f"/files/{index}", detail=detail) for index in twice])


def _name(file: UploadFile) -> str:
    """The last part of the name that the browser gave, printable and short."""
    last = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:120] or "document"


@router.get("/analyses/{ident}", responses=problems(AnalysisGone), summary="Une analyse : où elle en est, son résultat")
async def read_analysis(ident: Secret, response: Response, session: DbSession, visitor: Visitor) -> AnalysisOut:
    response.headers["Cache-Control"] = "no-store"
    return store.shown(await store.find_for(session, store.key_of(ident), organisation_of(visitor)), ident)


@router.delete(
    "/analyses/{ident}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(AnalysisKept),
    summary="Effacer une analyse",
)
async def erase_analysis(ident: Secret, session: DbSession) -> None:
    """At once, and whether it still exists or not; one that an organisation keeps is erased with its file."""
    if await store.is_kept(session, store.key_of(ident)):
        raise AnalysisKept("Une organisation garde cette analyse avec son fichier : effacez-la là où il est gardé.")
    await store.erase(session, store.key_of(ident))


@router.post(
    "/analyses/{ident}/corrections",
    response_class=Response,
    responses={
        200: {"content": {MEDIA["docx"]: {}, MEDIA["zip"]: {}}, "description": "Le même fichier, commenté ou corrigé"},
        **problems(FileRefused, AnalysisGone, BodyTooLarge, Busy, LibraryNotReady),
    },
    summary="Le même fichier, avec des commentaires ou des modifications suivies",
)
async def correct_file(  # noqa: PLR0913, PLR0917 (each is a part of the request)
    ident: Secret,
    request: Request,
    limiter: Limiter,
    file: UploadFile,
    asked: Annotated[str, Form(max_length=200_000)],
    visitor: Visitor,
) -> Response:
    """The file is sent again, since it was not kept; only its paragraphs change, the other parts are byte for byte."""
    wanted = _correction(asked)
    state, name = request.app.state, _name(file)
    asking = Asking(store.key_of(ident), organisation_of(visitor), name, await file.read())
    async with limiter:
        try:
            made, left = await returned(state.sessions, state.settings.clauses, asking, wanted)
        except Refused as refusal:
            raise file_refused([(0, refusal)]) from refusal
    stem, _, extension = name.rpartition(".")
    label = "commenté" if wanted.form == "comments" else "modifications suivies"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{stem} ({label}).{extension}')}",
        "Cache-Control": "no-store",
        "Clausier-Unchanged": str(left),
    }
    return Response(made, media_type=MEDIA["zip" if extension.lower() == "zip" else "docx"], headers=headers)


def _correction(asked: str) -> CorrectionIn:
    try:
        return CorrectionIn.model_validate_json(asked)
    except ValidationError as error:
        raise Invalid("La correction demandée est à revoir.", _errors(error)) from error


def _errors(error: ValidationError, *above: str) -> list[FieldError]:
    return [
        FieldError(
            pointer="/" + "/".join([*above, *map(str, one["loc"])]),
            detail=sentence_of(one["type"], one["msg"], one.get("ctx", {})),
        )
        for one in error.errors()
    ]
