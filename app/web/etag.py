"""ETags: ready-made bytes that change only with a version, and the version of a row that an update must name."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Final, Self

from fastapi import Header
from starlette.requests import Request
from starlette.responses import Response

from app.web.problems import Problem, describe

CACHE_CONTROL: Final = "public, max-age=300, stale-while-revalidate=86400"


@dataclass(frozen=True, slots=True)
class Page:
    """A body that is made once and sent many times."""

    body: bytes
    media_type: str
    etag: str
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, body: bytes, media_type: str = "application/json", headers: tuple[tuple[str, str], ...] = ()) -> Self:
        return cls(body, media_type, f'"{sha256(body).hexdigest()[:32]}"', headers)


def repr_digest(body: bytes) -> str:
    """The checksum of a representation as it is sent (RFC 9530)."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


def is_known(etag: str, if_none_match: str) -> bool:
    """Weak comparison (RFC 9110, section 13.1.2): a proxy may have weakened our tag when it compressed the body."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or etag in tags


def serve(
    request: Request, page: Page, *, cache_control: str = CACHE_CONTROL, vary: str = "Accept-Encoding"
) -> Response:
    """The page, or 304 when the client already has it."""
    headers = {"ETag": page.etag, "Cache-Control": cache_control, "Vary": vary}
    known = request.headers.get("if-none-match")
    if known and is_known(page.etag, known):
        return Response(status_code=304, headers=headers)
    return Response(page.body, media_type=page.media_type, headers=headers)


class PreconditionRequired(Problem):
    status, type, title = HTTPStatus.PRECONDITION_REQUIRED, "/problems/version-absente", "Version à préciser"


class VersionMismatch(Problem):
    status, type, title = HTTPStatus.PRECONDITION_FAILED, "/problems/version-depassee", "Modifié entre-temps"


describe(
    PreconditionRequired,
    "Une modification dit de quelle version elle part : envoyez dans « If-Match » l’ETag reçu à la lecture.",
)
describe(
    VersionMismatch,
    "L’objet a changé depuis votre lecture. Relisez-le, reportez vos changements, puis recommencez : "
    "rien n’a été écrasé.",
)

IfMatch = Annotated[str | None, Header(alias="If-Match", description="L’ETag reçu à la lecture.")]


def tag_of(version: int) -> str:
    """The strong ETag of a row that counts its versions."""
    return f'"{version}"'


def tagged(response: Response, version: int) -> None:
    """Announces the version of the object that the route answers; it is private, and asked again each time."""
    response.headers["ETag"] = tag_of(version)
    response.headers["Cache-Control"] = "private, no-cache"


def require_version(if_match: str | None, version: int) -> None:
    """428 without `If-Match`, 412 (with the current ETag) when the client read another version."""
    if if_match is None:
        raise PreconditionRequired("Envoyez l’en-tête « If-Match » avec l’ETag de la version que vous modifiez.")
    if not is_known(tag_of(version), if_match):
        raise VersionMismatch(
            "Cet objet a été modifié entre-temps : relisez-le avant d’enregistrer.", headers={"ETag": tag_of(version)}
        )
