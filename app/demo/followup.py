"""The life of contracts: calendars, results of controls, declared spending."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from app.demo.world import World
from app.library.queries import shelf
from app.purchases import followup
from app.purchases.drafts import draft_of, items_in
from app.purchases.follow_up_queries import schedule_of
from app.purchases.followup import Expected, HeldClause, Result
from app.purchases.models import PurchaseFile
from app.purchases.models_follow_up import PurchaseCheck, PurchaseSpending, PurchaseTimeline
from app.purchases.timeline import Milestone

_OFFSETS: Final = {
    Milestone.LAUNCH: 0,
    Milestone.QUESTIONS: 20,
    Milestone.ANSWERS: 26,
    Milestone.OFFERS: 35,
    Milestone.AWARD: 58,
    Milestone.NOTIFICATION: 66,
}
"""Days after the launch."""
_AGEC: Final = {
    "textile": 1,
    "informatique": 2,
    "papier-imprimerie": 5,
    "fournitures-bureau": 6,
    "vehicules": 8,
    "mobilier": 9,
    "jouets-puericulture": 17,
}
"""Family → category of decree 2024-134."""
_NOTES: Final = {
    Result.CONFORM: "Pièces vues et conformes.",
    Result.NOT_CONFORM: "Taux non atteint ; mise en demeure envoyée.",
    Result.RECEIVED: "Attestation reçue ce jour.",
    Result.NOT_APPLICABLE: "Aucune commande sur la période.",
}
_MOST: Final = 24


def _timeline(file: PurchaseFile, launch: date) -> PurchaseTimeline:
    days = {step: launch + timedelta(days=offset) for step, offset in _OFFSETS.items()}
    start = draft_of(file.draft).output.contract_start
    return PurchaseTimeline(
        file_id=file.id,
        dates={step: day.isoformat() for step, day in days.items()} | {Milestone.START: start},
        others=[],
        updated_at=file.updated_at,
        updated_by=file.updated_by,
    )


def _controls(file: PurchaseFile, timeline: PurchaseTimeline) -> list[Expected]:
    draft = draft_of(file.draft)
    known = schedule_of(timeline, draft)
    clauses = [
        HeldClause(clause.record, clause.version)
        for item in items_in(draft)
        if (clause := shelf().clause(item.clause_id)) is not None
    ]
    return followup.expected(clauses, start=known.start, end=known.end, months=known.months)


def _check(world: World, file: PurchaseFile, one: Expected) -> PurchaseCheck:
    result = world.random.choices(list(_NOTES), weights=(78, 9, 8, 5))[0]
    due = one.due or world.today
    done = min(world.today, due + timedelta(days=world.random.randint(0, 12)))
    penalty = Decimal(world.random.randint(2, 30) * 50) if result is Result.NOT_CONFORM else None
    return PurchaseCheck(
        file_id=file.id,
        key=one.key,
        clause_id=one.clause_id,
        clause_version=one.clause_version,
        title=one.title,
        what=one.what,
        who=one.who,
        due=one.due,
        result=result,
        done_on=done,
        note=_NOTES[result],
        penalty_due=penalty,
        recorded_at=world.moment(done),
        recorded_by=file.updated_by,
    )


def _spending(world: World, file: PurchaseFile, years: range) -> list[PurchaseSpending]:
    category = _AGEC.get(file.families[0])
    if category is None or file.amount is None:
        return []
    rows = []
    for year in years:
        total = int(file.amount) // 3 * world.random.randint(7, 12) // 10
        rows.append(
            PurchaseSpending(
                file_id=file.id,
                year=year,
                category=category,
                total=Decimal(total),
                reused=Decimal(total * world.random.randint(5, 35) // 100),
                recycled=Decimal(total * world.random.randint(0, 20) // 100),
                donated=None,
                updated_at=world.moment(min(world.today, date(year, 12, 20))),
                updated_by=file.updated_by,
            )
        )
    return rows


async def fill(world: World) -> str:
    rows: list[Any] = []
    contracts = checks = 0
    for file in world.files:
        if file.launch_date is None or file.launch_date > world.today or not file.draft["items"]:
            continue
        timeline = _timeline(file, file.launch_date)
        rows.append(timeline)
        contracts += 1
        past = [one for one in _controls(file, timeline) if one.due and one.due <= world.today][:_MOST]
        # The last ones are late or still to come: a follow-up where all is done shows nothing.
        done = [one for one in past if world.chance(0.88)]
        rows += [_check(world, file, one) for one in done]
        checks += len(done)
        start = schedule_of(timeline, draft_of(file.draft)).start
        if start and start < world.today:
            rows += _spending(world, file, range(start.year, world.today.year + 1))
    await world.keep(*rows)
    return f"{contracts} marchés suivis, {checks} contrôles notés"
