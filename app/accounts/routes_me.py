"""One's own account: name, address, passphrase, sessions, history."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, status
from sqlalchemy import delete, select

from app.accounts import letters
from app.accounts.actors import FreshlySigned, SignedInBrowser
from app.accounts.attempts import count_attempt
from app.accounts.hashing import hash_passphrase
from app.accounts.history import KINDS, note
from app.accounts.links import LIVES, make_link, page, use_link
from app.accounts.models import Membership, Person
from app.accounts.models_access import UserSession
from app.accounts.models_trail import SecurityEvent
from app.accounts.origin import settings_of
from app.accounts.refusals import AlreadyThere, CrossSite, LinkOver, NotSignedIn, ProofTooOld, TooManyAttempts
from app.accounts.routes_session import session_out
from app.accounts.routes_sign_up import SENT, require_passphrase
from app.accounts.schemas import Ident, Me, SessionOut
from app.accounts.schemas_me import ActiveOrganisationIn, EventOut, EventPage, MeIn, MySessionOut, MySessions
from app.accounts.schemas_sign_in import EmailIn, PassphraseIn, Sent, TokenIn
from app.accounts.sessions import close_others, now, rotate
from app.database.engine import DbSession
from app.outbound.mail import write
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Mon compte"])


@router.get("/me", responses=problems(NotSignedIn), summary="Mon profil")
async def read_me(response: Response, actor: SignedInBrowser) -> Me:
    tagged(response, actor.person.version)
    return Me.model_validate(actor.person)


@router.patch(
    "/me",
    responses=problems(NotSignedIn, CrossSite, Invalid, PreconditionRequired, VersionMismatch),
    summary="Changer mon nom",
)
async def change_me(
    response: Response, session: DbSession, actor: SignedInBrowser, asked: MeIn, if_match: IfMatch = None
) -> Me:
    require_version(if_match, actor.person.version)
    actor.person.given_name, actor.person.family_name = asked.given_name, asked.family_name
    await session.flush()
    tagged(response, actor.person.version)
    return Me.model_validate(actor.person)


@router.put(
    "/session/organisation",
    responses=problems(NotSignedIn, CrossSite, NotFound),
    summary="Choisir l’organisation au nom de laquelle j’agis",
)
async def choose_organisation(
    request: Request, session: DbSession, actor: SignedInBrowser, asked: ActiveOrganisationIn
) -> SessionOut:
    if await session.get(Membership, (actor.person.id, asked.organisation_id)) is None:
        raise NotFound("Vous n’êtes pas membre de cette organisation.")
    actor.session.organisation_id = asked.organisation_id
    await session.flush()
    return await session_out(session, request, actor, active=asked.organisation_id)


@router.post(
    "/me/email",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotSignedIn, ProofTooOld, CrossSite, Invalid, TooManyAttempts),
    summary="Changer mon adresse électronique : un lien part à la nouvelle",
)
async def ask_new_email(request: Request, session: DbSession, actor: FreshlySigned, asked: EmailIn) -> Sent:
    await count_attempt(request, "email_change", str(actor.person.id))
    settings, taken = settings_of(request), select(Person.id).where(Person.email == asked.email)
    link = await make_link(session, settings, "email", asked.email, actor.person.id)
    letter = letters.confirm_new_address(link, LIVES["email"])
    if (await session.execute(taken)).first():
        # Who asks learns nothing; who owns the address does.
        letter = letters.already_known(page(settings, "/connexion"), page(settings, "/mot-de-passe-oublie"))
    await write(session, asked.email, letter)
    await write(session, actor.person.email or "", letters.address_changing(asked.email))
    note(session, request, "email_change_asked", person_id=actor.person.id)
    return SENT


@router.post(
    "/me/email/confirm",
    responses=problems(NotSignedIn, CrossSite, LinkOver, AlreadyThere, Invalid),
    summary="Confirmer ma nouvelle adresse avec le lien reçu",
)
async def confirm_new_email(
    request: Request, response: Response, session: DbSession, actor: SignedInBrowser, asked: TokenIn
) -> SessionOut:
    link = await use_link(session, asked.token, "email")
    if link.person_id != actor.person.id:
        raise LinkOver("Ce lien est celui d’un autre compte : connectez-vous avec le compte qui l’a demandé.")
    if (await session.execute(select(Person.id).where(Person.email == link.email))).first():
        raise AlreadyThere("Cette adresse est déjà celle d’un compte.")
    actor.person.email, actor.person.email_verified_at = link.email, now()
    await close_others(session, actor.person.id, keep=actor.session.id)
    note(session, request, "email_changed", person_id=actor.person.id)
    rotate(request, response, actor.session)
    await session.flush()
    return await session_out(session, request, actor)


@router.put(
    "/me/passphrase",
    responses=problems(NotSignedIn, ProofTooOld, CrossSite, Invalid),
    summary="Choisir ma phrase de passe",
)
async def change_passphrase(
    request: Request, response: Response, session: DbSession, actor: FreshlySigned, asked: PassphraseIn
) -> SessionOut:
    person = actor.person
    require_passphrase(asked.passphrase, (person.email or "").split("@")[0], person.given_name, person.family_name)
    person.password_hash = await hash_passphrase(asked.passphrase)
    await close_others(session, person.id, keep=actor.session.id)
    note(session, request, "passphrase_set", person_id=person.id)
    reset_page = page(settings_of(request), "/mot-de-passe-oublie")
    await write(session, person.email or "", letters.passphrase_changed(reset_page))
    rotate(request, response, actor.session)
    await session.flush()
    return await session_out(session, request, actor)


@router.get("/me/sessions", responses=problems(NotSignedIn), summary="Mes sessions ouvertes")
async def list_sessions(session: DbSession, actor: SignedInBrowser) -> MySessions:
    """At most twelve hours of them: no page is needed."""
    asked = (
        select(UserSession)
        .where(UserSession.person_id == actor.person.id, UserSession.expires_at > now())
        .order_by(UserSession.seen_at.desc())
        .limit(100)
    )
    rows = (await session.execute(asked)).scalars()
    return MySessions(items=[_mine(row, current=row.id == actor.session.id) for row in rows])


def _mine(row: UserSession, *, current: bool) -> MySessionOut:
    return MySessionOut(
        id=row.id,
        current=current,
        method=row.method,
        strong=row.strong,
        created_at=row.created_at,
        seen_at=row.seen_at,
        ip_prefix=row.ip_prefix,
        user_agent=row.user_agent,
    )


@router.delete(
    "/me/sessions/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, CrossSite, NotFound),
    summary="Fermer une de mes sessions",
)
async def close_session(request: Request, session: DbSession, actor: SignedInBrowser, ident: Ident) -> None:
    gone = delete(UserSession).where(UserSession.id == ident, UserSession.person_id == actor.person.id)
    if (await session.execute(gone.returning(UserSession.id))).first() is None:
        raise NotFound("Cette session est déjà fermée.")
    note(session, request, "session_closed", person_id=actor.person.id)


@router.delete(
    "/me/sessions",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, CrossSite),
    summary="Fermer toutes mes autres sessions",
)
async def close_other_sessions(request: Request, session: DbSession, actor: SignedInBrowser) -> None:
    await close_others(session, actor.person.id, keep=actor.session.id)
    note(session, request, "session_closed", person_id=actor.person.id)


@router.get("/me/history", responses=problems(NotSignedIn, BadCursor), summary="Mon historique de sécurité")
async def history(
    session: DbSession,
    actor: SignedInBrowser,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
    cursor: str | None = None,
) -> EventPage:
    asked = select(SecurityEvent).where(SecurityEvent.person_id == actor.person.id)
    if cursor:
        before = key_of(cursor, 1)[0]
        if not isinstance(before, int) or not 0 <= before < 2**63:
            raise BadCursor
        asked = asked.where(SecurityEvent.id < before)
    rows = (await session.execute(asked.order_by(SecurityEvent.id.desc()).limit(limit + 1))).scalars().all()
    items = [
        EventOut(
            id=row.id,
            kind=row.kind,
            label=KINDS.get(row.kind, row.kind),
            at=row.at,
            ip_prefix=row.ip_prefix,
            user_agent=row.user_agent,
        )
        for row in rows[:limit]
    ]
    return EventPage(items=items, next=cursor_of(items[-1].id) if len(rows) > limit else None)
