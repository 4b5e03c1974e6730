"""The file of a proof: what it is by its first bytes, never by its name."""

from typing import Final

from fastapi import Response

from app.web.problems import FieldError, Invalid

LARGEST: Final = 5 * 1024 * 1024
_KINDS: Final = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def media_type_of(content: bytes) -> str:
    """PDF, PNG or JPEG; anything else is refused. Served back as an attachment, never shown by the site."""
    if len(content) > LARGEST:
        raise _refused("Le fichier dépasse 5 Mio.")
    found = next((media for magic, media in _KINDS if content.startswith(magic)), "")
    if not found:
        raise _refused("Envoyez un PDF, un PNG ou un JPEG.")
    return found


def _refused(said: str) -> Invalid:
    return Invalid(said, [FieldError(pointer="/file", detail=said)])


def download(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type="application/octet-stream", headers=headers)


def plain_name(given: str | None) -> str:
    last = (given or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable() and letter not in '"<>')[:120] or "preuve"
