"""How much each caller may ask: GCRA counters in this process, announced in `RateLimit` headers.

The generic cell rate algorithm holds one number a caller: the moment when its whole allowance is back. Anonymous
callers are counted by address prefix; a known API key has a counter of its own and more of everything.
Header names follow draft-ietf-httpapi-ratelimit-headers-11 (shared/domain/conventions.md, section 4.6).
"""

import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.problems import Problem, answer, describe

KEY_FACTOR: Final = 4
"""A key of an organisation may ask four times as much (trust.md, S09: search 5 a second, 20 with a key)."""
_MOST_CALLERS: Final = 50_000
_REMEMBERED: Final = 30.0
"""Seconds during which a key, known or not, is not looked up again."""
_LOOKUPS: Final = 4
"""Keys looked up at the same time: a rush of new keys is counted by address rather than wait for the base."""

KeyHolder = Callable[[str], Awaitable[str | None]]
"""The accounts room's answer: a stable name of the key's holder, or None for a key that is not valid."""


class TooManyRequests(Problem):
    status, type, title = HTTPStatus.TOO_MANY_REQUESTS, "/problems/trop-de-requetes", "Trop de demandes"


describe(
    TooManyRequests,
    "Le nombre de demandes est limité pour que le service reste rapide pour tous. « Retry-After » dit quand revenir, "
    "« RateLimit » ce qu’il reste ; une clé d’API donne quatre fois plus.",
)


@dataclass(frozen=True, slots=True)
class Budget:
    """`quota` requests in `window` seconds; `label` names it in a refusal."""

    name: str
    quota: int
    window: int
    label: str


READS: Final = Budget("reads", 600, 60, "lecture")
SEARCH: Final = Budget("search", 300, 60, "recherche et calcul")
WRITES: Final = Budget("writes", 120, 60, "écriture")
DOCUMENTS: Final = Budget("documents", 60, 3600, "composition et lecture de documents")
MESSAGES: Final = Budget("messages", 10, 3600, "envoi de messages")
BUDGETS: Final = (READS, SEARCH, WRITES, DOCUMENTS, MESSAGES)
_COMPUTED: Final = ("/api/v1/recommendations", "/api/v1/duties/assess", "/api/v1/check", "/api/v1/cpv", "/mcp")
_COMPOSED: Final = ("/api/v1/documents", "/api/v1/analyses")


def budget_of(method: str, path: str, query: bytes) -> Budget | None:
    """Which allowance a request draws on; None for pages and files, which are never counted."""
    if not path.startswith(("/api/", "/mcp")):
        return None
    if path.startswith(_COMPUTED) or path.endswith("/preview"):
        return SEARCH
    if method in {"GET", "HEAD", "OPTIONS"}:
        return SEARCH if path.startswith("/api/v1/clauses") and b"q=" in query else READS
    return DOCUMENTS if path.startswith(_COMPOSED) else WRITES


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    remaining: int
    reset: int
    """Seconds until the whole allowance is back; when refused, until the next request is admitted."""


class Gcra:
    """Counters of many callers; the least recently seen leave first."""

    def __init__(self, most: int = _MOST_CALLERS) -> None:
        self._full_at: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._most = most

    def ask(self, budget: Budget, who: str, quota: int, now: float) -> Verdict:
        """Draws one request, or refuses it and draws nothing."""
        key, cost = (budget.name, who), budget.window / quota
        full_at = max(self._full_at.get(key, now), now) + cost
        over = full_at - now - budget.window
        if over > 1e-9:  # noqa: PLR2004 (the rounding of floats, not a delay)
            return Verdict(False, 0, math.ceil(over))
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        return Verdict(True, int((budget.window - (full_at - now)) / cost + 1e-6), math.ceil(full_at - now))


def prefix_of(address: str) -> str:
    """An IPv4 address, or the /64 that a single IPv6 subscriber holds."""
    if ":" not in address:
        return address
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return ":".join(parsed.exploded.split(":")[:4])


class RateLimits:
    """ASGI middleware, outside the fast door: cached answers are counted and carry the headers too."""

    def __init__(
        self,
        app: ASGIApp,
        key_holder: KeyHolder | None = None,
        scale: float = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.clock = clock
        self._holder_of = key_holder
        self._counters = Gcra()
        self._lookups = 0
        self._known: OrderedDict[bytes, tuple[float, str | None]] = OrderedDict()
        self._quotas = {budget.name: max(int(budget.quota * scale), 1) for budget in BUDGETS}
        self._policies = {
            (budget.name, factor): f'"{budget.name}";q={self._quotas[budget.name] * factor};w={budget.window}'.encode()
            for budget in BUDGETS
            for factor in (1, KEY_FACTOR)
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        budget = budget_of(scope["method"], scope["path"], scope["query_string"]) if scope["type"] == "http" else None
        if budget is None:
            await self.app(scope, receive, send)
            return
        holder = await self._holder(scope)
        who = f"k{holder}" if holder else prefix_of((scope.get("client") or ("",))[0])
        factor = KEY_FACTOR if holder else 1
        verdict = self._counters.ask(budget, who, self._quotas[budget.name] * factor, self.clock())
        headers = (
            (b"ratelimit-policy", self._policies[budget.name, factor]),
            (b"ratelimit", b'"%s";r=%d;t=%d' % (budget.name.encode(), verdict.remaining, verdict.reset)),
        )

        scope["quota"] = lambda other: self._counters.ask(other, who, self._quotas[other.name] * factor, self.clock())

        async def send_with_limits(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        if verdict.allowed:
            await self.app(scope, receive, send_with_limits)
            return
        await answer(_refusal(budget, verdict))(scope, receive, send_with_limits)

    async def _holder(self, scope: Scope) -> str | None:
        """Who holds the key of a request; an unknown key gives nothing more than its address does."""
        key = _bearer(scope["headers"]) if self._holder_of else ""
        if not key or self._holder_of is None:
            return None
        now = self.clock()
        digest = sha256(key.encode()).digest()  # the key itself is never kept
        known = self._known.get(digest)
        if known is None or known[0] < now:
            if self._lookups >= _LOOKUPS:
                return None
            self._lookups += 1
            try:
                holder = await self._holder_of(key)
            except Exception:  # noqa: BLE001 (a lost base: reads go on, with the limits of everybody)
                return None
            finally:
                self._lookups -= 1
            known = self._known[digest] = (now + _REMEMBERED, holder)
            if len(self._known) > _MOST_CALLERS:
                self._known.popitem(last=False)
        return known[1]


def draw(scope: Scope, budget: Budget) -> None:
    """Draws on another budget than the address's own: for what costs more than it looks (a tool that composes)."""
    verdict: Verdict = scope["quota"](budget)
    if not verdict.allowed:
        raise _refusal(budget, verdict)


def _refusal(budget: Budget, verdict: Verdict) -> TooManyRequests:
    detail = f"Limite de {budget.label} atteinte. Réessayez dans {_seconds(verdict.reset)}."
    return TooManyRequests(detail, headers={"Retry-After": str(verdict.reset)})


def _bearer(headers: Sequence[tuple[bytes, bytes]]) -> str:
    for name, value in headers:
        if name == b"authorization" and value[:7].lower() == b"bearer ":
            return value[7:].decode("latin-1").strip()
    return ""


def _seconds(count: int) -> str:
    return "une seconde" if count <= 1 else f"{count} secondes"
