"""Ready-made bytes with a strong ETag: the fast answer of what changes only with a version."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

from starlette.requests import Request
from starlette.responses import Response

CACHE_CONTROL: Final = "public, max-age=300, stale-while-revalidate=86400"


@dataclass(frozen=True, slots=True)
class Page:
    """A body that is made once and sent many times."""

    body: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, body: bytes, media_type: str = "application/json") -> Self:
        return cls(body, media_type, f'"{sha256(body).hexdigest()[:32]}"')


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
