"""The public reads of the library: no key, no session, ready-made bytes with a strong ETag."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from app.database.engine import DbSession
from app.library import linked, queries
from app.library.answers import summary, vocabulary
from app.library.cpv import codes_in
from app.library.fast import keep
from app.library.forms import OTHER_FORMS, negotiated
from app.library.schemas import (
    ClauseOut,
    ClausePage,
    ClauseQuery,
    FacetValue,
    VocabularyOut,
)
from app.library.search import Request as SearchRequest
from app.library.search import Sort
from app.library.understood import understood, way_out
from app.web.linked import document
from app.web.negotiation import JSON, JSON_LD, NotAcceptable, media_type_of
from app.web.paging import BadCursor
from app.web.problems import FieldError, Invalid, NotFound, UnknownParameter, problems
from app.web.site import address_of

router = APIRouter(prefix="/api/v1", tags=["Bibliothèque"])

Ident = Annotated[str, Path(description="Identifiant de clause, par exemple CEC-MOB-001", max_length=16)]


@router.get(
    "/clauses",
    response_model=ClausePage,
    responses=problems(UnknownParameter, BadCursor, Invalid, queries.LibraryNotReady),
    summary="Chercher des clauses",
)
async def list_clauses(request: Request, asked: Annotated[ClauseQuery, Query()]) -> Response:
    """Facets: OR inside one, AND between them. The next page is at `cursor=next`."""
    shelf, wanted = queries.shelf(), wanted_by(asked)
    result = shelf.index.search(wanted)
    page = ClausePage(
        items=[summary(clause, score) for clause, score in result.hits],
        next=result.next,
        total=result.total,
        facets={name: [FacetValue.model_validate(v) for v in values] for name, values in result.facets.items()},
        corrected=result.corrected,
        understood=understood(result.query, shelf) if asked.q.strip() else None,
        way_out=None if result.total else way_out(wanted, result.query, shelf),
    )
    return keep(request, page)


def wanted_by(asked: ClauseQuery, sort: Sort | None = None) -> SearchRequest:
    """The search that some parameters ask for; `sort` is the order where they name none."""
    return SearchRequest(
        q=asked.q,
        cpv=_cpv(asked.cpv),
        filters=asked.filters,
        sort=asked.sort or sort,
        limit=asked.limit,
        cursor=asked.cursor,
    )


def _cpv(given: str) -> str:
    if not given:
        return ""
    codes = codes_in(given)
    if len(codes) != 1:
        raise Invalid("Un champ est à corriger.", [FieldError(pointer="?cpv", detail="Un code CPV a 2 à 8 chiffres.")])
    return codes[0]


@router.get(
    "/vocabulary",
    response_model=VocabularyOut,
    responses=problems(NotAcceptable) | {200: {"content": {JSON_LD: {"schema": {"type": "object"}}}}},
    summary="Listes fermées : familles, leviers, labels, glossaire",
)
async def read_vocabulary(request: Request) -> Response:
    """As JSON-LD, each list is a schema.org DefinedTermSet and a SKOS concept scheme."""
    held = queries.shelf()
    if media_type_of(request.headers.get("accept", ""), (JSON, JSON_LD)) == JSON_LD:
        return keep(request, document(linked.vocabulary(held, address_of(request))), JSON_LD)
    return keep(request, vocabulary(held))


@router.get(
    "/clauses/{ident}",
    response_model=ClauseOut,
    responses=problems(NotFound, NotAcceptable) | {200: {"content": OTHER_FORMS}},
    summary="Une clause, en JSON, Markdown, HTML, DOCX ou JSON-LD selon Accept",
)
async def read_clause(request: Request, ident: Ident, session: DbSession) -> Response:
    """A withdrawn clause is still answered, with its status: documents signed with it go on referring to it."""
    clause = queries.shelf().clause(ident)
    if clause is None:
        raise NotFound(f"La clause {ident} n’existe pas.")
    return await negotiated(request, clause, session)
