"""Second factors: passkeys first, an application of codes second, recovery codes for bad days."""

from fastapi import APIRouter, Request, Response, status
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from app.accounts import factors, flows, letters, passkeys
from app.accounts.actors import BrowserActor, FreshlySigned, SignedInBrowser
from app.accounts.attempts import count_attempt
from app.accounts.history import note
from app.accounts.models import OidcIdentity
from app.accounts.models_access import Passkey, RecoveryCode, Totp
from app.accounts.origin import settings_of
from app.accounts.refusals import (
    AlreadyThere,
    CodeRefused,
    CrossSite,
    NotSignedIn,
    PasskeyRefused,
    ProofTooOld,
    TooManyAttempts,
)
from app.accounts.schemas_me import PasskeyOut, RecoveryCodesOut, SecurityOut, TotpOut
from app.accounts.schemas_sign_in import CodeIn, OptionsOut, PasskeyIn
from app.accounts.sessions import close_others, rotate
from app.database.engine import DbSession
from app.outbound.mail import write
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/me", tags=["Mon compte"])


def _passkey(row: Passkey) -> PasskeyOut:
    return PasskeyOut(
        id=bytes_to_base64url(row.credential_id),
        name=row.name,
        created_at=row.created_at,
        used_at=row.used_at,
        may=["remove"],
    )


@router.get("/security", responses=problems(NotSignedIn), summary="Comment mon compte est protégé")
async def read_security(session: DbSession, actor: SignedInBrowser) -> SecurityOut:
    mine, held = actor.person.id, await factors.second_factors(session, actor.person.id)
    keys = await session.execute(select(Passkey).where(Passkey.person_id == mine).order_by(Passkey.created_at))
    left = await session.scalar(
        select(func.count()).where(RecoveryCode.person_id == mine, RecoveryCode.used_at.is_(None))
    )
    linked = await session.scalar(select(func.count()).where(OidcIdentity.person_id == mine))
    has_passphrase = actor.person.password_hash is not None
    proofs = {
        "passkey": "passkey" in held,
        "code": bool(held & {"totp", "recovery"}),
        "passphrase": has_passphrase,
        "proconnect": bool(linked),
    }
    return SecurityOut(
        has_passphrase=has_passphrase,
        passkeys=[_passkey(row) for row in keys.scalars()],
        totp="totp" in held,
        recovery_codes_left=left or 0,
        proconnect=bool(linked),
        proofs=[name for name, usable in proofs.items() if usable],
    )


async def _raised(session: AsyncSession, request: Request, response: Response, actor: BrowserActor, what: str) -> None:
    """A factor has just been shown: the session is strong, the others are closed, the owner is told."""
    await close_others(session, actor.person.id, keep=actor.session.id)
    rotate(request, response, actor.session, strong=True)
    await write(session, actor.person.email or "", letters.factor_changed(what))


@router.post("/passkeys/options", responses=problems(NotSignedIn, ProofTooOld, CrossSite), summary="Préparer une clé")
async def passkey_options(request: Request, session: DbSession, actor: FreshlySigned) -> OptionsOut:
    options, challenge = await passkeys.registration(session, request, actor.person)
    actor.session.flow = {**(actor.session.flow or {}), "new_passkey": challenge}
    return OptionsOut(options=options)


@router.post(
    "/passkeys",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotSignedIn, ProofTooOld, PasskeyRefused, CrossSite, Invalid),
    summary="Ajouter une clé d’accès",
)
async def add_passkey(
    request: Request, response: Response, session: DbSession, actor: FreshlySigned, asked: PasskeyIn
) -> PasskeyOut:
    challenge = await flows.take(session, request, "new_passkey")
    if not challenge:
        raise PasskeyRefused("L’ajout a pris trop de temps : recommencez.")
    made = await passkeys.register(
        session, request, actor.person, name=asked.name, credential=asked.credential, challenge=challenge
    )
    note(session, request, "passkey_added", person_id=actor.person.id)
    await _raised(session, request, response, actor, "Une clé d’accès vient d’être ajoutée")
    await session.flush()
    await session.refresh(made)
    return _passkey(made)


@router.delete(
    "/passkeys/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, ProofTooOld, CrossSite, NotFound),
    summary="Retirer une clé d’accès",
)
async def remove_passkey(request: Request, session: DbSession, actor: FreshlySigned, ident: str) -> None:
    try:
        raw = base64url_to_bytes(ident)
    except ValueError:
        raw = b""
    gone = delete(Passkey).where(Passkey.credential_id == raw, Passkey.person_id == actor.person.id)
    if (await session.execute(gone.returning(Passkey.credential_id))).first() is None:
        raise NotFound("Cette clé d’accès n’existe pas.")
    note(session, request, "passkey_removed", person_id=actor.person.id)
    await write(session, actor.person.email or "", letters.factor_changed("Une clé d’accès vient d’être retirée"))


@router.post(
    "/totp",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotSignedIn, ProofTooOld, CrossSite, AlreadyThere),
    summary="Préparer une application de codes",
)
async def begin_totp(request: Request, session: DbSession, actor: FreshlySigned) -> TotpOut:
    if "totp" in await factors.second_factors(session, actor.person.id):
        raise AlreadyThere("Une application de codes est déjà en service : retirez-la d’abord.")
    secret, uri, qr = await factors.begin_totp(session, settings_of(request), actor.person.id, actor.person.email or "")
    return TotpOut(secret=secret, uri=uri, qr=qr)


@router.post(
    "/totp/confirm",
    responses=problems(NotSignedIn, ProofTooOld, CodeRefused, CrossSite, Invalid, TooManyAttempts),
    summary="Mettre l’application de codes en service avec un premier code",
)
async def confirm_totp(
    request: Request, response: Response, session: DbSession, actor: FreshlySigned, asked: CodeIn
) -> RecoveryCodesOut:
    await count_attempt(request, "second_factor", str(actor.person.id))
    code = "".join(asked.code.split())
    if not await factors.confirm_totp(session, settings_of(request), actor.person.id, code):
        raise CodeRefused("Ce code n’est pas celui de l’application : vérifiez l’heure du téléphone et réessayez.")
    codes = await factors.new_recovery_codes(session, actor.person.id)
    note(session, request, "totp_added", person_id=actor.person.id)
    note(session, request, "recovery_codes_made", person_id=actor.person.id)
    await _raised(session, request, response, actor, "Une application de codes vient d’être ajoutée")
    return RecoveryCodesOut(codes=codes)


@router.delete(
    "/totp",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, ProofTooOld, CrossSite, NotFound),
    summary="Retirer l’application de codes",
)
async def remove_totp(request: Request, session: DbSession, actor: FreshlySigned) -> None:
    gone = delete(Totp).where(Totp.person_id == actor.person.id).returning(Totp.person_id)
    if (await session.execute(gone)).first() is None:
        raise NotFound("Aucune application de codes n’est en service.")
    note(session, request, "totp_removed", person_id=actor.person.id)
    said = "L’application de codes vient d’être retirée"
    await write(session, actor.person.email or "", letters.factor_changed(said))


@router.post(
    "/recovery-codes",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotSignedIn, ProofTooOld, CrossSite),
    summary="Créer dix codes de secours, qui remplacent les anciens",
)
async def make_codes(request: Request, session: DbSession, actor: FreshlySigned) -> RecoveryCodesOut:
    note(session, request, "recovery_codes_made", person_id=actor.person.id)
    return RecoveryCodesOut(codes=await factors.new_recovery_codes(session, actor.person.id))
