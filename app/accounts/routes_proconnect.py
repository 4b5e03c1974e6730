"""ProConnect over HTTP: leave for it, come back from it, leave it for good."""

import logging
import secrets
from hmac import compare_digest
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response, status
from pydantic import BaseModel
from sqlalchemy import delete
from starlette.responses import RedirectResponse

from app.accounts import flows
from app.accounts.actors import Actor, FreshlySigned, Visitor
from app.accounts.entering import enter, enter_or_ask
from app.accounts.history import note
from app.accounts.links import page
from app.accounts.models import OidcIdentity, Person
from app.accounts.origin import require_same_origin, settings_of
from app.accounts.proconnect import Stopped, link, organisation_of, person_of
from app.accounts.refusals import AlreadyThere, CrossSite, NotSignedIn, ProConnectSilent, ProofTooOld
from app.accounts.schemas import Strict
from app.accounts.sessions import rotate
from app.database.engine import DbSession
from app.registries.proconnect import Identity, ProConnect, Refused, Silent
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/proconnect", tags=["Comptes"])
logger = logging.getLogger(__name__)
Purpose = Literal["sign_in", "link", "proof"]


class StartIn(Strict):
    purpose: Purpose = "sign_in"
    back: str = "/"
    """The page of this site to open afterwards."""
    strong: bool = False
    """Only with a second factor."""


class GoOut(BaseModel):
    url: str


def _proconnect(request: Request) -> ProConnect:
    found: ProConnect = request.app.state.proconnect
    if not found.ready:
        raise NotFound("ProConnect n’est pas réglé sur ce site.")
    return found


def safe_path(back: str) -> str:
    """A page of this very site, or its home: never another site, nor `//elsewhere`."""
    good = back.startswith("/") and not back.startswith(("//", "/\\", "/api/")) and back.isprintable()
    return back[:500] if good else "/"


def _callback(request: Request) -> str:
    return page(settings_of(request), "/api/v1/proconnect/callback")


@router.post(
    "/start",
    dependencies=[Depends(require_same_origin)],
    responses=problems(NotSignedIn, CrossSite, NotFound, Invalid, ProConnectSilent),
    summary="Préparer un passage par ProConnect",
)
async def start(request: Request, response: Response, session: DbSession, visitor: Visitor, asked: StartIn) -> GoOut:
    proconnect = _proconnect(request)
    if asked.purpose != "sign_in" and (visitor is None or visitor.session is None):
        raise NotSignedIn("Connectez-vous d’abord.")
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    kept = {
        "state": state,
        "nonce": nonce,
        "purpose": asked.purpose,
        "back": safe_path(asked.back),
        "strong": asked.strong,
    }
    try:
        url = await proconnect.authorize_url(
            redirect_uri=_callback(request),
            state=state,
            nonce=nonce,
            strong=asked.strong,
            again=asked.purpose == "proof",
        )
    except (Silent, Refused) as error:
        raise ProConnectSilent("ProConnect ne répond pas. Réessayez, ou connectez-vous autrement.") from error
    if visitor is not None and visitor.session is not None:
        visitor.session.flow = {**(visitor.session.flow or {}), "oidc": kept}
    else:
        await flows.begin(session, request, response, {"oidc": kept})
    return GoOut(url=url)


def _go(response: Response, path: str) -> Response:
    """A redirection that keeps the cookies set so far."""
    going = RedirectResponse(path, status_code=status.HTTP_303_SEE_OTHER)
    going.raw_headers.extend(pair for pair in response.raw_headers if pair[0] == b"set-cookie")
    return going


def _sorry(reason: str) -> str:
    return f"/connexion?{urlencode({'erreur': reason})}"


@router.get(
    "/callback",
    status_code=status.HTTP_303_SEE_OTHER,
    response_class=RedirectResponse,
    summary="Le retour de ProConnect",
)
async def callback(  # noqa: PLR0913, PLR0917 (the parameters of the protocol)
    request: Request,
    response: Response,
    session: DbSession,
    visitor: Visitor,
    code: Annotated[str, Query(max_length=2000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
    iss: Annotated[str, Query(max_length=300)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
    error_description: Annotated[str, Query(max_length=1000)] = "",
) -> Response:
    del error_description
    kept = await flows.take(session, request, "oidc")
    if not kept or not compare_digest(kept["state"].encode(), state.encode()):
        return _go(response, _sorry("proconnect-etat"))
    proconnect = _proconnect(request)
    if error or not code or (iss and iss != proconnect.issuer):
        return _go(response, _sorry("proconnect-annule" if error == "access_denied" else "proconnect-refus"))
    try:
        identity = await proconnect.identify(code=code, redirect_uri=_callback(request), nonce=kept["nonce"])
        path = await _welcome(session, request, response, visitor, kept, identity)
    except (Refused, Silent) as trouble:
        logger.warning("proconnect: %s: %s", type(trouble).__name__, trouble)
        path = _sorry("proconnect-refus" if isinstance(trouble, Refused) else "proconnect-silence")
    except Stopped as stopped:
        path = _sorry(stopped.reason)
    return _go(response, path)


async def _welcome(  # noqa: PLR0913, PLR0917 (what a welcome needs)
    session: DbSession,
    request: Request,
    response: Response,
    visitor: Actor | None,
    kept: dict[str, Any],
    identity: Identity,
) -> str:
    """Signs in, links or proves; answers where to go next."""
    back: str = kept["back"]
    if kept["strong"] and not identity.strong:
        raise Stopped("proconnect-niveau")
    if kept["purpose"] == "sign_in":
        person = await person_of(session, request, identity)
        row = await organisation_of(session, request, person, identity)
        chosen, method = row.id if row else None, "proconnect"
        if identity.strong:
            facts = {"organisation_id": chosen, "id_token": identity.id_token, "strong": True}
            await enter(session, request, response, person, method=method, **facts)  # type: ignore[arg-type]
            return back
        actor = await enter_or_ask(
            session, request, response, person, method=method, organisation_id=chosen, id_token=identity.id_token
        )
        return back if actor else f"/connexion?{urlencode({'retour': back})}"
    if visitor is None or visitor.session is None:
        raise Stopped("proconnect-etat")
    if kept["purpose"] == "link":
        await link(session, request, visitor.person, identity)
    else:
        known = await session.get(OidcIdentity, (identity.issuer, identity.subject))
        if known is None or known.person_id != visitor.person.id:
            raise Stopped("proconnect-autre-compte")
        note(session, request, "proved", person_id=visitor.person.id, method="proconnect")
        rotate(request, response, visitor.session, strong=identity.strong)
    await organisation_of(session, request, visitor.person, identity)
    return back


@router.get(
    "/logged-out",
    status_code=status.HTTP_303_SEE_OTHER,
    response_class=RedirectResponse,
    summary="Le retour d’une déconnexion de ProConnect",
)
async def logged_out(
    request: Request, response: Response, session: DbSession, state: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Our own session is closed already, whatever comes back here."""
    kept = await flows.take(session, request, "logout")
    known = bool(kept) and compare_digest(str(kept).encode(), state.encode())
    return _go(response, "/" if known else _sorry("proconnect-etat"))


@router.delete(
    "/link",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, ProofTooOld, CrossSite, AlreadyThere, NotFound),
    summary="Détacher ProConnect de mon compte",
)
async def unlink(request: Request, session: DbSession, actor: FreshlySigned) -> None:
    person: Person = actor.person
    if person.password_hash is None:
        raise AlreadyThere("ProConnect est votre seule façon d’entrer : choisissez d’abord une phrase de passe.")
    gone = delete(OidcIdentity).where(OidcIdentity.person_id == person.id).returning(OidcIdentity.subject)
    if (await session.execute(gone)).first() is None:
        raise NotFound("ProConnect n’est pas rattaché à ce compte.")
    note(session, request, "proconnect_unlinked", person_id=person.id)
