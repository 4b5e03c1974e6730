"""The ways in: passphrase then code, passkey, and the proof asked again before sensitive acts."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import select

from app.accounts import flows, passkeys
from app.accounts.actors import SignedInBrowser
from app.accounts.attempts import count_attempt, count_both, note_refusal
from app.accounts.entering import enter, enter_or_ask
from app.accounts.factors import code_is_right
from app.accounts.hashing import matches
from app.accounts.history import note
from app.accounts.models import Person
from app.accounts.origin import require_same_origin, settings_of
from app.accounts.refusals import (
    CodeRefused,
    CrossSite,
    NotSignedIn,
    PasskeyRefused,
    SignInRefused,
    TooManyAttempts,
)
from app.accounts.routes_session import session_out
from app.accounts.schemas import SessionOut
from app.accounts.schemas_sign_in import CodeIn, CredentialIn, OptionsOut, ProofIn, SignInIn, WaysOut
from app.accounts.sessions import rotate
from app.database.engine import DbSession
from app.web.problems import Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Comptes"])
FROM_HERE = [Depends(require_same_origin)]
"""Nobody can be signed in to somebody else's account from another site."""


@router.get("/sign-in", summary="Les façons de se connecter ici")
async def ways(request: Request) -> WaysOut:
    settings = settings_of(request)
    named = passkeys.site(request)[0].replace(".", "").isdigit()
    local = urlsplit(settings.public_url)._replace(netloc=f"localhost:{request.url.port or 80}").geturl()
    return WaysOut(
        proconnect=request.app.state.proconnect.ready,
        passkey=not named,
        passkey_needs_name=local if named else "",
    )


@router.post(
    "/sign-in/passphrase",
    dependencies=FROM_HERE,
    responses=problems(SignInRefused, CrossSite, Invalid, TooManyAttempts),
    summary="Se connecter avec une adresse et une phrase de passe",
)
async def by_passphrase(request: Request, response: Response, session: DbSession, asked: SignInIn) -> SessionOut:
    await count_both(request, "sign_in", asked.email, "sign_in_network")
    person = (await session.execute(select(Person).where(Person.email == asked.email))).scalar_one_or_none()
    # Always hashed, so that an unknown address takes as long as a wrong passphrase.
    good = await matches(person.password_hash if person else None, asked.passphrase)
    if not good or person is None or person.suspended_at:
        await note_refusal(request, "sign_in_refused", [person.id] if person else [])
        raise SignInRefused("L’adresse ou la phrase de passe n’est pas la bonne.")
    actor = await enter_or_ask(session, request, response, person, method="passphrase")
    return await session_out(session, request, actor, awaits="" if actor else "second_factor")


@router.post(
    "/sign-in/second-factor",
    dependencies=FROM_HERE,
    responses=problems(NotSignedIn, CodeRefused, CrossSite, Invalid, TooManyAttempts),
    summary="Terminer la connexion avec un code d’application ou de secours",
)
async def by_code(request: Request, response: Response, session: DbSession, asked: CodeIn) -> SessionOut:
    row = await flows.current(session, request)
    waiting = (row.flow or {}).get("second_factor") if row and row.person_id is None else None
    if waiting is None:
        raise NotSignedIn("Recommencez la connexion : elle a pris trop de temps.")
    await count_attempt(request, "second_factor", str(waiting["person"]))
    kind = await code_is_right(session, settings_of(request), waiting["person"], asked.code)
    if not kind:
        await note_refusal(request, "second_factor_refused", [waiting["person"]])
        raise CodeRefused("Ce code n’est pas le bon, ou il a déjà servi.")
    if kind == "recovery":
        note(session, request, "recovery_code_used", person_id=waiting["person"])
    person = await session.get_one(Person, waiting["person"])
    facts = {name: waiting[name] for name in ("method", "organisation_id", "id_token")}
    actor = await enter(session, request, response, person, strong=True, **facts)
    return await session_out(session, request, actor)


@router.post(
    "/sign-in/passkey/options",
    dependencies=FROM_HERE,
    responses=problems(CrossSite),
    summary="Commencer une connexion par clé d’accès",
)
async def passkey_options(request: Request, response: Response, session: DbSession) -> OptionsOut:
    options, challenge = passkeys.authentication(request)
    await flows.begin(session, request, response, {"passkey": challenge})
    return OptionsOut(options=options)


@router.post(
    "/sign-in/passkey",
    dependencies=FROM_HERE,
    responses=problems(PasskeyRefused, CrossSite, Invalid, TooManyAttempts),
    summary="Se connecter avec une clé d’accès",
)
async def by_passkey(request: Request, response: Response, session: DbSession, asked: CredentialIn) -> SessionOut:
    await count_attempt(request, "sign_in_network", "passkey")
    challenge = await flows.take(session, request, "passkey")
    person = await passkeys.authenticate(session, request, asked.credential, challenge)
    actor = await enter(session, request, response, person, method="passkey", strong=True)
    return await session_out(session, request, actor)


@router.post(
    "/session/proof",
    responses=problems(SignInRefused, CodeRefused, CrossSite, Invalid, TooManyAttempts),
    summary="Confirmer son identité avant une action sensible",
)
async def prove(
    request: Request, response: Response, session: DbSession, actor: SignedInBrowser, asked: ProofIn
) -> SessionOut:
    """A passphrase, or a code. A code also raises the session to the level of two factors."""
    await count_attempt(request, "second_factor", str(actor.person.id))
    if asked.code:
        kind = await code_is_right(session, settings_of(request), actor.person.id, asked.code)
        if not kind:
            await note_refusal(request, "second_factor_refused", [actor.person.id])
            raise CodeRefused("Ce code n’est pas le bon, ou il a déjà servi.")
    elif not await matches(actor.person.password_hash, asked.passphrase or ""):
        await note_refusal(request, "sign_in_refused", [actor.person.id])
        raise SignInRefused("La phrase de passe n’est pas la bonne.")
    # A code alone, in a session opened by a code or a passkey alone, would be one factor: those are strong already.
    rotate(request, response, actor.session, strong=bool(asked.code))
    note(session, request, "proved", person_id=actor.person.id, method="code" if asked.code else "passphrase")
    return await session_out(session, request, actor)


@router.post("/session/proof/passkey/options", responses=problems(CrossSite), summary="Confirmer par clé d’accès")
async def proof_options(request: Request, actor: SignedInBrowser) -> OptionsOut:
    options, challenge = passkeys.authentication(request)
    actor.session.flow = {**(actor.session.flow or {}), "passkey": challenge}
    return OptionsOut(options=options)


@router.post(
    "/session/proof/passkey",
    responses=problems(PasskeyRefused, CrossSite, Invalid),
    summary="Confirmer son identité avec une clé d’accès",
)
async def prove_by_passkey(
    request: Request, response: Response, session: DbSession, actor: SignedInBrowser, asked: CredentialIn
) -> SessionOut:
    challenge = await flows.take(session, request, "passkey")
    person = await passkeys.authenticate(session, request, asked.credential, challenge)
    if person.id != actor.person.id:
        raise PasskeyRefused("Cette clé d’accès est celle d’un autre compte.")
    rotate(request, response, actor.session, strong=True)
    note(session, request, "proved", person_id=actor.person.id, method="passkey")
    return await session_out(session, request, actor)
