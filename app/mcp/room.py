"""Where the tools are served: `/mcp`, streamable HTTP, without sessions, when the SDK is installed and not refused."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.mcp.tools import serve_tools

PATH: Final = "/mcp"


class _Door:
    """The endpoint; what stands behind it lives as long as one start of the application."""

    http: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.http(dict(scope), receive, send)


def install(app: FastAPI) -> None:
    door = _Door()
    app.router.routes.append(Route(PATH, door, methods=["GET", "POST", "DELETE"], include_in_schema=False))
    app.state.mcp = door


def _security(public_url: str) -> TransportSecuritySettings:
    """The SDK's guard against DNS rebinding: our public name, and this machine."""
    public = urlsplit(public_url)
    hosts = [public.netloc, "127.0.0.1:*", "localhost:*", "[::1]:*"]
    origins = [f"{public.scheme}://{public.netloc}", *(f"http://{host}" for host in hosts[1:])]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """Inside the application's lifespan."""
    server = serve_tools(app)
    security = _security(app.state.settings.public_url)
    door: _Door = app.state.mcp
    door.http = server.streamable_http_app(json_response=True, stateless_http=True, transport_security=security)
    async with server.session_manager.run():
        yield
