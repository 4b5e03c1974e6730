"""The web app and the public pages at the same addresses: text first, then the app takes over.

Vite's `index.html` is the shell. A room renders the text of its public pages (`RenderedPage`); the shell receives it
inside `#root`, so a page is readable, indexable and printable without JavaScript, and React replaces it on start.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.web.etag import Page, serve
from app.web.methods import allowed

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"
SITE: Final = "Clausier"
_MISSING: Final = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Clausier</title></head><body>'
    '<p>L’application web n’est pas construite : lancez « make run ».</p><div id="root"></div></body></html>'
)
FICTITIOUS: Final = '<meta name="clausier-demo" content="true">'
"""In the head of every page while invented organisations are in the database: the frame says it above all else."""
NOTICE: Final = "Données fictives : les organisations, les personnes et les dossiers de ce site sont inventés."

LOST: Final = (
    "Lecture seule : la base de données ne répond pas. La bibliothèque, le droit et la charte restent lisibles ; "
    "rien ne s’enregistre pour l’instant."
)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The server's text of a page: `body` is safe HTML."""

    title: str
    description: str
    body: str
    status: int = 200
    head: str = ""
    """Safe HTML added to the head: JSON-LD, feeds."""


Renderer = Callable[[Request], Awaitable[RenderedPage | None]]
"""Returns None where the page has no text of its own (the app draws it alone)."""


class Shell:
    def __init__(self, directory: Path) -> None:
        index = directory / "index.html"
        self.html = index.read_text(encoding="utf-8") if index.exists() else _MISSING

    def fill(self, page: RenderedPage, *, fictitious: bool = False, read_only: bool = False) -> bytes:
        title = escape(page.title if page.title == SITE else f"{page.title} – {SITE}")
        head = f'<title>{title}</title><meta name="description" content="{escape(page.description)}">{page.head}'
        head += FICTITIOUS if fictitious else ""
        said = "".join(
            f"<p><strong>{notice}</strong></p>" for notice, true in ((NOTICE, fictitious), (LOST, read_only)) if true
        )
        html = re.sub(r"<title>.*?</title>", lambda _: head, self.html, count=1, flags=re.DOTALL)
        return html.replace('<div id="root"></div>', f'<div id="root">{said}{page.body}</div>', 1).encode()


class _Assets(StaticFiles):
    """Vite's hashed files: a name never changes its content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = IMMUTABLE
        return response


DEFAULT: Final = RenderedPage(
    SITE,
    "Des clauses d’économie circulaire prêtes pour vos marchés publics : décrivez l’achat, voyez vos obligations, "
    "choisissez les clauses, téléchargez les pièces.",
    "",
)


async def _page_of(request: Request, pages: Sequence[tuple[re.Pattern[str], Renderer]]) -> RenderedPage:
    renderer = next((found for pattern, found in pages if pattern.fullmatch(request.url.path)), None)
    try:
        return (renderer and await renderer(request)) or DEFAULT
    except (OperationalError, PoolTimeout):
        return replace(DEFAULT, body=f"<p>{LOST}</p>", status=503)


def install(app: FastAPI, directory: Path, pages: Sequence[tuple[str, Renderer]]) -> None:
    """Serves the app for every address that no API route took; `pages` are regular expressions of public pages."""
    shell = Shell(directory)
    compiled = [(re.compile(pattern), renderer) for pattern, renderer in pages]
    if (directory / "assets").is_dir():
        app.router.routes.append(Mount("/assets", _Assets(directory=directory / "assets")))
    root_files = {p.name for p in directory.iterdir() if p.is_file()} - {"index.html"} if directory.is_dir() else set()
    files = StaticFiles(directory=directory) if root_files else None

    async def app_shell(request: Request) -> Response:
        path = request.url.path
        if files and path.lstrip("/") in root_files:
            return await files.get_response(path.lstrip("/"), request.scope)
        if allowed(request.app, path):  # an address of ours, asked by a method that it does not take
            raise HTTPException(405)
        if path.startswith(("/api/", "/health")) or "text/html" not in request.headers.get("accept", "text/html"):
            raise HTTPException(404)
        page = await _page_of(request, compiled)
        state = request.app.state
        lost = page.status != 503 and getattr(state, "read_only", bool)()  # noqa: PLR2004 (already said)
        body = shell.fill(page, fictitious=getattr(state, "fictitious", False), read_only=lost)
        response = serve(request, Page.of(body, "text/html; charset=utf-8"), cache_control=REVALIDATE)
        if response.status_code == 200:  # noqa: PLR2004
            response.status_code = page.status
        return response

    app.add_api_route("/{path:path}", app_shell, methods=["GET", "HEAD"], include_in_schema=False)
