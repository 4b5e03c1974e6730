"""Background jobs that failed: why, and what an administrator does of them, try again or give up."""

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

from procrastinate import JobContext
from procrastinate.worker import Worker
from sqlalchemy import Row, delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.outbound.models import JobFailure

_OURS: Final = Path(__file__).parents[1]
# The functions that follow a job's state name their tables without a schema.
_HERE: Final = text("SELECT set_config('search_path', 'jobs,' || current_setting('search_path'), true)")
_FAILED: Final = text(
    "SELECT j.id, j.task_name, j.attempts, f.reason, "
    "coalesce(f.at, (SELECT max(e.at) FROM jobs.procrastinate_events e WHERE e.job_id = j.id), now()) AS at "
    "FROM jobs.procrastinate_jobs j LEFT JOIN public.job_failure f ON f.job_id = j.id "
    "WHERE j.status = 'failed' AND j.id < :before ORDER BY j.id DESC LIMIT :most"
)
_RETRY: Final = text(
    "UPDATE jobs.procrastinate_jobs j SET status = 'todo', scheduled_at = now() "
    "WHERE id = :id AND status = 'failed' AND NOT EXISTS (SELECT FROM jobs.procrastinate_jobs o "
    "WHERE o.status = 'todo' AND o.queueing_lock = j.queueing_lock) RETURNING id"
)
_GIVE_UP: Final = text("DELETE FROM jobs.procrastinate_jobs WHERE id = :id AND status = 'failed' RETURNING id")


def reason_of(error: BaseException) -> str:
    """What broke and where in our code; never the message, which may hold an address or what somebody wrote."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename != __file__]
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_OURS)]
    where = f", {Path(ours[-1].filename).relative_to(_OURS)} ligne {ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{where}"[:200]


async def keep_reason(call: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:  # noqa: ANN401
    """Around every job: a failure is kept before the queue hears of it."""
    del worker
    try:
        return await call()
    except Exception as error:
        with contextlib.suppress(SQLAlchemyError, OSError):
            async with context.additional_context["sessions"]() as session, session.begin():
                said = {"job_id": context.job.id, "reason": reason_of(error)}
                kept = insert(JobFailure).values(said)
                kept = kept.on_conflict_do_update(index_elements=["job_id"], set_=said | {"at": text("now()")})
                await session.execute(kept)
        raise


async def failed(session: AsyncSession, *, before: int, most: int) -> Sequence[Row[Any]]:
    """(id, task_name, attempts, reason, at), the newest first."""
    return (await session.execute(_FAILED, {"before": before, "most": most})).all()


async def retry(session: AsyncSession, ident: int) -> bool:
    """False: it is not failed, or the same work already waits."""
    await session.execute(_HERE)
    return (await session.execute(_RETRY, {"id": ident})).scalar_one_or_none() is not None


async def give_up(session: AsyncSession, ident: int) -> bool:
    await session.execute(_HERE)
    gone = (await session.execute(_GIVE_UP, {"id": ident})).scalar_one_or_none() is not None
    await session.execute(delete(JobFailure).where(JobFailure.job_id == ident))
    return gone
