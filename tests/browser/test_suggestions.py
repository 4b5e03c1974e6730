"""Suggestions while typing, by keyboard, and the ways out of a search that finds nothing."""

import re

from playwright.sync_api import Page, expect

from tests.browser import journey
from tests.browser.axe import faults
from tests.browser.conftest import NewPage


def test_the_library_box_offers_words_families_and_clauses_by_keyboard(page: Page) -> None:
    page.goto("/clauses")
    box = page.get_by_role("combobox", name="Chercher dans les clauses")
    box.press_sequentially("mobi")
    options = page.get_by_role("option")
    expect(page.get_by_role("option", name="mobilier scolaire", exact=True)).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("mobi")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile("q=mobilier"))
    expect(page.locator("main article").first).to_be_visible()


def test_enter_searches_for_what_was_typed_when_nothing_is_pointed_at(page: Page) -> None:
    page.goto("/clauses")
    box = page.get_by_role("combobox", name="Chercher dans les clauses")
    box.fill("chaises d’occasion")
    box.press("Enter")
    expect(page).to_have_url(re.compile("q=chaises"))
    page.reload()
    expect(page.get_by_role("combobox", name="Chercher dans les clauses")).to_have_value("chaises d’occasion")


def test_what_was_understood_becomes_a_filter(page: Page) -> None:
    page.goto("/clauses?q=mobiler reconditionné")
    expect(page.get_by_text("Recherche faite avec l’orthographe")).to_contain_text("mobilier reconditionné")
    page.get_by_role("button", name="Mobilier (en faire un filtre)").click()
    expect(page).to_have_url(re.compile("family=mobilier"))
    expect(page.get_by_role("list", name="Filtres appliqués")).to_contain_text("Mobilier")


def test_nothing_found_says_what_each_removal_would_give(new_page: NewPage) -> None:
    for width in (1280, 375):
        page = new_page(width=width)
        page.goto("/clauses?q=mobilier&family=restauration&level=3")
        expect(page.get_by_text("Aucune clause ne correspond")).to_be_visible()
        removal = page.get_by_role("list", name="Filtres à retirer").get_by_role(
            "button", name=re.compile("Restauration")
        )
        expect(removal).to_contain_text(re.compile(r"\(\d+\sclauses?\)"))
        expected = int(re.findall(r"\((\d+)", removal.text_content() or "")[0])
        expect(page.get_by_role("button", name=re.compile(r"^Mobilier \(\d+\)$"))).to_be_visible()
        expect(page.get_by_role("link", name="Demander une clause")).to_be_visible()
        assert faults(page) == []
        removal.click()
        expect(page).not_to_have_url(re.compile("family="))
        expect(page.locator("main article")).to_have_count(min(expected, 20))


def test_the_assistant_reads_a_free_description(page: Page) -> None:
    page.goto("/assistant/achat")
    box = page.get_by_role("combobox", name="Objet de l’achat")
    box.fill("Chaises d’occasion pour l’école")
    expect(page.get_by_text("D’après ces mots")).to_contain_text("Mobilier")
    expect(page.get_by_text("D’après ces mots")).to_contain_text("Réemploi")
    box.press("Escape")
    page.get_by_role("button", name="Famille Mobilier").click()
    expect(page.get_by_role("checkbox", name="Mobilier", exact=True)).to_be_checked()
    page.reload()
    expect(box).to_have_value("Chaises d’occasion pour l’école")
    expect(page.get_by_role("checkbox", name="Mobilier", exact=True)).to_be_checked()


def test_a_code_offered_under_the_object_is_added(page: Page) -> None:
    page.goto("/assistant/achat")
    box = page.get_by_role("combobox", name="Objet de l’achat")
    box.fill("Mobilier scolaire")
    page.get_by_role("option").filter(has_text="39160000").first.click()
    expect(page.get_by_role("list", name="Codes CPV choisis")).to_contain_text("39160000")
    expect(box).to_have_value("Mobilier scolaire")


def test_the_library_is_walked_without_javascript(page: Page, site: str) -> None:
    browser = page.context.browser
    assert browser
    context = browser.new_context(base_url=site, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/clauses")
    plain.get_by_role("link", name="Mobilier", exact=True).click()
    expect(plain.get_by_text("Retirer ce filtre")).to_be_visible()
    plain.get_by_role("link", name="Titre", exact=True).click()
    first = plain.locator("main ol li a").first.text_content()
    plain.goto("/clauses?sort=title")
    plain.get_by_role("link", name="Page suivante").click()
    assert plain.locator("main ol li a").first.text_content() != first
    plain.get_by_role("searchbox").fill("xqzzwk")
    plain.get_by_role("button", name="Chercher").click()
    expect(plain.get_by_text("Aucune clause ne correspond")).to_be_visible()
    plain.locator("main ul a").first.click()
    expect(plain.locator("main ol li").first).to_be_visible()
    context.close()


def test_the_home_box_still_leads_to_the_assistant(page: Page) -> None:
    journey.start_from_home(page, journey.FURNITURE)
