"""Sixty payloads stored in every text that people write, shown to everybody in Chromium: none runs (S24).

The same pages are read at 320 px, with the text spacing of WCAG 1.4.12, and in forced colours.
"""

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import httpx
import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.rules import PlatformRoleName
from app.database.engine import psycopg_url
from app.main import create_app
from app.settings import Settings
from tests.access.planted import World, plant
from tests.browser import people
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage

_RUN: Final = "window.__ran=1"
_TAGS: Final = (
    "<script>{0}</script>", "<img src=x onerror={0}>", "<svg onload={0}>", "<svg><script>{0}</script></svg>",
    "<iframe srcdoc='<script>{0}</script>'>", "<body onload={0}>", "<details open ontoggle={0}>",
    "<video><source onerror={0}>",
    "<input autofocus onfocus={0}>", "<a href='javascript:{0}'>x</a>", "<math><mtext><img src=x onerror={0}>",
    "<style>@import 'javascript:{0}'</style>", "<object data='javascript:{0}'>", "<embed src='javascript:{0}'>",
    "<form action='javascript:{0}'><button>x", "<marquee onstart={0}>", "<template><script>{0}</script></template>",
    "<base href='//mal.test/'>", "<link rel=stylesheet href='//mal.test/a.css'>",
    "<meta http-equiv=refresh content='0;url=//mal.test'>",
)  # fmt: skip
_AROUND: Final = ("{0}", '">{0}', "'-{0}-'")
PAYLOADS: Final = [around.format(tag.format(_RUN)) for around in _AROUND for tag in _TAGS]
_WATCH: Final = """
window.__reports = [];
document.addEventListener('securitypolicyviolation',
  (e) => window.__reports.push(e.violatedDirective + ' ' + e.blockedURI));
"""
_SPACED: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important;'
    + ' word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


@dataclass(frozen=True)
class Poisoned:
    world: World
    changed: int


def address_of(server_url: str) -> str:
    return make_url(psycopg_url(server_url)).set(database=f"clausier_browser_{os.getpid()}").render_as_string(False)


async def planted_in(url: str) -> World:
    """The house and the firm of the canaries, in the database of the served site."""
    app = create_app(Settings(worker=False, limits=1000, companies_url=""), database_url=url)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://clausier.test") as client:
            return await plant(client)


def planted(url: str) -> World:
    return asyncio.run(planted_in(url))


def _poison(connection: Connection, world: World) -> int:
    """Each planted mark becomes payloads, wherever it is stored: text cut to its column, JSON rewritten."""
    marks = [mark for mark in world.marks if mark.startswith("canari")]
    columns = connection.execute(
        text(
            "SELECT table_name, column_name, data_type, character_maximum_length FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'json', 'jsonb')"
        )
    ).all()
    changed = 0
    for table, column, kind, longest in columns:
        for place, mark in enumerate(marks):
            payload = "".join(PAYLOADS[place % 60 :] + PAYLOADS[: place % 60])[: min(longest or 1500, 1500)]
            if longest and longest < 300:
                payload = PAYLOADS[(place * 7) % 60][:longest]
            new = json.dumps(payload)[1:-1] if kind.startswith("json") else payload
            cast = f'replace("{column}"::text, :mark, :new)::{kind if kind.startswith("json") else "text"}'
            query = f'UPDATE "{table}" SET "{column}" = left({cast}, :most) WHERE "{column}"::text LIKE :like'  # noqa: S608
            if kind.startswith("json"):
                query = f'UPDATE "{table}" SET "{column}" = {cast} WHERE "{column}"::text LIKE :like'  # noqa: S608 (ours)
            with connection.begin_nested() as step:
                try:
                    given: dict[str, Any] = {"mark": mark, "new": new, "like": f"%{mark}%", "most": longest or 100_000}
                    done = connection.execute(text(query), given)
                    changed += done.rowcount
                except SQLAlchemyError:
                    step.rollback()  # the trail refuses changes
    connection.execute(
        text("UPDATE organisation SET name = :x WHERE id = :id"), {"x": PAYLOADS[1], "id": world.buyer_org.id}
    )
    connection.execute(
        text("UPDATE organisation SET name = :x WHERE id = :id"), {"x": PAYLOADS[2], "id": world.firm_org.id}
    )
    connection.execute(
        text("UPDATE person SET given_name = :x, family_name = :y WHERE id IN (:a, :b)"),
        {"x": PAYLOADS[21], "y": PAYLOADS[42], "a": world.buyer.person_id, "b": world.firm.person_id},
    )
    return changed


@pytest.fixture(scope="module")
def poisoned(site: str, server_url: str) -> Poisoned:
    assert site
    url = address_of(server_url)
    with ThreadPoolExecutor(1) as apart:  # Playwright's own loop runs in this thread
        world = apart.submit(planted, url).result()
    engine = create_engine(url)
    with engine.begin() as connection:
        changed = _poison(connection, world)
    engine.dispose()
    return Poisoned(world, changed)


def _pages(world: World) -> dict[str, list[str]]:
    file = world.places["/api/v1/purchases/{ident}"]
    sourcing, draft = world.places["/api/v1/published-sourcings"], world.places["/api/v1/sourcings"]
    return {
        "buyer": [
            "/dossiers", f"/dossiers/{file}", f"/dossiers/{file}/calendrier", f"/dossiers/{file}/suivi",
            f"/dossiers/{file}/changements", f"/charte/dossiers/{file}", "/charte/suivi", "/charte/adhesion",
            "/alertes", "/mes-programmes", "/mon-compte", "/mon-organisation", "/clauses/CEC-MOB-001/adaptation",
            "/dossiers/existant",
            f"/sourcages/{draft}", f"/sourcages/{sourcing}", f"/entreprises/{world.firm_org.siret}",
        ],
        "firm": ["/ma-fiche", f"/sourcages/{sourcing}", "/mon-organisation", "/alertes"],
        "operator": ["/administration", "/administration/charte", "/edition", "/communaute/moderation"],
        "visitor": [
            f"/entreprises/{world.firm_org.siret}", "/entreprises", "/programmes", "/charte/signataires", "/sourcages",
        ],
    }  # fmt: skip


def _enter(page: Page, who: str, site: str, world: World) -> None:
    if who in {"buyer", "firm"}:
        door = world.buyer if who == "buyer" else world.firm
        token = door.cookies["session"]
        page.context.add_cookies(
            [{"name": "session", "value": token, "url": site, "httpOnly": True, "sameSite": "Lax"}]
        )


def test_no_stored_text_runs_and_every_page_bears_it(
    new_page: NewPage, site: str, server_url: str, poisoned: Poisoned
) -> None:
    assert poisoned.changed > 20
    seen, held = 0, list[str]()
    for who, addresses in _pages(poisoned.world).items():
        page, wrong = new_page(width=320, quiet=False), list[str]()
        if who == "operator":
            people.enter(page, site, server_url, name="Odile", platform=PlatformRoleName.PLATFORM_ADMIN)
        _enter(page, who, site, poisoned.world)
        _watch(page, wrong)
        for address in addresses:
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.locator("[aria-busy=true]")).to_have_count(0)
            page.wait_for_load_state("networkidle")
            shown = page.locator("body").inner_text()
            seen += sum(part in shown for part in ("onerror=", "<script>", "<svg"))
            assert page.evaluate("[window.__ran, window.__reports]") == [None, []], address
            assert wrong == [], address
            page.evaluate(_SPACED)
            held += [f"{address} at 320 px, spaced: {one}" for one in overflows(page)]
            page.emulate_media(forced_colors="active")
            held += [f"{address} in forced colours: {one}" for one in faults(page)]
            page.emulate_media(forced_colors="none")
    assert not held, "\n".join(held)
    assert seen > 10, "the payloads are on the pages, as text"


def _watch(page: Page, wrong: list[str]) -> None:
    """Notes a dialog, an error, a refusal of the policy."""
    page.add_init_script(_WATCH)
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: wrong.extend(_refused(message)))
    page.on("pageerror", lambda error: wrong.append(str(error)))


def _refused(message: ConsoleMessage) -> list[str]:
    """What a browser says when a policy refused something; an API answer of 404 is no fault here."""
    said = message.text
    return [said] if "Content Security Policy" in said or "Trusted" in said else []
