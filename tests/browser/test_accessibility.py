"""Every screen in every state: no fault for axe, nothing that sticks out, one h1, a title."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import journey
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.journey import FURNITURE

# Both widths and both schemes; their cross product doubles the minutes and has found nothing more.
VIEWS = [(1280, False), (375, True)]
IDS = ["desktop", "mobile-dark"]
SCREENS = [
    "/",
    "/clauses",
    "/clauses?family=mobilier&level=1&q=r%C3%A9emploi",
    "/clauses?q=zzzzzzzzzz",
    "/clauses/CEC-MOB-001",
    "/clauses/CEC-MOB-001?onglet=textes",
    "/clauses/CEC-MOB-001?onglet=preuves",
    "/clauses/CEC-MOB-001?onglet=historique",
    "/clauses/CEC-MOB-001?onglet=retours",
    "/clauses/CEC-ZZZ-999",
    "/familles",
    "/familles/mobilier",
    "/familles/financement-public",
    "/familles/fusees",
    "/glossaire#reemploi",
    "/selection",
    "/obligations",
    "/charte",
    "/ressources",
    "/formation",
    "/formation/sourcer",
    "/analyse",
    "/analyse/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "/charte/signataires",
    "/tableau-de-bord",
    "/spaser",
    "/communaute",
    "/evenements",
    "/aides",
    "/referents",
    "/entreprises",
    "/gisements",
    "/sourcages",
    "/dossiers",
    "/connexion",
    "/creer-un-compte",
    "/api",
    "/outils",
    "/outils/simulateur",
    "/outils/cout-cycle-de-vie",
    "/outils/declaration-agec",
    "/assistant/achat",
    "/assistant/documents",
    "/accessibilite",
    "/mentions-legales",
    "/donnees-personnelles",
    "/plan-du-site",
    "/aide",
    "/licence",
    "/nulle-part",
]


_BADLY_BUILT = """() => {
  const told = (what, all) => [...all].map((e) => what + ': ' + e.outerHTML.slice(0, 120));
  return [
    ...told('an icon that is read', [...document.querySelectorAll('svg')]
      .filter((e) => !e.closest('[aria-hidden=true]') && e.getAttribute('role') !== 'img')),
    ...told('a lonely radio', [...document.querySelectorAll('input[type=radio]')]
      .filter((e) => !e.closest('fieldset, [role=radiogroup]'))),
  ];
}"""


def check(page: Page, state: str) -> None:
    assert faults(page) == [], state
    assert page.evaluate(_BADLY_BUILT) == [], state
    assert overflows(page) == [], state
    assert page.locator("h1").count() == 1, state
    assert page.title().endswith(" – Clausier"), state


def settle(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("width", "dark"), VIEWS, ids=IDS)
def test_every_page_is_clean(new_page: NewPage, width: int, dark: bool) -> None:  # noqa: FBT001
    # A missing clause is a 404 in the console: meant here.
    page = new_page(width=width, dark=dark, quiet=False)
    for address in SCREENS:
        page.goto(address)
        settle(page)
        check(page, address)


@pytest.mark.parametrize(("width", "dark"), VIEWS, ids=IDS)
def test_every_step_of_the_assistant_is_clean(new_page: NewPage, width: int, dark: bool) -> None:  # noqa: FBT001
    page = new_page(width=width, dark=dark)
    page.goto("/assistant/achat")
    settle(page)
    page.get_by_role("button", name="Continuer", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page, "step 1, refused")

    journey.start_from_home(page, FURNITURE)
    page.get_by_role("combobox", name="Codes CPV").fill("mobilier")
    expect(page.get_by_role("option").first).to_be_visible()
    check(page, "step 1, suggestions open")
    page.keyboard.press("Escape")
    journey.describe(page, FURNITURE)
    settle(page)
    check(page, "step 2")
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    check(page, "step 2, everything open")
    journey.accept_duties(page)
    settle(page)
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    check(page, "step 3")
    journey.keep_clauses(page)
    settle(page)
    check(page, "step 4")
    page.locator("form").get_by_role("textbox").first.fill("beaucoup")
    page.get_by_role("button", name=journey.NEXT).click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page, "step 4, refused")
    page.locator("form").get_by_role("textbox").first.fill("")
    journey.complete_variables(page)
    settle(page)
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    check(page, "step 5")
    journey.prepare_documents(page)
    settle(page)
    check(page, "step 6")
    page.get_by_role("link", name="Ma sélection").click(force=True) if width > 800 else page.goto("/selection")
    journey_title = page.get_by_role("heading", level=1, name="Ma sélection")
    expect(journey_title).to_be_visible()
    settle(page)
    check(page, "selection, filled")
    page.get_by_role("button", name="Vider ma sélection").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page, "selection, dialog open")


def test_the_drawer_and_the_menu_of_small_screens_are_clean(new_page: NewPage) -> None:
    page = new_page(width=375)
    page.goto("/clauses")
    settle(page)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Charte")).to_be_visible()
    check(page, "menu open")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("dialog", name="Filtrer les clauses")).to_be_visible()
    check(page, "drawer open")


def test_home_with_its_suggestions_open_is_clean(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="Votre achat").fill("mobilier")
    expect(page.get_by_role("option").first).to_be_visible()
    check(page, "suggestions")


def test_an_error_page_is_clean(new_page: NewPage) -> None:
    page = new_page(quiet=False)

    def broken(route: Route) -> None:
        body = {
            "type": "/problems/occupe",
            "title": "Service occupé",
            "status": 503,
            "detail": "Réessayez.",
            "errors": [],
            "trace_id": "0123456789abcdef",
        }
        route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(body))

    page.route("**/api/v1/**", broken)
    for address in ("/", "/clauses", "/clauses/CEC-MOB-001", "/obligations", "/charte"):
        page.goto(address)
        expect(page.get_by_role("alert")).to_contain_text("Service occupé")
        check(page, f"{address}, server busy")


def test_nothing_sticks_out_at_320_pixels_and_wider_text_spacing_hides_nothing(new_page: NewPage) -> None:
    page = new_page(quiet=False)
    for address in SCREENS:
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(address)
        settle(page)
        assert overflows(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        page.set_viewport_size({"width": 375, "height": 800})
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", _SPACING
        )
        assert page.evaluate(_CLIPPED) == [], address
        assert overflows(page) == [], f"{address}, wider spacing"


def test_high_contrast_and_print_lose_no_word(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/charte")
    settle(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Imprimer la charte")).to_be_hidden()
    assert page.get_by_role("heading", level=3).count() == 10
    page.emulate_media(media="screen", forced_colors="active")
    assert faults(page) == []


def test_each_screen_has_its_own_title_and_takes_the_focus(page: Page) -> None:
    page.goto("/")
    settle(page)
    seen = {page.title()}
    for name, title in [
        ("Bibliothèque", "Bibliothèque de clauses"),
        ("Ressources", "Ressources"),
        ("Charte", "La charte de l’achat circulaire"),
        ("Assistant", "Décrire l’achat"),
    ]:
        page.get_by_role("navigation", name="Menu principal").get_by_role("link", name=name).click()
        journey.arrive(page, title)
        seen.add(page.title())
    assert len(seen) == 5


_SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
_CLIPPED = """() => [...document.querySelectorAll('main *')]
  .filter((e) => e.children.length === 0 && e.textContent.trim() && e.clientHeight > 1 && e.clientWidth > 1
    && ['hidden', 'clip'].includes(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1)
  .map((e) => e.outerHTML.slice(0, 120))"""


def test_two_ways_lead_to_every_page(page: Page) -> None:
    for address in ("/", "/clauses", "/assistant/achat", "/aide"):
        page.goto(address)
        settle(page)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
        expect(page.get_by_role("search").first).to_be_visible()
        expect(page.get_by_role("navigation", name="Menu principal")).to_be_visible()
        expect(page.get_by_role("contentinfo").get_by_role("link", name="Plan du site")).to_be_visible()
    page.get_by_role("contentinfo").get_by_role("link", name="Plan du site").click()
    journey.arrive(page, "Plan du site")
    targets = {link.get_attribute("href") for link in page.get_by_role("main").get_by_role("link").all()}
    menu = page.get_by_role("navigation", name="Menu principal").get_by_role("link")
    assert {link.get_attribute("href") for link in menu.all()} <= targets
