"""Requests on kept connections, as fast as answered (`closed`) or at a fixed rate (`paced`); every answer is timed.

A bare protocol: httpx, and even asyncio's streams, would spend more than the server. What the server refuses (503) is
not an error; a broken connection is.
"""

import asyncio
import json
import random
import time
from collections import Counter, deque
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def run(action: Coroutine[Any, Any, T]) -> T:
    """On the loop that costs least: the generator shares the machine with what it measures."""
    return uvloop.run(action)


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
    asked: int = 0
    """Requests sent: fewer than wished for when the generator itself is the slower of the two."""
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


class Connection(asyncio.Protocol):
    """One request at a time on a kept connection, opened when it is first needed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.transport: asyncio.Transport | None = None
        self.answered: asyncio.Future[int] | None = None
        self.received = b""

    async def send(self, raw: bytes) -> int:
        """The status of the answer, read to its end."""
        loop = asyncio.get_running_loop()
        if self.transport is None or self.transport.is_closing():
            self.transport, _ = await loop.create_connection(lambda: self, "127.0.0.1", self.port)
        self.answered, self.received = loop.create_future(), b""
        self.transport.write(raw)
        return await self.answered

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found or self.answered is None or self.answered.done():
            return
        head = head.lower()
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            whole = len(body) >= int(head[at + 17 :].split(b"\r\n", 1)[0])
        else:
            whole = b"chunked" not in head or body.endswith(b"0\r\n\r\n")
        if whole:
            if b"\r\nconnection: close" in head:
                self.close()
            self.answered.set_result(int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.answered and not self.answered.done():
            self.answered.set_exception(exc or ConnectionResetError())

    def close(self) -> None:
        if self.transport:
            self.transport.close()


class Chance:
    """Draws from a mix by weight, at the cost of one look in a list."""

    def __init__(self, mix: Sequence[Ask], seed: int) -> None:
        self.mix, self.weights = mix, list(accumulate(one.weight for one in mix))
        self.random = random.Random(seed)  # noqa: S311 (a bench, not a secret)

    def draw(self) -> Ask:
        return self.random.choices(self.mix, cum_weights=self.weights)[0]


async def one(connection: Connection, what: Ask, seen: Seen) -> None:
    seen.asked += 1
    began = time.perf_counter()
    try:
        async with asyncio.timeout(30):
            status = await connection.send(what.raw)
    except (OSError, TimeoutError):
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
    seen, began, chance = Seen(), time.perf_counter(), Chance(mix, seed)

    async def worker() -> None:
        connection = Connection(port)
        while time.perf_counter() - began < seconds:
            await one(connection, chance.draw(), seen)
        connection.close()

    await asyncio.gather(*(worker() for _ in range(connections)))
    seen.seconds = time.perf_counter() - began
    return seen


async def paced(port: int, mix: Sequence[Ask], rate: float, connections: int, seconds: float, seed: int = 7) -> Seen:  # noqa: PLR0913, PLR0917 (a load is so described)
    """`rate` requests per second whatever the answers, over `connections`: what users do."""
    seen, began, chance, sent = Seen(), time.perf_counter(), Chance(mix, seed), 0
    free = deque(Connection(port) for _ in range(connections))
    under_way: set[asyncio.Task[None]] = set()

    async def ask_on(connection: Connection) -> None:
        await one(connection, chance.draw(), seen)
        free.append(connection)

    while (now := time.perf_counter() - began) < seconds:
        # Every connection busy: this user would have left. The rate goes on.
        due, sent = int(now * rate) - sent, int(now * rate)
        for _ in range(min(due, len(free))):
            task = asyncio.create_task(ask_on(free.popleft()))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.sleep(0.002)
    seen.seconds = time.perf_counter() - began
    answered = Counter(seen.good)
    await asyncio.gather(*under_way)
    seen.good = answered
    for connection in free:
        connection.close()
    return seen
