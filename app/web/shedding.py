"""Load shed politely: a bounded number of requests of each class at once, a bounded queue, then 503 with Retry-After.

Each class has a budget of its own, so that a rush of heavy documents leaves the cheap reads alone. The connection is
kept: uvicorn's own `--limit-concurrency` closes it, which clients see as errors (shared/domain/trust.md, finding 15).
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
    patience: float
    """Seconds that a waiting request is kept before it is refused."""
    retry_after: int
    """Seconds announced to the refused."""


CAPACITIES: Final = (
    Capacity(quota.READS.name, at_once=32, queue=64, patience=0.5, retry_after=1),
    Capacity(quota.SEARCH.name, at_once=8, queue=32, patience=0.8, retry_after=2),
    Capacity(quota.WRITES.name, at_once=12, queue=48, patience=1.0, retry_after=2),
    Capacity(quota.DOCUMENTS.name, at_once=4, queue=12, patience=1.0, retry_after=5),
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
    """The door of one class in one process."""

    def __init__(self, capacity: Capacity) -> None:
        self.capacity = capacity
        self._free = asyncio.Semaphore(capacity.at_once)
        self.waiting = 0

    async def enter(self) -> bool:
        """Takes a place, now or within the patience of the class; False: refused. Whoever enters must `leave`."""
        if self._free.locked() and self.waiting >= self.capacity.queue:
            return False
        self.waiting += 1
        try:
            async with asyncio.timeout(self.capacity.patience):
                await self._free.acquire()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return True

    def leave(self) -> None:
        self._free.release()


class Backlog:
    """How much the event loop has on its hands: what computes without ever waiting never fills a gate.

    A turn of the loop that has lasted `longest` seconds and begun `fewest` requests is late for the next ones: they
    are refused at once, which costs little, until the turn is over. One long computation refuses nobody.
    """

    def __init__(self, longest: float = 0.3, fewest: int = 24) -> None:
        self.longest, self.fewest = longest, fewest
        self._since, self._begun = 0.0, 0

    def is_late(self) -> bool:
        loop = asyncio.get_running_loop()
        if not self._begun:
            self._since = loop.time()
            loop.call_soon(self._turn_ended)
        self._begun += 1
        return self._begun > self.fewest and loop.time() - self._since > self.longest

    def _turn_ended(self) -> None:
        self._begun = 0


class Shedder:
    """ASGI middleware, inside the fast door: what is answered from memory never waits here."""

    def __init__(self, app: ASGIApp, capacities: Sequence[Capacity] = CAPACITIES) -> None:
        self.app = app
        self.gates = {capacity.name: Gate(capacity) for capacity in capacities}
        self.backlog = Backlog()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = class_of(scope["method"], scope["path"], scope["query_string"]) if scope["type"] == "http" else None
        if kind is None:
            await self.app(scope, receive, send)
            return
        gate = self.gates[kind]
        if self.backlog.is_late() or not await gate.enter():
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
