"""Passkeys (WebAuthn level 2): py_webauthn checks, we keep the public keys."""

from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.accounts.models import Person
from app.accounts.models_access import Passkey
from app.accounts.origin import settings_of
from app.accounts.refusals import PasskeyRefused
from app.accounts.sessions import now

_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}


def site(request: Request) -> tuple[str, str]:
    """(relying party, origin). On one's own machine the page's own address counts; a number is no relying party."""
    ours = urlsplit(settings_of(request).public_url)
    if ours.hostname in _LOOPBACK and request.url.hostname in _LOOPBACK:
        return request.url.hostname, f"{request.url.scheme}://{request.url.netloc}"
    return ours.hostname or "", f"{ours.scheme}://{ours.netloc}"


def _handle(person_id: int) -> bytes:
    """What the authenticator keeps: a number, no name nor address."""
    return b"clausier-" + str(person_id).encode()


async def _of(session: AsyncSession, person_id: int) -> list[Passkey]:
    asked = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.created_at)
    return list((await session.execute(asked)).scalars())


async def registration(session: AsyncSession, request: Request, person: Person) -> tuple[dict[str, Any], str]:
    """(options, challenge)."""
    known = [PublicKeyCredentialDescriptor(id=key.credential_id) for key in await _of(session, person.id)]
    options = generate_registration_options(
        rp_id=site(request)[0],
        rp_name="Clausier",
        user_id=_handle(person.id),
        user_name=person.email or "",
        user_display_name=person.name,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return options_to_json_dict(options), bytes_to_base64url(options.challenge)


async def register(  # noqa: PLR0913 (each comes from elsewhere)
    session: AsyncSession,
    request: Request,
    person: Person,
    *,
    name: str,
    credential: dict[str, Any],
    challenge: str,
) -> Passkey:
    party, origin = site(request)
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party,
            expected_origin=origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused("Cette clé d’accès n’a pas pu être vérifiée : recommencez.") from error
    if await session.get(Passkey, made.credential_id):
        raise PasskeyRefused("Cette clé d’accès est déjà enregistrée.")
    transports = [str(t)[:16] for t in credential.get("response", {}).get("transports", []) if isinstance(t, str)][:6]
    passkey = Passkey(
        credential_id=made.credential_id,
        person_id=person.id,
        name=name,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        transports=transports,
    )
    session.add(passkey)
    return passkey


def authentication(request: Request) -> tuple[dict[str, Any], str]:
    """(options, challenge): any passkey of this site, without asking an address first."""
    options = generate_authentication_options(
        rp_id=site(request)[0], user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json_dict(options), bytes_to_base64url(options.challenge)


async def authenticate(
    session: AsyncSession, request: Request, credential: dict[str, Any], challenge: str | None
) -> Person:
    """The person of this passkey, once its signature of our challenge is checked."""
    refused = PasskeyRefused("Cette clé d’accès n’est pas reconnue ici.")
    try:
        ident = base64url_to_bytes(str(credential.get("rawId", "")))
    except ValueError as error:
        raise refused from error
    asked = select(Passkey).where(Passkey.credential_id == ident).with_for_update()
    passkey = (await session.execute(asked)).scalar_one_or_none()
    if passkey is None or not challenge:
        raise refused
    party, origin = site(request)
    try:
        seen = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party,
            expected_origin=origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise refused from error
    passkey.sign_count, passkey.used_at = seen.new_sign_count, now()
    person = await session.get(Person, passkey.person_id)
    if person is None or person.suspended_at or person.erased_at:
        raise refused
    return person
