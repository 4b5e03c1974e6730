"""Moderation over HTTP: what waits, what is hidden or shown and why, what authors contest, the journal."""

from typing import Final

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.actors import Actor, Signed
from app.accounts.refusals import CrossSite, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.network import moderation, talking
from app.network.models import ClauseExperience, NetworkAnswer
from app.network.models_people import NetworkRuling
from app.network.moderation import Subject, Waiting
from app.network.refusals import AlreadyDone, NotYours
from app.network.routes_talk import Cursor, Limit, whole
from app.network.rules import Shown, visible_to
from app.network.schemas_people import AppealIn, RulingLine, RulingPage
from app.network.schemas_talk import DoneOut, ModerationIn, QuestionOut, WaitingLine, WaitingPage
from app.network.spaces import Spaces
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/network", tags=["Réseau et formation"])
CHANGES: Final = problems(NotSignedIn, CrossSite, NotFound, Invalid, NotYours)
CONTESTS: Final = CHANGES | problems(AlreadyDone)


def state_of(asked: ModerationIn) -> Shown:
    if asked.act == "hide" and not asked.reason:
        said = "Dites pourquoi : l’auteur lira cette raison."
        raise Invalid(said, [FieldError(pointer="/reason", detail=said)])
    return Shown.HIDDEN if asked.act == "hide" else Shown.VISIBLE


@router.put("/questions/{ident}/moderation", responses=CHANGES, summary="Masquer une question, ou la montrer")
async def moderate_question(
    session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: ModerationIn
) -> QuestionOut:
    mine = await talking.moderated(session, actor, list(spaces))
    row = await talking.question(session, ident, actor, mine)
    _require_moderator(row.space, mine)
    await moderation.decide(session, actor, Subject(row, row.space, row.title), state_of(asked), asked.reason)
    return await whole(session, row, actor, mine)


@router.put("/answers/{ident}/moderation", responses=CHANGES, summary="Masquer une réponse, ou la montrer")
async def moderate_answer(  # noqa: PLR0913, PLR0917 (who does what to which)
    request: Request, session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: ModerationIn
) -> QuestionOut:
    mine = await talking.moderated(session, actor, list(spaces))
    row, about = await talking.answer(session, ident, actor, mine)
    _require_moderator(about.space, mine)
    waited = row.state is Shown.PENDING
    await moderation.decide(session, actor, Subject(row, about.space, about.title), state_of(asked), asked.reason)
    if row.id == about.accepted_id and row.state is Shown.HIDDEN:
        about.accepted_id = None
    await talking.recount(session, about)
    if waited:
        await talking.tell(session, about, row, request.app.state.settings.public_url)
    return await whole(session, about, actor, mine)


@router.put(
    "/experiences/{ident}/moderation", responses=CHANGES, summary="Masquer un retour d’expérience, ou le montrer"
)
async def moderate_experience(
    session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: ModerationIn
) -> DoneOut:
    mine = await talking.moderated(session, actor, list(spaces))
    if not moderation.looks_after_all(mine, list(spaces)):
        raise NotYours("Seule l’équipe de la plateforme peut masquer ou montrer un retour d’expérience.")
    row = await _experience(session, ident)
    await moderation.decide(session, actor, Subject(row, "", row.used_in), state_of(asked), asked.reason)
    return DoneOut()


def _require_moderator(space: str, mine: set[str]) -> None:
    if space not in mine:
        raise NotYours("Seul un modérateur de cet espace peut masquer ou montrer un message.")


async def _experience(session: AsyncSession, ident: int) -> ClauseExperience:
    row = await session.get(ClauseExperience, ident)
    if row is None:
        raise NotFound("Ce retour d’expérience n’existe pas.")
    return row


@router.put("/questions/{ident}/appeal", responses=CONTESTS, summary="Contester le masquage de sa question")
async def contest_question(
    session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: AppealIn
) -> QuestionOut:
    row = await talking.question(session, ident, actor, set())
    await moderation.contest(session, actor, Subject(row, row.space, row.title), asked.text)
    return await whole(session, row, actor, await talking.moderated(session, actor, list(spaces)))


@router.put("/answers/{ident}/appeal", responses=CONTESTS, summary="Contester le masquage de sa réponse")
async def contest_answer(
    session: DbSession, actor: Signed, spaces: Spaces, ident: Ident, asked: AppealIn
) -> QuestionOut:
    mine = await talking.moderated(session, actor, list(spaces))
    row, about = await talking.answer(session, ident, actor, mine)
    await moderation.contest(session, actor, Subject(row, about.space, about.title), asked.text)
    return await whole(session, about, actor, mine)


@router.put(
    "/experiences/{ident}/appeal", responses=CONTESTS, summary="Contester le masquage de son retour d’expérience"
)
async def contest_experience(session: DbSession, actor: Signed, ident: Ident, asked: AppealIn) -> DoneOut:
    row = await _experience(session, ident)
    if not visible_to(row.state, author=row.by == actor.person.id, moderator=False):
        raise NotFound("Ce retour d’expérience n’existe pas.")
    await moderation.contest(session, actor, Subject(row, "", row.used_in), asked.text)
    return DoneOut()


async def _moderator(session: AsyncSession, actor: Actor, spaces: Spaces) -> set[str]:
    mine = await talking.moderated(session, actor, list(spaces))
    if not mine:
        raise NotYours("Cette liste est celle des modérateurs.")
    return mine


@router.get("/moderation", responses=problems(NotSignedIn, NotYours), summary="Les messages à examiner")
async def list_waiting(response: Response, session: DbSession, actor: Signed, spaces: Spaces) -> WaitingPage:
    mine = await _moderator(session, actor, spaces)
    response.headers["Cache-Control"] = "private, no-store"
    found = await moderation.waiting(session, actor, mine, list(spaces))
    names = await accounts.names_of(session, [one.subject.row.by for one in found])
    return WaitingPage(items=[_line(one, names) for one in found])


def _line(one: Waiting, names: dict[int, str]) -> WaitingLine:
    row = one.subject.row
    told = row if isinstance(row, ClauseExperience) else None
    if isinstance(row, ClauseExperience):
        text, question_id = "\n\n".join(part for part in (row.kept, row.change) if part), None
    else:
        text, question_id = row.text, row.question_id if isinstance(row, NetworkAnswer) else row.id
    return WaitingLine(
        kind=one.subject.kind,
        id=row.id,
        question_id=question_id,
        clause_id=told.clause_id if told else None,
        title=one.subject.title,
        text=text,
        state=row.state,
        author=names.get(row.by, "Compte supprimé"),
        at=row.at,
        reports=[f"{report.code}{': ' + report.note if report.note else ''}" for report in one.reports],
        space=one.subject.space,
        reason=row.reason,
        appeal=one.appeal.text if one.appeal else "",
        may=one.may,
    )


@router.get(
    "/moderation/journal",
    responses=problems(NotSignedIn, NotYours, BadCursor),
    summary="Le journal de la modération, la dernière décision d’abord",
)
async def read_journal(  # noqa: PLR0913, PLR0917 (a page of a list)
    response: Response, session: DbSession, actor: Signed, spaces: Spaces, limit: Limit = 20, cursor: Cursor = None
) -> RulingPage:
    mine = await _moderator(session, actor, spaces)
    response.headers["Cache-Control"] = "private, no-store"
    asked = moderation.journal(mine, list(spaces)).limit(limit + 1)
    if cursor is not None:
        (before,) = key_of(cursor, 1)
        if not isinstance(before, int) or not 0 < before < 2**63:
            raise BadCursor
        asked = asked.where(NetworkRuling.id < before)
    rows = list(await session.scalars(asked))
    names = await accounts.names_of(session, [row.by for row in rows])
    fields = ("id", "at", "space", "kind", "title", "act", "reason")
    return RulingPage(
        items=[
            RulingLine(**{f: getattr(row, f) for f in fields}, by=names.get(row.by, "Compte supprimé"))
            for row in rows[:limit]
        ],
        next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None,
    )
