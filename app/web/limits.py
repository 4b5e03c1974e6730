"""A body has a size: what is larger is refused, before it is read where its length is announced."""

from typing import Final

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.problems import BodyTooLarge, answer

ONE_MEBIBYTE: Final = 1024 * 1024


class BodyLimit:
    """Starlette's limit, with a problem in French where it would answer plain English text."""

    def __init__(self, app: ASGIApp, maximum: int = ONE_MEBIBYTE) -> None:
        self.limited = RequestBodyLimitMiddleware(app, max_body_size=maximum)
        self.maximum = maximum

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        announced = dict(scope.get("headers", [])).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self.maximum:
            problem = BodyTooLarge(f"L’envoi dépasse {self.maximum // 1024} kio.")
            await answer(problem)(scope, receive, send)
            return
        await self.limited(scope, receive, send)
