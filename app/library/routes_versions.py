"""The life of a clause over HTTP: its versions, what changed between two of them, the journal of the library."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from app.database.engine import DbSession
from app.library import queries
from app.library.comparing import compare, comparison_document
from app.library.fast import keep
from app.library.forms import OTHER_FORMS, negotiated
from app.library.published import PublishedClause
from app.library.routes import Ident
from app.library.schemas import ChangeOut, ChangePage, ClauseOut, StandingOut, VersionOut, Versions
from app.library.schemas_diff import DiffOut
from app.library.standing import standing_of
from app.web.negotiation import HTML, JSON, NotAcceptable, media_type_of
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Bibliothèque"])
Number = Annotated[int, Path(ge=1, le=1_000_000, description="Numéro de version, à partir de 1")]


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
    responses=problems(NotFound, NotAcceptable) | {200: {"content": OTHER_FORMS}},
    summary="Une version d’une clause : elle ne change jamais",
)
async def read_version(request: Request, ident: Ident, number: Number, session: DbSession) -> Response:
    return await negotiated(request, await _version(session, ident, number), session)


async def _version(session: DbSession, ident: str, number: int) -> PublishedClause:
    clause = await queries.clause_version(session, ident, number)
    if clause is None:
        raise NotFound(f"La clause {ident} n’a pas de version {number}.")
    return clause


@router.get(
    "/clauses/{ident}/standing",
    response_model=StandingOut,
    responses=problems(NotFound),
    summary="Ce que vaut une clause un jour donné, au regard de la loi",
)
async def read_standing(
    request: Request,
    ident: Ident,
    on: Annotated[date | None, Query(description="À défaut, aujourd’hui (heure de Paris)")] = None,
) -> Response:
    """The law rises, the clause stays: from the day when the law asks for as much, it only restates the law."""
    shelf = queries.shelf()
    clause = shelf.clause(ident)
    if clause is None:
        raise NotFound(f"La clause {ident} n’existe pas.")
    found = standing_of(clause.as_written, shelf.words.law, on or shelf.day)
    return keep(request, StandingOut.model_validate(found))


@router.get(
    "/clauses/{ident}/diff",
    response_model=DiffOut,
    responses=problems(NotFound, NotAcceptable) | {200: {"content": {HTML: {"schema": {"type": "string"}}}}},
    summary="Ce qui change d’une version à une autre, mot à mot",
)
async def read_diff(
    request: Request,
    ident: Ident,
    session: DbSession,
    before: Annotated[
        int | None, Query(alias="from", ge=1, le=1_000_000, description="À défaut, la version d’avant « to »")
    ] = None,
    after: Annotated[
        int | None, Query(alias="to", ge=1, le=1_000_000, description="À défaut, la version en cours")
    ] = None,
) -> Response:
    """Each run is « equal », « insert » or « delete »: one list serves the inline and the side-by-side view."""
    current = queries.shelf().clause(ident)
    if current is None:
        raise NotFound(f"La clause {ident} n’existe pas.")
    last = after or current.version
    first = before or max(last - 1, 1)
    found = compare(await _version(session, ident, first), await _version(session, ident, last))
    if media_type_of(request.headers.get("accept", ""), (JSON, HTML)) == HTML:
        return keep(request, comparison_document(found), "text/html; charset=utf-8")
    return keep(request, found)


@router.get("/changes", response_model=ChangePage, summary="Ce qui a changé dans la bibliothèque")
async def list_changes(
    request: Request,
    session: DbSession,
    since: Annotated[int, Query(ge=0, le=2**31 - 1, description="Le dernier « id » déjà lu")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """The journal grows only at its end: keep the last `id` and come back with it."""
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
