"""The training modules: public, like the law and the clauses that they explain."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.library.queries import LibraryNotReady, shelf
from app.network.reading import cards, whole_module
from app.network.schemas_training import ModuleCards, ModuleOut
from app.web.etag import Page, serve
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1/network/training", tags=["Réseau et formation"])

Code = Annotated[str, Path(description="Code du module, par exemple sourcer", max_length=41)]


@router.get("", response_model=ModuleCards, summary="Les modules de formation")
async def list_modules(request: Request) -> Response:
    return serve(request, Page.of(cards(request.app.state.settings.clauses).model_dump_json().encode()))


@router.get(
    "/{code}",
    response_model=ModuleOut,
    responses=problems(NotFound, LibraryNotReady),
    summary="Un module : leçon, textes, exercices corrigés, questions expliquées",
)
async def read_module(request: Request, code: Code) -> Response:
    found = whole_module(code, request.app.state.settings.clauses, shelf())
    if found is None:
        raise NotFound(f"Le module {code} n’existe pas.")
    return serve(request, Page.of(found.model_dump_json().encode()))
