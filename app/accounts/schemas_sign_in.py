"""What the doors read: sign-up, sign-in, second factors, links."""

import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.accounts.schemas import Strict

_EMAIL: Final = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{2,63})+")


def _email(text: str) -> str:
    address = text.lower()
    if not _EMAIL.fullmatch(address):
        raise ValueError("Une adresse électronique est attendue, comme prenom.nom@ville.fr.")
    return address


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("Ce texte contient des caractères invisibles qui ne sont pas admis.")
    return text


Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_email)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_printable)]
Passphrase = Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)]
Token = Annotated[str, StringConstraints(min_length=20, max_length=200)]
Code = Annotated[str, StringConstraints(min_length=6, max_length=40)]
Credential = Annotated[dict[str, Any], Field(max_length=12)]
"""The JSON form of a WebAuthn credential; py_webauthn checks all of it."""


class EmailIn(Strict):
    email: Email


class SignInIn(Strict):
    email: Email
    passphrase: Passphrase


class CodeIn(Strict):
    code: Code


class CredentialIn(Strict):
    credential: Credential


class SignUpIn(Strict):
    token: Token
    given_name: Name
    family_name: Name
    passphrase: Passphrase


class NewPassphraseIn(Strict):
    token: Token
    passphrase: Passphrase


class TokenIn(Strict):
    token: Token


class PassphraseIn(Strict):
    passphrase: Passphrase


class ProofIn(Strict):
    """One of the two."""

    passphrase: Passphrase | None = None
    code: Code | None = None


class PasskeyIn(Strict):
    name: Name
    credential: Credential


class Sent(BaseModel):
    """The same answer whether the address is known or not."""

    detail: str


class OptionsOut(BaseModel):
    """Options for `navigator.credentials`, in the JSON form of WebAuthn."""

    options: dict[str, Any]


class WaysOut(BaseModel):
    """How one may sign in here."""

    proconnect: bool
    passkey: bool
    passkey_needs_name: str
    """The address to use instead of a numeric one, where passkeys cannot work."""
