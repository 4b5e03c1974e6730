"""The directory: from the parameters of a page to a need, and its figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, select, true
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession

from app.library.queries import shelf
from app.market import indexing, matching, queries
from app.market.models import Reach
from app.market.needs import Demand, Need
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

_CAPPED: Final = 500
"""Of the map: a hundred departments are counted at once."""


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
    """Of the rows that the count looks at: past twenty thousand, lower bounds too."""
    seen = await matching.tally(session, need)
    labels = shelf().words.levers
    return FirmFacets(
        count=CountOut(number=seen.count.number, how="exact" if seen.count.how == "exact" else "at_least"),
        levers=[
            FacetOut(code=code, label=labels[code].label, count=seen.holding(indexing.bits_of([code])))
            for code in indexing.levers()
        ],
        statuses=[
            FacetOut(code=code, label=label, count=seen.holding(TRAITS[code])) for code, label in STATUS_LABELS.items()
        ],
    )


def by_department(family: str) -> Select[str, int]:
    """Firms under each department's key and under the country's, up to a bound each."""
    named = func.unnest(array([*departments(), EVERYWHERE])).table_valued("place").render_derived()
    here = (Reach.family == (family or ANY), Reach.place == named.c.place)
    some = select(Reach.organisation_id).where(*here).limit(_CAPPED).correlate(named).subquery()
    counted = select(func.count().label("firms")).select_from(some).lateral()
    return select(named.c.place, counted.c.firms).select_from(named).join(counted, true())


async def departments_of(session: AsyncSession, family: str) -> list[DepartmentFirms]:
    """Firms that work in each department, those of the whole country included, up to a bound each."""
    counts = {place: int(firms) for place, firms in await session.execute(by_department(family))}
    everywhere = counts[EVERYWHERE]
    return [
        DepartmentFirms(
            code=code,
            name=departments()[code].name,
            firms=min(counts[code] + everywhere, _CAPPED),
            capped=counts[code] + everywhere >= _CAPPED,
        )
        for code in departments()
    ]
