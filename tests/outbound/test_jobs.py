"""A job is a row of the database: it runs once, and is gone when it succeeded."""

import asyncio

import httpx
import psycopg
from fastapi import FastAPI
from procrastinate import Blueprint

from app.outbound import jobs
from app.outbound.failures import keep_reason
from tests.accounts.people import sign_in


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


async def test_a_failed_job_is_shown_with_its_reason_tried_again_or_given_up(
    app: FastAPI, client: httpx.AsyncClient, database_url: str
) -> None:
    broken, room = [True], Blueprint()

    @room.task(name="count", queue="counts")
    async def count(secret: str) -> None:
        if broken[0]:
            raise ValueError(secret)

    tasks = jobs.unconnected()
    tasks.add_tasks_from(room, namespace="market")
    door = await sign_in(client, role="platform_admin")
    place = "/api/v1/platform/failed-jobs"

    async def listed() -> list[dict[str, object]]:
        return [one for one in (await door.get(place)).json()["items"] if one["task"] == "market:count"]

    with tasks.replace_connector(jobs.connector(database_url)) as connected:
        async with connected.open_async():

            async def run() -> None:
                await connected.run_worker_async(
                    queues=["counts"], wait=False, install_signal_handlers=False, delete_jobs="successful",
                    additional_context={"sessions": app.state.sessions}, task_middleware=[keep_reason],
                )  # fmt: skip

            for _ in range(2):
                await connected.tasks["market:count"].defer_async(secret="quelqu-un@exemple.test")  # noqa: S106
            await run()
            second, first = await listed()
            assert (first["room"], first["reason"], first["attempts"]) == ("Entreprises", "ValueError", 1)
            assert (await door.delete(f"{place}/{second['id']}")).status_code == 204
            assert (await door.delete(f"{place}/{second['id']}")).status_code == 404
            broken[0] = False
            assert (await door.post(f"{place}/{first['id']}/retry")).status_code == 204
            assert (await door.post(f"{place}/{first['id']}/retry")).status_code == 404
            assert await listed() == []
            await run()
            assert await listed() == []
