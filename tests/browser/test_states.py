"""Every page × every state that its data can be in, under axe: a sample here, all of them with `CLAUSIER_STATES=all`.

`CLAUSIER_STATES=all python -m pytest -q -s -m browser tests/browser/test_states.py` prints the count by state. The
pages come from the routes of the application: a new page is in the table without being told.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from playwright.sync_api import Page, Route, expect

from app.accounts.rules import PlatformRoleName, Role
from app.settings import ROOT
from tests.access.planted import World
from tests.browser import people
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.test_accessibility import SCREENS
from tests.browser.test_hostile_texts import address_of, planted

ALL: Final = os.environ.get("CLAUSIER_STATES") == "all"
EVERY: Final = 91
"""Of the table, one in so many is tried in the suite: another page and another state each time."""
_SOURCES: Final = ("routes/*.ts", "router.tsx")
_LEFT: Final = ("session", "site", "notices/unread", "demo")
"""What the frame asks: a page in trouble stands in a frame that works."""


def _problem(status: int, kind: str, title: str) -> Callable[[Route], None]:
    told = {"type": kind, "title": title, "status": status, "detail": "Réessayez plus tard.", "errors": []}
    body = json.dumps({**told, "trace_id": "0123456789abcdef"})

    def answer(route: Route) -> None:
        if _frame(route):
            route.continue_()
        else:
            route.fulfill(status=status, content_type="application/problem+json", body=body)

    return answer


def _frame(route: Route) -> bool:
    path = route.request.url.split("/api/v1/")[1].split("?")[0]
    return path.startswith(_LEFT)


def _never(route: Route) -> None:
    if _frame(route):
        route.continue_()


def _cut(route: Route) -> None:
    if _frame(route):
        route.continue_()
    else:
        route.abort("internetdisconnected")


def _read_only(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "x-read-only": "1"})


STATES: Final[dict[str, Callable[[Route], None] | None]] = {
    "full": None,
    "empty": None,
    "signed out": None,
    "loading": _never,
    "error": _problem(503, "/problems/occupe", "Service occupé"),
    "refused": _problem(403, "/problems/interdit", "Action non permise"),
    "offline": _cut,
    "read only": _read_only,
}


def addresses(world: World | None) -> list[str]:
    """Every address of the router, its parameters filled with what was planted; then those with a search."""
    found = set()
    for pattern in _SOURCES:
        for path in sorted((ROOT / "frontend/src").glob(pattern)):
            found |= set(re.findall(r"path: '(/[^']*)'", path.read_text(encoding="utf-8")))
    filled = {_filled(path, world) for path in found}
    return sorted(filled | {screen for screen in SCREENS if "?" in screen})


def _filled(path: str, world: World | None) -> str:
    places = world.places if world else {}
    ident = {
        "/clauses": "CEC-MOB-001",
        "/dossiers": places.get("/api/v1/purchases/{ident}", "1"),
        "/charte": places.get("/api/v1/purchases/{ident}", "1"),
        "/sourcages": places.get("/api/v1/published-sourcings", "1"),
        "/programmes": places.get("/api/v1/programmes", "1"),
        "/analyse": "a" * 43,
    }.get("/" + path.split("/")[1], "1")
    siret = world.firm_org.siret if world else "99980001700013"
    code = "sourcer" if path.startswith("/formation") else "mobilier"
    known = {"id": ident, "siret": siret, "code": code, "year": "2027", "slug": "occupe", "step": "clauses"}
    return re.sub(r"\$(\w+)", lambda m: known[m[1]], path)


def table(world: World | None) -> list[tuple[str, str]]:
    return [(address, state) for address in addresses(world) for state in STATES]


def _visit(page: Page, address: str, *, settles: bool) -> list[str]:
    page.goto(address, wait_until="domcontentloaded")
    expect(page.locator("h1").first).to_be_visible()
    if settles:
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
    told = [*faults(page), *overflows(page)]
    if page.locator("h1").count() != 1:
        told.append(f"{page.locator('h1').count()} h1")
    return told


def _who(page: Page, state: str, site: str, server_url: str) -> None:
    if state == "empty":
        people.enter(page, site, server_url, name="Vide", role=Role.ADMINISTRATOR, organisation="Commune sans rien")
    elif state != "signed out":
        name = {"name": "Odile", "role": Role.ADMINISTRATOR, "platform": PlatformRoleName.PLATFORM_ADMIN}
        people.enter(page, site, server_url, organisation="Ville des États", **name)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def world(site: str, server_url: str) -> World | None:
    assert site
    if not ALL:
        return None
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(planted, address_of(server_url)).result()


def test_every_page_is_clean_in_every_state(new_page: NewPage, site: str, server_url: str, world: World | None) -> None:
    rows, wrong, seen = table(world), list[str](), Counter[str]()
    chosen = rows if ALL else rows[::EVERY]
    assert len(rows) >= 600, len(rows)
    assert {state for _, state in chosen} == set(STATES)
    for state, act in STATES.items():
        page = new_page(quiet=False)
        _who(page, state, site, server_url)
        if world and state == "full":
            page.context.add_cookies(
                [{"name": "session", "value": world.buyer.cookies["session"], "url": site, "httpOnly": True}]
            )
        if act:
            page.route("**/api/v1/**", act)
        for address in [one for one, its in chosen if its == state]:
            told = _visit(page, address, settles=state != "loading")
            wrong += [f"{address} × {state}: {one}" for one in told]
            seen[state] += 1
    print(f"\n{sum(seen.values())} page-states of {len(rows)}: {dict(seen)}")  # noqa: T201 (the count)
    assert not wrong, "\n".join(wrong)
