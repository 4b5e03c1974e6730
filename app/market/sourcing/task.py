"""How far the task « Sourcer » of a file is: what its sourcings say."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.market.sourcing.models import Sourcing
from app.purchases.queries import STEP_PROBES
from app.purchases.rules_tasks import TaskState


async def progress(session: AsyncSession, file_ids: Sequence[int]) -> Mapping[int, TaskState]:
    """Done when the result of one is published; a withdrawn sourcing says nothing."""
    asked = select(Sourcing.file_id, Sourcing.result_at).where(
        Sourcing.file_id.in_(file_ids), Sourcing.withdrawn_at.is_(None)
    )
    found: dict[int, TaskState] = {}
    for file_id, result_at in await session.execute(asked):
        if file_id is not None and found.get(file_id) != "done":
            found[file_id] = "done" if result_at else "started"
    return found


STEP_PROBES["sourcer"] = progress
