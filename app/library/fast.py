"""The fast door of the library: ready answers are sent before routing; the others are kept once made."""

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.library.queries import held_shelf, shelf
from app.library.ready import key_of
from app.web.etag import Page


class FastReads:
    """ASGI middleware, outside routing and compression.

    Only what `keep` stored under the very same address and Accept header is found again, so every rule of the
    slow path (known parameters, bounds, 404) was applied to it once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        held = held_shelf() if scope["type"] == "http" and scope["method"] == "GET" else None
        ready = held.ready.get(key_of(scope)) if held else None
        if ready is None:
            await self.app(scope, receive, send)
            return
        status, headers, body = ready.response(Request(scope))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def keep(
    request: Request,
    body: bytes | BaseModel,
    media_type: str = "application/json",
    extra: tuple[tuple[str, str], ...] = (),
) -> Response:
    """Keeps an answer for the life of the shelf, and sends it."""
    raw = body if isinstance(body, bytes) else body.model_dump_json().encode()
    ready = shelf().ready.keep(key_of(request.scope), Page.of(raw, media_type, extra))
    status, headers, sent = ready.response(request)
    response = Response(sent, status_code=status)
    response.raw_headers = headers
    return response
