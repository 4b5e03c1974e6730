"""The door by which any reader tells the editors something about a clause: no account, a few messages an hour."""

from typing import Annotated, Final

from fastapi import APIRouter, Header, Request

from app.accounts.refusals import KeyReused
from app.database.engine import DbSession
from app.library import feedback, queries
from app.library.routes import Ident
from app.library.schemas_feedback import FeedbackIn, FeedbackOut
from app.web.problems import Invalid, NotFound, problems
from app.web.quota import MESSAGES, draw

router = APIRouter(prefix="/api/v1", tags=["Bibliothèque"])
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=128,
        pattern=r"^[\x21-\x7e]+$",
        description="Une valeur unique par message : le même envoi répété n’en fait qu’un",
    ),
]
CREATED: Final = 201


@router.post(
    "/clauses/{ident}/feedback",
    status_code=CREATED,
    responses=problems(NotFound, Invalid, KeyReused),
    summary="Dire aux rédacteurs ce qui ne va pas dans une clause",
)
async def send_feedback(
    request: Request, ident: Ident, asked: FeedbackIn, session: DbSession, key: Key = None
) -> FeedbackOut:
    clause = queries.shelf().clause(ident)
    if clause is None:
        raise NotFound(f"La clause {ident} n’existe pas.")
    draw(request.scope, MESSAGES)
    return FeedbackOut(id=await feedback.record(session, clause, asked, key))
