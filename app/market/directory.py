"""The directory: from the parameters of a page to a need, and its figures."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.library.queries import shelf
from app.market import indexing, matching, queries, spreading
from app.market.needs import Demand, Need
from app.market.places import departments
from app.market.rules import EVERYWHERE, TRAITS
from app.market.schemas import (
    CountOut,
    DepartmentFirms,
    FacetOut,
    FirmFacets,
    FirmQuery,
    FirmSummary,
)
from app.market.shaping import STATUS_LABELS, department_name, statuses


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


async def departments_of(session: AsyncSession, need: Need) -> list[DepartmentFirms]:
    """Firms of a search that work in each department, those of the whole country included; never fewer than said."""
    rows = await session.execute(spreading.by_department(need, await matching.driven(session, need.anywhere())))
    counts = {place: (int(kept), bool(whole)) for place, kept, whole in rows}
    everywhere, all_of_it = counts.get(EVERYWHERE, (0, True))
    found = []
    for code, one in departments().items():
        kept, whole = counts[code]
        firms, exact = kept + everywhere, whole and all_of_it and kept + everywhere <= spreading.CAPPED
        found.append(
            DepartmentFirms(code=code, name=one.name, firms=min(firms, spreading.CAPPED), capped=not exact),
        )
    return found
