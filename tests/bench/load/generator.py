"""Requests on kept connections, as fast as answered (`closed`) or at a fixed rate (`paced`); every answer is timed.

Plain asyncio streams: httpx would spend more than the server. What the server refuses (503) is not an error; a broken
connection is.
"""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Ask:
    """One request: its kind, its weight in the mix, and its bytes."""

    kind: str
    raw: bytes
    weight: float = 1


def _plain(value: object) -> float | str:
    """A default value of a clause, as a browser sends it."""
    return float(value) if isinstance(value, Decimal) else str(value)


def ask(kind: str, path: str, body: object = None, *, key: str = "", accept: str = "*/*") -> Ask:
    content = b"" if body is None else json.dumps(body, default=_plain).encode()
    lines = [f"{'POST' if content else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {accept}"]
    if key:
        lines.append(f"Authorization: Bearer {key}")
    if content:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return Ask(kind, "\r\n".join(lines).encode() + b"\r\n\r\n" + content)


@dataclass
class Seen:
    """What a run was answered."""

    seconds: float = 0
    good: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    """Other statuses, and broken connections (`cut`)."""
    times: dict[str, list[float]] = field(default_factory=dict)
    """Of the good answers, in seconds, by kind."""

    @property
    def goodput(self) -> float:
        return self.good.total() / self.seconds

    def quantile(self, share: float, kind: str = "") -> float:
        """In milliseconds."""
        known = sorted(self.times.get(kind, []) if kind else [t for times in self.times.values() for t in times])
        return known[min(int(len(known) * share), len(known) - 1)] * 1000 if known else 0.0


class Connection:
    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def send(self, raw: bytes) -> int:
        """The status of the answer, read to its end."""
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        self.writer.write(raw)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = next((int(h[15:]) for h in head.split(b"\r\n") if h.startswith(b"content-length:")), None)
        if length is not None:
            await self.reader.readexactly(length)
        elif b"transfer-encoding: chunked" in head:
            while size := int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readuntil(b"\r\n")
        if b"\r\nconnection: close" in head:
            self.close()
        return int(head[9:12])

    def close(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


async def _one(connection: Connection, what: Ask, seen: Seen) -> None:
    began = time.perf_counter()
    try:
        async with asyncio.timeout(30):
            status = await connection.send(what.raw)
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        connection.close()
        seen.wrong["cut"] += 1
        await asyncio.sleep(0.05)
        return
    if status == 503:
        seen.refused[what.kind] += 1
    elif 200 <= status < 400:
        seen.good[what.kind] += 1
        seen.times.setdefault(what.kind, []).append(time.perf_counter() - began)
    else:
        seen.wrong[str(status)] += 1


async def closed(port: int, mix: Sequence[Ask], connections: int, seconds: float, seed: int = 7) -> Seen:
    """Each connection asks again as soon as it is answered: what the server can do."""
    seen, began = Seen(), time.perf_counter()

    async def worker(number: int) -> None:
        chance, connection = random.Random(seed + number), Connection(port)  # noqa: S311 (a bench, not a secret)
        while time.perf_counter() - began < seconds:
            await _one(connection, chance.choices(mix, [a.weight for a in mix])[0], seen)
        connection.close()

    await asyncio.gather(*(worker(number) for number in range(connections)))
    seen.seconds = time.perf_counter() - began
    return seen


async def paced(port: int, mix: Sequence[Ask], rate: float, connections: int, seconds: float, seed: int = 7) -> Seen:  # noqa: PLR0913, PLR0917 (a load is so described)
    """`rate` requests per second whatever the answers, over `connections`: what users do."""
    seen, began = Seen(), time.perf_counter()
    waiting: asyncio.Queue[Ask] = asyncio.Queue(maxsize=connections)

    async def worker() -> None:
        connection = Connection(port)
        with suppress(asyncio.CancelledError):
            while True:
                await _one(connection, await waiting.get(), seen)
        connection.close()

    workers = [asyncio.create_task(worker()) for _ in range(connections)]
    chance, sent = random.Random(seed), 0  # noqa: S311
    while (now := time.perf_counter() - began) < seconds:
        while sent < now * rate:
            sent += 1
            # Every connection busy and as many waiting: this user would have left. The rate goes on.
            with suppress(asyncio.QueueFull):
                waiting.put_nowait(chance.choices(mix, [a.weight for a in mix])[0])
        await asyncio.sleep(0.002)
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers)
    seen.seconds = time.perf_counter() - began
    return seen
