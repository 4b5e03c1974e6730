"""The library's background work."""

import logging

from procrastinate import Blueprint, JobContext

from app.library.load import load

jobs = Blueprint()
logger = logging.getLogger(__name__)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="load_clauses", queueing_lock="load_clauses", pass_context=True)
async def load_clauses(context: JobContext, timestamp: int) -> str:
    """Loads the clauses folder again: an operator who changes a file needs no restart (ten minutes at most)."""
    with_sessions, folder = context.additional_context["sessions"], context.additional_context["clauses"]
    async with with_sessions() as session, session.begin():
        report = str(await load(session, folder))
    logger.info("clauses loaded (tick %s): %s", timestamp, report)
    return report
