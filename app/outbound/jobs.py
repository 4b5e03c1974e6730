"""Background jobs: rows of our own PostgreSQL, run by a worker inside the server or beside it (Procrastinate)."""

from typing import Any

from procrastinate import App, PsycopgConnector
from sqlalchemy.engine import make_url

from app.database.engine import psycopg_url


def unconnected() -> App:
    """Where the rooms' tasks are registered, once per process; `work` gives it a database."""
    return App(connector=PsycopgConnector())


def connector(url: str) -> PsycopgConnector:
    """The jobs' own small pool on the database, in the schema of their tables."""
    conninfo = make_url(psycopg_url(url)).set(drivername="postgresql").render_as_string(hide_password=False)
    return PsycopgConnector(conninfo=conninfo, min_size=1, max_size=8, kwargs={"options": "-c search_path=jobs"})


async def work(jobs: App, url: str, context: dict[str, Any], *, inside_server: bool) -> None:
    """Runs jobs until cancelled (inside the server) or until SIGTERM (beside it); a job in hand is finished."""
    with jobs.replace_connector(connector(url)) as connected:
        async with connected.open_async():
            await connected.run_worker_async(
                additional_context=context,
                # What waits for another server (letters, webhooks) must not keep the rest waiting.
                concurrency=4,
                install_signal_handlers=not inside_server,
                delete_jobs="successful",
                shutdown_graceful_timeout=10,
            )
