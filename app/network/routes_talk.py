"""The community over HTTP: questions and their answers."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, status
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.actors import Actor, Signed, Visitor
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.library.queries import shelf
from app.network import moderation, talking
from app.network.models import NetworkAnswer, NetworkFollow, NetworkQuestion
from app.network.moderation import Subject
from app.network.refusals import NotYours, SpaceClosed
from app.network.schemas_talk import (
    AcceptedIn,
    AskIn,
    DoneOut,
    FollowIn,
    QuestionLine,
    QuestionOut,
    QuestionPage,
    ReplyIn,
    ReplyOut,
    ReportIn,
)
from app.network.spaces import Spaces
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, NotFound, problems
from app.web.quota import MESSAGES, TooManyRequests, draw

router = APIRouter(prefix="/api/v1/network", tags=["Réseau et formation"])
WRITES: Final = problems(NotSignedIn, CrossSite, NotFound, Invalid, KeyReused, SpaceClosed, TooManyRequests)
CHANGES: Final = problems(NotSignedIn, CrossSite, NotFound, Invalid, NotYours)
Limit = Annotated[int, Query(ge=1, le=50)]
Cursor = Annotated[str | None, Query(max_length=200)]


def _named(row: NetworkQuestion | NetworkAnswer, names: dict[int, str], orgs: dict[int, str]) -> dict[str, str]:
    return {"author": names.get(row.by, "Compte supprimé"), "organisation": orgs.get(row.organisation_id or 0, "")}


async def _signatures(
    session: AsyncSession, rows: list[NetworkQuestion | NetworkAnswer]
) -> tuple[dict[int, str], dict[int, str]]:
    names = await accounts.names_of(session, [row.by for row in rows])
    found = await accounts.organisations(session, [row.organisation_id for row in rows if row.organisation_id])
    return names, {ident: one.name for ident, one in found.items()}


def _line(row: NetworkQuestion, names: dict[int, str], orgs: dict[int, str]) -> QuestionLine:
    return QuestionLine.model_validate(
        {
            **{f: getattr(row, f) for f in ("id", "space", "clause_id", "title", "state", "at", "answers")},
            "solved": row.accepted_id is not None,
            **_named(row, names, orgs),
        }
    )


@router.get("/questions", responses=problems(BadCursor), summary="Les questions, la dernière d’abord")
async def list_questions(  # noqa: PLR0913, PLR0917 (the filters of a list)
    session: DbSession,
    visitor: Visitor,
    spaces: Spaces,
    space: Annotated[str, Query(max_length=41)] = "",
    clause: Annotated[str, Query(max_length=16)] = "",
    q: Annotated[str, Query(max_length=200, description="Mots du titre ou du texte")] = "",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> QuestionPage:
    mine = await talking.moderated(session, visitor, list(spaces))
    asked = talking.listed(visitor, mine, space, clause, q.replace("\x00", ""))
    if cursor is not None:
        (before,) = key_of(cursor, 1)
        if not isinstance(before, int) or not 0 < before < 2**31:
            raise BadCursor
        asked = asked.where(NetworkQuestion.id < before)
    rows = list(await session.scalars(asked.limit(limit + 1)))
    signed = await _signatures(session, list(rows))
    lines = [_line(row, *signed) for row in rows[:limit]]
    return QuestionPage(items=lines, next=cursor_of(lines[-1].id) if len(rows) > limit else None)


async def whole(session: AsyncSession, row: NetworkQuestion, actor: Actor | None, mine: set[str]) -> QuestionOut:
    moderator = row.space in mine
    answers = await talking.answers_of(session, row, actor, moderator=moderator)
    names, orgs = await _signatures(session, [row, *answers])
    author = actor is not None and row.by == actor.person.id
    follows = actor is not None and await session.get(NetworkFollow, (row.id, actor.person.id)) is not None
    base = ["report", "follow", "answer"] if actor else []
    given = [
        ReplyOut(
            **{f: getattr(one, f) for f in ("id", "text", "state", "reason", "at", "version")},
            **_named(one, names, orgs),
            accepted=one.id == row.accepted_id,
            appeal=await moderation.appeal_state(session, Subject(one, row.space, row.title), actor),
            may=(["report"] if actor else []) + ["accept"] * author + ["moderate"] * moderator,
        )
        for one in answers
    ]
    return QuestionOut(
        **_line(row, names, orgs).model_dump(),
        text=row.text,
        reason=row.reason,
        version=row.version,
        followed=follows,
        appeal=await moderation.appeal_state(session, Subject(row, row.space, row.title), actor),
        may=base + ["moderate"] * moderator,
        items=given,
    )


@router.get("/questions/{ident}", responses=problems(NotFound), summary="Une question et ses réponses")
async def read_question(session: DbSession, visitor: Visitor, spaces: Spaces, ident: Ident) -> QuestionOut:
    mine = await talking.moderated(session, visitor, list(spaces))
    return await whole(session, await talking.question(session, ident, visitor, mine), visitor, mine)


@router.post("/questions", status_code=status.HTTP_201_CREATED, responses=WRITES, summary="Poser une question")
async def ask_question(  # noqa: PLR0913, PLR0917 (who asks what, once)
    request: Request, session: DbSession, actor: Signed, spaces: Spaces, once: Once, asked: AskIn
) -> QuestionOut:
    faults = []
    if asked.space not in spaces:
        faults.append(FieldError(pointer="/space", detail="Choisissez un espace de la liste."))
    if asked.clause_id and shelf().clause(asked.clause_id) is None:
        faults.append(FieldError(pointer="/clause_id", detail=f"La clause {asked.clause_id} n’existe pas."))
    if faults:
        raise Invalid("La question ne peut pas être posée ainsi.", faults)
    talking.require_open(spaces[asked.space])
    draw(request.scope, MESSAGES)

    async def make() -> QuestionOut:
        row = await talking.ask(session, actor, spaces[asked.space], asked)
        return await whole(session, row, actor, set())

    return await once(asked, QuestionOut, make)


@router.post("/questions/{ident}/answers", status_code=status.HTTP_201_CREATED, responses=WRITES, summary="Répondre")
async def answer_question(  # noqa: PLR0913, PLR0917 (who answers which question, once)
    request: Request, session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, once: Once, asked: ReplyIn
) -> QuestionOut:
    mine = await talking.moderated(session, actor, list(spaces))
    row = await talking.question(session, ident, actor, mine)
    talking.require_open(spaces[row.space])
    draw(request.scope, MESSAGES)

    async def make() -> QuestionOut:
        made = await talking.reply(session, actor, row, spaces[row.space], asked.text)
        await talking.tell(session, row, made, request.app.state.settings.public_url)
        return await whole(session, row, actor, mine)

    return await once(asked, QuestionOut, make)


@router.put(
    "/questions/{ident}/accepted",
    responses=CHANGES | problems(PreconditionRequired, VersionMismatch),
    summary="Dire quelle réponse a aidé",
)
async def accept_answer(  # noqa: PLR0913, PLR0917 (which answer of which version)
    session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: AcceptedIn, if_match: IfMatch = None
) -> QuestionOut:
    mine = await talking.moderated(session, actor, list(spaces))
    row = await talking.question(session, ident, actor, mine)
    require_version(if_match, row.version)
    await talking.accept(session, actor, row, asked.answer_id)
    return await whole(session, row, actor, mine)


@router.put("/questions/{ident}/follow", responses=CHANGES, summary="Suivre une question, ou ne plus la suivre")
async def follow_question(session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: FollowIn) -> DoneOut:
    mine = await talking.moderated(session, actor, list(spaces))
    row = await talking.question(session, ident, actor, mine)
    await talking.follow(session, row.id, actor.person.id, on=asked.follow)
    return DoneOut()


@router.put("/questions/{ident}/report", responses=CHANGES, summary="Signaler une question aux modérateurs")
async def report_question(session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: ReportIn) -> DoneOut:
    mine = await talking.moderated(session, actor, list(spaces))
    await talking.report(session, actor, await talking.question(session, ident, actor, mine), asked)
    return DoneOut()


@router.put("/answers/{ident}/report", responses=CHANGES, summary="Signaler une réponse aux modérateurs")
async def report_answer(session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: ReportIn) -> DoneOut:
    mine = await talking.moderated(session, actor, list(spaces))
    row, _ = await talking.answer(session, ident, actor, mine)
    await talking.report(session, actor, row, asked)
    return DoneOut()
