"""Secrets that must be read again (code applications), encrypted with the operator's key (JWE, A256GCM)."""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Final

from joserfc import jwe
from joserfc.jwk import OctKey

from app.settings import Settings

_HEADER: Final = {"alg": "dir", "enc": "A256GCM"}


def _file_key(folder: Path) -> str:
    """Made once, readable by the service only; `CLAUSIER_SECRET_KEY` replaces it where there are several machines."""
    file = folder / "secret.key"
    try:
        return file.read_text()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(handle, "w") as made:
        made.write(key := secrets.token_hex(32))
    return key


def _key(settings: Settings) -> OctKey:
    secret = settings.secret_key or _file_key(settings.var)
    return OctKey.import_key(sha256(secret.encode()).digest())


def fingerprint(settings: Settings, text: str) -> str:
    """The same for the same text, and nobody without the key can try texts against it."""
    return hmac.new(_key(settings).raw_value, text.encode(), sha256).hexdigest()


def seal(settings: Settings, text: str) -> str:
    return jwe.encrypt_compact(_HEADER, text.encode(), _key(settings))


def unseal(settings: Settings, sealed: str) -> str:
    found = jwe.decrypt_compact(sealed, _key(settings)).plaintext
    return (found or b"").decode()
