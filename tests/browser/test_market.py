"""Firms and buyers meet, in a real browser: a page, an offer, an answer to a clause, the directory, a programme."""

import os

import pytest
from playwright.sync_api import Page, expect

from app.accounts.rules import OrganisationKind
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.people import enter

WIDTHS = (1280, 375)


def look(page: Page, name: str) -> None:
    """No fault for axe, nothing that sticks out; a picture when one asks for it."""
    if folder := os.environ.get("CLAUSIER_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert faults(page) == []
    assert overflows(page) == []


def firm_of(page: Page, site: str, server_url: str, organisation: str) -> None:
    enter(page, site, server_url, name="Lucie", organisation=organisation, kind=OrganisationKind.FIRM)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_firm_makes_its_page_and_is_found(new_page: NewPage, site: str, server_url: str, width: int) -> None:
    page = new_page(width=width, quiet=False)
    name = f"Atelier du Rhône {width}"
    firm_of(page, site, server_url, name)
    page.goto("/ma-fiche")
    page.get_by_role("button", name="Créer la fiche").click()
    expect(page.get_by_text("Fiche remplie à")).to_be_visible()
    look(page, f"ma-fiche-{width}")
    page.get_by_label("Votre activité").fill("Nous remettons en état des chaises et des tables.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Votre activité")).to_have_value("Nous remettons en état des chaises et des tables.")
    page.get_by_role("tab", name="Offres").click()
    page.get_by_role("button", name="Ajouter une offre").click()
    page.get_by_role("button", name="Enregistrer l’offre").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Titre").fill("Chaises reconditionnées")
    page.get_by_label("Famille d’achat").select_option("mobilier")
    look(page, f"offre-{width}")
    page.get_by_role("button", name="Enregistrer l’offre").click()
    expect(page.get_by_role("button", name="Modifier Chaises reconditionnées")).to_be_visible()
    page.get_by_role("tab", name="Clauses").click()
    page.get_by_role("button", name="Répondre à une clause").click()
    page.get_by_label("Identifiant de la clause").fill("CEC-MOB-001")
    page.get_by_role("button", name="Enregistrer ma réponse").click()
    expect(page.get_by_text("CEC-MOB-001 –")).to_be_visible()
    look(page, f"capacites-{width}")
    page.reload()
    expect(page.get_by_text("CEC-MOB-001 –")).to_be_visible()
    page.get_by_role("tab", name="Preuves").click()
    look(page, f"preuves-{width}")
    visitor = new_page(width=width)
    visitor.goto("/entreprises?family=mobilier&department=69")
    expect(visitor.get_by_role("link", name=name)).to_be_visible()
    look(visitor, f"annuaire-{width}")
    visitor.get_by_role("link", name=name).click()
    expect(visitor.get_by_role("heading", name="Ce que dit le registre public")).to_be_visible()
    look(visitor, f"entreprise-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_buyer_announces_a_purchase_and_all_read_it(
    new_page: NewPage, site: str, server_url: str, width: int
) -> None:
    buyer = new_page(width=width)
    enter(buyer, site, server_url)
    buyer.goto("/mes-programmes")
    buyer.get_by_role("button", name="Annoncer un achat").click()
    buyer.get_by_label("Objet").fill(f"Tables d’école de seconde main {width}")
    buyer.get_by_label("Famille d’achat").select_option("mobilier")
    for label, value in (("Jour", "15"), ("Mois", "3"), ("Année", "2030")):
        buyer.get_by_label(label, exact=True).fill(value)
    look(buyer, f"annoncer-{width}")
    buyer.get_by_role("button", name="Enregistrer").click()
    expect(buyer.get_by_role("link", name=f"Tables d’école de seconde main {width}")).to_be_visible()
    visitor = new_page(width=width)
    visitor.goto("/programmes?family=mobilier")
    expect(visitor.get_by_role("link", name=f"Tables d’école de seconde main {width}")).to_be_visible()
    expect(visitor.get_by_role("link", name="Se connecter pour suivre cette recherche")).to_be_visible()
    look(visitor, f"programmes-{width}")


def test_a_followed_search_is_listed_and_stopped_with_the_keyboard(page: Page, site: str, server_url: str) -> None:
    enter(page, site, server_url, name="Denise")
    page.goto("/entreprises?family=textile")
    page.get_by_role("button", name="Me prévenir des nouveautés").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recherche enregistrée")).to_be_visible()
    page.goto("/alertes")
    expect(page.get_by_role("button", name="Arrêter")).to_be_visible()
    look(page, "alertes")
    page.get_by_role("button", name="Arrêter").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Aucune recherche enregistrée")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_clause_tells_the_depth_of_its_market(new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    page.goto("/clauses/CEC-MOB-001")
    expect(page.get_by_role("heading", name="Le marché peut-il répondre ?")).to_be_visible()
    expect(page.get_by_text("moins de 3 entreprises").first).to_be_visible()
    look(page, f"profondeur-{width}")


@pytest.mark.parametrize(
    "path", ["/entreprises", "/programmes", "/gisements", "/ma-fiche", "/alertes", "/mes-programmes"]
)
def test_a_visitor_meets_no_dead_end(new_page: NewPage, path: str) -> None:
    page = new_page(width=375)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    look(page, f"visiteur{path.replace('/', '-')}")
