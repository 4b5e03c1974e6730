"""A job is a row of the database: it runs once, and is gone when it succeeded."""

import asyncio

import psycopg
from procrastinate import Blueprint

from app.outbound import jobs


async def test_a_deferred_job_runs_once_and_leaves_no_row(database_url: str) -> None:
    ran: asyncio.Queue[int] = asyncio.Queue()
    room = Blueprint()

    @room.task(name="greet", queue="greetings")
    async def greet(number: int) -> None:
        await ran.put(number)

    tasks = jobs.unconnected()
    tasks.add_tasks_from(room, namespace="test")
    with tasks.replace_connector(jobs.connector(database_url)) as connected:
        async with connected.open_async():
            await connected.tasks["test:greet"].defer_async(number=7)
            await connected.run_worker_async(
                queues=["greetings"], wait=False, install_signal_handlers=False, delete_jobs="successful"
            )
    assert (ran.get_nowait(), ran.empty()) == (7, True)
    with psycopg.connect(database_url) as connection:
        left = "SELECT count(*) FROM jobs.procrastinate_jobs WHERE queue_name = 'greetings'"
        assert connection.execute(left).fetchone() == (0,)
