"""Every page shape as each demonstration account, at 1280 and 375 px: `make demo`, then `python -m tests.bench.crawl`.

Tells, per page: faults of axe, what sticks out, errors in the console, failed calls, and words that are not plain
French (« undefined », codes, ISO dates, English). A screen already judged with the same text is not given to axe again.
"""

import argparse
import re
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error, Page, sync_playwright

from app.demo.people import READY
from tests.bench.crawl.french import strange
from tests.bench.crawl.shapes import TECHNICAL, Finder, Visit, paths, visits
from tests.browser.axe import faults, overflows
from tests.browser.conftest import FLAGS

WIDTHS: Final = (1280, 375)
VISITOR: Final = "visiteur"
_SETTLED: Final = """async () => {
  // The app has taken over from the server's page and nothing loads, for a while: a query may start another.
  for (let calm = 0; calm < 4; calm += 1) {
    const drawn = document.querySelector('main h1') && document.querySelector('header input');
    if (!drawn || document.querySelector('[aria-busy=true]')) return false;
    await new Promise((then) => setTimeout(then, 50));
  }
  return true;
}"""
_CLOSED: Final = re.compile(
    "Connectez-vous pour continuer|Votre rôle ne permet pas|Cette page est celle des|Cette page n’existe pas"
    "|introuvable|Rejoignez une organisation|Un second facteur est nécessaire|n’existe pas|Il manque la fin du lien"
)


@dataclass
class Walk:
    """One account: which shapes it was shown, which were closed to it, what was wrong."""

    role: str
    seen: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


class Crawler:
    def __init__(self, site: str, browser: Browser, shots: str, only: str) -> None:
        self.site, self.browser, self.shots, self.only = site, browser, shots, only
        self.judged: set[str] = set()
        self.told: Counter[str] = Counter()

    def walk(self, role: str) -> Walk:
        walk = Walk(role)
        context = self.browser.new_context(
            base_url=self.site, viewport={"width": WIDTHS[0], "height": 900}, locale="fr-FR", reduced_motion="reduce"
        )
        csrf = ""
        if role != VISITOR:
            entered = context.request.post(
                f"{self.site}/api/v1/demo/session", data={"key": role}, headers={"Origin": self.site}
            )
            if not entered.ok:
                raise SystemExit(f"{role} n’entre pas : {entered.text()}")
            csrf = str(entered.json()["csrf_token"])
        page = context.new_page()
        heard: list[str] = []
        page.on("pageerror", lambda error: heard.append(f"erreur : {error}"))
        page.on("console", lambda said: heard.append(f"console : {said.text[:200]}") if said.type == "error" else None)
        page.on("response", lambda got: heard.append(f"{got.status} {got.url}") if got.status >= 500 else None)
        for visit in visits(Finder(self.site, context.request, csrf)):
            if re.search(self.only, visit.shape):
                heard.clear()
                self._visit(page, visit, walk, heard)
        context.close()
        return walk

    def _visit(self, page: Page, visit: Visit, walk: Walk, heard: list[str]) -> None:
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        try:
            page.goto(self.site + visit.address, wait_until="load")
            if "#" in visit.address:  # the same page but for the hash: nothing is loaded anew
                page.reload()
            page.wait_for_function(_SETTLED, timeout=20_000)
        except Error as error:
            self._tell(walk, visit, "ne se pose pas", str(error).splitlines()[0])
            return
        text = page.locator("main").inner_text()
        closed = _CLOSED.search(text)
        (walk.closed if closed else walk.seen).add(visit.shape)
        # A page that is closed answers 401, 403 or 404: the browser says so in its console.
        said = [one for one in heard if not (closed and re.search("status of 40[134]", one))]
        words = [] if visit.shape in TECHNICAL else [f"mot : {word}" for word in strange(page)]
        for one in [*said, *words]:
            self._tell(walk, visit, one)
        for width in WIDTHS:
            known = f"{width}:{sha256(text.encode()).hexdigest()[:24]}"
            if known in self.judged:
                continue
            self.judged.add(known)
            page.set_viewport_size({"width": width, "height": 900})
            if self.shots:
                name = re.sub(r"\W+", "-", f"{walk.role}{visit.address}")[:90]
                page.screenshot(path=f"{self.shots}/{name}-{width}.png", full_page=True)
            for one in [*faults(page), *(f"dépasse : {wide}" for wide in overflows(page))]:
                self._tell(walk, visit, f"{width} px", one)

    def _tell(self, walk: Walk, visit: Visit, *words: str) -> None:
        fault = " : ".join(words)
        walk.wrong.append(f"{walk.role} {visit.address} {fault}")
        self.told[fault] += 1
        if self.told[fault] == 1:  # the footer is wrong once, not a thousand times
            print(f"  ! {walk.role} {visit.address} {fault}", flush=True)


def report(walks: list[Walk]) -> int:
    shapes = set().union(*(walk.seen | walk.closed for walk in walks))
    table = {path for path in paths() if path in shapes}
    print(f"{len(table)} adresses du routeur sur {len(paths())}, {len(shapes)} formes d’écran avec les onglets")
    for walk in walks:
        print(f"{walk.role:14} {len(walk.seen):4} vues {len(walk.closed):4} fermées {len(walk.wrong):4} défauts")
    nobody = sorted(shapes - set().union(*(walk.seen for walk in walks)))
    print("que personne n’a vues :", ", ".join(nobody) or "aucune")
    print(f"visites : {sum(len(w.seen) for w in walks)} formes × comptes, défauts : {sum(len(w.wrong) for w in walks)}")
    return 1 if any(walk.wrong for walk in walks) else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.crawl", description=__doc__)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--roles", nargs="*", default=[VISITOR, *(one.key for one in READY)])
    parser.add_argument("--only", default="", help="une expression : les formes d’adresse à voir")
    parser.add_argument("--seen", default="", help="un fichier : les écrans déjà jugés, d’un lancement à l’autre")
    parser.add_argument("--shots", default="", help="un dossier pour les images")
    asked = parser.parse_args()
    began = time.monotonic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        crawler = Crawler(asked.site, browser, asked.shots, asked.only)
        seen = Path(asked.seen) if asked.seen else None
        if seen and seen.exists():
            crawler.judged.update(seen.read_text().split())
        walks = []
        for role in asked.roles:
            walks.append(crawler.walk(role))
            print(f"{role} : {len(walks[-1].seen)} vues, {time.monotonic() - began:.0f} s", flush=True)
            if seen:
                seen.write_text("\n".join(sorted(crawler.judged)))
        browser.close()
    return report(walks)


if __name__ == "__main__":
    sys.exit(main())
