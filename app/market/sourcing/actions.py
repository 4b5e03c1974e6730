"""What a buyer does with a sourcing, each act ending with its line in the journal."""

import json
import secrets
from datetime import datetime, time
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Member
from app.accounts.sessions import now
from app.market.sourcing import draw, journal, notices, queries, rules
from app.market.sourcing.models import Sourcing, SourcingInterest, SourcingQuestion, SourcingRecipient, SourcingVersion
from app.market.sourcing.refusals import InterestsMissing, NotReady, SourcingClosed
from app.market.sourcing.rules import Stage
from app.market.sourcing.schemas import CorrectionIn, DraftIn, InterestIn
from app.purchases import queries as purchases
from app.web.problems import FieldError, Invalid, NotFound

_FREE: Final = (
    ("besoin", "Que faut-il préciser dans notre description pour que vous puissiez répondre au marché ?"),
    ("lots", "Quel découpage en lots vous permettrait de répondre, seul ou en groupement ?"),
)


def stage(row: Sourcing, moment: datetime) -> Stage:
    return rules.stage_of(row.dates, now=moment)


async def require(session: AsyncSession, member: Member, row: Sourcing, act: str, *, declared: bool = True) -> datetime:
    """The moment of the act, if it may be done now by somebody who declared their interests."""
    moment = now()
    writes = member.role in {"writer", "administrator"}
    if act not in rules.may_of_buyer(stage(row, moment), writes=writes, has_result=row.result is not None):
        raise SourcingClosed(_WHY.get(stage(row, moment), "L’état du sourçage ne permet pas cette action."))
    if declared and not await queries.has_declared(session, row.id, member.person.id):
        raise InterestsMissing("Déclarez d’abord vos intérêts (ou leur absence) pour ce sourçage.")
    return moment


_WHY: Final = {
    Stage.DRAFT: "Ce sourçage n’est pas encore publié.",
    Stage.OPEN: "Le sourçage est publié et les réponses sont scellées jusqu’à la clôture.",
    Stage.CLOSED: "La clôture est passée.",
    Stage.SILENT: "La consultation est lancée : la salle se lit, personne n’y écrit plus (cône de silence).",
    Stage.WITHDRAWN: "Ce sourçage a été retiré.",
}


async def create(session: AsyncSession, member: Member, title: str, file_id: int | None) -> Sourcing:
    """An empty draft, or one that a saved file fills: its object, its families, a question per clause."""
    row = Sourcing(
        organisation_id=member.organisation.id,
        title=title,
        need="",
        families=[],
        cpv=[],
        departments=[member.organisation.department] if member.organisation.department else [],
        questions=[
            {"id": code, "text": text, "clause_id": "", "clause_version": 0, "level": 0} for code, text in _FREE
        ],
        secret=secrets.token_hex(32),
        created_by=member.person.id,
        closes_hour="18:00:00",
        show_count=False,
        seed="",
        number=0,
        cap_reason="",
    )
    if file_id is not None:
        await _fill(session, member, row, file_id)
    session.add(row)
    await session.flush()
    await journal_line(session, member, row, "created", now(), file=file_id)
    return row


async def _fill(session: AsyncSession, member: Member, row: Sourcing, file_id: int) -> None:
    file = await purchases.file_of(session, file_id, member)
    row.file_id, row.title = file.id, row.title or file.title[:200]
    row.need, row.families, row.cpv = file.object, list(file.families)[:10], list(file.cpv)[:20]
    asked = [
        {
            "id": line.clause_id.lower(),
            "text": line.title[:500],
            "clause_id": line.clause_id,
            "clause_version": line.version,
            "level": line.level,
        }
        for line in await purchases.basket_of(session, file_id, member)
    ]
    once = {question["id"]: question for question in asked}
    row.questions = [*list(once.values())[:30], *row.questions]


def write(row: Sourcing, asked: DraftIn) -> None:
    row.title, row.need = asked.title, asked.need
    row.families, row.cpv, row.departments = asked.families, asked.cpv, asked.departments
    row.questions = [one.model_dump() for one in asked.questions]
    row.closes_on, row.closes_hour, row.launch_date = asked.closes_on, asked.closes_hour, asked.launch_date
    row.cap, row.cap_reason, row.show_count = asked.cap, asked.cap_reason, asked.show_count
    row.closes_at = (
        rules.closing_of(asked.closes_on, time.fromisoformat(asked.closes_hour)) if asked.closes_on else None
    )


def gaps(row: Sourcing, moment: datetime, *, declared: bool) -> list[tuple[str, str]]:
    return rules.blocking_gaps(
        title=row.title, need=row.need, questions=len(row.questions), families=len(row.families),
        closes_at=row.closes_at, launch_date=row.launch_date, cap=row.cap, reason=row.cap_reason,
        interests=declared, now=moment,
    )  # fmt: skip


async def declare(session: AsyncSession, member: Member, row: Sourcing, asked: InterestIn) -> None:
    moment = now()
    if not asked.none and not asked.detail.strip():
        said = "Dites avec quelle entreprise, et ce que vous faites pour y remédier."
        raise Invalid(said, [FieldError(pointer="/detail", detail=said)])
    held = await session.get(SourcingInterest, (row.id, member.person.id))
    if held is None:
        held = SourcingInterest(sourcing_id=row.id, person_id=member.person.id, none=asked.none, at=moment)
        session.add(held)
    held.none, held.detail, held.at = asked.none, asked.detail, moment
    await session.flush()
    await journal_line(session, member, row, "interests", moment, none=asked.none)


def content_of(row: Sourcing) -> dict[str, Any]:
    return {
        "title": row.title, "need": row.need, "families": row.families, "cpv": row.cpv,
        "departments": row.departments, "questions": row.questions,
        "closes_at": row.closes_at.isoformat() if row.closes_at else None,
        "launch_date": row.launch_date.isoformat() if row.launch_date else None,
    }  # fmt: skip


async def _new_version(session: AsyncSession, row: Sourcing, moment: datetime, reason: str = "") -> SourcingVersion:
    content = content_of(row)
    row.number += 1
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    version = SourcingVersion(
        sourcing_id=row.id, number=row.number, at=moment, content=content, reason=reason,
        sha256=sha256(told.encode()).hexdigest(),
    )  # fmt: skip
    session.add(version)
    await session.flush()
    return version


async def publish(session: AsyncSession, member: Member, row: Sourcing) -> None:
    """One instant for all: the text, the draw, the firms told and their notices are one transaction."""
    moment = await require(session, member, row, "publish", declared=False)
    declared = await queries.has_declared(session, row.id, member.person.id)
    if missing := gaps(row, moment, declared=declared):
        raise NotReady(
            "Il manque encore quelque chose pour publier.",
            [FieldError(pointer=f"/{field}", detail=said) for field, said in missing],
        )
    version, drawn = await make_public(session, row, moment)
    told = sum(one.told for one in drawn)
    await notices.tell(session, row.id, "published", moment)
    await notices.close_at(session, row)
    await journal_line(session, member, row, "published", moment, number=row.number, sha256=version.sha256)
    await journal_line(session, member, row, "told", moment, firms=told, matched=len(drawn), seed=row.seed, cap=row.cap)


async def make_public(
    session: AsyncSession, row: Sourcing, moment: datetime
) -> tuple[SourcingVersion, list[draw.Drawn]]:
    """The first version of the text, and the firms that it draws."""
    row.published_at = moment
    version = await _new_version(session, row, moment)
    row.seed = draw.seed_of(version.sha256, moment)
    drawn = draw.draw(await queries.candidates(session, row), row.cap, row.seed)
    if drawn:
        await session.execute(
            insert(SourcingRecipient),
            [
                {
                    "sourcing_id": row.id, "organisation_id": one.candidate.organisation_id,
                    "siren": one.candidate.siren, "stratum": one.candidate.stratum, "lot": one.lot,
                    "told": one.told, "told_at": moment if one.told else None,
                }
                for one in drawn
            ],
        )  # fmt: skip
    return version, drawn


async def correct(session: AsyncSession, member: Member, row: Sourcing, asked: CorrectionIn) -> None:
    """A new version, told to all at once; the closing may only move later, the same for everybody."""
    moment = await require(session, member, row, "correct")
    closes_at = rules.closing_of(asked.closes_on, time.fromisoformat(asked.closes_hour))
    if row.closes_at and closes_at < row.closes_at:
        said = "La clôture ne peut pas être avancée : des entreprises comptent sur la date publiée."
        raise Invalid(said, [FieldError(pointer="/closes_on", detail=said)])
    if asked.launch_date and closes_at.astimezone(rules.PARIS).date() >= asked.launch_date:
        said = "La consultation doit être lancée après la clôture du sourçage."
        raise Invalid(said, [FieldError(pointer="/launch_date", detail=said)])
    known = {question["id"] for question in row.questions}
    if any(one.id in known for one in asked.added):
        raise Invalid("Une question ajoutée porte l’identifiant d’une autre.")
    row.need, row.launch_date = asked.need, asked.launch_date
    row.closes_on, row.closes_hour, row.closes_at = asked.closes_on, asked.closes_hour, closes_at
    row.questions = [*row.questions, *(one.model_dump() for one in asked.added)]
    version = await _new_version(session, row, moment, asked.reason)
    await notices.tell(session, row.id, "corrected", moment)
    await notices.close_at(session, row)
    await journal_line(session, member, row, "corrected", moment, number=row.number, sha256=version.sha256)


async def reply(session: AsyncSession, member: Member, row: Sourcing, question_id: int, answer: str) -> None:
    """The answer to a question, published to all."""
    moment = await require(session, member, row, "answer_questions")
    question = await session.get(SourcingQuestion, question_id)
    if question is None or question.sourcing_id != row.id:
        raise NotFound("Cette question n’existe pas dans ce sourçage.")
    question.answer, question.answered_at = answer, moment
    await session.flush()
    await notices.tell(session, row.id, "answered", moment)
    await journal_line(session, member, row, "question_answered", moment, question=question.id,
                sha256=sha256(answer.encode()).hexdigest())  # fmt: skip


async def withdraw(session: AsyncSession, member: Member, row: Sourcing) -> None:
    """The answers stay sealed for ever."""
    moment = await require(session, member, row, "withdraw")
    row.withdrawn_at = moment
    await session.flush()
    await notices.forget(session, row.id)
    await journal_line(session, member, row, "withdrawn", moment)


async def journal_line(
    session: AsyncSession, member: Member, row: Sourcing, act: str, moment: datetime, **details: object
) -> None:
    await journal.note(
        session, row.id, act, moment, actor="buyer", organisation_id=member.organisation.id,
        person_id=member.person.id, details=details,
    )  # fmt: skip
