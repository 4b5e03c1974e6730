"""Every route of the application, read from the route table itself, with whom its signature admits.

FastAPI nests included routers, so the table is walked by `iter_route_contexts` (shared/domain/trust.md, finding 3).
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from app.accounts import actors
from app.accounts.rules import PlatformRoleName, Role

_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True)
class Guard:
    """Whom a signature admits; `nobody` of these means that the route is public."""

    signed: bool = False
    browser: bool = False
    fresh: bool = False
    """A proof of identity of less than fifteen minutes."""
    role: Role | None = None
    side: str = "any"
    platform: frozenset[PlatformRoleName] = frozenset()

    @property
    def public(self) -> bool:
        return not self.signed


@dataclass(frozen=True)
class Census:
    method: str
    path: str
    guard: Guard
    room: str = ""
    """Of the function that answers: `accounts`, `market`…"""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, values: dict[str, str]) -> str:
        """The path with its parameters; one that is not given is an object that nobody has."""
        return _PARAMETER.sub(lambda m: values.get(m[1], "999999999"), self.path)


def _calls(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    for child in dependant.dependencies:
        if child.call is not None:
            yield child.call
        yield from _calls(child)


def guard_of(route: APIRoute) -> Guard:
    """Read from the closures of `app.accounts.actors`: a guard written elsewhere would count as none."""
    found: dict[str, Any] = {}
    for call in _calls(route.dependant):
        if call is actors._signed:
            found["signed"] = True
        elif call is actors._browser:
            found["browser"] = True
        elif call is actors._fresh:
            found["browser"] = found["fresh"] = True
        elif call.__qualname__ == "_member.<locals>.member":
            inside = inspect.getclosurevars(call).nonlocals
            found |= {"role": inside["wanted"], "side": inside["side"]}
        elif call.__qualname__ == "_platform.<locals>.platform":
            found["platform"] = frozenset(inspect.getclosurevars(call).nonlocals["wanted"])
    return Guard(**found)


def routes_of(app: FastAPI) -> list[Census]:
    rows = []
    for context in iter_route_contexts(app.routes):
        if isinstance(context.route, APIRoute):
            guard = guard_of(context.route)
            room = context.route.endpoint.__module__.split(".")[1]
            rows += [Census(method, context.path, guard, room) for method in sorted(context.route.methods - {"HEAD"})]
    return rows
