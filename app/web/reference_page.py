"""The page `/api` as text: what the contract says, readable and printable without JavaScript."""

from html import escape
from typing import Any

from starlette.requests import Request

from app.web.contract import operations
from app.web.spa import RenderedPage, Renderer


async def _page(request: Request) -> RenderedPage:
    document = request.app.openapi()
    rooms = "".join(_room(tag, document) for tag in document["tags"])
    body = (
        '<main id="contenu"><h1>L’API de Clausier</h1><p>Toute la bibliothèque et tous les calculs, en lecture libre '
        'et sans clé. Le contrat complet : <a href="/api/v1/openapi.json">OpenAPI 3.1</a>. Erreurs : '
        '<a href="/api/v1/problems">liste expliquée</a>. Outils MCP pour les assistants : <code>/mcp</code>.</p>'
        f"{rooms}</main>"
    )
    return RenderedPage("L’API de Clausier", "L’API libre de Clausier : adresses, paramètres, exemples.", body)


def _room(tag: dict[str, Any], document: dict[str, Any]) -> str:
    mine = [(name, told) for name, told in operations(document) if tag["name"] in told["tags"]]
    items = "".join(_operation(name, told) for name, told in mine)
    return f"<h2>{escape(tag['name'])}</h2><p>{escape(tag.get('description', ''))}</p>{items}"


def _operation(name: str, told: dict[str, Any]) -> str:
    parameters = "".join(
        f"<li><code>{escape(p['name'])}</code> {escape(p.get('description', ''))}</li>"
        for p in told.get("parameters", ())
    )
    examples = "".join(f"<p>{escape(e['titre'])}</p><pre>{escape(e['curl'])}</pre>" for e in told.get("x-exemples", ()))
    return (
        f"<h3>{escape(told['summary'])}</h3><p><code>{escape(name)}</code></p>"
        f"<p>{escape(told.get('description', ''))}</p>{f'<ul>{parameters}</ul>' if parameters else ''}{examples}"
    )


def pages() -> list[tuple[str, Renderer]]:
    return [("/api", _page)]
