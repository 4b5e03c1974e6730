"""Unknown query parameters are refused: a misspelt filter must not answer everything."""

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute

from app.web.problems import UnknownParameter


async def refuse_unknown_parameters(request: Request) -> None:
    """A dependency of every API router."""
    route = request.scope.get("route")
    if not request.query_params or not isinstance(route, APIRoute):
        return
    known = {field.alias for field in get_flat_params(route.dependant) if isinstance(field.field_info, Query)}
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        raise UnknownParameter(f"Paramètre inconnu : {', '.join(unknown)}.")
