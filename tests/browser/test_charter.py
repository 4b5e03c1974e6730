"""The charter in a real browser: what a visitor reads, what an organisation does; clean and whole on a small screen."""

import pytest
from playwright.sync_api import Page, expect

from app.accounts.rules import Role
from app.accounts.sessions import now
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.people import enter
from tests.purchases.makers import draft, item

PUBLIC = ("/charte", "/charte/signataires", "/tableau-de-bord", "/spaser")
MINE = ("/charte/adhesion", "/charte/dossiers", "/charte/suivi", "/charte/agec", "/charte/spaser")


def is_clean(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert faults(page) == [], address
    assert overflows(page) == [], address


@pytest.mark.parametrize("width", [1280, 375])
def test_public_screens_are_clean(site: str, new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    for path in PUBLIC:
        is_clean(page, site + path)


def test_a_signed_out_visitor_finds_the_way_in(site: str, page: Page) -> None:
    for path in MINE:
        page.goto(site + path)
        expect(page.get_by_role("main").get_by_role("link", name="Se connecter")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_screens_of_an_organisation_are_clean(site: str, server_url: str, new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    enter(page, site, server_url, role=Role.ADMINISTRATOR, name="Denis", organisation="Ville du Cadran")
    for path in MINE:
        is_clean(page, site + path)


def test_an_administrator_asks_to_sign_and_declares_a_figure_that_survives_a_reload(
    site: str, server_url: str, page: Page
) -> None:
    enter(page, site, server_url, role=Role.ADMINISTRATOR, name="Denise", organisation="Ville de la Plume")
    page.goto(f"{site}/charte")
    page.get_by_role("link", name="Adhérer").last.click()
    page.get_by_role("button", name="Demander à signer la version").click()
    expect(page.get_by_role("heading", name="Demande à l’examen")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Demande à l’examen")).to_be_visible()
    page.get_by_role("link", name="Mes engagements").click()
    page.get_by_label("Indicateur", exact=True).select_option("formes")
    page.get_by_label("Valeur", exact=True).fill("40")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Enregistré.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("cell", name="40 %")).to_be_visible()


_SEND = """async ([method, address, body]) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRF-Token': csrf_token, 'Content-Type': 'application/json' };
  const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}"""


def test_screens_that_hold_something_are_clean_too(site: str, server_url: str, new_page: NewPage) -> None:
    page = new_page(quiet=False)  # the refused document is an error for the browser
    enter(page, site, server_url, role=Role.ADMINISTRATOR, name="Odile", organisation="Ville du Relevé")
    last = now().year - 1
    page.goto(f"{site}/charte/spaser")
    expect(page.get_by_label("Première des deux années")).to_have_value(str(last))
    kept = draft(launch_date=f"{last}-03-01", items=[item("CEC-MOB-005"), item("CEC-MOB-006", weight="20")])
    file = page.evaluate(_SEND, ["POST", "/api/v1/purchases", {"draft": kept}])["id"]
    for quarter, value in (("T1", 20), ("T2", 45), ("T4", 70)):
        page.evaluate(_SEND, ["PUT", f"/api/v1/charter/figures/formes/{last}-{quarter}", {"value": value}])
    page.evaluate(_SEND, ["PUT", f"/api/v1/charter/figures/spaser-contrats/{last}", {"value": 12}])
    shown = page.evaluate(_SEND, ["PUT", f"/api/v1/charter/spaser/{last}/publication", None])
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        is_clean(page, f"{site}/charte/dossiers/{file}")
        is_clean(page, f"{site}/spaser/{shown['siret']}/{last}")
        is_clean(page, f"{site}/charte/suivi?annee={last}")
    expect(page.get_by_text("Acheteurs formés : 70 %")).to_be_visible()
    page.get_by_label("Valeur", exact=True).fill("80")
    wrong = {"name": "piece.pdf", "mimeType": "application/pdf", "buffer": b"MZ rien d'un PDF"}
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le chiffre est enregistré, sans sa pièce.")).to_be_visible()
    right = wrong | {"buffer": b"%PDF-1.7 attestation"}
    page.locator("input[type=file]").set_input_files(right)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("link", name="piece.pdf")).to_be_visible()
