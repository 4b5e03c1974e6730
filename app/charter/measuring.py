"""What the files of an organisation say, read for the rules: by quarter for progress, by category for AGEC."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import State

from app.accounts.sessions import now
from app.charter import queries
from app.charter.models import CharterFigure
from app.charter.respect import judged
from app.charter.rules import quarter_of_month, quarters
from app.charter.rules_progress import Declared, Judged, Measured, Progress, progress
from app.law.facts import Law
from app.network.queries import trained_by
from app.purchases import queries as purchases
from app.purchases.indicators import Dimension
from app.purchases.models import PurchaseFile
from app.purchases.rules import FileState

_PARIS: Final = ZoneInfo("Europe/Paris")


async def files_of_year(session: AsyncSession, organisation_id: int, year: int) -> list[PurchaseFile]:
    asked = select(PurchaseFile).where(
        PurchaseFile.organisation_id == organisation_id,
        PurchaseFile.state != FileState.DELETED,
        PurchaseFile.launch_date.between(date(year, 1, 1), date(year, 12, 31)),
    )
    return list((await session.execute(asked.order_by(PurchaseFile.id))).scalars())


async def measured(session: AsyncSession, state: State, organisation_id: int, year: int, law: Law) -> Measured:
    found = await judged(session, state.sessions, await files_of_year(session, organisation_id, year), law)
    rows = [
        Judged(
            quarter_of_month(one.file.launch_date.year, one.file.launch_date.month),
            finding.rule,
            met=finding.status == "covered" and not finding.justified,
        )
        for one in found
        if one.file.launch_date
        for finding in one.findings
        if finding.status in {"covered", "missing"}
    ]
    weight: dict[str, Decimal | None] = {}
    checked: dict[str, Decimal | None] = {}
    since, until = date(year, 1, 1), date(year, 12, 31)
    by: tuple[Dimension, ...]
    for by in (("quarter",), ()):
        of = await purchases.indicators(session, by=by, organisation_id=organisation_id, since=since, until=until)
        for group in of.groups:
            period = group.quarter or str(year)
            weight[period], checked[period] = group.average_weight, group.checked_share
    ends = period_ends(year)
    begun = {period: span for period, span in ends.items() if span[0] <= now()}
    trained = await trained_by(session, organisation_id, state.settings.clauses, begun)
    return Measured(rows, weight, checked, trained)


def period_ends(year: int) -> dict[str, tuple[datetime, datetime]]:
    """Each quarter, and the year: its first instant and the one that it stops before."""
    starts = [datetime(year, month, 1, tzinfo=_PARIS) for month in (1, 4, 7, 10)]
    ends = [*starts[1:], datetime(year + 1, 1, 1, tzinfo=_PARIS)]
    return {**dict(zip(quarters(year), zip(starts, ends, strict=True), strict=True)), str(year): (starts[0], ends[-1])}


def declared_of(row: CharterFigure) -> Declared:
    return Declared(row.id, row.version, row.value, row.note, row.proof_name)


async def progress_of(session: AsyncSession, state: State, organisation_id: int, year: int, law: Law) -> list[Progress]:
    """`state`: of the application (its sessions, and the folder of the content that its settings name)."""
    figures = await queries.figures(session, organisation_id, [year])
    found = await measured(session, state, organisation_id, year, law)
    return progress(law.charter, year, found, {key: declared_of(row) for key, row in figures.items()})
