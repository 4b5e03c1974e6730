"""Questions and answers: who may read, write, accept, follow and report."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Actor
from app.accounts.models import Person
from app.accounts.notices import notify
from app.accounts.personal import ERASERS
from app.accounts.rules import PlatformRoleName
from app.accounts.sessions import now
from app.network import rules
from app.network.models import (
    NetworkAnswer,
    NetworkFollow,
    NetworkModerator,
    NetworkQuestion,
    NetworkReport,
)
from app.network.refusals import NotYours, SpaceClosed
from app.network.rules import Shown
from app.network.schemas_talk import AskIn, ReportIn
from app.network.spaces import Space
from app.outbound.mail import Letter
from app.web.problems import NotFound

Message = NetworkQuestion | NetworkAnswer
_TEAM = (PlatformRoleName.EDITOR, PlatformRoleName.PLATFORM_ADMIN)


async def moderated(session: AsyncSession, actor: Actor | None, spaces: Sequence[str]) -> set[str]:
    """The spaces that this person moderates: all of them for the platform's team."""
    if actor is None:
        return set()
    if actor.strong and any(actor.is_platform(role) for role in _TEAM):
        return set(spaces)
    asked = select(NetworkModerator.space).where(NetworkModerator.person_id == actor.person.id)
    return set(await session.scalars(asked)) & set(spaces)


def seen_by(model: type[Message], actor: Actor | None, spaces: set[str]) -> Any:  # noqa: ANN401 (a condition of SQLAlchemy)
    """Visible messages, one's own, and all those of the spaces that one moderates."""
    allowed = [model.state == Shown.VISIBLE]
    if actor:
        allowed.append(model.by == actor.person.id)
    if spaces and model is NetworkQuestion:
        allowed.append(NetworkQuestion.space.in_(spaces))
    return or_(*allowed)


def listed(actor: Actor | None, mine: set[str], space: str, clause: str, q: str) -> Select[NetworkQuestion]:
    asked = select(NetworkQuestion).where(seen_by(NetworkQuestion, actor, mine)).order_by(NetworkQuestion.id.desc())
    if space:
        asked = asked.where(NetworkQuestion.space == space)
    if clause:
        asked = asked.where(NetworkQuestion.clause_id == clause)
    for word in q.split()[:8]:
        asked = asked.where(
            or_(
                NetworkQuestion.title.icontains(word, autoescape=True),
                NetworkQuestion.text.icontains(word, autoescape=True),
            )
        )
    return asked


async def question(session: AsyncSession, ident: int, actor: Actor | None, mine: set[str]) -> NetworkQuestion:
    """One that the reader may not see is answered as one that does not exist."""
    row = await session.get(NetworkQuestion, ident)
    author = row is not None and actor is not None and row.by == actor.person.id
    if row is None or not rules.visible_to(row.state, author=author, moderator=row.space in mine):
        raise NotFound("Cette question n’existe pas, ou n’est plus visible.")
    return row


async def answer(
    session: AsyncSession, ident: int, actor: Actor, mine: set[str]
) -> tuple[NetworkAnswer, NetworkQuestion]:
    row = await session.get(NetworkAnswer, ident)
    if row is None:
        raise NotFound("Cette réponse n’existe pas, ou n’est plus visible.")
    about = await question(session, row.question_id, actor, mine)
    if not rules.visible_to(row.state, author=row.by == actor.person.id, moderator=about.space in mine):
        raise NotFound("Cette réponse n’existe pas, ou n’est plus visible.")
    return row, about


async def answers_of(
    session: AsyncSession, row: NetworkQuestion, actor: Actor | None, *, moderator: bool
) -> list[NetworkAnswer]:
    asked = select(NetworkAnswer).where(NetworkAnswer.question_id == row.id).order_by(NetworkAnswer.id).limit(200)
    if not moderator:
        asked = asked.where(seen_by(NetworkAnswer, actor, set()))
    found = list(await session.scalars(asked))
    return sorted(found, key=lambda one: one.id != row.accepted_id)


async def is_known(session: AsyncSession, person_id: int) -> bool:
    """Whether something of theirs already stands."""
    asked = [
        exists().where(model.by == person_id, model.state == Shown.VISIBLE)
        for model in (NetworkQuestion, NetworkAnswer)
    ]
    return bool(await session.scalar(select(or_(*asked))))


def require_open(space: Space) -> None:
    if not space.open:
        raise SpaceClosed(f"L’espace « {space.title} » est fermé : il se lit, on n’y écrit plus.")


async def ask(session: AsyncSession, actor: Actor, space: Space, asked: AskIn) -> NetworkQuestion:
    known = await is_known(session, actor.person.id)
    state = rules.first_state(f"{asked.title} {asked.text}", known=known, read_first=space.read_first)
    row = NetworkQuestion(
        space=space.code,
        clause_id=asked.clause_id,
        title=asked.title,
        text=asked.text,
        state=state,
        by=actor.person.id,
        organisation_id=actor.organisation.id if actor.organisation else None,
        answers=0,
        reason="",
        at=now(),
    )
    session.add(row)
    await session.flush()
    await follow(session, row.id, actor.person.id, on=True)
    audit.record(session, actor, "network.asked", row, {"space": space.code, "state": state})
    return row


async def reply(session: AsyncSession, actor: Actor, row: NetworkQuestion, space: Space, words: str) -> NetworkAnswer:
    known = await is_known(session, actor.person.id)
    made = NetworkAnswer(
        question_id=row.id,
        text=words,
        state=rules.first_state(words, known=known, read_first=space.read_first),
        by=actor.person.id,
        organisation_id=actor.organisation.id if actor.organisation else None,
        reason="",
        at=now(),
    )
    session.add(made)
    await session.flush()
    await recount(session, row)
    audit.record(session, actor, "network.answered", made, {"question": row.id, "state": made.state})
    return made


async def recount(session: AsyncSession, row: NetworkQuestion) -> None:
    asked = select(func.count()).where(NetworkAnswer.question_id == row.id, NetworkAnswer.state == Shown.VISIBLE)
    row.answers = await session.scalar(asked) or 0
    await session.flush()


async def tell(session: AsyncSession, row: NetworkQuestion, made: NetworkAnswer, site: str) -> None:
    """Writes to those who follow the question, once the answer can be seen by them."""
    if made.state is not Shown.VISIBLE:
        return
    asked = (
        select(Person.id)
        .join(NetworkFollow, NetworkFollow.person_id == Person.id)
        .where(
            NetworkFollow.question_id == row.id,
            Person.id != made.by,
            Person.email.is_not(None),
            Person.suspended_at.is_(None),
        )
    )
    where = f"/communaute/questions/{row.id}"
    text = (
        f"Bonjour,\n\nUne réponse est arrivée à la question « {row.title} » que vous suivez :\n"
        f"{site}{where}\n\nPour ne plus la suivre, ouvrez la question et choisissez "
        "« Ne plus suivre ».\n\nClausier, l’outil des clauses d’économie circulaire\n"
    )
    for reader in list(await session.scalars(asked)):
        await notify(session, reader, "network", Letter("Une réponse à une question que vous suivez", text), where)


async def follow(session: AsyncSession, question_id: int, person_id: int, *, on: bool) -> None:
    if on:
        made = insert(NetworkFollow).values(question_id=question_id, person_id=person_id, at=now())
        await session.execute(made.on_conflict_do_nothing())
        return
    mine = (NetworkFollow.question_id == question_id, NetworkFollow.person_id == person_id)
    await session.execute(delete(NetworkFollow).where(*mine))


async def accept(session: AsyncSession, actor: Actor, row: NetworkQuestion, answer_id: int | None) -> None:
    """The author of the question says which answer solved it."""
    if row.by != actor.person.id:
        raise NotYours("Seul l’auteur de la question choisit la réponse qui l’a aidé.")
    if answer_id is not None:
        chosen = await session.get(NetworkAnswer, answer_id)
        if chosen is None or chosen.question_id != row.id or chosen.state is not Shown.VISIBLE:
            raise NotFound("Cette réponse n’existe pas, ou n’est plus visible.")
    row.accepted_id = answer_id
    await session.flush()
    audit.record(session, actor, "network.accepted", row, {"answer": answer_id})


async def report(session: AsyncSession, actor: Actor, row: Message, asked: ReportIn) -> None:
    target = {"question_id": row.id} if isinstance(row, NetworkQuestion) else {"answer_id": row.id}
    made = insert(NetworkReport).values(code=asked.code, note=asked.note, by=actor.person.id, at=now(), **target)
    await session.execute(made.on_conflict_do_nothing())
    audit.record(session, actor, "network.reported", row, {"code": asked.code})


async def _erase(session: AsyncSession, person_id: int) -> None:
    for table in (NetworkFollow, NetworkModerator):
        await session.execute(delete(table).where(table.person_id == person_id))


ERASERS.append(_erase)
