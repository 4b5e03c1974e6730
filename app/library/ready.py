"""Routes whose answers are made once per generation of the library and then sent as bytes."""

from collections.abc import Hashable

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.library.queries import shelf
from app.web.etag import Page, serve

VARY = "Accept, Accept-Encoding"


def _key(scope: Scope) -> Hashable:
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return scope["path"], scope["query_string"], accept


class ReadyRoute(APIRoute):
    """Looks for a ready answer before anything is parsed: the hot path does no validation and no SQL.

    Only what `keep` stored under the very same address and Accept header is found again, so every rule of the
    slow path (known parameters, bounds, 404) was applied to it once.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = shelf().ready.get(_key(scope)) if scope["method"] == "GET" else None
        if page is None:
            await super().handle(scope, receive, send)
        else:
            await serve(Request(scope), page, vary=VARY)(scope, receive, send)


def keep(request: Request, body: bytes | BaseModel, media_type: str = "application/json") -> Response:
    """Stores an answer for the life of the shelf, and sends it."""
    raw = body if isinstance(body, bytes) else body.model_dump_json().encode()
    return serve(request, shelf().ready.keep(_key(request.scope), Page.of(raw, media_type)), vary=VARY)
