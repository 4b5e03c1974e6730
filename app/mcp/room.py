"""Where the tools are served: `/mcp`, streamable HTTP, without sessions, when the SDK is installed and not refused.

The SDK takes most of a second to import: it is read behind the started application, and `/mcp` waits for it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

PATH: Final = "/mcp"


def is_installed() -> bool:
    return find_spec("mcp") is not None


class _Door:
    """The endpoint; what stands behind it lives as long as one start of the application."""

    def __init__(self) -> None:
        self.http: asyncio.Future[ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.http is None:
            raise RuntimeError("the application has not started")
        behind = await asyncio.shield(self.http)
        await behind(dict(scope), receive, send)


def install(app: FastAPI) -> None:
    door = _Door()
    app.router.routes.append(Route(PATH, door, methods=["GET", "POST", "DELETE"], include_in_schema=False))
    app.state.mcp = door


async def _serve(app: FastAPI, ready: asyncio.Future[ASGIApp], stop: asyncio.Event) -> None:
    from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415 (slow: behind the start)

    from app.mcp.tools import serve_tools  # noqa: PLC0415 (slow: behind the start)

    # The SDK's guard against DNS rebinding: our public name, and this machine.
    public = urlsplit(app.state.settings.public_url)
    hosts = [public.netloc, "127.0.0.1:*", "localhost:*", "[::1]:*"]
    origins = [f"{public.scheme}://{public.netloc}", *(f"http://{host}" for host in hosts[1:])]
    security = TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)
    server = serve_tools(app)
    http = server.streamable_http_app(json_response=True, stateless_http=True, transport_security=security)
    async with server.session_manager.run():
        ready.set_result(http)
        await stop.wait()


async def _import_then_serve(app: FastAPI, ready: asyncio.Future[ASGIApp], stop: asyncio.Event) -> None:
    try:
        await asyncio.to_thread(__import__, "app.mcp.tools")
        await _serve(app, ready, stop)
    except Exception as error:
        if ready.done():
            raise
        ready.set_exception(error)


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """Inside the application's lifespan."""
    ready: asyncio.Future[ASGIApp] = asyncio.get_running_loop().create_future()
    # Nobody may ask for `/mcp`: a failure to import is then read by nobody.
    ready.add_done_callback(lambda future: future.cancelled() or future.exception())
    stop = asyncio.Event()
    app.state.mcp.http = ready
    serving = asyncio.create_task(_import_then_serve(app, ready, stop))
    try:
        yield
    finally:
        stop.set()
        await serving
