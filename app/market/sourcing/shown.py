"""Rows of sourcings as the API shows them: to the buyer, to everybody, to the firm itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.actors import Actor, Member
from app.accounts.sessions import now
from app.library.queries import shelf
from app.market.sourcing import actions, queries, rules, screening
from app.market.sourcing.models import Sourcing, SourcingAnswer, SourcingQuestion, SourcingRecipient, SourcingRefusal
from app.market.sourcing.queries import unsealed
from app.market.sourcing.rules import Stage
from app.market.sourcing.schemas import AnswerItem
from app.market.sourcing.schemas_shown import (
    AnswerOut,
    AskedOut,
    GapOut,
    NoticeOut,
    OutcomeClauseOut,
    PublicOutcomeOut,
    QuestionShown,
    ReceivedLine,
    SourcingLine,
    SourcingOut,
    SteeringOut,
    VersionOut,
)
from app.settings import Settings


async def lines(session: AsyncSession, rows: Sequence[Sourcing]) -> list[SourcingLine]:
    buyers = await accounts.organisations(session, [row.organisation_id for row in rows])
    moment = now()
    return [SourcingLine(**_line(row, buyers[row.organisation_id].name, moment)) for row in rows]


def _line(row: Sourcing, buyer: str, moment: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "buyer": buyer,
        "stage": rules.stage_of(row.dates, now=moment),
        "closes_at": row.closes_at,
        "families": row.families,
        "departments": row.departments,
        "published_at": row.published_at,
        "has_result": row.result is not None,
    }


def _questions(row: Sourcing) -> list[QuestionShown]:
    return [QuestionShown.model_validate(one) for one in row.questions]


def asked(rows: Sequence[SourcingQuestion], mine: str = "") -> list[AskedOut]:
    """Askers are numbered in the order of their first question: « Entreprise A » tells nothing elsewhere."""
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row.pseudonym, f"Entreprise {len(names) + 1}")
    return [
        AskedOut(
            id=row.id,
            by="Vous" if row.pseudonym == mine else names[row.pseudonym],
            text=row.text,
            asked_at=row.asked_at,
            answer=row.answer,
            answered_at=row.answered_at,
        )
        for row in rows
    ]


async def _shared(session: AsyncSession, row: Sourcing, mine: str = "") -> dict[str, Any]:
    buyer = await accounts.organisation(session, row.organisation_id)
    return {
        **_line(row, buyer.name, now()),
        "need": row.need,
        "cpv": row.cpv,
        "questions": _questions(row),
        "launch_date": row.launch_date,
        "number": row.number,
        "version": row.version,
        "cap_reason": row.cap_reason,
        "asked": asked(await queries.questions_of(session, row.id), mine),
        "versions": [
            VersionOut(number=one.number, at=one.at, reason=one.reason, sha256=one.sha256)
            for one in await queries.versions_of(session, row.id)
        ],
    }


async def for_buyer(session: AsyncSession, member: Member, row: Sourcing) -> SourcingOut:
    moment = now()
    declared = await queries.has_declared(session, row.id, member.person.id)
    stage = rules.stage_of(row.dates, now=moment)
    told, answers = await queries.counts(session, row.id)
    known = stage in {Stage.CLOSED, Stage.SILENT} or (stage is Stage.OPEN and row.show_count)
    writes = member.role in {"writer", "administrator"}
    draft = stage is Stage.DRAFT
    return SourcingOut(
        **await _shared(session, row),
        file_id=row.file_id,
        closes_on=row.closes_on,
        closes_hour=row.closes_hour,
        cap=row.cap,
        show_count=row.show_count,
        steering=[
            SteeringOut(excerpt=one.excerpt, message=one.message, suggestion=one.suggestion)
            for one in screening.steering(row.need)
        ],
        gaps=[
            GapOut(field=field, sentence=said)
            for field, said in (actions.gaps(row, moment, declared=declared) if draft else [])
        ],
        declared=declared,
        told=told,
        answers=answers if known else None,
        outcome=row.outcome,
        may=rules.may_of_buyer(stage, writes=writes, has_result=row.result is not None),
    )


async def for_all(session: AsyncSession, row: Sourcing, visitor: Actor | None) -> NoticeOut:
    """The same for everybody, but for « Vous » on one's own questions and for one's buttons."""
    organisation = visitor.organisation if visitor else None
    mine = rules.pseudonym(row.secret, organisation.siret[:9]) if organisation and organisation.is_firm else ""
    may: list[str] = []
    if organisation and organisation.is_firm and visitor and visitor.role in {"writer", "administrator"}:
        own = await session.get(SourcingAnswer, (row.id, organisation.id))
        may = rules.may_of_firm(rules.stage_of(row.dates, now=now()), writes=True, answered=own is not None)
    return NoticeOut(
        **await _shared(session, row, mine),
        capped=row.cap is not None,
        result=row.result,
        outcome=_outcome(row),
        may=may,
    )


def _outcome(row: Sourcing) -> PublicOutcomeOut | None:
    if row.outcome is None:
        return None
    kept = [
        OutcomeClauseOut(clause_id=one["clause_id"], level=one["level"], title=clause.record.title if clause else "")
        for one in row.outcome["kept"]
        for clause in [shelf().clause(one["clause_id"])]
    ]
    said = {name: row.outcome[name] for name in ("offers", "unsuccessful", "blocking_clause", "contract")}
    return PublicOutcomeOut(kept=kept, **said)


async def own_answer(session: AsyncSession, settings: Settings, member: Member, row: Sourcing) -> AnswerOut:
    held = await session.get(SourcingAnswer, (row.id, member.organisation.id), populate_existing=True)
    refusal = await session.get(SourcingRefusal, (row.id, member.organisation.id))
    stage = rules.stage_of(row.dates, now=now())
    writes = member.role in {"writer", "administrator"}
    items = unsealed(settings, held) if held else {}
    return AnswerOut(
        submitted_at=held.submitted_at if held else None,
        updated_at=held.updated_at if held else None,
        version=held.version if held else 0,
        items={name: AnswerItem.model_validate(item) for name, item in items.items()},
        refusal=refusal.code if refusal else None,
        may=rules.may_of_firm(stage, writes=writes, answered=held is not None),
    )


async def received(session: AsyncSession, member: Member, rows: Sequence[Sourcing]) -> list[ReceivedLine]:
    ids, firm = [row.id for row in rows], member.organisation.id

    async def mine(
        kind: type[SourcingAnswer] | type[SourcingRefusal] | type[SourcingRecipient],
    ) -> set[int]:
        asked_for = select(kind.sourcing_id).where(kind.organisation_id == firm, kind.sourcing_id.in_(ids))
        return set(await session.scalars(asked_for))

    answered, refused, told = await mine(SourcingAnswer), await mine(SourcingRefusal), await mine(SourcingRecipient)
    return [
        ReceivedLine(
            **line.model_dump(),
            state="answered"
            if line.id in answered
            else "refused"
            if line.id in refused
            else "to_answer"
            if line.stage is Stage.OPEN
            else "missed",
            told=line.id in told,
        )
        for line in await lines(session, rows)
    ]
