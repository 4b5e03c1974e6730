"""The families of purchase and the glossary, as the reading pages show them."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.library.fast import keep
from app.library.queries import LibraryNotReady, shelf
from app.library.reading import defined, family_cards, whole_family
from app.library.schemas_reading import FamilyCards, FamilyPageOut, GlossaryOut
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Bibliothèque"])

Code = Annotated[str, Path(description="Code de famille, par exemple mobilier", max_length=40)]


@router.get(
    "/families",
    response_model=FamilyCards,
    responses=problems(LibraryNotReady),
    summary="Les familles d’achat, avec leur nombre de clauses",
)
async def list_families(request: Request) -> Response:
    return keep(request, family_cards(shelf()))


@router.get(
    "/families/{code}",
    response_model=FamilyPageOut,
    responses=problems(NotFound, LibraryNotReady),
    summary="La page d’une famille : ce qui compte, obligations, marché, erreurs, premières clauses",
)
async def read_family(request: Request, code: Code) -> Response:
    found = whole_family(code, shelf())
    if found is None:
        raise NotFound(f"La famille {code} n’existe pas.")
    return keep(request, found)


@router.get(
    "/glossary",
    response_model=GlossaryOut,
    responses=problems(LibraryNotReady),
    summary="Le glossaire, avec les clauses qui emploient chaque terme",
)
async def read_glossary(request: Request) -> Response:
    return keep(request, defined(shelf()))
