"""The directory: from the parameters of a page to a need, and its figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.library.queries import shelf
from app.market import indexing, matching, queries
from app.market.matching import Demand, Need
from app.market.models import Reach
from app.market.places import departments
from app.market.rules import ANY, EVERYWHERE, TRAITS
from app.market.schemas import (
    CountOut,
    DepartmentFirms,
    FacetOut,
    FirmFacets,
    FirmQuery,
    FirmSummary,
)
from app.market.shaping import STATUS_LABELS, department_name, statuses

_FACETED: Final = 5000
_CAPPED: Final = 1000


def need_of(asked: FirmQuery, *, since: datetime | None = None) -> Need:
    traits = sum(TRAITS[code] for code in set(asked.status)) | (TRAITS["proof"] if asked.proof else 0)
    return Need(
        today=queries.today(),
        family=asked.family or (indexing.family_of_cpv(asked.cpv) if asked.cpv else ""),
        departments=tuple(dict.fromkeys(asked.department)),
        traits=traits,
        any_traits=indexing.bits_of(asked.lever),
        cpv=asked.cpv,
        words=tuple(indexing.words_in(asked.q)),
        demands=tuple(Demand(clause, asked.level) for clause in dict.fromkeys(asked.clause)),
        category=asked.size,
        since=since,
    )


async def summaries(session: AsyncSession, need: Need, found: Sequence[matching.Match]) -> list[FirmSummary]:
    idents = [match.organisation_id for match in found]
    rows = await queries.firms(session, idents)
    met = await queries.met_by(session, need, idents)
    proven = await queries.proven(session, idents)
    return [
        FirmSummary(
            siret=row.siret,
            name=row.name,
            department=row.department,
            department_name=department_name(row.department),
            description=row.description[:300],
            families=row.families,
            levers=row.levers,
            statuses=statuses(row),
            proof=row.organisation_id in proven,
            reasons=matching.reasons(match, need, met.get(match.organisation_id, ())),
        )
        for match in found
        if (row := rows.get(match.organisation_id))
    ]


async def facets(session: AsyncSession, need: Need) -> FirmFacets:
    count = await matching.count(session, need)
    known = indexing.levers()
    row = Reach
    parts = [
        select(row.traits)
        .where(row.family == (need.family or ANY), row.place == place, *matching.conditions(need, row))
        .limit(_FACETED)
        for place in matching.keys(need)
    ]
    looked_at = union_all(*(select(part.subquery()) for part in parts)).subquery()
    grouped = await session.execute(select(looked_at.c.traits, func.count()).group_by(looked_at.c.traits))
    held = [(int(bits), int(firms)) for bits, firms in grouped]

    def holding(bit: int) -> int:
        return sum(firms for bits, firms in held if bits & bit)

    labels = shelf().words.levers
    return FirmFacets(
        count=CountOut(number=count.number, how="exact" if count.how == "exact" else "at_least"),
        levers=[
            FacetOut(code=code, label=labels[code].label, count=holding(indexing.bits_of([code]))) for code in known
        ],
        statuses=[
            FacetOut(code=code, label=label, count=holding(TRAITS[code])) for code, label in STATUS_LABELS.items()
        ],
    )


async def by_department(session: AsyncSession, family: str) -> list[DepartmentFirms]:
    """Firms that work in each department, those of the whole country included, up to a thousand each."""
    row = Reach

    def counted(place: str) -> object:
        some = (
            select(row.organisation_id)
            .where(row.family == (family or ANY), row.place == place)
            .limit(_CAPPED)
            .subquery()
        )
        return select(func.count()).select_from(some).scalar_subquery().label(f"p{place}")

    names = [*departments(), EVERYWHERE]
    counts = (await session.execute(select(*(counted(place) for place in names)))).one()  # type: ignore[call-overload]
    everywhere = int(counts[-1])
    return [
        DepartmentFirms(
            code=code,
            name=departments()[code].name,
            firms=min(int(number) + everywhere, _CAPPED),
            capped=int(number) + everywhere >= _CAPPED,
        )
        for code, number in zip(names[:-1], counts[:-1], strict=True)
    ]
