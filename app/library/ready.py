"""Routes whose answers are made once per generation of the library and then sent as bytes."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.library.queries import shelf
from app.web.etag import Page, serve

VARY = "Accept, Accept-Encoding"


def _key(request: Request) -> Hashable:
    scope = request.scope
    return scope["path"], scope["query_string"], request.headers.get("accept", "")


class ReadyRoute(APIRoute):
    """Looks for a ready answer before anything is parsed: the hot path does no validation and no SQL.

    Only what `keep` stored under the very same address and Accept header is found again, so every rule of the
    slow path (known parameters, bounds, 404) was applied to it once.
    """

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        slow: Callable[[Request], Awaitable[Any]] = super().get_route_handler()

        async def handler(request: Request) -> Response:
            page = shelf().ready.get(_key(request))
            if page is not None:
                return serve(request, page, vary=VARY)
            return await slow(request)  # type: ignore[no-any-return]

        return handler


def keep(request: Request, body: bytes | BaseModel, media_type: str = "application/json") -> Response:
    """Stores an answer for the life of the shelf, and sends it."""
    raw = body if isinstance(body, bytes) else body.model_dump_json().encode()
    return serve(request, shelf().ready.keep(_key(request), Page.of(raw, media_type)), vary=VARY)
