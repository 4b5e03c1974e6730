"""A letter goes with the act that wrote it: sent once over SMTP, tried again, or given up with its reason."""

import asyncio
from collections.abc import AsyncIterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from fastapi import FastAPI
from sqlalchemy import select, text

from app.main import JOBS
from app.outbound import jobs
from app.outbound.mail import Letter, write
from app.outbound.models import Mail
from app.settings import Settings

pytestmark = pytest.mark.usefixtures("client")
LETTER = Letter("Objet : économie\r\ncirculaire", "Bonjour,\n\nUn lien : https://clausier.test/x#jeton\n")


class Box:
    """A mail server's inbox, that may answer something else than « accepted »."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.answers: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.letters.append(envelope.content)
        return answer


@pytest.fixture
async def box() -> AsyncIterator[tuple[Box, int]]:
    handler = Box()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler), "127.0.0.1", 0)
    yield handler, server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


async def run_once(app: FastAPI, settings: Settings) -> None:
    context = {"sessions": app.state.sessions, "clauses": settings.clauses, "settings": settings}
    with JOBS.replace_connector(jobs.connector(app.state.database_url)) as connected:
        async with connected.open_async():
            await connected.run_worker_async(
                wait=False, install_signal_handlers=False, delete_jobs="successful", additional_context=context
            )


@pytest.fixture
async def written(app: FastAPI) -> int:
    async with app.state.sessions() as session, session.begin():
        # What the tests before this one left to be sent is not ours to count.
        await session.execute(text("SET LOCAL search_path = jobs, public"))
        await session.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'todo'"))
        mail = await write(session, "acheteur@exemple.test", LETTER)
    return mail.id


async def _mail(app: FastAPI, ident: int) -> Mail:
    async with app.state.sessions() as session:
        return (await session.execute(select(Mail).where(Mail.id == ident))).scalar_one()


def _smtp(settings: Settings, port: int) -> Settings:
    return settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"})


async def test_a_letter_is_sent_once_and_its_text_forgotten(
    app: FastAPI, settings: Settings, box: tuple[Box, int], written: int
) -> None:
    for _ in range(2):
        await run_once(app, _smtp(settings, box[1]))
    assert len(box[0].letters) == 1
    letter = message_from_bytes(box[0].letters[0])
    assert letter["To"] == "acheteur@exemple.test"
    assert "circulaire" in str(letter["Subject"]).replace("_", " ")
    mail = await _mail(app, written)
    assert (mail.body, mail.sent_at is not None, letter["Message-ID"]) == ("", True, mail.message_id)


async def test_a_busy_server_is_tried_again(
    app: FastAPI, settings: Settings, box: tuple[Box, int], written: int
) -> None:
    box[0].answers = ["451 Later"]
    await run_once(app, _smtp(settings, box[1]))
    mail = await _mail(app, written)
    assert (mail.sent_at, mail.failed_at, mail.attempts, box[0].letters) == (None, None, 1, [])
    assert "451" in mail.error


async def test_a_refusal_for_good_is_given_up_with_its_reason(
    app: FastAPI, settings: Settings, box: tuple[Box, int], written: int
) -> None:
    box[0].answers = ["554 No such mailbox"]
    await run_once(app, _smtp(settings, box[1]))
    mail = await _mail(app, written)
    assert (mail.failed_at is not None, "554" in mail.error) == (True, True)


async def test_without_a_server_letters_are_files(
    app: FastAPI, settings: Settings, tmp_path: Path, written: int
) -> None:
    await run_once(app, settings.model_copy(update={"var": tmp_path}))
    files = await asyncio.to_thread(lambda: sorted((tmp_path / "outbox").glob("*.eml")))
    ident = (await _mail(app, written)).message_id.encode()
    assert [ident in file.read_bytes() for file in files].count(True) == 1


async def test_a_letter_of_an_act_that_failed_is_never_sent(app: FastAPI) -> None:
    async with app.state.sessions() as session:
        mail = await write(session, "personne@exemple.test", LETTER)
        ident = mail.id
        await session.rollback()
    async with app.state.sessions() as session:
        assert await session.get(Mail, ident) is None
