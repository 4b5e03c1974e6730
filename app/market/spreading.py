"""A search spread over the departments: how many of its firms work in each, in one bounded statement.

Where every filter is in the rows of a range (family, statuses, levers, one clause), each department gives the first
rows of its own range. Where a filter is looked up elsewhere (words, CPV, size, several clauses), the first firms found
in the country are laid on the departments. Both read a bounded number of rows: past it, counts are lower bounds.
"""

from typing import Any, Final

from sqlalchemy import Select, String, and_, cast, func, literal, select, true
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import TableValuedAlias

from app.market.matching import LOOKED_UP
from app.market.models import Capability, Firm
from app.market.needs import Need
from app.market.places import departments
from app.market.rules import EVERYWHERE
from app.market.walks import Drive, at, walks

CAPPED: Final = 500
"""Firms of a department past which the map counts no more: a hundred departments are counted at once."""
_LAID: Final = LOOKED_UP // 2
"""Firms found in the country that are laid on the departments."""


def by_department(need: Need, by: Drive) -> Select[Any]:
    """(department or « FR », firms kept, whether it is all of them); the departments asked for are left aside."""
    country = need.anywhere()
    if country.words or country.cpv or country.category or country.since or len(country.demands) > 1:
        return _laid(country, by)
    return _ranges(country, by)


def _places(*more: str) -> TableValuedAlias:
    return func.unnest(array([*departments(), *more])).table_valued("place").render_derived()


def _ranges(need: Need, by: Drive) -> Select[Any]:
    """Firms of the whole country stand under « FR »: the caller adds them to every department."""
    named = _places(EVERYWHERE)
    # A bound on the rows read, one more than what is counted when nothing is left out.
    rows = 2 * CAPPED if need.traits or need.any_traits or need.demands else CAPPED + 1
    seen = at(need, by, named.c.place).looked_at().limit(rows).correlate(named).subquery()
    counted = select(
        func.count().filter(seen.c.kept).label("kept"), (func.count() < rows).label("whole")
    ).select_from(seen).lateral()  # fmt: skip
    return select(named.c.place, counted.c.kept, counted.c.whole).select_from(named).join(counted, true())


def _laid(need: Need, by: Drive) -> Select[Any]:
    """Each firm found, wherever it and all the clauses asked hold."""
    (walk,) = walks(need, by)
    seen = walk.looked_at().limit(_LAID).cte("seen")
    named = _places()
    reached = cast(array([named.c.place, literal(EVERYWHERE)]), ARRAY(String(3)))
    held = [Firm.places.op("&&")(reached)]
    found = select(seen.c.firm).select_from(seen).join(Firm, Firm.organisation_id == seen.c.firm).where(seen.c.kept)
    for demand in need.demands:
        one = aliased(Capability)
        same = (one.organisation_id == seen.c.firm, one.clause_id == demand.clause_id, one.withdrawn_at.is_(None))
        found = found.join(one, and_(*same))
        held.append(one.places.op("&&")(reached))
    here = found.where(*held).correlate(named).subquery()
    kept = select(func.count()).select_from(here).scalar_subquery()
    whole = select(func.count() < _LAID).select_from(seen).scalar_subquery()
    return select(named.c.place, kept, whole).select_from(named)
