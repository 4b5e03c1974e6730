"""What other rooms may ask of the network."""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from app.network import rules
from app.network.progress import TrainedShare, buyers_progress, path_of


async def trained_share(session: AsyncSession, organisation_id: int, clauses: Path) -> TrainedShare:
    """« 100 % des acheteurs formés » (commitment C9): buyers who passed every module of their path.

    `clauses`: the folder of the content (`request.app.state.settings.clauses`).
    """
    path = path_of(clauses, "acheteurs")
    minutes = {module.code: module.minutes for module in path}
    people = await buyers_progress(session, organisation_id)
    return TrainedShare(
        trained=rules.trained(people, list(minutes)),
        buyers=len(people),
        minutes=sum(minutes.get(code, 0) for passed in people.values() for code in passed),
    )


async def trained_by(
    session: AsyncSession, organisation_id: int, clauses: Path, periods: Mapping[str, tuple[datetime, datetime]]
) -> dict[str, tuple[Decimal, Decimal]]:
    """Period → percent of today's buyers who had passed the whole path when it ended, hours of what they passed in it.

    Nothing of the time before anybody of the organisation passed a module: it is not known, which is not zero.
    """
    minutes = {module.code: module.minutes for module in path_of(clauses, "acheteurs")}
    people = await buyers_progress(session, organisation_id)
    days = [(code, at) for passed in people.values() for code, at in passed.items() if code in minutes]
    first = min((at for _, at in days), default=None)
    found = {}
    for period, (start, end) in periods.items():
        if first is None or first >= end:
            continue
        by_then = {who: [code for code, at in passed.items() if at < end] for who, passed in people.items()}
        share = Decimal(rules.trained(by_then, list(minutes)) * 100) / len(people)
        spent = Decimal(sum(minutes[code] for code, at in days if start <= at < end)) / 60
        found[period] = (share.quantize(Decimal(1), ROUND_DOWN), spent.quantize(Decimal("0.1")))
    return found
