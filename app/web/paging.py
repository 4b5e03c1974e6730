"""Keyset pages: an opaque cursor, the same cost on the first page and on the last, no total to count."""

import base64
import binascii
import json
from http import HTTPStatus
from typing import Any

from app.web.problems import Problem, describe


class BadCursor(Problem):
    status, type, title = HTTPStatus.BAD_REQUEST, "/problems/curseur", "Curseur de page inconnu"


describe(BadCursor, "Le curseur de page a été modifié ou vient d’une autre recherche. Repartez de la première page.")


def cursor_of(*key: str | float) -> str:
    """The cursor that stands after the row whose sort key is `key`."""
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def key_of(cursor: str, length: int) -> list[Any]:
    """The sort key in a cursor; `BadCursor` when it is not one of ours or has another length."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, UnicodeError) as error:
        raise BadCursor from error
    if not isinstance(key, list) or len(key) != length:
        raise BadCursor
    return key
