"""Hot reads of the library against a constant-JSON FastAPI endpoint, same machine, same client, same run.

`python -m tests.bench.library_etag`. Target: ≥ 60 % of the constant endpoint's rate (issue 3). Real HTTP over uvicorn,
eight keep-alive connections; the rounds alternate so that a noisy neighbour disturbs both sides.
"""

import asyncio
import contextlib
import os
import socket
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterator
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

import uvicorn
from fastapi import FastAPI

from app.database import embedded
from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.library.load import load
from app.main import create_app
from app.settings import ROOT, Settings
from tests.conftest import database

CONNECTIONS = 8
SECONDS = 0.6
ROUNDS = 11


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve_constant(port: int) -> None:
    app = FastAPI()

    @app.get("/constant")
    async def constant() -> dict[str, object]:
        return {"items": [], "next": None, "total": 0}

    uvicorn.run(app, port=port, log_level="error", access_log=False)


def serve_library(port: int, url: str) -> None:
    uvicorn.run(create_app(Settings(limits=10_000), database_url=url), port=port, log_level="error", access_log=False)


@contextlib.contextmanager
def served(target: object, *arguments: object) -> Iterator[None]:
    process: BaseProcess = get_context("spawn").Process(target=target, args=arguments)  # type: ignore[arg-type]
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


async def wait_for(port: int, path: str) -> bytes:
    """The first 200 of a path, headers and body."""
    for _ in range(200):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request(path))
            head = await reader.readuntil(b"\r\n\r\n")
            writer.close()
            if b" 200 " in head.split(b"\r\n", 1)[0]:
                return head
        await asyncio.sleep(0.1)
    raise SystemExit(f"{path} ne répond pas")


def request(path: str, etag: str = "") -> bytes:
    known = f"If-None-Match: {etag}\r\n" if etag else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{known}\r\n".encode()


async def ask(port: int, raw: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    while time.perf_counter() < until:
        writer.write(raw)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next((int(h[15:]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")), 0)
        if length:
            await reader.readexactly(length)
        done += 1
    writer.close()
    return done


async def rate(port: int, raw: bytes) -> float:
    """Answers per second over a round."""
    until = time.perf_counter() + SECONDS
    done = await asyncio.gather(*(ask(port, raw, until) for _ in range(CONNECTIONS)))
    return sum(done) / SECONDS


async def measured(constant: int, library: int) -> AsyncIterator[tuple[str, list[tuple[float, float]]]]:
    """Name → rates of the constant endpoint and of ours, round by round."""
    await wait_for(constant, "/constant")
    paths = ("/api/v1/clauses", "/api/v1/clauses?q=mobilier&level=1", "/api/v1/clauses/CEC-MOB-001")
    for path in paths:
        head = (await wait_for(library, path)).decode()
        etag = next(line.split(": ", 1)[1] for line in head.split("\r\n") if line.lower().startswith("etag:"))
        for name, raw in ((path, request(path)), (f"{path} (304)", request(path, etag))):
            pairs = [(await rate(constant, request("/constant")), await rate(library, raw)) for _ in range(ROUNDS)]
            yield name, pairs


async def compare(constant: int, library: int) -> bool:
    kept = True
    async for name, pairs in measured(constant, library):
        ratio = statistics.median(ours / base for base, ours in pairs)
        base, ours = (statistics.median(values) for values in zip(*pairs, strict=True))
        kept = kept and ratio >= 0.6
        print(f"{name:<46} {ours:7.0f}/s contre {base:7.0f}/s constant : {ratio:.0%}")
    return kept


async def fill(url: str) -> None:
    engine = connect(url)
    async with sessions(engine)() as session, session.begin():
        print(await load(session, ROOT / "clauses"))
    await engine.dispose()


def main() -> int:
    server = os.environ.get("DATABASE_URL") or embedded.start(ROOT / ".state" / "postgres")
    for url in database(server, f"clausier_bench_{os.getpid()}"):
        migrate(url)
        asyncio.run(fill(url))
        constant, library = free_port(), free_port()
        with served(serve_constant, constant), served(serve_library, library, url):
            return 0 if asyncio.run(compare(constant, library)) else 1
    return 1


if __name__ == "__main__":
    sys.exit(main())
