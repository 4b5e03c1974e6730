"""After the closing: answers unsealed once, read by the buyer alone, told to all without a name, put to use."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from procrastinate import JobContext
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.actors import Member
from app.accounts.sessions import now
from app.database import sealing
from app.library import queries as library
from app.market.sourcing import actions, journal, notices, queries, rules, screening, synthesis
from app.market.sourcing.models import ClauseMarketFeedback, Sourcing
from app.market.sourcing.queries import Opened
from app.market.sourcing.refusals import Sealed
from app.market.sourcing.rules import FEWEST_FOR_FIGURES, Stage
from app.market.sourcing.schemas import ApplyIn, OutcomeIn
from app.outbound.announce import announce
from app.purchases.levels import Applied, LevelChange, apply_levels
from app.settings import Settings
from app.web.problems import FieldError, Invalid

_OVER: Final = {Stage.CLOSED, Stage.SILENT}


async def open_answers(session: AsyncSession, settings: Settings, row: Sourcing, moment: datetime) -> None:
    """Exactly once, on a row held for writing: the journal says so, and clauses learn what firms said of them."""
    if row.opened_at is not None or rules.stage_of(row.dates, now=moment) not in _OVER:
        return
    row.opened_at = moment
    answers = await queries.opened(session, settings, row.id)
    for one in answers:
        session.add_all(_feedback(settings, row, one))
    await session.flush()
    await journal.note(session, row.id, "opened", moment, actor="platform", details={"answers": len(answers)})
    # Not even how many answered: a system that listens is no agent who declared their interests.
    said = {"id": row.id, "closed_at": _moment(row.closes_at), "resource": f"/api/v1/sourcings/{row.id}"}
    await announce(session, "sourcing.closed", said, row.organisation_id)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _feedback(settings: Settings, row: Sourcing, answer: Opened) -> list[ClauseMarketFeedback]:
    learnt = {}
    for question in row.questions:
        said, clause = answer.items.get(question["id"]), question["clause_id"]
        if not said or not said.get("feasibility") or not clause or library.shelf().clause(clause) is None:
            continue
        learnt[clause] = ClauseMarketFeedback(
            sourcing_id=row.id,
            clause_id=clause,
            # Its own for each clause, so that a firm counts once whatever the sourcings, and cannot be followed.
            pseudonym=sealing.fingerprint(settings, f"voice:{clause}:{answer.siren}")[:16],
            clause_version=question["clause_version"] or 1,
            level=said.get("level") or 0,
            feasibility=said["feasibility"],
            cost=said.get("cost") or "",
            blocker=said.get("blocker") or "",
            months=said.get("months") or 0,
            condition="",  # the texts stay the buyer's alone: firms were told so
        )
    return list(learnt.values())


async def read(session: AsyncSession, settings: Settings, member: Member, row: Sourcing) -> list[Opened]:
    """For the buyer, after the closing, by an agent who declared their interests; each reading is a line."""
    moment = now()
    if rules.stage_of(row.dates, now=moment) not in _OVER:
        raise Sealed("Les réponses sont scellées jusqu’à la clôture, pour tout le monde.")
    if not await queries.has_declared(session, row.id, member.person.id):
        await actions.require(session, member, row, "read_answers")
    await open_answers(session, settings, row, moment)
    return await queries.opened(session, settings, row.id)


async def note_reading(session: AsyncSession, member: Member, row: Sourcing) -> None:
    await actions.journal_line(session, member, row, "read", now())


def public_figures(row: Sourcing, answers: Sequence[Opened], refusals: Mapping[str, int]) -> dict[str, Any]:
    """What everybody may read: nothing at all below five, never a text nor a name."""
    figures = synthesis.figures(row.questions, [one.items for one in answers])
    enough = len(answers) >= FEWEST_FOR_FIGURES
    refused = sum(refusals.values())
    return {
        "answers": len(answers) if enough else None,
        "fewest": FEWEST_FOR_FIGURES,
        "questions": [asdict(one) for one in figures],
        "refusals": dict(refusals) if refused >= FEWEST_FOR_FIGURES else {},
    }


async def publish(session: AsyncSession, settings: Settings, member: Member, row: Sourcing, note: str) -> None:
    """The same synthesis told to every firm at the same instant."""
    moment = await actions.require(session, member, row, "publish_result")
    answers = await read(session, settings, member, row)
    names = [one.name for one in (await accounts.organisations(session, [a.organisation_id for a in answers])).values()]
    said = public_figures(row, answers, await queries.refusals_by_code(session, row.id))
    row.result = {**said, "note": screening.screened(note, names)}
    row.result_at = moment
    await session.flush()
    await notices.tell(session, row.id, "result", moment)
    await actions.journal_line(session, member, row, "result", moment, answers=said["answers"])


async def apply(session: AsyncSession, settings: Settings, member: Member, row: Sourcing, asked: ApplyIn) -> Applied:
    """The levels that the buyer picked, written in the file with the figures as the reason."""
    moment = await actions.require(session, member, row, "apply")
    if row.file_id is None:
        said = "Ce sourçage n’est pas né d’un dossier : ouvrez le dossier et changez-y les niveaux."
        raise Invalid(said, [FieldError(pointer="/changes", detail=said)])
    answers = [one.items for one in await read(session, settings, member, row)]
    reasons = {one.clause_id: one.reason for one in synthesis.proposals(row.questions, answers)}
    changes = [
        LevelChange(one.clause_id, one.level, reason=f"Sourçage n° {row.id} : {reasons.get(one.clause_id, '')}".strip())
        for one in asked.changes
    ]
    done = await apply_levels(session, row.file_id, member, changes)
    await actions.journal_line(
        session,
        member,
        row,
        "applied",
        moment,
        changed=list(done.changed),
        refused=[one.clause_id for one in done.refused],
    )
    return done


async def conclude(session: AsyncSession, member: Member, row: Sourcing, asked: OutcomeIn) -> None:
    """The loop closed at notification: what was kept, how many offers came, what stopped it."""
    moment = await actions.require(session, member, row, "conclude")
    first = row.outcome is None
    row.outcome = {**asked.model_dump(mode="json"), "at": moment.isoformat()}
    await session.flush()
    if first:
        await notices.tell(session, row.id, "concluded", moment)
    await actions.journal_line(
        session, member, row, "concluded", moment, offers=asked.offers, unsuccessful=asked.unsuccessful
    )


@notices.jobs.task(name="open_answers", pass_context=True)
async def open_when_closed(context: JobContext, sourcing_id: int) -> None:
    """At the closing; a later closing has its own job, and this one finds the room still open."""
    async with context.additional_context["sessions"]() as session, session.begin():
        row = (
            await session.execute(select(Sourcing).where(Sourcing.id == sourcing_id).with_for_update())
        ).scalar_one_or_none()
        if row is not None:
            await open_answers(session, context.additional_context["settings"], row, now())


async def voice_of(session: AsyncSession, clause_id: str) -> synthesis.ClauseVoice | None:
    """Each firm once, by its last answer; nothing below five firms."""
    rows = await queries.feedback_on(session, clause_id)
    last = {row.pseudonym: row for row in reversed(rows)}.values()
    return synthesis.voice(
        [{"feasibility": r.feasibility, "cost": r.cost, "blocker": r.blocker, "months": r.months} for r in last]
    )
