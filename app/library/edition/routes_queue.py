"""The editors' desk over HTTP: what waits, the messages of readers, the clauses to look at, the export."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app.accounts.actors import EditorialTeam
from app.accounts.refusals import Forbidden, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.library import queries as library
from app.library.edition import inbox, queries
from app.library.edition.exporting import archive, to_export
from app.library.edition.rules import FeedbackStatus, ProposalStatus
from app.library.edition.schemas import (
    ClauseAnswerIn,
    ClauseMessageOut,
    ClauseMessagePage,
    MonthsOut,
    QueueOut,
    WatchedOut,
    WatchedPage,
)
from app.library.edition.watching import law_changed, months_since_check, overdue
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/edition", tags=["Rédaction"])
CLOSED = (NotSignedIn, Forbidden)
Cursor = Annotated[str | None, Query(max_length=300)]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("/queue", responses=problems(*CLOSED), summary="Ce qui attend la rédaction")
async def read_queue(request: Request, session: DbSession, actor: EditorialTeam) -> QueueOut:
    shelf = library.shelf()
    counts = await queries.count_by_status(session)
    waiting = await queries.page(session, actor, [ProposalStatus.REVIEW], "", None, 100)
    ready = sum(item.ready for item in waiting.items)
    mine = [item.id for item in waiting.items if {"read_legal", "read_technical", "publish"} & set(item.may)]
    return QueueOut(
        drafts=counts.get(ProposalStatus.DRAFT, 0),
        to_review=counts.get(ProposalStatus.REVIEW, 0) - ready,
        to_validate=ready,
        feedback=await inbox.waiting(session),
        law_changed=len(law_changed(shelf.active, shelf.words.law, shelf.day)),
        overdue=len(overdue(shelf.active, shelf.day)),
        to_export=len(await to_export(session, request.app.state.settings.clauses)),
        freshness=[MonthsOut(months=m, clauses=n) for m, n in months_since_check(shelf.active, shelf.day)],
        next_to_read=mine[0] if mine else None,
    )


@router.get(
    "/watch", responses=problems(*CLOSED, BadCursor), summary="Les clauses à revoir : relecture dépassée, loi changée"
)
async def list_watched(
    actor: EditorialTeam, why: Annotated[Literal["overdue", "law"], Query()], cursor: Cursor = None, limit: Limit = 30
) -> WatchedPage:
    del actor
    shelf = library.shelf()
    found = (
        overdue(shelf.active, shelf.day) if why == "overdue" else law_changed(shelf.active, shelf.words.law, shelf.day)
    )
    keys = [(watched.since.isoformat(), watched.clause.id, watched.why) for watched in found]
    after = tuple(map(str, key_of(cursor, 3))) if cursor else ("", "", "")
    kept = [(key, watched) for key, watched in zip(keys, found, strict=True) if key > after]
    return WatchedPage(
        items=[
            WatchedOut(
                clause=w.clause.id,
                title=w.clause.record.title,
                why=w.why,
                detail=w.detail,
                since=w.since,
                age_days=max(0, (shelf.day - w.since).days),
            )
            for _, w in kept[:limit]
        ],
        next=cursor_of(*kept[limit - 1][0]) if len(kept) > limit else None,
    )


@router.get("/feedback", responses=problems(*CLOSED, BadCursor), summary="Ce que les lecteurs disent des clauses")
async def list_feedback(
    session: DbSession,
    actor: EditorialTeam,
    state: Annotated[list[FeedbackStatus], Query(alias="status", max_length=4)] = [],  # noqa: B006
    cursor: Cursor = None,
    limit: Limit = 30,
) -> ClauseMessagePage:
    """At first, those that wait for an answer; the address of the author is never shown."""
    del actor
    return await inbox.page(session, state, cursor, limit)


@router.put(
    "/feedback/{ident}",
    responses=problems(*CLOSED, NotFound, Invalid, PreconditionRequired, VersionMismatch),
    summary="Répondre à un message, ou le classer",
)
async def handle_feedback(  # noqa: PLR0913, PLR0917 (who, which, what, from which version)
    session: DbSession,
    actor: EditorialTeam,
    ident: Ident,
    asked: ClauseAnswerIn,
    response: Response,
    if_match: IfMatch = None,
) -> ClauseMessageOut:
    """An answer is sent to the reader who left an address."""
    row = await inbox.message(session, ident)
    require_version(if_match, row.revision)
    answer = await inbox.handle(session, actor, row, asked)
    tagged(response, row.revision)
    return answer


@router.get(
    "/export",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}}, **problems(*CLOSED)},
    summary="Les fichiers des clauses publiées ici, octet pour octet",
)
async def export_files(request: Request, session: DbSession, actor: EditorialTeam) -> Response:
    """To be put back below `clauses/`: loading them makes no new version."""
    del actor
    versions = await to_export(session, request.app.state.settings.clauses)
    headers = {"Content-Disposition": 'attachment; filename="clauses-publiees.zip"', "Cache-Control": "no-store"}
    return Response(archive(versions), media_type="application/zip", headers=headers)
