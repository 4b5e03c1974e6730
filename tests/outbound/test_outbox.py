"""No letter is lost, and none arrives three times: killed worker, busy, refusing, silent or dying mail server (F18)."""

from collections.abc import AsyncIterator
from email import message_from_bytes

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.outbound.mail import Letter, write
from app.outbound.models import Mail
from app.settings import Settings
from tests.outbound.receiver import empty_queue, hurry, work
from tests.outbound.smtp import Post, posting

LETTER = Letter("Objet", "Bonjour,\n")
Box = tuple[Post, Settings]


@pytest.fixture(autouse=True)
async def _alone(app: FastAPI, client: httpx.AsyncClient) -> None:
    del client
    await empty_queue(app)


@pytest.fixture
async def box(app: FastAPI) -> AsyncIterator[Box]:
    async with posting() as post:
        told = {"smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_security": "none"}
        yield post, app.state.settings.model_copy(update=told)


@pytest.fixture
async def ident(app: FastAPI) -> int:
    async with app.state.sessions() as session, session.begin():
        return (await write(session, "acheteur@exemple.test", LETTER)).id


async def kept(app: FastAPI, ident: int) -> Mail:
    async with app.state.sessions() as session:
        found: Mail = await session.get_one(Mail, ident)
        return found


async def until_the_end(app: FastAPI, settings: Settings) -> None:
    for _ in range(12):
        await work(app, settings)
        await hurry(app)


def idents(post: Post) -> list[str]:
    return [str(message_from_bytes(raw)["Message-ID"]) for raw in post.letters]


async def test_a_server_that_hangs_up_after_the_text_gives_two_copies_of_one_letter_at_most(
    app: FastAPI, box: Box, ident: int
) -> None:
    box[0].after_text = ["reset"]
    await until_the_end(app, box[1])
    mail = await kept(app, ident)
    assert (idents(box[0]), mail.sent_at is not None) == ([mail.message_id] * 2, True)


async def test_a_server_that_always_hangs_up_is_given_up_after_two_copies(app: FastAPI, box: Box, ident: int) -> None:
    box[0].after_text = ["reset"] * 20
    await until_the_end(app, box[1])
    mail = await kept(app, ident)
    assert (idents(box[0]), mail.failed_at is not None) == ([mail.message_id] * 2, True)
    assert "Unanswered" in mail.error
    assert mail.body


async def test_a_server_that_hangs_is_left_and_tried_again(app: FastAPI, box: Box, ident: int) -> None:
    box[0].after_text = ["hang"]
    for _ in range(2):
        await work(app, box[1], mail_patience=1.0)
        await hurry(app)
    mail = await kept(app, ident)
    assert (len(box[0].letters), mail.attempts, mail.sent_at is not None) == (1, 2, True)


async def test_a_busy_server_is_tried_nine_times_then_the_letter_is_among_the_failures(
    app: FastAPI, box: Box, ident: int
) -> None:
    box[0].after_text = ["451 Later"] * 20
    await until_the_end(app, box[1])
    mail = await kept(app, ident)
    assert (mail.attempts, mail.failed_at is not None, box[0].letters) == (9, True, [])


async def test_a_worker_killed_between_the_act_and_the_sending_loses_nothing(
    app: FastAPI, box: Box, ident: int
) -> None:
    """It had taken the job and died: another finds the job held by nobody."""
    async with app.state.sessions() as session, session.begin():
        await session.execute(text("SET LOCAL search_path = jobs, public"))
        await session.execute(text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL"))
    await work(app, box[1])
    assert box[0].letters == []
    async with app.state.sessions() as session, session.begin():
        rescue = "SELECT jobs.defer_job('default', 'rescue:rescue', '{\"timestamp\": 0}', NULL, NULL)"
        await session.execute(text(rescue))
    await work(app, box[1])
    mail = await kept(app, ident)
    assert (idents(box[0]), mail.sent_at is not None) == ([mail.message_id], True)
