"""The import of published contracts: all of a file, or nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Integer, case, cast, extract, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Member
from app.law.families import family_of
from app.library import queries as library
from app.purchases.models_past import PastContract, PastImport
from app.purchases.past import PastFile
from app.purchases.past_summary import Counted

_BATCH: Final = 1000
_KEY: Final = ("organisation_id", "buyer", "ident")


async def keep(session: AsyncSession, actor: Member, read: PastFile, name: str, content: bytes) -> PastImport:
    made = PastImport(
        organisation_id=actor.organisation.id,
        file_name=name,
        sha256=sha256(content).hexdigest(),
        contracts=len(read.contracts),
        others=read.others,
        by=actor.person.id,
    )
    session.add(made)
    await session.flush()
    # In the order of the key: two imports at once never wait for each other in a ring.
    ordered = sorted(read.contracts, key=lambda one: (one.buyer, one.ident))
    for start in range(0, len(ordered), _BATCH):
        rows = [_row(asdict(one), made) for one in ordered[start : start + _BATCH]]
        put = insert(PastContract).values(rows)
        news = {name: put.excluded[name] for name in rows[0] if name not in _KEY}
        await session.execute(put.on_conflict_do_update(index_elements=_KEY, set_=news))
    audit.record(session, actor, "past.imported", made, {"contracts": made.contracts, "others": made.others})
    await session.refresh(made)
    return made


def _row(facts: dict[str, Any], made: PastImport) -> dict[str, Any]:
    del facts["line"]
    return {**facts, "organisation_id": made.organisation_id, "import_id": made.id}


def family_code(cpv: str) -> str:
    families = tuple(library.shelf().words.families.values())
    found = family_of(cpv, families) if cpv else None
    return found.code if found else ""


def family_labels() -> dict[str, str]:
    return {family.code: family.label for family in library.shelf().words.families.values()}


async def counted(session: AsyncSession, organisation_id: int) -> list[Counted]:
    """By year and CPV code: a few hundred lines, whatever the number of contracts."""
    year = cast(extract("year", PastContract.notified_on), Integer)
    asked = (
        select(
            year,
            PastContract.cpv,
            func.count(),
            func.count(PastContract.clause),
            _many(PastContract.clause.is_(True)),
            _many(PastContract.criterion.is_(True)),
            _many(PastContract.clause.is_(True) | PastContract.criterion.is_(True)),
            func.sum(PastContract.amount),
        )
        .where(PastContract.organisation_id == organisation_id)
        .group_by(year, PastContract.cpv)
    )
    return [Counted(*row) for row in (await session.execute(asked)).all()]


def _many(condition: Any) -> Any:  # noqa: ANN401 (SQLAlchemy's own expressions)
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


async def codes_of_family(session: AsyncSession, organisation_id: int, family: str) -> Sequence[str]:
    """The CPV codes of the organisation's contracts that belong to a family; « aucune » : to none."""
    asked = select(PastContract.cpv).where(PastContract.organisation_id == organisation_id).distinct()
    wanted = "" if family == "aucune" else family
    return [cpv for cpv in (await session.execute(asked)).scalars() if family_code(cpv) == wanted]
