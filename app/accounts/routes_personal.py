"""Personal data over HTTP: the register for all, the export and the erasure for each."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.accounts import personal, tombstones
from app.accounts.actors import FreshlySigned, SignedInBrowser
from app.accounts.history import note
from app.accounts.origin import settings_of
from app.accounts.refusals import CrossSite, LastAdministrator, NotSignedIn, ProofTooOld
from app.accounts.register import Kept, register
from app.accounts.schemas_me import LeavingIn, LeavingOut
from app.accounts.sessions import clear_cookie
from app.database.engine import DbSession
from app.web.problems import FieldError, Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Mon compte"])


class Register(BaseModel):
    items: list[Kept]


@router.get("/personal-data", summary="Le registre des données personnelles : quoi, pourquoi, combien de temps")
async def read_register() -> Register:
    return Register(items=list(register()))


@router.post(
    "/me/export",
    response_class=Response,
    responses={**problems(NotSignedIn, ProofTooOld, CrossSite), 200: {"content": {"application/zip": {}}}},
    summary="Télécharger toutes mes données",
)
async def export_me(request: Request, session: DbSession, actor: FreshlySigned) -> Response:
    note(session, request, "data_exported", person_id=actor.person.id)
    await session.flush()
    headers = {"Content-Disposition": 'attachment; filename="mes-donnees-clausier.zip"', "Cache-Control": "no-store"}
    packed = await personal.export(session, actor.person)
    return Response(packed, media_type="application/zip", headers=headers)


@router.get("/me/erasure", responses=problems(NotSignedIn), summary="Ce qui empêcherait d’effacer mon compte")
async def read_erasure(session: DbSession, actor: SignedInBrowser) -> LeavingOut:
    return LeavingOut(alone_in=await personal.alone_in(session, actor.person.id))


@router.post(
    "/me/erasure",
    responses=problems(NotSignedIn, ProofTooOld, CrossSite, Invalid, LastAdministrator),
    summary="Effacer mon compte et mes données personnelles",
)
async def erase_me(
    request: Request, response: Response, session: DbSession, actor: FreshlySigned, asked: LeavingIn
) -> LeavingOut:
    if asked.email.strip().lower() != actor.person.email:
        said = "Ce n’est pas l’adresse de votre compte : tapez-la pour confirmer l’effacement."
        raise Invalid(said, [FieldError(pointer="/email", detail=said)])
    if alone := await personal.alone_in(session, actor.person.id):
        raise LastAdministrator(f"Nommez d’abord un autre administrateur : {', '.join(alone)}.")
    await tombstones.erase_for_good(session, actor.person, settings_of(request).var)
    clear_cookie(request, response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return LeavingOut(alone_in=[])
