"""What other rooms may ask of the network."""

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
