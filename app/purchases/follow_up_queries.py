"""The calendar and the controls of one file, read together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.law.routes import today_in_paris
from app.library import queries as library
from app.purchases import followup, queries
from app.purchases.drafts import DraftIn, date_of, draft_of, items_in, purchase_in
from app.purchases.followup import Expected, HeldClause
from app.purchases.models import PurchaseFile
from app.purchases.models_follow_up import PurchaseCheck, PurchaseTimeline
from app.purchases.queries import STEP_PROBES
from app.purchases.rules_tasks import TaskState
from app.purchases.timeline import Milestone, Step, end_of_contract, steps


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dates of a file."""

    version: int
    dates: Mapping[Milestone, date]
    others: Mapping[str, tuple[str, date]]
    """Key → label and day, as entered."""
    launch: date | None
    """What the description says."""
    months: int | None
    stated_start: date | None
    """The start of the contract as the documents step has it."""

    @property
    def start(self) -> date | None:
        return self.dates.get(Milestone.START, self.stated_start)

    @property
    def end(self) -> date | None:
        known = {**self.dates} | ({Milestone.START: self.start} if self.start else {})
        found = end_of_contract(known, self.months)
        # A year when nobody said how long, as the sheets of the documents count it.
        return found or end_of_contract(known, 12)

    @property
    def lines(self) -> list[Step]:
        return steps(self.dates, self.others)


def schedule_of(row: PurchaseTimeline | None, draft: DraftIn) -> Schedule:
    purchase = purchase_in(draft)
    return Schedule(
        version=row.version if row else 0,
        dates={Milestone(code): date.fromisoformat(day) for code, day in (row.dates if row else {}).items()},
        others={step["key"]: (step["label"], date.fromisoformat(step["day"])) for step in (row.others if row else [])},
        launch=date_of(draft.purchase.launch_date),
        months=purchase.duration_months if purchase else None,
        stated_start=date_of(draft.output.contract_start),
    )


async def schedule(session: AsyncSession, file: PurchaseFile) -> Schedule:
    return schedule_of(await session.get(PurchaseTimeline, file.id), draft_of(file.draft))


async def held_clauses(session: AsyncSession, file: PurchaseFile) -> list[HeldClause]:
    """The clauses of the basket in the versions that the file holds."""
    found = []
    for item in items_in(draft_of(file.draft)):
        current = library.shelf().clause(item.clause_id)
        if current is not None:
            held = await queries.version_held(session, current, item.version)
            found.append(HeldClause(held.record, held.version, tuple(item.lots)))
    return found


async def controls(session: AsyncSession, file: PurchaseFile, known: Schedule) -> list[Expected]:
    clauses = await held_clauses(session, file)
    return followup.expected(clauses, start=known.start, end=known.end, months=known.months)


async def checks_of(session: AsyncSession, file_id: int) -> Sequence[PurchaseCheck]:
    asked = select(PurchaseCheck).where(PurchaseCheck.file_id == file_id).order_by(PurchaseCheck.id)
    return (await session.execute(asked)).scalars().all()


async def progress(session: AsyncSession, file_ids: Sequence[int]) -> Mapping[int, TaskState]:
    """How far the task « Suivre l’exécution » is, for the files whose contract has begun or has a result."""
    files = (await session.execute(select(PurchaseFile).where(PurchaseFile.id.in_(file_ids)))).scalars().all()
    dated = await session.execute(select(PurchaseTimeline).where(PurchaseTimeline.file_id.in_(file_ids)))
    by_file = {row.file_id: row for row in dated.scalars()}
    recorded: dict[int, set[str]] = {}
    asked = select(PurchaseCheck.file_id, PurchaseCheck.key).where(PurchaseCheck.file_id.in_(file_ids))
    for file_id, key in (await session.execute(asked)).all():
        recorded.setdefault(file_id, set()).add(key)
    today, found = today_in_paris(), {}
    for file in files:
        known, keys = schedule_of(by_file.get(file.id), draft_of(file.draft)), recorded.get(file.id, set())
        left = await controls(session, file, known) if keys else []
        state = followup.progress(left, keys, start=known.start, end=known.end, today=today)
        if state is not None:
            found[file.id] = state
    return found


STEP_PROBES["suivre"] = progress
