"""The public reads of the library: no key, no session, ready-made bytes with a strong ETag."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from app.database.engine import DbSession
from app.library import exports, queries
from app.library.answers import summary, vocabulary, whole
from app.library.cpv import codes_in
from app.library.fast import keep
from app.library.negotiation import media_type_of
from app.library.pages import clause_document
from app.library.schemas import (
    ChangeOut,
    ChangePage,
    ClauseOut,
    ClausePage,
    ClauseQuery,
    FacetValue,
    VersionOut,
    Versions,
    VocabularyOut,
)
from app.library.search import Request as SearchRequest
from app.web.paging import BadCursor
from app.web.problems import FieldError, Invalid, NotFound, UnknownParameter, problems

router = APIRouter(prefix="/api/v1", tags=["Bibliothèque"])

JSON: Final = "application/json"
MARKDOWN: Final = "text/markdown"
HTML: Final = "text/html"
Ident = Annotated[str, Path(description="Identifiant de clause, par exemple CEC-MOB-001", max_length=16)]


@router.get(
    "/clauses",
    response_model=ClausePage,
    responses=problems(UnknownParameter, BadCursor, Invalid, queries.LibraryNotReady),
    summary="Chercher des clauses",
)
async def list_clauses(request: Request, asked: Annotated[ClauseQuery, Query()]) -> Response:
    """Facets: OR inside one, AND between them. The next page is at `cursor=next`."""
    wanted = SearchRequest(
        q=asked.q, cpv=_cpv(asked.cpv), filters=asked.filters, sort=asked.sort, limit=asked.limit, cursor=asked.cursor
    )
    result = queries.shelf().index.search(wanted)
    page = ClausePage(
        items=[summary(clause, score) for clause, score in result.hits],
        next=result.next,
        total=result.total,
        facets={name: [FacetValue.model_validate(v) for v in values] for name, values in result.facets.items()},
        corrected=result.corrected,
    )
    return keep(request, page)


def _cpv(given: str) -> str:
    if not given:
        return ""
    codes = codes_in(given)
    if len(codes) != 1:
        raise Invalid("Un champ est à corriger.", [FieldError(pointer="?cpv", detail="Un code CPV a 2 à 8 chiffres.")])
    return codes[0]


@router.get("/clauses.jsonl", response_class=Response, summary="Toute la bibliothèque, une clause par ligne")
async def export_jsonl(request: Request) -> Response:
    return keep(request, exports.jsonl(queries.shelf()), "application/jsonl; charset=utf-8")


@router.get("/clauses.csv", response_class=Response, summary="Toute la bibliothèque pour un tableur")
async def export_csv(request: Request) -> Response:
    return keep(request, exports.table(queries.shelf()), "text/csv; charset=utf-8")


@router.get(
    "/vocabulary", response_model=VocabularyOut, summary="Listes fermées : familles, leviers, labels, glossaire"
)
async def read_vocabulary(request: Request) -> Response:
    return keep(request, vocabulary(queries.shelf()))


@router.get(
    "/clauses/{ident}",
    response_model=ClauseOut,
    responses=problems(NotFound) | {200: {"content": {MARKDOWN: {}, HTML: {}}}},
    summary="Une clause, en JSON, Markdown ou HTML selon Accept",
)
async def read_clause(request: Request, ident: Ident, session: DbSession) -> Response:
    """A withdrawn clause is still answered, with its status: documents signed with it go on referring to it."""
    shelf = queries.shelf()
    clause = shelf.clause(ident)
    if clause is None:
        raise NotFound(f"La clause {ident} n’existe pas.")
    wanted = media_type_of(request.headers.get("accept", ""), (JSON, MARKDOWN, HTML))
    if wanted == MARKDOWN:
        source = await queries.clause_source(session, ident, clause.version)
        return keep(request, source, "text/markdown; charset=utf-8")
    if wanted == HTML:
        return keep(request, clause_document(clause, shelf), "text/html; charset=utf-8")
    return keep(request, whole(clause, shelf))


@router.get(
    "/clauses/{ident}/versions",
    response_model=Versions,
    responses=problems(NotFound),
    summary="Les versions d’une clause, la plus récente d’abord",
)
async def list_versions(request: Request, ident: Ident, session: DbSession) -> Response:
    versions = await queries.versions_of(session, ident)
    if not versions:
        raise NotFound(f"La clause {ident} n’existe pas.")
    items = [
        VersionOut(
            number=version.number,
            content_hash=version.content_hash,
            published_at=version.published_at,
            change=version.record["changelog"][-1],
        )
        for version in versions
    ]
    return keep(request, Versions(items=items))


@router.get(
    "/clauses/{ident}/versions/{number}",
    response_model=ClauseOut,
    responses=problems(NotFound),
    summary="Une version d’une clause : elle ne change jamais",
)
async def read_version(
    request: Request, ident: Ident, number: Annotated[int, Path(ge=1, le=1_000_000)], session: DbSession
) -> Response:
    clause = await queries.clause_version(session, ident, number)
    if clause is None:
        raise NotFound(f"La clause {ident} n’a pas de version {number}.")
    return keep(request, whole(clause, queries.shelf()))


@router.get("/changes", response_model=ChangePage, summary="Ce qui a changé dans la bibliothèque")
async def list_changes(
    request: Request,
    session: DbSession,
    since: Annotated[int, Query(ge=0, le=2**31 - 1, description="Le dernier « id » déjà lu")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    rows = await queries.changes_since(session, since, limit + 1)
    items = [
        ChangeOut(
            id=change.id,
            kind=change.kind,
            clause=change.clause_id,
            version=change.version,
            title=title,
            at=change.at,
            generation=change.generation,
        )
        for change, title in rows[:limit]
    ]
    return keep(request, ChangePage(items=items, next=items[-1].id if len(rows) > limit else None))
