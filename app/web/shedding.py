"""Load shed politely: a bounded number of requests of each class at once, a bounded wait, then 503 with Retry-After.

Each class has a budget of its own, so that a rush of heavy documents leaves the cheap reads alone. A refusal comes
before the body is read and before a connection of the database is taken, and the connection is kept: uvicorn's own
`--limit-concurrency` closes it, which clients see as errors (shared/domain/trust.md, finding 15).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web import quota
from app.web.metrics import REFUSED
from app.web.problems import Busy, answer


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one class of requests (a budget of the quotas) may take of a process."""

    name: str
    at_once: int
    queue: int
    """How many may wait; one more is refused at once."""
    retry_after: int
    """Seconds announced to the refused."""
    patience: float = 0.5
    """Seconds that a waiting request is kept before it is refused: a burst is absorbed."""


CAPACITIES: Final = (
    Capacity(quota.READS.name, at_once=16, queue=128, retry_after=1),
    Capacity(quota.SEARCH.name, at_once=8, queue=64, retry_after=2),
    Capacity(quota.WRITES.name, at_once=8, queue=64, retry_after=2),
    Capacity(quota.DOCUMENTS.name, at_once=4, queue=32, retry_after=5, patience=1.0),
)
_NEVER: Final = ("/health", "/metrics", "/assets/")


def class_of(method: str, path: str, query: bytes) -> str | None:
    """The class of a request; None: never refused (health, metrics, static files). Pages are reads."""
    if path.startswith(_NEVER):
        return None
    budget = quota.budget_of(method, path, query)
    return budget.name if budget else quota.READS.name


class Overloaded(Busy):
    """Too many requests of one class are under way."""


class Gate:
    """The door of one class in one process. Its queue drains itself (controlled delay, as in CoDel).

    A queue that empties now and then absorbs bursts, and may keep a request for the whole patience of its class. One
    that has not been empty for that long is no burst: every wait in it is pure loss. Newcomers are then kept a fifth of
    the patience only, so that the accepted are answered soon, whatever the rush and whatever one request costs.
    """

    def __init__(self, capacity: Capacity) -> None:
        self.capacity = capacity
        self._free = asyncio.Semaphore(capacity.at_once)
        self.waiting = 0
        self._filled_since = 0.0

    async def enter(self) -> bool:
        """Takes a place, now or after a bounded wait; False: refused. Whoever enters must `leave`."""
        if self._free.locked():
            if self.waiting >= self.capacity.queue or not await self._wait():
                return False
        else:
            await self._free.acquire()
        # The others that came at the same time reach the door before this one computes: what never waits for anything
        # would otherwise run to its end, one after another, without ever filling a gate.
        try:
            await asyncio.sleep(0)
        except BaseException:
            self.leave()
            raise
        return True

    async def _wait(self) -> bool:
        loop = asyncio.get_running_loop()
        if not self.waiting:
            self._filled_since = loop.time()
        self.waiting += 1
        try:
            async with asyncio.timeout(self.patience(loop.time())):
                await self._free.acquire()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return True

    def patience(self, now: float) -> float:
        """How long a newcomer may wait."""
        most = self.capacity.patience
        return most / 5 if self.waiting > 1 and now - self._filled_since > most else most

    def leave(self) -> None:
        self._free.release()


class Shedder:
    """ASGI middleware, inside the fast door: what is answered from memory never waits here."""

    def __init__(self, app: ASGIApp, capacities: Sequence[Capacity] = CAPACITIES) -> None:
        self.app = app
        self.gates = {capacity.name: Gate(capacity) for capacity in capacities}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = class_of(scope["method"], scope["path"], scope["query_string"]) if scope["type"] == "http" else None
        if kind is None:
            await self.app(scope, receive, send)
            return
        gate = self.gates[kind]
        if not await gate.enter():
            REFUSED.labels(kind).inc()
            pause = gate.capacity.retry_after
            problem = Overloaded(
                "Le service traite déjà autant de demandes qu’il le peut. Rien n’a été enregistré : réessayez dans "
                f"{pause} s.",
                headers={"Retry-After": str(pause)},
            )
            await answer(problem)(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            gate.leave()
