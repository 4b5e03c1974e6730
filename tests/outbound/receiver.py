"""A real HTTP server on this machine that plays the receiver of webhooks, and a worker that empties the queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI
from sqlalchemy import text

from app.main import JOBS
from app.outbound import jobs
from app.settings import Settings

Heard = tuple[str, dict[str, str], bytes]


@dataclass
class Receiver:
    """What it heard, and the raw answers it gives in turn; the last one serves for ever; empty: it never answers."""

    port: int = 0
    answers: list[bytes] = field(default_factory=lambda: [b"HTTP/1.1 204 No Content\r\n\r\n"])
    heard: list[Heard] = field(default_factory=list)
    sent: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/crochet?de=clausier"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.heard.append((first, headers, body))
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if not answer:
                await reader.read()
            for start in range(0, len(answer), 65536):
                writer.write(answer[start : start + 65536])
                await writer.drain()
                self.sent += 65536
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.handle, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    yield receiver
    server.close()
    await server.wait_closed()


def answer(status: str, *headers: str, body: bytes = b"") -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers])
    return f"{head}\r\n\r\n".encode() + body


async def empty_queue(app: FastAPI) -> None:
    """What the tests before this one left to be done is not ours to count."""
    async with app.state.sessions() as session, session.begin():
        await session.execute(text("SET LOCAL search_path = jobs, public"))
        await session.execute(text("DELETE FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"))


async def hurry(app: FastAPI) -> None:
    """What is to be done later is to be done now: the clock of the queue is the database's own."""
    async with app.state.sessions() as session, session.begin():
        await session.execute(text("UPDATE jobs.procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))


async def work(app: FastAPI, settings: Settings, *, patience: float = 15.0, mail_patience: float = 30.0) -> None:
    """Every job that is due, and those that they ask for."""
    context = {
        "sessions": app.state.sessions,
        "clauses": settings.clauses,
        "settings": settings,
        "webhook_patience": patience,
        "mail_patience": mail_patience,
    }
    with JOBS.replace_connector(jobs.connector(app.state.database_url)) as connected:
        async with connected.open_async():
            while await _due(app):
                await connected.run_worker_async(
                    wait=False,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    additional_context=context,
                    concurrency=4,
                )


async def _due(app: FastAPI) -> int:
    due = (
        "SELECT count(*) FROM jobs.procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()"
    )
    async with app.state.sessions() as session:
        return int((await session.execute(text(due))).scalar_one())
