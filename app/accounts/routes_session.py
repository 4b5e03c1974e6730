"""The session of this browser: who is here, for which organisation, and the way out."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.accounts import flows, queries, rules
from app.accounts.actors import Actor, SignedInBrowser, Visitor, require_known
from app.accounts.history import note
from app.accounts.links import page
from app.accounts.models import Organisation
from app.accounts.origin import settings_of
from app.accounts.refusals import CrossSite, NotSignedIn
from app.accounts.rules import Role
from app.accounts.schemas import Me, MyOrganisation, SessionOut
from app.accounts.sessions import clear_cookie, forget, token_of
from app.accounts.tokens import csrf_of, new_token
from app.database.engine import DbSession
from app.registries.proconnect import ProConnect, Refused, Silent
from app.web.problems import problems

router = APIRouter(prefix="/api/v1", tags=["Comptes"])

NOBODY = SessionOut(
    person=None,
    csrf_token="",
    organisation=None,
    organisations=[],
    platform_roles=[],
    strong=False,
    second_factor_needed=False,
    proved_at=None,
    awaits="",
)


def _mine(organisation: Organisation, role: Role) -> MyOrganisation:
    return MyOrganisation(
        id=organisation.id,
        siret=organisation.siret,
        name=organisation.name,
        kind=organisation.kind,
        role=role,
        verification=organisation.verification,
        department=organisation.department,
        may=rules.may_on_organisation(role),
    )


def _needs_second_factor(actor: Actor) -> bool:
    return not actor.strong and bool(actor.platform or actor.role is Role.ADMINISTRATOR)


async def session_out(
    session: DbSession, request: Request, actor: Actor | None, *, awaits: str = "", active: int | None = None
) -> SessionOut:
    if actor is None or actor.session is None:
        return NOBODY.model_copy(update={"awaits": awaits})
    mine = [_mine(row[0], row[1]) for row in await queries.memberships(session, actor.person.id)]
    active = active or (actor.organisation.id if actor.organisation else None)
    return SessionOut(
        person=Me.model_validate(actor.person),
        csrf_token=csrf_of(token_of(request)),
        organisation=next((one for one in mine if one.id == active), None),
        organisations=mine,
        platform_roles=sorted(actor.platform),
        strong=actor.strong,
        second_factor_needed=_needs_second_factor(actor),
        proved_at=actor.session.proved_at,
        awaits="",
    )


@router.get("/session", summary="Qui est connecté dans ce navigateur")
async def read_session(request: Request, response: Response, session: DbSession, visitor: Visitor) -> SessionOut:
    response.headers["Cache-Control"] = "no-store"
    require_known(request)
    row = await flows.current(session, request) if visitor is None else None
    awaits = "second_factor" if row and row.flow and "second_factor" in row.flow else ""
    return await session_out(session, request, visitor, awaits=awaits)


class LeftOut(BaseModel):
    next: str
    """Where to send the browser to leave ProConnect too; empty: nowhere."""


@router.delete(
    "/session",
    responses=problems(NotSignedIn, CrossSite),
    summary="Se déconnecter de Clausier dans ce navigateur",
)
async def delete_session(request: Request, response: Response, session: DbSession, actor: SignedInBrowser) -> LeftOut:
    """Our own session is cleared first: ProConnect's logout fails often, ours never waits for it."""
    note(session, request, "signed_out", person_id=actor.person.id)
    id_token = actor.session.id_token
    await forget(session, token_of(request))
    clear_cookie(request, response)
    # Nothing read under this session stays in the browser.
    response.headers["Clear-Site-Data"] = '"cache"'
    if not id_token:
        return LeftOut(next="")
    return LeftOut(next=await _leave_proconnect(request, response, session, id_token))


async def _leave_proconnect(request: Request, response: Response, session: DbSession, id_token: str) -> str:
    proconnect: ProConnect = request.app.state.proconnect
    state = new_token()
    try:
        back = page(settings_of(request), "/api/v1/proconnect/logged-out")
        url = await proconnect.logout_url(id_token=id_token, state=state, back=back)
    except (Silent, Refused):
        return ""
    request.state.session_token = ""
    await flows.begin(session, request, response, {"logout": state})
    return url
