"""The base lost under a reader's eyes, in a real Chromium (F06): the banner, what was typed kept, the return by itself.

Seen to bite: while the 503 of a lost base (`_on_database` in `app/web/problems.py`) did not carry `X-Read-Only`, a form
sent in the first seconds of the loss got no banner: « Locator expected to be visible ».
"""

import os
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.proxy import Proxy
from tests.faults.site import Site

TYPED = "lou.blanc@exemple.test"
SHOTS = os.environ.get("SHOTS", "")
"""A folder where to put pictures of what was seen."""


def _lost(page: Page, site: Site, proxy: Proxy) -> list[Line]:
    banner = page.get_by_text("Lecture seule : la base de données ne répond pas.")
    field = page.get_by_label("Adresse électronique")
    page.goto(f"{site.url}/creer-un-compte")
    field.fill(TYPED)
    proxy.set("down")
    site.wait("/health/ready", 503)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(banner).to_be_visible(timeout=10_000)
    kept = field.input_value()
    _shoot(page, "saisie")
    # Reading goes on, by the menu as by the address.
    page.goto(f"{site.url}/clauses/CEC-MOB-001")
    expect(page.get_by_role("main").get_by_text("réemploi").first).to_be_visible(timeout=10_000)
    expect(banner).to_be_visible(timeout=10_000)
    _shoot(page, "fiche")
    page.goto(f"{site.url}/creer-un-compte")
    field.fill(TYPED)
    proxy.set("up")
    began = time.monotonic()
    expect(banner).to_be_hidden(timeout=30_000)
    gone, still = time.monotonic() - began, field.input_value()
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_text(TYPED)).to_be_visible(timeout=10_000)
    _shoot(page, "retour")
    return [
        Line("base perdue pendant une saisie : bandeau, champ gardé", kept, TYPED, kept == TYPED),
        Line("  fiche d’une clause ouverte base perdue", "lue, avec le bandeau", "lue", good=True),
        Line(
            "  bandeau parti après le retour, sans recharger",
            f"{gone:.1f} s, champ : {still}",
            "≤ 10 s",
            gone <= 10 and still == TYPED,
        ),
        Line("  le même formulaire, renvoyé", "accepté", "accepté", good=True),
    ]


def _shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def run(*, quick: bool) -> list[Line]:
    del quick
    with Cluster() as cluster:
        proxy = Proxy(cluster.port)
        site = Site(cluster.url_at(proxy.port), CLAUSIER_FRONTEND=os.environ.get("CLAUSIER_FRONTEND", "frontend/dist"))
        site.environment["CLAUSIER_PUBLIC_URL"] = site.url
        with site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            try:
                return _lost(browser.new_page(locale="fr-FR"), site, proxy)
            finally:
                browser.close()
                proxy.close()
