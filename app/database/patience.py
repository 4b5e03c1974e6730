"""How long anything waits for the database: a silent base becomes an error in seconds, never a request that hangs.

The server's own limits (`statement_timeout`) say nothing when the network swallows what is sent, and TCP's
(`tcp_user_timeout`) say nothing when something in between acknowledges: the wait itself is bounded here.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

from psycopg import AsyncConnection, OperationalError, errors
from psycopg.abc import PQGen
from starlette.types import ASGIApp, Receive, Scope, Send

WAIT: Final = 2.0
"""Seconds that a request waits for the database in all, so that it is answered, or refused, in three."""
LONG_WAIT: Final = 20.0
"""The same for a request that carries a file: an import writes thousands of rows."""

RV = TypeVar("RV")
Creator = Callable[..., Awaitable["PatientConnection"]]
_LEAST: Final = 0.001
_INTERVAL: Final = 0.1
"""Seconds between two looks of psycopg at its own state."""


class Budget:
    """The seconds that one request may still spend waiting for the database, all its statements together."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds


_request: ContextVar[Budget | None] = ContextVar("database_budget", default=None)


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """What runs inside waits for the database `seconds` in all, then gets `OperationalError`."""
    token = _request.set(Budget(seconds))
    try:
        yield
    finally:
        _request.reset(token)


class PatientRequests:
    """ASGI middleware: each request has its seconds of waiting for the database."""

    def __init__(self, app: ASGIApp, wait: float = WAIT) -> None:
        self.app = app
        self._wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        files = any(name == b"content-type" and value.startswith(b"multipart/") for name, value in scope["headers"])
        with waiting_at_most(max(LONG_WAIT, self._wait) if files else self._wait):
            await self.app(scope, receive, send)


class PatientConnection(AsyncConnection[Any]):
    """A connection whose every exchange with the server is bounded; past it, the connection is closed."""

    patience: float = 30

    async def wait(self, gen: PQGen[RV], interval: float = _INTERVAL, timeout: float | None = None) -> RV:  # noqa: ASYNC109 (psycopg's own signature)
        budget = _request.get()
        most = self.patience if budget is None else budget.left
        asked = time.monotonic()
        try:
            if most <= 0:
                raise errors._WaitTimeout  # noqa: SLF001, TRY301 (as below)
            return await super().wait(gen, interval, timeout=max(min(most, timeout or most), _LEAST))
        except errors._WaitTimeout as error:  # noqa: SLF001 (what psycopg raises, nothing public stands for it)
            # Its state is unknown: nothing more may be asked on it, a rollback included.
            self.pgconn.finish()
            raise OperationalError("the database did not answer in time") from error
        finally:
            if budget is not None:
                budget.left -= time.monotonic() - asked


def creator(patience: float) -> Creator:
    """What SQLAlchemy calls to open a connection."""

    async def make(*arguments: Any, **options: Any) -> PatientConnection:  # noqa: ANN401 (psycopg's own)
        budget, asked = _request.get(), time.monotonic()
        try:
            if budget is not None and budget.left <= 0:
                raise TimeoutError  # noqa: TRY301 (as below)
            async with asyncio.timeout(budget.left if budget else None):
                connection = await PatientConnection.connect(*arguments, **options)
        except TimeoutError as error:
            raise OperationalError("the database did not answer in time") from error
        finally:
            if budget is not None:
                budget.left -= time.monotonic() - asked
        connection.patience = patience
        return connection

    return make
