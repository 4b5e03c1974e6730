"""A job deferred in the transaction of the act that wants it: both are kept, or neither."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_DEFER = text("SELECT jobs.defer_job('default', :task, CAST(:args AS jsonb), :lock, :at)")


async def defer(
    session: AsyncSession,
    task: str,
    *,
    lock: str | None = None,
    at: datetime | None = None,
    **args: Any,  # noqa: ANN401 (whatever JSON the task takes)
) -> int:
    """Asks for `room:task` with these arguments. Jobs of one `lock` run one after the other; `at`: not before."""
    row = {"task": task, "args": json.dumps(args), "lock": lock, "at": at}
    return int((await session.execute(_DEFER, row)).scalar_one())
