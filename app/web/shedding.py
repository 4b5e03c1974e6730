"""Load shed politely: a bounded number of requests of each class at once, a bounded queue, then 503 with Retry-After.

Each class has a budget of its own, so that a rush of heavy documents leaves the cheap reads alone. The connection is
kept: uvicorn's own `--limit-concurrency` closes it, which clients see as errors (shared/domain/trust.md, finding 15).
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.metrics import REFUSED
from app.web.problems import Busy, answer


@dataclass(frozen=True, slots=True)
class Budget:
    """What one class of requests may take of a process."""

    name: str
    at_once: int
    queue: int
    """How many may wait; one more is refused at once."""
    patience: float
    """Seconds that a waiting request is kept before it is refused."""
    retry_after: int
    """Seconds announced to the refused."""


READS: Final = Budget("reads", at_once=32, queue=64, patience=0.5, retry_after=1)
SEARCH: Final = Budget("search", at_once=8, queue=32, patience=0.8, retry_after=2)
WRITES: Final = Budget("writes", at_once=12, queue=48, patience=1.0, retry_after=2)
DOCUMENTS: Final = Budget("documents", at_once=4, queue=12, patience=1.0, retry_after=5)
BUDGETS: Final = (READS, SEARCH, WRITES, DOCUMENTS)

_NEVER: Final = ("/health", "/metrics", "/assets/")
_HEAVY: Final = re.compile(r"^/api/v1/(documents|analyses|conversions)\b")
_COMPUTED: Final = re.compile(r"^/api/v1/(recommendations|check|duties/assess|market/depth|cpv|suggestions)\b")


def budget_of(method: str, path: str, query: bytes) -> Budget | None:
    """The class of a request; None: never refused (health, metrics, static files)."""
    if path.startswith(_NEVER):
        return None
    if _HEAVY.match(path):
        return DOCUMENTS if method not in {"GET", "HEAD"} else READS
    if _COMPUTED.match(path) or query.startswith(b"q=") or b"&q=" in query:
        return SEARCH
    return READS if method in {"GET", "HEAD", "OPTIONS"} else WRITES


class Overloaded(Busy):
    """Too many requests of one class are under way."""


class Gate:
    """The door of one class in one process."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._free = asyncio.Semaphore(budget.at_once)
        self.waiting = 0

    async def enter(self) -> bool:
        """Takes a place, now or within the patience of the class; False: refused. Whoever enters must `leave`."""
        if self._free.locked() and self.waiting >= self.budget.queue:
            return False
        self.waiting += 1
        try:
            async with asyncio.timeout(self.budget.patience):
                await self._free.acquire()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return True

    def leave(self) -> None:
        self._free.release()


class Shedder:
    """ASGI middleware, inside the fast door: what is answered from memory never waits here."""

    def __init__(self, app: ASGIApp, budgets: Sequence[Budget] = BUDGETS) -> None:
        self.app = app
        self.gates = {budget.name: Gate(budget) for budget in budgets}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        budget = budget_of(scope["method"], scope["path"], scope["query_string"]) if scope["type"] == "http" else None
        if budget is None:
            await self.app(scope, receive, send)
            return
        gate = self.gates[budget.name]
        if not await gate.enter():
            REFUSED.labels(budget.name).inc()
            pause = gate.budget.retry_after
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
