"""The background work of analyses: the long ones, and the erasing of those that are over."""

from datetime import UTC, datetime

from procrastinate import Blueprint, JobContext

from app.documents.analysis import actions, store
from app.documents.analysis.refusals import AnalysisGone

jobs = Blueprint()


@jobs.task(name="analyse", pass_context=True)
async def analyse(context: JobContext, key: str) -> None:
    """A long file; erased meanwhile by its owner, there is nothing to do."""
    known = context.additional_context
    try:
        await actions.analyse(known["sessions"], known["clauses"], bytes.fromhex(key))
    except AnalysisGone:
        return


@jobs.periodic(cron="17 * * * *")
@jobs.task(name="erase_analyses", queueing_lock="erase_analyses", pass_context=True)
async def erase_analyses(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 (the tick)
    async with context.additional_context["sessions"]() as session, session.begin():
        await store.erase_expired(session, datetime.now(UTC))
