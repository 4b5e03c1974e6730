"""Moderation: what waits to be read, what is decided and why, what the author contests. Every decision is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Actor
from app.accounts.models import Person
from app.accounts.sessions import now
from app.network import rules
from app.network.models import ClauseExperience, NetworkAnswer, NetworkQuestion, NetworkReport
from app.network.models_people import NetworkAppeal, NetworkRuling
from app.network.refusals import AlreadyDone, NotYours
from app.network.rules import Ruling, Shown
from app.outbound.mail import Letter, write

Message = NetworkQuestion | NetworkAnswer | ClauseExperience
Kind = Literal["question", "answer", "experience"]
AppealState = Literal["possible", "waiting", "rejected"]
_SIGN: Final = "\n\nClausier, l’outil des clauses d’économie circulaire\n"
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """A message with where it stands: its space (none for an experience) and the title it is known by."""

    row: Message
    space: str
    title: str

    @property
    def kind(self) -> Kind:
        if isinstance(self.row, ClauseExperience):
            return "experience"
        return "question" if isinstance(self.row, NetworkQuestion) else "answer"


@dataclass(frozen=True, slots=True)
class Waiting:
    subject: Subject
    reports: list[NetworkReport]
    appeal: NetworkAppeal | None
    may: list[str]


def looks_after_all(mine: set[str], spaces: Sequence[str]) -> bool:
    """Experience belongs to no space: who moderates them all, as the platform's team does, looks after it."""
    return mine == set(spaces)


def _appeal_of(subject: Subject) -> Any:  # noqa: ANN401 (a condition of SQLAlchemy)
    column = getattr(NetworkAppeal, f"{subject.kind}_id")
    return column == subject.row.id


async def _last(session: AsyncSession, subject: Subject) -> tuple[NetworkAppeal | None, NetworkRuling | None]:
    """The last appeal since the message was last hidden, and that decision."""
    hiding = await session.scalar(
        select(NetworkRuling)
        .where(
            NetworkRuling.kind == subject.kind,
            NetworkRuling.target_id == subject.row.id,
            NetworkRuling.act == Ruling.HIDDEN,
        )
        .order_by(NetworkRuling.id.desc())
        .limit(1)
    )
    asked = select(NetworkAppeal).where(_appeal_of(subject)).order_by(NetworkAppeal.id.desc()).limit(1)
    if hiding:
        asked = asked.where(NetworkAppeal.at >= hiding.at)
    return await session.scalar(asked), hiding


async def appeal_state(session: AsyncSession, subject: Subject, actor: Actor | None) -> AppealState | None:
    """What the author of a hidden message may still do about it; None for anybody else."""
    if subject.row.state is not Shown.HIDDEN or actor is None or subject.row.by != actor.person.id:
        return None
    appeal, _ = await _last(session, subject)
    if appeal is None:
        return "possible"
    return "rejected" if appeal.handled_at else "waiting"


async def contest(session: AsyncSession, actor: Actor, subject: Subject, text: str) -> None:
    if subject.row.by != actor.person.id:
        raise NotYours("Seul l’auteur d’un message peut contester son masquage.")
    if await appeal_state(session, subject, actor) != "possible":
        raise AlreadyDone("Ce message n’est pas masqué, ou vous avez déjà contesté cette décision.")
    row = NetworkAppeal(text=text, by=actor.person.id, at=now(), **{f"{subject.kind}_id": subject.row.id})
    session.add(row)
    await session.flush()
    audit.record(session, actor, "network.contested", row, {"kind": subject.kind, "message": subject.row.id})


async def decide(session: AsyncSession, actor: Actor, subject: Subject, state: Shown, reason: str) -> None:
    """Hides with a reason that the author reads, or shows; reports and appeals on it are closed, the act is kept."""
    row, before = subject.row, subject.row.state
    appeal, hiding = await _last(session, subject)
    contested = appeal is not None and appeal.handled_at is None
    if contested and state is Shown.HIDDEN and appeal is not None:
        hidden_by = hiding.by if hiding else None
        if not rules.may_reject(appeal.by, hidden_by, actor.person.id):
            raise NotYours("Vous avez masqué ce message : un autre modérateur répond à la contestation.")
    row.state, row.reason = state, reason if state is Shown.HIDDEN else ""
    if appeal is not None and contested:
        appeal.handled_at = now()
    await _close_reports(session, actor, subject)
    act = Ruling.KEPT if before is state else Ruling.HIDDEN if state is Shown.HIDDEN else Ruling.SHOWN
    session.add(
        NetworkRuling(
            space=subject.space,
            kind=subject.kind,
            target_id=row.id,
            title=subject.title[:200],
            act=act,
            reason=reason,
            by=actor.person.id,
            at=now(),
        )
    )
    await session.flush()
    audit.record(session, actor, f"network.{act}", row, {"state": state})
    await _tell_author(session, subject, _words(subject, act, reason, contested=contested))


async def _close_reports(session: AsyncSession, actor: Actor, subject: Subject) -> None:
    if isinstance(subject.row, ClauseExperience):
        return
    column = NetworkReport.question_id if subject.kind == "question" else NetworkReport.answer_id
    found = await session.scalars(
        select(NetworkReport).where(column == subject.row.id, NetworkReport.handled_at.is_(None))
    )
    for one in found:
        one.handled_at, one.handled_by = now(), actor.person.id


def _words(subject: Subject, act: Ruling, reason: str, *, contested: bool) -> tuple[str, str] | None:
    """The subject and the text of the letter to the author; None when nothing changed for them."""
    about = f"« {subject.title} »"
    if act is Ruling.HIDDEN:
        return "Votre message a été masqué", (
            f"Votre message sous {about} a été masqué. Raison donnée par le modérateur :\n{reason}\n\n"
            "Vous continuez de le voir. Si vous n’êtes pas d’accord, ouvrez-le et choisissez « Contester » : "
            "un autre modérateur répondra."
        )
    if act is Ruling.KEPT and contested:
        return "Réponse à votre contestation", (
            f"Votre message sous {about} reste masqué, après une seconde lecture. Raison :\n{reason}"
        )
    if act is Ruling.SHOWN:
        return "Votre message est visible", f"Votre message sous {about} est maintenant visible de tous."
    return None


async def _tell_author(session: AsyncSession, subject: Subject, words: tuple[str, str] | None) -> None:
    author = await session.get(Person, subject.row.by)
    if words and author and author.email:
        await write(session, author.email, Letter(words[0], f"Bonjour,\n\n{words[1]}{_SIGN}"))


async def waiting(session: AsyncSession, actor: Actor, mine: set[str], spaces: Sequence[str]) -> list[Waiting]:
    """What a moderator should read: pending, reported or contested, in their spaces."""
    found = []
    for subject in await _to_read(session, mine, experience=looks_after_all(mine, spaces)):
        appeal, hiding = await _last(session, subject)
        appeal = appeal if appeal and appeal.handled_at is None else None
        rejects = appeal is None or rules.may_reject(appeal.by, hiding.by if hiding else None, actor.person.id)
        found.append(Waiting(subject, await _open_reports(session, subject), appeal, ["show"] + ["hide"] * rejects))
    return found


async def _to_read(session: AsyncSession, mine: set[str], *, experience: bool) -> list[Subject]:
    asked = await session.scalars(_unread(NetworkQuestion, NetworkAppeal.question_id, NetworkReport.question_id))
    found = [Subject(row, row.space, row.title) for row in asked if row.space in mine]
    replies = await session.scalars(_unread(NetworkAnswer, NetworkAppeal.answer_id, NetworkReport.answer_id))
    pairs = [(row, await session.get_one(NetworkQuestion, row.question_id)) for row in replies]
    found += [Subject(row, about.space, about.title) for row, about in pairs if about.space in mine]
    if experience:
        told = await session.scalars(_unread(ClauseExperience, NetworkAppeal.experience_id, None))
        found += [Subject(row, "", row.used_in) for row in told]
    return found


def _unread(model: Any, appealed: Any, reported: Any) -> Select[Any]:  # noqa: ANN401 (a table and columns)
    why = [model.state == Shown.PENDING, exists().where(appealed == model.id, NetworkAppeal.handled_at.is_(None))]
    if reported is not None:
        why.append(exists().where(reported == model.id, NetworkReport.handled_at.is_(None)))
    return select(model).where(or_(*why)).order_by(model.id).limit(_MOST)


async def _open_reports(session: AsyncSession, subject: Subject) -> list[NetworkReport]:
    if isinstance(subject.row, ClauseExperience):
        return []
    column = NetworkReport.question_id if subject.kind == "question" else NetworkReport.answer_id
    asked = select(NetworkReport).where(column == subject.row.id, NetworkReport.handled_at.is_(None))
    return list(await session.scalars(asked))


def journal(mine: set[str], spaces: Sequence[str]) -> Select[NetworkRuling]:
    """The decisions in one's spaces, the last first."""
    seen = mine | ({""} if looks_after_all(mine, spaces) else set())
    return select(NetworkRuling).where(NetworkRuling.space.in_(seen)).order_by(NetworkRuling.id.desc())
