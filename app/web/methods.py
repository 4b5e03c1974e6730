"""Which methods an address takes: what `Allow` says, whichever of its routes was tried first."""

import re
from functools import lru_cache

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path


@lru_cache(maxsize=16)
def _addresses(app: FastAPI) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """Every route but the last one, which takes what is left for the web app."""
    return tuple(
        (compile_path(context.path)[0], frozenset(context.methods))
        for context in iter_route_contexts(app.routes)
        if context.path and context.methods and context.path != "/{path:path}"
    )


def allowed(app: FastAPI, path: str) -> str:
    """« GET, POST », or nothing for an address that is not ours; `/x/options` is not an `/x/{id}`."""
    matches = [(pattern, methods) for pattern, methods in _addresses(app) if pattern.match(path)]
    fewest = min((pattern.groups for pattern, _ in matches), default=0)
    return ", ".join(sorted({method for pattern, methods in matches if pattern.groups == fewest for method in methods}))
