"""Jobs whose worker died while it held them: given back to the living ones."""

import logging
from typing import Final

from procrastinate import App, Blueprint, JobContext
from procrastinate.exceptions import ConnectorException

jobs = Blueprint()
SILENT_SECONDS: Final = 90
"""A worker says that it lives every ten seconds."""
logger = logging.getLogger(__name__)


@jobs.periodic(cron="*/2 * * * *")
@jobs.task(name="rescue", queueing_lock="rescue_jobs", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    del timestamp
    await give_back(context.app)


async def give_back(app: App, seconds: float = SILENT_SECONDS) -> int:
    """Every job is written to be run twice: what it did is in the database, or was not done."""
    given = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
        try:
            await app.job_manager.retry_job(job)
        except ConnectorException:  # another worker did it at the same time
            logger.info("job %s was already given back", job.id)
        else:
            given += 1
    return given
