"""The library as open data: whole files with checksums, feeds, catalogue, and what machines look for at the root."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.library import exports, queries
from app.library.catalogue import catalogue
from app.library.fast import keep
from app.library.feed import MEDIA_TYPE as ATOM
from app.library.feed import atom
from app.library.queries import LibraryNotReady
from app.library.routes import wanted_by
from app.library.schemas import ClauseQuery
from app.library.site_files import llms, robots, sitemap
from app.library.table_schema import TABLE_SCHEMA, checksums, data_package
from app.settings import Settings
from app.web.negotiation import JSON, JSON_LD
from app.web.paging import BadCursor
from app.web.problems import Invalid, UnknownParameter, problems
from app.web.site import address_of

router = APIRouter(tags=["Données ouvertes"])
JSONL, CSV, TEXT, XML = "application/jsonl", "text/csv", "text/plain", "application/xml"


def _answers(kind: str, description: str) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "object"} if "json" in kind and kind != JSONL else {"type": "string"}
    good: dict[int | str, dict[str, Any]] = {200: {"description": description, "content": {kind: {"schema": schema}}}}
    return good | problems(LibraryNotReady)


def _files() -> dict[str, bytes]:
    shelf = queries.shelf()
    return {"clauses.jsonl": exports.jsonl(shelf), "clauses.csv": exports.table(shelf)}


@router.get(
    "/api/v1/clauses.jsonl",
    response_class=Response,
    responses=_answers(JSONL, "Une clause par ligne ; empreinte dans « Repr-Digest »"),
    summary="Toute la bibliothèque, une clause par ligne",
)
async def export_jsonl(request: Request) -> Response:
    return keep(request, exports.jsonl(queries.shelf()), f"{JSONL}; charset=utf-8")


@router.get(
    "/api/v1/clauses.csv",
    response_class=Response,
    responses=_answers(CSV, "UTF-8, point-virgule ; colonnes décrites par « clauses.schema.json »"),
    summary="Toute la bibliothèque pour un tableur",
)
async def export_csv(request: Request) -> Response:
    return keep(request, exports.table(queries.shelf()), f"{CSV}; charset=utf-8")


@router.get(
    "/api/v1/clauses.sha256",
    response_class=Response,
    responses=_answers(TEXT, "Le format de « sha256sum --check »"),
    summary="Empreintes SHA-256 des fichiers de la bibliothèque",
)
async def export_checksums(request: Request) -> Response:
    return keep(request, checksums(_files()), f"{TEXT}; charset=utf-8")


@router.get(
    "/api/v1/clauses.schema.json",
    response_class=Response,
    responses=_answers(JSON, "Table Schema (Frictionless)"),
    summary="Les colonnes de clauses.csv, en Table Schema",
)
async def read_table_schema(request: Request) -> Response:
    return keep(request, json.dumps(TABLE_SCHEMA, ensure_ascii=False).encode())


@router.get(
    "/api/v1/datapackage.json",
    response_class=Response,
    responses=_answers(JSON, "Data Package (Frictionless)"),
    summary="Les fichiers de la bibliothèque, leurs tailles et leurs empreintes",
)
async def read_data_package(request: Request) -> Response:
    package = data_package(_files(), address_of(request), queries.shelf().generation)
    return keep(request, json.dumps(package, ensure_ascii=False).encode())


@router.get(
    "/api/v1/clauses.atom",
    response_class=Response,
    responses=_answers("application/atom+xml", "Un flux Atom, les changements récents d’abord")
    | problems(UnknownParameter, BadCursor, Invalid, LibraryNotReady),
    summary="Les clauses d’une recherche en flux Atom",
)
async def read_atom(request: Request, asked: Annotated[ClauseQuery, Query()]) -> Response:
    """The parameters of `/clauses`: a feed per family, lever, level, duty… The ids of entries never change."""
    shelf = queries.shelf()
    wanted = wanted_by(asked, "recent")
    return keep(request, atom(wanted, shelf.index.search(wanted), shelf, address_of(request)), ATOM)


@router.get(
    "/catalogue.jsonld",
    response_class=Response,
    responses=_answers(JSON_LD, "Catalogue DCAT-AP"),
    summary="Le catalogue de ces données, en DCAT-AP",
)
async def read_catalogue(request: Request) -> Response:
    settings: Settings = request.app.state.settings
    shelf = queries.shelf()
    modified = max(clause.published_at for clause in shelf.clauses.values())
    return keep(request, catalogue(address_of(request), settings.publisher, modified, _files()), JSON_LD)


@router.get(
    "/llms.txt",
    response_class=Response,
    responses=_answers(TEXT, "Un index en Markdown"),
    summary="L’index du site pour les modèles de langue",
)
async def read_llms(request: Request) -> Response:
    return keep(request, llms(queries.shelf(), address_of(request)), f"{TEXT}; charset=utf-8")


@router.get(
    "/sitemap.xml",
    response_class=Response,
    responses=_answers(XML, "Plan de site (sitemaps.org)"),
    summary="Les pages publiques, pour les moteurs de recherche",
)
async def read_sitemap(request: Request) -> Response:
    return keep(request, sitemap(queries.shelf(), address_of(request)), f"{XML}; charset=utf-8")


@router.get(
    "/robots.txt",
    response_class=Response,
    responses=_answers(TEXT, "robots.txt (RFC 9309)"),
    summary="Ce que les robots peuvent lire",
)
async def read_robots(request: Request) -> Response:
    return keep(request, robots(address_of(request)), f"{TEXT}; charset=utf-8")
