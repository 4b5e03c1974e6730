"""From the home page to a family, a clause, and the definition of one of its words."""

import re

from playwright.sync_api import Page, expect


def test_a_family_leads_to_its_clauses_and_a_word_to_its_definition(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Comprendre ma famille d’achat").click()
    expect(page.get_by_role("heading", level=1, name="Familles d’achat")).to_be_visible()
    page.get_by_role("link", name="Mobilier", exact=True).click()
    for title in ("Ce qui compte", "Le marché", "Ce qu’il ne faut pas demander", "Trois erreurs fréquentes"):
        expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Part minimale de mobilier issu du réemploi").first.click()
    expect(page).to_have_url(re.compile("/clauses/CEC-MOB-001$"))
    page.get_by_role("group", name="Texte pour la pièce CCTP").get_by_role("link", name="réemploi", exact=True).click()
    expect(page).to_have_url(re.compile("/glossaire#reemploi$"))
    expect(page.get_by_role("heading", level=2, name="Réemploi", exact=True)).to_be_focused()


def test_the_footer_leads_to_the_glossary(page: Page) -> None:
    page.goto("/charte")
    page.get_by_role("contentinfo").get_by_role("link", name="Glossaire").click()
    expect(page.get_by_role("heading", level=1, name="Glossaire")).to_be_visible()


def test_grants_offer_no_tender(page: Page) -> None:
    page.goto("/familles/financement-public")
    expect(page.get_by_role("heading", level=1, name="Financement public (éco-conditions)")).to_be_visible()
    expect(page.get_by_role("link", name="Préparer un marché de cette famille")).to_have_count(0)
