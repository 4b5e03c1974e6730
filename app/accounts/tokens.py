"""Secrets that we hand out and never keep: only their SHA-256 is stored."""

import hmac
import re
import secrets
from hashlib import sha256
from typing import Final

KEY_FORM: Final = re.compile(r"clz_(?:live|test)_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}")
"""Published for secret scanning."""
_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def new_token() -> str:
    """256 bits, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """A token has 256 random bits: a plain hash is enough, nothing can be guessed from it."""
    return sha256(token.encode()).hexdigest()


def csrf_of(token: str) -> str:
    """The synchroniser token of a session: made from its cookie, useless without it, stored nowhere."""
    return hmac.new(token.encode(), b"csrf", sha256).hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _base62(length: int) -> str:
    return "".join(secrets.choice(_BASE62) for _ in range(length))


def new_api_key() -> tuple[str, str]:
    """(key, prefix): 43 characters of base 62 are 256 bits."""
    prefix = _base62(8)
    return f"clz_live_{prefix}_{_base62(43)}", prefix
