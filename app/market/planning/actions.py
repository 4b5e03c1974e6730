"""What a buyer does with a plan: has it checked, checks it again, announces its purchases, prepares a sourcing."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Member
from app.accounts.sessions import now
from app.law.facts import Law
from app.law.vocabulary import BuyerKind
from app.library.queries import shelf
from app.market import programmes, queries
from app.market.models import Programme
from app.market.planning import judging, rules
from app.market.planning.models import PurchasePlan
from app.market.planning.reading import PlanLine, PlanRead
from app.market.planning.schemas import PlanLineOut, PlanProgrammesIn, PlanProgrammesOut
from app.market.rules import Status
from app.market.schemas_programmes import ProgrammeIn
from app.market.sourcing import actions as sourcing
from app.market.sourcing.models import Sourcing
from app.web.problems import FieldError, Invalid, NotFound

GONE = "Ce plan n’existe pas, ou n’est pas de votre organisation."


async def own(session: AsyncSession, ident: int, member: Member, *, to_write: bool = False) -> PurchasePlan:
    asked = select(PurchasePlan).where(PurchasePlan.id == ident, PurchasePlan.organisation_id == member.organisation.id)
    if to_write:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise NotFound(GONE)
    return row


async def keep(  # noqa: PLR0913, PLR0917 (the facts of a plan)
    session: AsyncSession, member: Member, law: Law, read: PlanRead, kind: BuyerKind, name: str
) -> PurchasePlan:
    judged = await judging.judge(session, law, read.lines, kind)
    row = PurchasePlan(
        organisation_id=member.organisation.id,
        file_name=name,
        buyer_kind=kind,
        count=len(judged),
        ignored=list(read.ignored),
        lines=[line.model_dump(mode="json") for line in judged],
        programmes={},
        created_by=member.person.id,
        judged_at=now(),
    )
    session.add(row)
    await session.flush()
    audit.record(session, member, "plan.checked", row, {"lines": row.count})
    await session.refresh(row)
    return row


def lines_of(row: PurchasePlan) -> list[PlanLineOut]:
    return [
        PlanLineOut.model_validate({**line, "programme": row.programmes.get(str(line["number"]))}) for line in row.lines
    ]


def _as_read(line: PlanLineOut) -> PlanLine:
    return PlanLine(
        number=line.number,
        title=line.title,
        launch=line.launch,
        cpv=tuple(line.cpv),
        amount=None if line.amount is None else Decimal(str(line.amount)),
        departments=tuple(line.departments),
        nature=line.nature,
        duration_months=line.duration_months,
    )


async def check_again(session: AsyncSession, member: Member, law: Law, row: PurchasePlan) -> None:
    """With the law, the library and the market of today."""
    judged = await judging.judge(session, law, [_as_read(line) for line in lines_of(row)], BuyerKind(row.buyer_kind))
    row.lines, row.judged_at = [line.model_dump(mode="json") for line in judged], now()
    await session.flush()
    audit.record(session, member, "plan.checked", row, {"lines": row.count})


def _picked(row: PurchasePlan, numbers: Sequence[int]) -> list[PlanLineOut]:
    held = {line.number: line for line in lines_of(row)}
    errors = [
        FieldError(pointer=f"/lines/{n}", detail=f"Le plan n’a pas d’achat à la ligne {number}.")
        for n, number in enumerate(numbers)
        if number not in held
    ]
    if errors:
        raise Invalid(errors[0].detail, errors)
    return [held[number] for number in dict.fromkeys(numbers)]


def _faults(place: int, line: PlanLineOut, today: date, *, published: bool) -> list[FieldError]:
    said = []
    if not line.families:
        said.append(f"Ligne {line.number} : aucune famille d’achat ; ajoutez un code CPV au fichier.")
    if published and line.launch.replace(day=1) < today.replace(day=1):
        said.append(f"Ligne {line.number} : ce mois est passé ; annoncez un achat à venir.")
    return [FieldError(pointer=f"/lines/{place}", detail=one) for one in said]


async def announce(
    session: AsyncSession, member: Member, row: PurchasePlan, asked: PlanProgrammesIn
) -> PlanProgrammesOut:
    """All the lines asked for become purchases of the programme, or none; those announced before stay as they are."""
    picked, today = _picked(row, asked.lines), queries.today()
    fresh = [line for line in picked if line.programme is None]
    published = asked.status == "published"
    faults = [one for n, line in enumerate(fresh) for one in _faults(n, line, today, published=published)]
    if faults:
        raise Invalid("Rien n’a été annoncé : des lignes sont à corriger.", faults)
    made = dict(row.programmes)
    for line in fresh:
        programme = Programme(organisation_id=member.organisation.id)
        programmes.fill(programme, _programme(line, Status(asked.status)), today)
        session.add(programme)
        await session.flush()
        made[str(line.number)] = programme.id
    row.programmes = made
    audit.record(session, member, "plan.announced", row, {"lines": len(fresh), "status": asked.status})
    await session.flush()
    said = "achat annoncé" if published else "brouillon préparé"
    plural = said if len(fresh) < 2 else " ".join(f"{word}s" for word in said.split())  # noqa: PLR2004
    return PlanProgrammesOut(made=len(fresh), already=len(picked) - len(fresh), detail=f"{len(fresh)} {plural}.")


def _programme(line: PlanLineOut, status: Status) -> ProgrammeIn:
    return ProgrammeIn(
        title=line.title,
        families=[family.code for family in line.families][:10],
        cpv=line.cpv,
        departments=line.departments,
        amount_band=rules.band_of(None if line.amount is None else Decimal(str(line.amount))),
        expected_on=line.launch,
        status=status,
    )


async def prepare_sourcing(session: AsyncSession, member: Member, row: PurchasePlan, number: int) -> Sourcing:
    """The draft of a sourcing that asks about the clauses proposed for the line."""
    (line,) = _picked(row, [number])
    made = await sourcing.create(session, member, line.title, None)
    made.need, made.cpv = line.title, line.cpv
    made.families, made.departments = [family.code for family in line.families][:10], line.departments
    made.launch_date = line.launch
    asked = [
        {
            "id": clause.id.lower(),
            "text": clause.title[:500],
            "clause_id": clause.id,
            "clause_version": held.version,
            "level": clause.level,
        }
        for clause in line.clauses
        if (held := shelf().clause(clause.id))
    ]
    made.questions = [*asked, *made.questions]
    await session.flush()
    return made
