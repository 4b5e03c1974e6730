"""Requests that a proxy and a server could read differently, sent raw to the real server: none hides another (S22)."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Final

import pytest
import uvicorn

SECRET: Final = b"GET /cachee HTTP/1.1\r\nHost: a\r\n\r\n"
HEAD: Final = b"POST /vue HTTP/1.1\r\nHost: a\r\n"
VECTORS: Final[dict[str, bytes]] = {
    "CL.TE": HEAD + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(SECRET)) + SECRET,
    "TE.CL": HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + SECRET,
    "TE.TE": HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SECRET,
    "TE unknown": HEAD + b"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "TE with a space": HEAD + b"Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "two lengths": HEAD + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(SECRET) + SECRET,
    "length with a sign": HEAD + b"Content-Length: +0\r\n\r\n" + SECRET,
    "length of a list": HEAD + b"Content-Length: 0, %d\r\n\r\n" % len(SECRET) + SECRET,
    "negative length": HEAD + b"Content-Length: -1\r\n\r\n" + SECRET,
    "folded header": HEAD + b"X: a\r\n Content-Length: %d\r\nContent-Length: 0\r\n\r\n" % len(SECRET) + SECRET,
    "NUL in a header": HEAD + b"X: a\x00b\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "TE with a tab": HEAD + b"Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + SECRET,
    "TE in capitals": HEAD + b"TRANSFER-ENCODING: CHUNKED\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + SECRET,
    "TE in a list": HEAD + b"Transfer-Encoding: gzip, chunked\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "chunked not last": HEAD + b"Transfer-Encoding: chunked, gzip\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "TE quoted": HEAD + b'Transfer-Encoding: "chunked"\r\nContent-Length: 0\r\n\r\n' + SECRET,
    "TE after a line feed": HEAD + b"X: a\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "TE with a vertical tab": HEAD + b"Transfer-Encoding: \x0bchunked\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "TE without a colon": HEAD + b"Transfer-Encoding chunked\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "a second TE that is empty": HEAD + b"Transfer-Encoding:\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "bare line feeds": b"POST /vue HTTP/1.1\nHost: a\nContent-Length: 0\n\n" + SECRET,
    "bare carriage return": HEAD + b"X: a\rContent-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(SECRET) + SECRET,
    "length in hexadecimal": HEAD + b"Content-Length: 0x0\r\n\r\n" + SECRET,
    "length with a space inside": HEAD + b"Content-Length: 0 0\r\n\r\n" + SECRET,
    "length beyond 64 bits": HEAD + b"Content-Length: 18446744073709551616\r\n\r\n" + SECRET,
    "length with an underscore": HEAD + b"Content-Length: 0_0\r\n\r\n" + SECRET,
    "empty length": HEAD + b"Content-Length:\r\n\r\n" + SECRET,
    "header name with a space": HEAD + b"Content Length: 0\r\nContent-Length: 0, 0\r\n\r\n" + SECRET,
    "chunk size with a sign": HEAD + b"Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n" + SECRET,
    "chunk size beyond 64 bits": HEAD + b"Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n" + SECRET,
    "two hosts": b"POST /vue HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: +0\r\n\r\n" + SECRET,
    "wrong chunk size": HEAD + b"Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + SECRET,
}


class Seen:
    """An application that notes what it was asked."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 (ASGI)
        self.paths.append(scope["path"])
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})


@pytest.fixture
async def server() -> AsyncIterator[tuple[Seen, int]]:
    """Uvicorn with the parser that `app serve` has."""
    seen = Seen()
    config = uvicorn.Config(seen, lifespan="off", log_config=None, access_log=False, server_header=False)
    running = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    task = asyncio.create_task(running.serve(sockets=[listening]))
    while not running.started:  # noqa: ASYNC110 (uvicorn tells it so only)
        await asyncio.sleep(0)
    yield seen, listening.getsockname()[1]
    running.should_exit = True
    await task


async def _exchange(port: int, sent: bytes) -> bytes:
    """All that the server answers to these bytes; the end of our side says that nothing follows."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    writer.write_eof()
    answer = await asyncio.wait_for(reader.read(), timeout=30)
    writer.close()
    return answer


@pytest.mark.parametrize("vector", VECTORS)
async def test_an_ambiguous_request_hides_no_other(server: tuple[Seen, int], vector: str) -> None:
    seen, port = server
    answer = await _exchange(port, VECTORS[vector])
    assert "/cachee" not in seen.paths, answer[:200]
    assert not answer or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 200"))


async def test_two_honest_requests_on_one_connection_are_both_seen(server: tuple[Seen, int]) -> None:
    """Without this, a server that reads nothing would pass."""
    seen, port = server
    await _exchange(port, HEAD + b"Content-Length: 0\r\n\r\n" + SECRET)
    assert seen.paths == ["/vue", "/cachee"]
