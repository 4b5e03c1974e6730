"""What one wants to be told, and the one-click way out of it (RFC 8058)."""

from html import escape
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy import func, select

from app.accounts import notices
from app.accounts.actors import Actor, Signed, SignedInBrowser
from app.accounts.models_notices import Notice
from app.accounts.origin import settings_of
from app.accounts.refusals import CrossSite, Forbidden, LinkOver, NotSignedIn
from app.accounts.rules_notices import DIGEST, KINDS, kinds_for
from app.accounts.schemas_notices import MyNotices, NoticeKindOut, PacesIn, RefusedAddressOut
from app.database.engine import DbSession
from app.outbound import bounces
from app.outbound.models import SuppressedAddress
from app.web.problems import FieldError, Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Mon compte"])
Token = Annotated[str, Path(min_length=20, max_length=500)]


async def _mine(session: DbSession, actor: Actor) -> MyNotices:
    held = await notices.paces(session, actor.person.id)
    row = await session.get(SuppressedAddress, actor.person.email) if actor.person.email else None
    refused = (
        RefusedAddressOut(email=row.email, reason=row.reason, bounces=row.bounces, since=row.since)
        if row and row.since
        else None
    )
    waiting = select(func.count()).where(Notice.person_id == actor.person.id, Notice.written_at.is_(None))
    return MyNotices(
        kinds=[
            NoticeKindOut(code=code, label=kind.label, told=kind.told, pace=held[code])
            for code, kind in kinds_for(await notices.sides_of(session, actor.person.id)).items()
        ],
        refused=refused,
        waiting=await session.scalar(waiting) or 0,
    )


@router.get("/me/notices", responses=problems(NotSignedIn), summary="Ce que je reçois, et à quel rythme")
async def read_notices(session: DbSession, actor: Signed) -> MyNotices:
    return await _mine(session, actor)


@router.put(
    "/me/notices", responses=problems(NotSignedIn, Forbidden, CrossSite, Invalid), summary="Choisir ce que je reçois"
)
async def choose_notices(session: DbSession, actor: SignedInBrowser, asked: PacesIn) -> MyNotices:
    """Only the kinds that are named change: there is nothing of somebody else to overwrite."""
    unknown = sorted(asked.paces.keys() - KINDS.keys())
    if unknown:
        said = f"Sorte d’avis inconnue : {', '.join(unknown)}."
        raise Invalid(said, [FieldError(pointer="/paces", detail=said)])
    await notices.choose(session, actor.person.id, asked.paces)
    return await _mine(session, actor)


@router.post(
    "/me/notices/lift",
    responses=problems(NotSignedIn, Forbidden, CrossSite),
    summary="Écrire de nouveau à mon adresse, qui refusait nos messages",
)
async def lift_own(session: DbSession, actor: SignedInBrowser) -> MyNotices:
    if actor.person.email:
        await bounces.lift(session, actor.person.email)
    return await _mine(session, actor)


def _subscriber(request: Request, token: str) -> tuple[int, str]:
    found = notices.subscriber_of(settings_of(request), token)
    if found is None:
        raise LinkOver("Ce lien de désabonnement n’est pas entier : copiez-le à nouveau depuis le message.")
    return found


def _words(kind: str) -> str:
    return "l’avis du matin et tout ce qu’il contient" if kind == DIGEST else f"« {KINDS[kind].label} »"


@router.get(
    "/unsubscribe/{token}", responses=problems(LinkOver), response_class=Response, summary="La page de désabonnement"
)
async def show_unsubscribe(request: Request, token: Token) -> Response:
    """A link followed by a mail scanner must change nothing: the button does."""
    _, kind = _subscriber(request, token)
    page = (
        "<!doctype html><html lang='fr'><meta charset='utf-8'><title>Désabonnement – Clausier</title>"
        "<meta name='viewport' content='width=device-width'>"
        f"<main><h1>Ne plus recevoir : {escape(_words(kind))}</h1><form method='post'>"
        "<button>Confirmer le désabonnement</button></form>"
        "<p><a href='/mon-compte?onglet=avis'>Choisir ce que je reçois</a></p></main></html>"
    )
    return Response(page, media_type="text/html")


@router.post(
    "/unsubscribe/{token}",
    responses=problems(LinkOver),
    response_class=PlainTextResponse,
    summary="Se désabonner, en un clic (RFC 8058)",
)
async def unsubscribe(request: Request, session: DbSession, token: Token) -> PlainTextResponse:
    person_id, kind = _subscriber(request, token)
    await notices.unsubscribe(session, person_id, kind)
    return PlainTextResponse(f"C’est fait : vous ne recevrez plus {_words(kind)}.")
