"""The charter in a real browser: what a visitor reads, what an organisation does; clean and whole on a small screen."""

import pytest
from playwright.sync_api import Page, expect

from app.accounts.rules import Role
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.people import enter

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
