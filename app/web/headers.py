"""What every answer carries: a request id, and the headers that close a browser's doors."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

request_id: ContextVar[str] = ContextVar("request_id", default="-")

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
"""For what is data, not a page: JSON, files, feeds."""
STRICT_TRANSPORT: Final = "max-age=31536000; includeSubDomains"
READ_ONLY: Final = "X-Read-Only"
"""On every answer while the database is lost: the web app says so, and keeps what is typed."""
_SECURITY: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_DATA: Final = ("/api/", "/health", "/metrics")
_SANE_ID: Final = re.compile(r"^[\w-]{8,64}$")


class Headers:
    """ASGI middleware: pure, so that it costs microseconds on the hot reads."""

    def __init__(self, app: ASGIApp, *, over_tls: bool = False, read_only: Callable[[], bool] = lambda: False) -> None:
        self.app = app
        self.read_only = read_only
        self.always = {**_SECURITY, "Strict-Transport-Security": STRICT_TRANSPORT} if over_tls else _SECURITY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received = dict(scope["headers"])
        given = received.get(b"x-request-id", b"").decode("latin-1")
        data = scope["path"].startswith(_DATA)
        personal = data and (b"authorization" in received or b"session=" in received.get(b"cookie", b""))
        ident = given if _SANE_ID.match(given) else secrets.token_hex(8)
        token = request_id.set(ident)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = ident
                if self.read_only():
                    headers[READ_ONLY] = "1"
                for name, value in self.always.items():
                    headers.setdefault(name, value)
                # By address, not by media type: a 304 has none, and its headers replace those that the browser kept.
                headers.setdefault("Content-Security-Policy", DATA_POLICY if data else CONTENT_SECURITY_POLICY)
                if personal:
                    # What a session or a key has read is nobody else's: neither the disk nor a proxy keeps it.
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            request_id.reset(token)
