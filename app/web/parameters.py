"""Unknown query parameters are refused: a misspelt filter must not answer everything."""

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Cookie, Header, Path
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from app.web.methods import allowed
from app.web.problems import UnknownParameter


async def refuse_unknown_parameters(request: Request) -> None:
    """A dependency of every API router."""
    route = request.scope.get("route")
    if isinstance(route, APIRoute) and route.param_convertors and not _takes(request):
        raise HTTPException(405)
    if not request.query_params or not isinstance(route, APIRoute):
        return
    # The fields of a query model (`Annotated[Model, Query()]`) come flat, without the mark of a query parameter.
    fields = get_flat_params(route.dependant)
    known = {field.alias for field in fields if not isinstance(field.field_info, Path | Header | Cookie)}
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        raise UnknownParameter(f"Paramètre inconnu : {', '.join(unknown)}.")


def _takes(request: Request) -> bool:
    """False for PUT /x/lookup where only GET /x/lookup and PUT /x/{id} exist: « lookup » is no id."""
    return request.method in {"GET", "HEAD", *allowed(request.app, request.url.path).split(", ")}
