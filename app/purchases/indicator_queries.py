"""The facts that the indicators count, read from saved files and their follow-up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Organisation
from app.law.facts import Family
from app.law.families import family_of
from app.law.vocabulary import Kind
from app.library import queries as library
from app.purchases.drafts import number_of
from app.purchases.followup import Result, kept
from app.purchases.indicators import (
    AgecAmount,
    ClauseFacts,
    Dimension,
    FileFacts,
    Indicators,
    add_amounts,
    group,
)
from app.purchases.models import PurchaseFile
from app.purchases.models_follow_up import PurchaseCheck, PurchaseSpending
from app.purchases.rules import FileState

_DAY = func.coalesce(PurchaseFile.launch_date, cast(PurchaseFile.created_at, Date))
"""A file without a launch date counts from the day it was made."""
Conditions = Sequence[ColumnElement[bool]]
Results = Mapping[tuple[int, str], Sequence[Result]]


async def indicators(
    session: AsyncSession,
    *,
    by: Sequence[Dimension] = (),
    organisation_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Indicators:
    """The files of one organisation, or of all, launched between two days (both included), grouped by `by`.

    Files in the bin do not count. AGEC amounts are those of the same files, whatever the year they were spent in.
    """
    counted = _counted(organisation_id, since, until)
    files = await _files(session, counted)
    amounts = await _amounts(session, counted)
    return Indicators(group(files, by), add_amounts(amounts))


def _counted(organisation_id: int | None, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Which files count."""
    found: list[ColumnElement[bool]] = [PurchaseFile.state != FileState.DELETED]
    if organisation_id is not None:
        found.append(PurchaseFile.organisation_id == organisation_id)
    if since is not None:
        found.append(since <= _DAY)
    if until is not None:
        found.append(until >= _DAY)
    return found


async def _files(session: AsyncSession, counted: Conditions) -> list[FileFacts]:
    columns = (
        PurchaseFile.id,
        PurchaseFile.organisation_id,
        Organisation.department,
        _DAY,
        PurchaseFile.families,
        PurchaseFile.cpv,
        PurchaseFile.draft["items"],
    )
    asked = select(*columns).join(Organisation, Organisation.id == PurchaseFile.organisation_id)
    rows = (await session.execute(asked.where(*counted).order_by(PurchaseFile.id))).all()
    results = await _results(session, counted)
    known = tuple(library.shelf().words.families.values())
    return [
        FileFacts(ident, owner, department, day, _families(families, cpv, known), _clauses(ident, items, results))
        for ident, owner, department, day, families, cpv, items in rows
    ]


def _families(chosen: Sequence[str], cpv: Iterable[str], known: tuple[Family, ...]) -> tuple[str, ...]:
    """Those that the buyer chose, else what the CPV codes say."""
    found = [family.code for code in cpv if (family := family_of(code, known))]
    return tuple(dict.fromkeys(chosen or found))


def _clauses(file_id: int, items: Sequence[Mapping[str, Any]] | None, results: Results) -> tuple[ClauseFacts, ...]:
    """Kinds and levers of the current library: a clause keeps them from one version to the next."""
    facts = []
    for item in items or ():
        clause = library.shelf().clause(item["clauseId"])
        if clause is None:
            continue
        record, recorded = clause.record, results.get((file_id, clause.id), ())
        facts.append(
            ClauseFacts(
                clause_id=clause.id,
                kind=record.kind,
                levers=tuple(record.levers),
                level=record.level,
                environmental=record.environmental,
                weight=_weight(item, record.scoring.weight_default if record.scoring else 0)
                if record.kind is Kind.AWARD_CRITERION
                else None,
                to_check=record.control is not None,
                checked=bool(recorded),
                kept=kept(recorded),
            )
        )
    return tuple(facts)


def _weight(item: Mapping[str, Any], default: int) -> Decimal:
    typed = number_of(str(item.get("weight") or ""))
    return typed if typed is not None and 0 < typed <= 100 else Decimal(default)  # noqa: PLR2004 (percent)


async def _results(session: AsyncSession, counted: Conditions) -> Results:
    asked = select(PurchaseCheck.file_id, PurchaseCheck.clause_id, PurchaseCheck.result).join(
        PurchaseFile, PurchaseFile.id == PurchaseCheck.file_id
    )
    found: dict[tuple[int, str], list[Result]] = {}
    for file_id, clause_id, result in (await session.execute(asked.where(*counted))).all():
        found.setdefault((file_id, clause_id), []).append(result)
    return found


async def _amounts(session: AsyncSession, counted: Conditions) -> list[AgecAmount]:
    asked = select(
        PurchaseFile.organisation_id,
        PurchaseSpending.year,
        PurchaseSpending.category,
        func.count(),
        func.sum(PurchaseSpending.total),
        func.sum(PurchaseSpending.reused),
        func.sum(PurchaseSpending.recycled),
        func.sum(PurchaseSpending.donated),
    ).join(PurchaseFile, PurchaseFile.id == PurchaseSpending.file_id)
    grouped = asked.where(*counted).group_by(
        PurchaseFile.organisation_id, PurchaseSpending.year, PurchaseSpending.category
    )
    return [AgecAmount(*row) for row in (await session.execute(grouped)).all()]
