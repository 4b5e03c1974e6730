"""Sourcings for firms and for everybody: read, answer under seal, refuse, ask."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, status

from app.accounts.actors import FirmReader, FirmWriter, Visitor
from app.accounts.idempotency import Once
from app.accounts.refusals import AlreadyThere, CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.market.schemas import Department
from app.market.sourcing import answering, queries, shown
from app.market.sourcing.refusals import SourcingClosed
from app.market.sourcing.routes_buyer import Cursor, Limit, before, settings_of
from app.market.sourcing.schemas import AnswerIn, AskIn, RefusalIn
from app.market.sourcing.schemas_shown import (
    AnswerOut,
    AskedOut,
    NoticeOut,
    ReceivedPage,
    SourcingPage,
)
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, tagged
from app.web.paging import BadCursor, cursor_of
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Sourçage"])
_ACTS = (NotSignedIn, Forbidden, CrossSite, NotFound, Invalid, SourcingClosed, AlreadyThere)
ACTS = problems(*_ACTS, PreconditionRequired, VersionMismatch, KeyReused)
Family = Annotated[str, Query(pattern=r"^[a-z-]{0,32}$")]


@router.get("/published-sourcings", responses=problems(BadCursor, Invalid), summary="Les sourçages publiés")
async def list_published(
    session: DbSession,
    family: Family = "",
    department: Annotated[list[Department], Query(max_length=13)] = [],  # noqa: B006 (FastAPI copies it)
    limit: Limit = 20,
    cursor: Cursor = None,
) -> SourcingPage:
    asked = queries.open_to_all(before(cursor), family, department).limit(limit + 1)
    rows = (await session.execute(asked)).scalars().all()
    kept = rows[:limit]
    return SourcingPage(
        items=await shown.lines(session, kept), next=cursor_of(kept[-1].id) if len(rows) > limit else None
    )


@router.get(
    "/published-sourcings/{ident}", responses=problems(NotFound), summary="Un sourçage publié : le même pour tous"
)
async def read_published(response: Response, session: DbSession, visitor: Visitor, ident: Ident) -> NoticeOut:
    response.headers["Cache-Control"] = "private, no-cache"
    return await shown.for_all(session, await queries.published(session, ident), visitor)


@router.get(
    "/received-sourcings",
    responses=problems(NotSignedIn, Forbidden, BadCursor),
    summary="Les sourçages reçus par mon entreprise, et où en sont mes réponses",
)
async def list_received(
    session: DbSession, member: FirmReader, limit: Limit = 20, cursor: Cursor = None
) -> ReceivedPage:
    asked = queries.received(member.organisation.id, before(cursor)).limit(limit + 1)
    rows = (await session.execute(asked)).scalars().all()
    kept = rows[:limit]
    return ReceivedPage(
        items=await shown.received(session, member, kept), next=cursor_of(kept[-1].id) if len(rows) > limit else None
    )


async def _own(request: Request, response: Response, session: DbSession, member: FirmReader, ident: int) -> AnswerOut:
    row = await queries.published(session, ident)
    mine = await shown.own_answer(session, settings_of(request), member, row)
    if mine.version:
        tagged(response, mine.version)
    else:
        response.headers["Cache-Control"] = "private, no-cache"
    return mine


@router.get(
    "/published-sourcings/{ident}/answer",
    responses=problems(NotSignedIn, Forbidden, NotFound),
    summary="La réponse de mon entreprise",
)
async def read_answer(
    request: Request, response: Response, session: DbSession, member: FirmReader, ident: Ident
) -> AnswerOut:
    return await _own(request, response, session, member, ident)


@router.put("/published-sourcings/{ident}/answer", responses=ACTS, summary="Répondre avant la clôture")
async def write_answer(  # noqa: PLR0913, PLR0917 (what an answer names)
    request: Request,
    response: Response,
    session: DbSession,
    member: FirmWriter,
    ident: Ident,
    asked: AnswerIn,
    if_match: IfMatch = None,
) -> AnswerOut:
    await answering.answer(session, settings_of(request), member, ident, asked, if_match)
    return await _own(request, response, session, member, ident)


@router.delete(
    "/published-sourcings/{ident}/answer",
    status_code=204,
    responses=ACTS,
    summary="Retirer sa réponse",
)
async def delete_answer(session: DbSession, member: FirmWriter, ident: Ident, if_match: IfMatch = None) -> None:
    await answering.withdraw_answer(session, member, ident, if_match)


@router.put("/published-sourcings/{ident}/refusal", responses=ACTS, summary="Dire pourquoi on ne répondra pas")
async def refuse_sourcing(  # noqa: PLR0913, PLR0917 (what a refusal names)
    request: Request, response: Response, session: DbSession, member: FirmWriter, ident: Ident, asked: RefusalIn
) -> AnswerOut:
    await answering.refuse(session, member, ident, asked.code)
    return await _own(request, response, session, member, ident)


@router.post(
    "/published-sourcings/{ident}/questions",
    status_code=status.HTTP_201_CREATED,
    responses=ACTS,
    summary="Poser une question, publiée à tous sans votre nom",
)
async def ask_question(session: DbSession, member: FirmWriter, once: Once, ident: Ident, asked: AskIn) -> AskedOut:
    async def make() -> AskedOut:
        row = await answering.ask(session, member, ident, asked.text)
        return shown.asked([row], row.pseudonym)[0]

    return await once(asked, AskedOut, make, salt=f"{member.organisation.id}/{ident}")
