"""A file through a share link: no account, only what the link opens."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response, status

from app.accounts.refusals import Forbidden
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.purchases import shown_trace, trace
from app.purchases.refusals import ShareOver
from app.purchases.schemas_trace import CommentOut, SharedCommentIn, SharedFile
from app.web.problems import Invalid, problems
from app.web.quota import MESSAGES, draw

router = APIRouter(prefix="/api/v1/shares", tags=["Mes dossiers"])
Token = Annotated[
    str,
    Header(
        alias="Share-Token",
        min_length=20,
        max_length=200,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="Ce qui suit le « # » du lien",
    ),
]
_MOST = 200


@router.get("/file", responses=problems(ShareOver, Invalid), summary="Le dossier que montre un lien de partage")
async def read_shared(response: Response, session: DbSession, token: Token) -> SharedFile:
    share, row = await trace.opened(session, token)
    if share.used_at is None:
        share.used_at = now()
    response.headers["Cache-Control"] = "no-store"
    comments = await trace.comments(session, row.id, _MOST)
    return await shown_trace.shared_file(
        session, share, row, await shown_trace.comments_out(session, None, row, comments)
    )


@router.post(
    "/comments",
    status_code=status.HTTP_201_CREATED,
    responses=problems(ShareOver, Invalid, Forbidden),
    summary="Commenter par un lien de partage",
)
async def comment_shared(request: Request, session: DbSession, token: Token, asked: SharedCommentIn) -> CommentOut:
    """The same message sent again within ten minutes makes nothing more."""
    share, row = await trace.opened(session, token, to_comment=True)
    draw(request.scope, MESSAGES)
    made = await trace.comment_by_link(session, share, row, asked)
    return (await shown_trace.comments_out(session, None, row, [made]))[0]
