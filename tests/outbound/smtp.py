"""A mail server on this machine that answers as it is told: it refuses, hangs, or hangs up after the text."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP


@dataclass
class Post:
    """`after_text`: the answer to each text in turn; « reset » keeps the letter and hangs up, « hang » says nothing."""

    port: int = 0
    letters: list[bytes] = field(default_factory=list)
    after_text: list[str] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        answer = self.after_text.pop(0) if self.after_text else "250 OK"
        if answer == "hang":
            await asyncio.Event().wait()
        if answer == "reset" or answer.startswith("250"):
            self.letters.append(envelope.content)
        if answer == "reset":
            server.transport.abort()
        return answer


@asynccontextmanager
async def posting() -> AsyncIterator[Post]:
    post = Post()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(post, hostname="localhost"), "127.0.0.1", 0)
    post.port = server.sockets[0].getsockname()[1]
    yield post
    server.close()
    await server.wait_closed()
