"""Reading sourcings: one's own, the published ones, whom they reach, what the answers hold once unsealed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Float, Select, cast, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Member
from app.database import sealing
from app.market import matching
from app.market import queries as market
from app.market.needs import Need
from app.market.sourcing import draw
from app.market.sourcing.models import (
    ClauseMarketFeedback,
    Sourcing,
    SourcingAnswer,
    SourcingInterest,
    SourcingQuestion,
    SourcingRecipient,
    SourcingRefusal,
    SourcingVersion,
)
from app.market.sourcing.rules import Feasibility
from app.settings import Settings
from app.web.problems import NotFound

MOST_FIRMS: Final = 20_000
GONE: Final = "Ce sourçage n’existe pas, ou il n’est pas publié."


async def own(session: AsyncSession, ident: int, member: Member, *, to_write: bool = False) -> Sourcing:
    """A sourcing of the actor's organisation; another's does not exist."""
    asked = select(Sourcing).where(Sourcing.id == ident, Sourcing.organisation_id == member.organisation.id)
    if to_write:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise NotFound("Ce sourçage n’existe pas, ou n’est pas de votre organisation.")
    return row


async def published(session: AsyncSession, ident: int, *, to_answer: bool = False) -> Sourcing:
    """A published one; `to_answer` shares its lock: it can be neither closed nor corrected meanwhile."""
    asked = select(Sourcing).where(Sourcing.id == ident, Sourcing.published_at.is_not(None))
    if to_answer:
        asked = asked.with_for_update(read=True).execution_options(populate_existing=True)
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise NotFound(GONE)
    return row


def listed(organisation_id: int, before: int | None, file_id: int | None = None) -> Select[Sourcing]:
    """The organisation's own; those of one file when it is named."""
    asked = select(Sourcing).where(Sourcing.organisation_id == organisation_id)
    if file_id is not None:
        asked = asked.where(Sourcing.file_id == file_id)
    return _page(asked, before)


def open_to_all(before: int | None, family: str, departments: Sequence[str]) -> Select[Sourcing]:
    asked = select(Sourcing).where(Sourcing.published_at.is_not(None), Sourcing.withdrawn_at.is_(None))
    if family:
        asked = asked.where(Sourcing.families.contains([family]))
    if departments:
        nowhere = func.cardinality(Sourcing.departments) == 0
        asked = asked.where(Sourcing.departments.overlap(list(departments)) | nowhere)
    return _page(asked, before)


def received(organisation_id: int, before: int | None) -> Select[Sourcing]:
    """Those that told this firm, or that it answered or refused."""
    mine = [
        select(kind.sourcing_id).where(kind.organisation_id == organisation_id)
        for kind in (SourcingRecipient, SourcingAnswer, SourcingRefusal)
    ]
    told = mine[0].where(SourcingRecipient.told)
    return _page(select(Sourcing).where(Sourcing.id.in_(told.union(*mine[1:]))), before)


def _page(asked: Select[Sourcing], before: int | None) -> Select[Sourcing]:
    if before is not None:
        asked = asked.where(Sourcing.id < before)
    return asked.order_by(Sourcing.id.desc())


async def questions_of(session: AsyncSession, sourcing_id: int) -> Sequence[SourcingQuestion]:
    asked = select(SourcingQuestion).where(SourcingQuestion.sourcing_id == sourcing_id).order_by(SourcingQuestion.id)
    return (await session.execute(asked)).scalars().all()


async def versions_of(session: AsyncSession, sourcing_id: int) -> Sequence[SourcingVersion]:
    asked = select(SourcingVersion).where(SourcingVersion.sourcing_id == sourcing_id)
    return (await session.execute(asked.order_by(SourcingVersion.number))).scalars().all()


async def has_declared(session: AsyncSession, sourcing_id: int, person_id: int) -> bool:
    return await session.get(SourcingInterest, (sourcing_id, person_id)) is not None


async def counts(session: AsyncSession, sourcing_id: int) -> tuple[int, int]:
    """Firms told, firms that answered."""
    told = await session.scalar(
        select(func.count())
        .select_from(SourcingRecipient)
        .where(SourcingRecipient.sourcing_id == sourcing_id, SourcingRecipient.told)
    )
    answers = await session.scalar(
        select(func.count()).select_from(SourcingAnswer).where(SourcingAnswer.sourcing_id == sourcing_id)
    )
    return int(told or 0), int(answers or 0)


async def candidates(session: AsyncSession, row: Sourcing) -> list[draw.Candidate]:
    """The listed firms of the families that reach the place, the nearest first."""
    nearest: dict[int, int] = {}
    for family in row.families:
        need = Need(today=market.today(), family=family, departments=tuple(row.departments))
        for found in await matching.everyone(session, need, MOST_FIRMS):
            band = found.key[0]
            nearest[found.organisation_id] = min(band, nearest.get(found.organisation_id, band))
    firms = await market.firms(session, list(nearest))
    order = sorted(nearest, key=lambda ident: (nearest[ident], ident))
    return [
        draw.Candidate(
            ident,
            firms[ident].siren,
            firms[ident].siret,
            draw.stratum_of(firms[ident].category, firms[ident].headcount, nearest[ident]),
        )
        for ident in order
        if ident in firms and firms[ident].listed
    ]


@dataclass(frozen=True, slots=True)
class Opened:
    """An answer, read."""

    organisation_id: int
    siren: str
    submitted_at: datetime
    updated_at: datetime
    items: dict[str, Any]


def unsealed(settings: Settings, row: SourcingAnswer) -> dict[str, Any]:
    """What the firm said; refuses a text that was sealed for another sourcing or another firm."""
    held = json.loads(sealing.unseal(settings, row.sealed))
    if held["for"] != [row.sourcing_id, row.siren]:
        raise ValueError("a sealed answer is not at its place")
    return dict(held["items"])


async def opened(session: AsyncSession, settings: Settings, sourcing_id: int) -> list[Opened]:
    asked = (
        select(SourcingAnswer)
        .where(SourcingAnswer.sourcing_id == sourcing_id)
        .order_by(SourcingAnswer.submitted_at, SourcingAnswer.organisation_id)
    )
    rows = (await session.execute(asked)).scalars().all()
    return [
        Opened(row.organisation_id, row.siren, row.submitted_at, row.updated_at, unsealed(settings, row))
        for row in rows
    ]


async def refusals_by_code(session: AsyncSession, sourcing_id: int) -> dict[str, int]:
    asked = (
        select(SourcingRefusal.code, func.count())
        .where(SourcingRefusal.sourcing_id == sourcing_id)
        .group_by(SourcingRefusal.code)
    )
    return {str(code): int(number) for code, number in await session.execute(asked)}


async def feedback_on(session: AsyncSession, clause_id: str) -> Sequence[ClauseMarketFeedback]:
    """At most two thousand, the last sourcings first: figures, not an archive."""
    asked = (
        select(ClauseMarketFeedback)
        .where(ClauseMarketFeedback.clause_id == clause_id)
        .order_by(ClauseMarketFeedback.sourcing_id.desc(), ClauseMarketFeedback.pseudonym)
        .limit(2000)
    )
    return (await session.execute(asked)).scalars().all()


async def voices(session: AsyncSession, fewest: int) -> list[tuple[str, int, int, int]]:
    """(clause, firms, not feasible, feasible if), each firm by its last answer; what most cannot meet first."""
    row = ClauseMarketFeedback
    last = (
        select(row.clause_id, row.feasibility)
        .ext(distinct_on(row.clause_id, row.pseudonym))
        .order_by(row.clause_id, row.pseudonym, row.sourcing_id.desc())
        .subquery()
    )
    firms = func.count()
    blocked = firms.filter(last.c.feasibility == Feasibility.NOT)
    conditional = firms.filter(last.c.feasibility == Feasibility.IF)
    asked = select(last.c.clause_id, firms, blocked, conditional).group_by(last.c.clause_id).having(firms >= fewest)
    share = cast(blocked * 2 + conditional, Float) / firms
    rows = await session.execute(asked.order_by(share.desc(), last.c.clause_id).limit(200))
    return [(str(clause), int(n), int(no), int(if_)) for clause, n, no, if_ in rows]
