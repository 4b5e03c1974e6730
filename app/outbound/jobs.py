"""Background jobs: rows of our own PostgreSQL, run by a worker inside the server or beside it (Procrastinate)."""

import asyncio
import logging
from typing import Any, Final

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.database.engine import psycopg_url
from app.outbound.failures import keep_reason

logger = logging.getLogger(__name__)
LATE: Final = 600
"""Seconds that a job may be due before the operator hears of it."""
_AGAIN: Final = 2.0
"""Seconds between two tries to reach a lost database."""
_OLDEST: Final = text(
    "SELECT extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at))) FROM jobs.procrastinate_jobs j "
    "LEFT JOIN jobs.procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred' "
    "WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now()"
)


def unconnected() -> App:
    """Where the rooms' tasks are registered, once per process; `work` gives it a database."""
    return App(connector=PsycopgConnector())


def connector(url: str) -> PsycopgConnector:
    """The jobs' own small pool on the database, in the schema of their tables."""
    conninfo = make_url(psycopg_url(url)).set(drivername="postgresql").render_as_string(hide_password=False)
    return PsycopgConnector(
        conninfo=conninfo,
        min_size=1,
        max_size=8,
        kwargs={"options": "-c search_path=jobs", "connect_timeout": 2, "tcp_user_timeout": 3000},
    )


async def lateness(connection: AsyncConnection) -> str:
    """How late the jobs are, past ten minutes, or nothing."""
    try:
        async with connection.begin_nested():
            seconds = await connection.scalar(_OLDEST)
    except ProgrammingError:
        return ""  # no table of jobs yet: the schema says so by itself
    return "" if not seconds or seconds < LATE else f"les travaux de fond ont {round(seconds / 60)} min de retard"


async def work(jobs: App, url: str, context: dict[str, Any], grace: float = 10) -> None:
    """Runs jobs until cancelled; a job in hand has `grace` seconds to finish.

    Procrastinate's worker ends when it loses the database: it is started again until the database is back.
    """
    while True:
        try:
            with jobs.replace_connector(connector(url)) as connected:
                async with connected.open_async():
                    await connected.run_worker_async(
                        additional_context=context,
                        # What waits for another server (letters, webhooks) must not keep the rest waiting.
                        concurrency=4,
                        install_signal_handlers=False,
                        delete_jobs="successful",
                        shutdown_graceful_timeout=grace,
                        task_middleware=[keep_reason],
                    )
            logger.warning("jobs stopped, started again")
        except (ConnectorException, psycopg.Error, OSError) as error:
            logger.warning("jobs stopped, tried again: %s", type(error).__name__)
        await asyncio.sleep(_AGAIN)
