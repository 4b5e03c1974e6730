"""A body has a size: what is larger is refused, before it is read where its length is announced."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.problems import BodyTooLarge, answer

ONE_MEBIBYTE: Final = 1024 * 1024
NONE_LARGER: Final[Mapping[str, int]] = MappingProxyType({})


class BodyLimit:
    """Starlette's limit, with a problem in French where it would answer plain English text."""

    def __init__(self, app: ASGIApp, maximum: int = ONE_MEBIBYTE, larger: Mapping[str, int] = NONE_LARGER) -> None:
        self.limits = {maximum: RequestBodyLimitMiddleware(app, max_body_size=maximum)} | {
            size: RequestBodyLimitMiddleware(app, max_body_size=size) for size in larger.values()
        }
        self.maximum = maximum
        self.larger = larger
        """Start of a path → the size of its bodies: for the routes that take files."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        maximum = next((size for start, size in self.larger.items() if path.startswith(start)), self.maximum)
        announced = dict(scope.get("headers", [])).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > maximum:
            await answer(BodyTooLarge(f"L’envoi dépasse {_size(maximum)}."))(scope, receive, send)
            return
        await self.limits[maximum](scope, receive, send)


def _size(maximum: int) -> str:
    return f"{maximum // ONE_MEBIBYTE} Mio" if maximum > ONE_MEBIBYTE else f"{maximum // 1024} kio"
