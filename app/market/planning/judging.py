"""What the law, the library, the market and the charter say of each coming purchase of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from anyio import to_thread
from sqlalchemy.ext.asyncio import AsyncSession

from app.documents.schemas import BasketItemIn
from app.documents.selection import select
from app.law.conditions import Case
from app.law.facts import Law
from app.law.families import with_families
from app.law.purchase import Buyer, Purchase
from app.law.rules import assess
from app.law.rules_charter import charter_findings
from app.law.vocabulary import BuyerKind
from app.library.published import PublishedClause
from app.library.queries import shelf
from app.library.recommend import recommend
from app.library.understood import families_guessed
from app.market import depth_words as words
from app.market import feasibility, queries, queries_depth
from app.market.planning import rules
from app.market.planning.reading import PlanLine
from app.market.planning.schemas import (
    PlanCharterOut,
    PlanClauseOut,
    PlanDepthOut,
    PlanDutyOut,
    PlanFamilyOut,
    PlanLineOut,
    PlanSourcingOut,
)
from app.market.schemas_depth import DemandIn, FeasibilityIn, FeasibilityOut
from app.purchases.checking import basket_clauses
from app.text.typography import french


@dataclass(frozen=True, slots=True)
class Judged:
    """What needs no database: the families, the duties, the clauses proposed, the charter."""

    families: tuple[str, ...]
    guessed: bool
    duties: list[PlanDutyOut]
    clauses: list[PlanClauseOut]
    charter: PlanCharterOut


async def judge(session: AsyncSession, law: Law, lines: Sequence[PlanLine], kind: BuyerKind) -> list[PlanLineOut]:
    return [await _line(session, line, await to_thread.run_sync(_judged, law, line, kind)) for line in lines]


def _judged(law: Law, line: PlanLine, kind: BuyerKind) -> Judged:
    given = Purchase(
        object=line.title,
        launch_date=line.launch,
        cpv=line.cpv,
        nature=line.nature,
        estimated_value=line.amount,
        buyer=Buyer(kind=kind),
        duration_months=line.duration_months,
    )
    purchase = with_families(given, law.families)
    guessed = not purchase.families
    if guessed:
        purchase = replace(purchase, families=_guess(line.title))
    duties = assess(purchase, law, queries.today())
    chosen = [item.clause for item in recommend(purchase, duties, law, shelf().active).items if item.preselected]
    return Judged(
        families=purchase.families,
        guessed=guessed,
        duties=[
            PlanDutyOut(code=d.code, title=d.title, strength=d.strength, applies=d.applicability == "applies")
            for d in duties
            if d.applicability != "not_applicable"
        ],
        clauses=[PlanClauseOut(id=c.id, title=c.record.title, level=c.record.level) for c in chosen],
        charter=_charter(purchase, law, chosen),
    )


def _guess(title: str) -> tuple[str, ...]:
    held = shelf()
    return tuple(one.code for one in families_guessed(held.index.reader.read(title), held)[:1])


def _charter(purchase: Purchase, law: Law, chosen: Sequence[PublishedClause]) -> PlanCharterOut:
    """Of the clauses proposed, as written: the buyer still chooses."""
    items = [BasketItemIn(clause_id=clause.id, values={}, blank=[], lots=[]) for clause in chosen]
    written = {n: replace(clause, record=clause.as_written, written=None) for n, clause in enumerate(chosen)}
    picked = select(items, written, []).clauses
    basket = [each for clause in picked for each in basket_clauses(clause, law, purchase.launch_date)]
    found = charter_findings(Case(purchase, law), law.charter, basket, {})
    asked = [one for one in found if one.status in {"covered", "missing"}]
    missing = [french(one.title) for one in asked if one.status == "missing"]
    return PlanCharterOut(kept=len(asked) - len(missing), asked=len(asked), missing=missing)


async def _line(session: AsyncSession, line: PlanLine, judged: Judged) -> PlanLineOut:
    labels = {family.code: family.label for family in shelf().words.families.values()}
    depth, sourcing = await _market(session, line, judged) if judged.families else (None, None)
    return PlanLineOut(
        number=line.number,
        title=line.title,
        cpv=list(line.cpv),
        nature=line.nature,
        amount=None if line.amount is None else float(line.amount),
        launch=line.launch,
        departments=list(line.departments),
        duration_months=line.duration_months,
        families=[PlanFamilyOut(code=code, label=labels.get(code, code)) for code in judged.families],
        guessed=judged.guessed and bool(judged.families),
        duties=judged.duties,
        clauses=judged.clauses,
        depth=depth,
        sourcing=sourcing,
        charter=judged.charter,
        programme=None,
    )


async def _market(session: AsyncSession, line: PlanLine, judged: Judged) -> tuple[PlanDepthOut, PlanSourcingOut]:
    places = list(line.departments)
    covering = await queries_depth.firms_covering(session, judged.families[0], places)
    joint: FeasibilityOut | None = None
    if judged.clauses:
        demands = [DemandIn(clause=clause.id) for clause in judged.clauses]
        asked = FeasibilityIn(items=demands, departments=places)
        joint = await feasibility.feasibility_of(session, asked, relax=False)
    firms = (joint.joint.firms if joint else None) or 0
    told = rules.advice(covering=covering, joint=firms, clauses=len(judged.clauses), launch=line.launch)
    return PlanDepthOut(
        territory=words.territory(places),
        covering=words.figure(covering),
        joint=joint.joint if joint else words.figure(0),
        blocking_words=joint.blocking_words if joint else "",
    ), PlanSourcingOut(need=told.need, words=told.words, start_by=told.start_by)
