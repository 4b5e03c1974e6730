"""What a firm does in a sourcing: answers (sealed), changes its answer, withdraws it, refuses, asks."""

import json
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Member
from app.accounts.refusals import AlreadyThere
from app.accounts.sessions import now
from app.database import sealing
from app.market.sourcing import journal, queries, rules, screening
from app.market.sourcing.models import Sourcing, SourcingAnswer, SourcingQuestion, SourcingRefusal
from app.market.sourcing.refusals import SourcingClosed
from app.market.sourcing.rules import Refusal, Stage
from app.market.sourcing.schemas import AnswerIn
from app.settings import Settings
from app.web.etag import require_version
from app.web.problems import FieldError, Invalid, NotFound

_MOST_QUESTIONS = 20


async def open_room(session: AsyncSession, ident: int) -> tuple[Sourcing, datetime]:
    """The sourcing and the moment, read once its lock is held: no answer can slip in after the closing."""
    row = await queries.published(session, ident, to_answer=True)
    moment = now()
    stage = rules.stage_of(row.dates, now=moment)
    if stage is not Stage.OPEN:
        raise SourcingClosed(
            "La consultation est lancée : plus personne n’écrit ici (cône de silence)."
            if stage is Stage.SILENT
            else "Ce sourçage est clos : votre dernière réponse enregistrée est conservée telle quelle."
        )
    return row, moment


async def answer_of(session: AsyncSession, ident: int, member: Member) -> SourcingAnswer | None:
    return await session.get(SourcingAnswer, (ident, member.organisation.id), populate_existing=True)


def _checked(row: Sourcing, asked: AnswerIn) -> dict[str, object]:
    known = {question["id"]: question for question in row.questions}
    errors = [
        FieldError(pointer=f"/items/{name}", detail="Cette question n’est pas de ce sourçage.")
        for name in asked.items
        if name not in known
    ]
    for name, item in asked.items.items():
        if name in known and known[name]["clause_id"] and item.feasibility is None:
            errors.append(FieldError(pointer=f"/items/{name}", detail="Dites si vous pouvez répondre à cette clause."))
    if not asked.items:
        errors.append(FieldError(pointer="/items", detail="Répondez à une question au moins."))
    if errors:
        raise Invalid("Votre réponse est à compléter.", errors)
    return {name: item.model_dump(mode="json") for name, item in asked.items.items()}


async def answer(  # noqa: PLR0913, PLR0917 (the facts of an answer)
    session: AsyncSession, settings: Settings, member: Member, ident: int, asked: AnswerIn, if_match: str | None
) -> SourcingAnswer:
    row, moment = await open_room(session, ident)
    items, siren = _checked(row, asked), member.organisation.siret[:9]
    sealed = sealing.seal(settings, json.dumps({"for": [row.id, siren], "items": items}, ensure_ascii=False))
    held = await answer_of(session, ident, member)
    if held is None:
        twin = await session.scalar(
            select(SourcingAnswer.organisation_id).where(
                SourcingAnswer.sourcing_id == ident, SourcingAnswer.siren == siren
            )
        )
        if twin is not None:
            raise AlreadyThere("Un autre établissement de votre entreprise a déjà répondu à ce sourçage.")
        held = SourcingAnswer(
            sourcing_id=ident, organisation_id=member.organisation.id, siren=siren, sealed=sealed,
            submitted_at=moment, updated_at=moment,
        )  # fmt: skip
        session.add(held)
        await session.execute(_refusal_of(ident, member))
        act = "answered"
    else:
        require_version(if_match, held.version)
        held.sealed, held.updated_at = sealed, moment
        act = "edited"
    await session.flush()
    await _note(session, member, ident, act, moment)
    return held


async def withdraw_answer(session: AsyncSession, member: Member, ident: int, if_match: str | None) -> None:
    _, moment = await open_room(session, ident)
    held = await answer_of(session, ident, member)
    if held is None:
        raise NotFound("Vous n’avez pas répondu à ce sourçage.")
    require_version(if_match, held.version)
    await session.delete(held)
    await session.flush()
    await _note(session, member, ident, "answer_withdrawn", moment)


async def refuse(session: AsyncSession, member: Member, ident: int, code: Refusal) -> None:
    _, moment = await open_room(session, ident)
    if await answer_of(session, ident, member):
        raise AlreadyThere("Vous avez répondu : retirez d’abord votre réponse.")
    await session.execute(_refusal_of(ident, member))
    session.add(SourcingRefusal(sourcing_id=ident, organisation_id=member.organisation.id, code=code, at=moment))
    await session.flush()
    await _note(session, member, ident, "refused", moment)


async def ask(session: AsyncSession, member: Member, ident: int, text: str) -> SourcingQuestion:
    """Published at once to all, without what names the asker; who asked is not kept."""
    row, moment = await open_room(session, ident)
    pseudonym = rules.pseudonym(row.secret, member.organisation.siret[:9])
    mine = select(SourcingQuestion.id).where(
        SourcingQuestion.sourcing_id == ident, SourcingQuestion.pseudonym == pseudonym
    )
    if len((await session.execute(mine.limit(_MOST_QUESTIONS))).all()) >= _MOST_QUESTIONS:
        raise AlreadyThere("Vous avez posé vingt questions : regroupez les suivantes dans votre réponse.")
    question = SourcingQuestion(
        sourcing_id=ident,
        pseudonym=pseudonym,
        text=screening.screened(text, [member.organisation.name]),
        asked_at=moment,
        answer="",
    )
    session.add(question)
    await session.flush()
    await journal.note(
        session, ident, "asked", moment, actor="firm", details={"question": question.id, "by": pseudonym}
    )
    return question


def _refusal_of(ident: int, member: Member):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return delete(SourcingRefusal).where(
        SourcingRefusal.sourcing_id == ident, SourcingRefusal.organisation_id == member.organisation.id
    )


async def _note(session: AsyncSession, member: Member, ident: int, act: str, moment: datetime) -> None:
    await journal.note(
        session, ident, act, moment, actor="firm", organisation_id=member.organisation.id, person_id=member.person.id
    )
