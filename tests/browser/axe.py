"""axe-core in the page: every fault is a failure."""

from playwright.sync_api import Page

from app.settings import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (rules) => {
  const report = await axe.run(document, { runOnly: rules, resultTypes: ['violations'], preload: false });
  return report.violations.map((v) => `${v.id}: ${v.help} -> ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}"""
_OVERFLOWS = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    && getComputedStyle(e).position !== 'absolute' && !e.closest('[role=region]') && !e.closest('svg'))
  .map((e) => e.outerHTML.slice(0, 120))"""


def faults(page: Page) -> list[str]:
    """What axe finds in the page as it is now; empty when it is clean."""
    # The security policy of the site refuses inserted scripts, not those of the debugger.
    page.evaluate(f"if (!window.axe) {{ {AXE.read_text(encoding='utf-8')} }}")
    found: list[str] = page.evaluate(_RUN, RULES)
    return found


def overflows(page: Page) -> list[str]:
    """The elements that stick out on the right: on a small screen they would be cut or make the page scroll."""
    wide: list[str] = page.evaluate(_OVERFLOWS)
    return wide
