"""What people leave on a file, over HTTP: how far it is, comments, decisions, approvals, share links."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response, status

from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.idempotency import Once
from app.accounts.links import page
from app.accounts.origin import settings_of
from app.accounts.refusals import AlreadyThere
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.purchases import actions, queries, shown_trace, trace
from app.purchases.models import PurchaseFile
from app.purchases.progress import progress_of
from app.purchases.routes_files import READS, WRITES, Cursor, Limit, before_of, locked
from app.purchases.schemas_trace import (
    ApprovalIn,
    ApprovalOut,
    Approvals,
    CommentChange,
    CommentIn,
    CommentOut,
    CommentPage,
    DecisionIn,
    DecisionOut,
    DecisionPage,
    ProgressOut,
    ReasonIn,
    ShareIn,
    ShareMade,
    ShareOut,
    Shares,
)
from app.web.etag import IfMatch, require_version
from app.web.paging import cursor_of
from app.web.problems import problems

router = APIRouter(prefix="/api/v1/purchases/{ident}", tags=["Mes dossiers"])
Number = Annotated[int, Path(ge=1, le=9_000_000_000_000_000_000)]
CREATED = status.HTTP_201_CREATED


async def _file(session: DbSession, member: Member, ident: int, act: str = "read") -> PurchaseFile:
    row = await queries.file_of(session, ident, member)
    actions.require(row, member, act)
    return row


@router.get("/progress", responses=READS, summary="Les huit tâches du dossier, et les clauses qui ont changé depuis")
async def read_progress(session: DbSession, member: BuyerReader, ident: Ident) -> ProgressOut:
    row = await _file(session, member, ident)
    return shown_trace.progress_out(row, (await progress_of(session, [row]))[row.id])


@router.get("/comments", responses=READS, summary="Les commentaires, dans l’ordre où ils ont été écrits")
async def list_comments(
    session: DbSession, member: BuyerReader, ident: Ident, limit: Limit = 50, cursor: Cursor = None
) -> CommentPage:
    row = await _file(session, member, ident)
    rows = await trace.comments(session, row.id, limit + 1, after=before_of(cursor) or 0)
    items = await shown_trace.comments_out(session, member, row, rows[:limit])
    return CommentPage(items=items, next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None)


@router.post("/comments", status_code=CREATED, responses=WRITES, summary="Commenter le dossier ou une clause")
async def add_comment(
    session: DbSession, member: BuyerReader, ident: Ident, once: Once, asked: CommentIn
) -> CommentOut:
    async def make() -> CommentOut:
        row = await _file(session, member, ident, "comment")
        made = await trace.comment(session, member, row, asked)
        return (await shown_trace.comments_out(session, member, row, [made]))[0]

    return await once(asked, CommentOut, make)


@router.put("/comments/{number}", responses=WRITES, summary="Clore ou rouvrir un commentaire")
async def settle_comment(  # noqa: PLR0913, PLR0917 (what a change names)
    session: DbSession,
    member: BuyerReader,
    ident: Ident,
    number: Number,
    asked: CommentChange,
    if_match: IfMatch = None,
) -> CommentOut:
    row = await _file(session, member, ident, "comment")
    found = await trace.one_comment(session, row, number)
    require_version(if_match, found.version)
    await trace.settle(session, member, found, resolved=asked.resolved)
    return (await shown_trace.comments_out(session, member, row, [found]))[0]


@router.get("/decisions", responses=READS, summary="Les clauses gardées, refusées, modifiées : par qui et pourquoi")
async def list_decisions(
    session: DbSession, member: BuyerReader, ident: Ident, limit: Limit = 50, cursor: Cursor = None
) -> DecisionPage:
    row = await _file(session, member, ident)
    rows = await trace.decisions(session, row.id, limit + 1, before_of(cursor))
    items = await shown_trace.decisions_out(session, member, row, rows[:limit])
    return DecisionPage(items=items, next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None)


@router.post("/decisions", status_code=CREATED, responses=WRITES, summary="Consigner une décision et sa raison")
async def add_decision(
    session: DbSession, member: BuyerWriter, ident: Ident, once: Once, asked: DecisionIn
) -> DecisionOut:
    async def make() -> DecisionOut:
        row = await _file(session, member, ident, "decide")
        made = await trace.decide(session, member, row, asked)
        return (await shown_trace.decisions_out(session, member, row, [made]))[0]

    return await once(asked, DecisionOut, make)


@router.post(
    "/decisions/{number}/reason",
    responses={**WRITES, **problems(AlreadyThere)},
    summary="Donner la raison d’une décision qui n’en a pas : une seule fois, par qui a décidé",
)
async def give_reason(
    session: DbSession, member: BuyerWriter, ident: Ident, number: Number, asked: ReasonIn
) -> DecisionOut:
    row = await _file(session, member, ident, "decide")
    made = await trace.give_reason(session, member, row, number, asked.reason)
    return (await shown_trace.decisions_out(session, member, row, [made]))[0]


@router.get("/approvals", responses=READS, summary="Qui a approuvé, quand, sur quelle version")
async def list_approvals(session: DbSession, member: BuyerReader, ident: Ident) -> Approvals:
    row = await _file(session, member, ident)
    rows = await trace.approvals(session, row.id)
    return Approvals(items=await shown_trace.approvals_out(session, member, row, rows))


@router.post("/approvals", status_code=CREATED, responses=WRITES, summary="Approuver le dossier tel qu’il est")
async def approve(
    session: DbSession, member: BuyerReader, ident: Ident, asked: ApprovalIn, if_match: IfMatch = None
) -> ApprovalOut:
    """`If-Match` says which version was read. The same person approves once per version: twice changes nothing."""
    row = await locked(session, member, ident, if_match, "approve")
    made = await trace.approve(session, member, row, asked.part, asked.note)
    return (await shown_trace.approvals_out(session, member, row, [made]))[0]


@router.delete("/approvals/{number}", responses=WRITES, summary="Retirer mon approbation ; la trace en reste")
async def withdraw_approval(session: DbSession, member: BuyerReader, ident: Ident, number: Number) -> ApprovalOut:
    row = await _file(session, member, ident)
    found = await trace.withdraw(session, member, row, number)
    return (await shown_trace.approvals_out(session, member, row, [found]))[0]


@router.get("/shares", responses=READS, summary="Les liens de partage du dossier")
async def list_shares(session: DbSession, member: BuyerReader, ident: Ident) -> Shares:
    row = await _file(session, member, ident)
    return Shares(items=await shown_trace.shares_out(session, member, row, await trace.shares(session, row.id)))


@router.post("/shares", status_code=CREATED, responses=WRITES, summary="Créer un lien de partage, qui expire")
async def make_share(  # noqa: PLR0913, PLR0917 (what a link names)
    request: Request, response: Response, session: DbSession, member: BuyerWriter, ident: Ident, asked: ShareIn
) -> ShareMade:
    """No `Idempotency-Key`: the answer holds the token, that is kept nowhere."""
    row = await _file(session, member, ident, "share")
    made, token = await trace.share(session, member, row, asked)
    response.headers["Cache-Control"] = "no-store"
    (out,) = await shown_trace.shares_out(session, member, row, [made])
    # After the « # »: a server, its logs and a Referer never see it.
    return ShareMade(**out.model_dump(), link=f"{page(settings_of(request), '/partage')}#{token}")


@router.delete("/shares/{number}", responses=WRITES, summary="Retirer un lien de partage : il n’ouvre plus rien")
async def revoke_share(session: DbSession, member: BuyerWriter, ident: Ident, number: Ident) -> ShareOut:
    row = await _file(session, member, ident)
    found = await trace.revoke(session, member, row, number)
    return (await shown_trace.shares_out(session, member, row, [found]))[0]
