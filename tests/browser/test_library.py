"""The library as one searches it: filters in the address, counts, chips, more, and a basket."""

import re

from playwright.sync_api import Page, expect

from tests.browser import journey
from tests.browser.conftest import NewPage


def test_filters_live_in_the_address_and_survive_a_reload(page: Page) -> None:
    page.goto("/clauses")
    page.get_by_role("checkbox", name=re.compile("^Mobilier")).check()
    expect(page).to_have_url(re.compile("family=mobilier"))
    page.get_by_role("checkbox", name=re.compile("^Socle")).check()
    expect(page).to_have_url(re.compile("level=1"))
    page.reload()
    expect(page.get_by_role("checkbox", name=re.compile("^Mobilier"))).to_be_checked()
    chips = page.get_by_role("list", name="Filtres appliqués")
    expect(chips.get_by_role("listitem")).to_have_count(2)
    chips.get_by_role("button", name=re.compile("Socle", re.IGNORECASE)).click()
    expect(page).not_to_have_url(re.compile("level="))
    page.get_by_role("button", name="Tout effacer").click()
    expect(page).to_have_url(re.compile("/clauses$"))


def test_more_clauses_come_after_the_first_ones(page: Page) -> None:
    page.goto("/clauses")
    cards = page.locator("main article")
    expect(cards).to_have_count(20)
    page.get_by_role("button", name="Afficher plus de clauses").press("Enter")
    expect(cards).to_have_count(40)
    expect(page.get_by_text("40 clauses affichées.")).to_be_visible()
    expect(page.locator("main li:focus")).to_have_text(cards.nth(20).text_content() or "?")
    titles = page.locator("main article h3").all_text_contents()
    assert len(set(titles)) > 35


def test_a_search_without_result_offers_a_way_out(page: Page) -> None:
    page.goto("/clauses?q=zzzzzzzzzz&family=mobilier")
    expect(page.get_by_text("Aucune clause ne correspond")).to_be_visible()
    page.get_by_role("list", name="Filtres à retirer").get_by_role("button", name=re.compile("zzzz")).click()
    expect(page.locator("main article").first).to_be_visible()


def test_the_header_search_finds_clauses(page: Page) -> None:
    page.goto("/charte")
    # The focus moves from one screen to the next: the first must be there.
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    box = page.get_by_role("searchbox", name="Rechercher une clause")
    box.fill("meubles réemploi")
    box.press("Enter")
    journey.arrive(page, "Bibliothèque de clauses")
    expect(page.locator("main article").first).to_contain_text(re.compile("réemploi|meuble", re.IGNORECASE))


def test_the_drawer_of_a_small_screen_filters_and_says_how_many_clauses_remain(new_page: NewPage) -> None:
    page = new_page(width=375)
    page.goto("/clauses")
    page.get_by_role("button", name="Filtrer").click()
    drawer = page.get_by_role("dialog", name="Filtrer les clauses")
    drawer.get_by_role("checkbox", name=re.compile("^Mobilier")).check()
    expect(page).to_have_url(re.compile("family=mobilier"))
    drawer.get_by_role("button", name=re.compile(r"Afficher \d+ clauses?")).click()
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("list", name="Filtres appliqués")).to_contain_text("Mobilier")


def test_a_clause_goes_in_and_out_of_the_selection_and_changes_place(page: Page) -> None:
    page.goto("/clauses?family=mobilier&piece=CCTP&kind=technical_specification")
    cards = page.locator("main article")
    expect(cards.first).to_be_visible()
    titles = [(cards.nth(index).locator("h3").text_content() or "").strip() for index in (0, 1)]
    for title in titles:
        cards.filter(has=page.get_by_role("heading", name=title, exact=True)).get_by_role(
            "button", name="Ajouter à ma sélection"
        ).click()
    page.get_by_role("link", name="Ma sélection").click()
    journey.arrive(page, "Ma sélection")
    expect(page.locator("main article h3")).to_have_text(titles)
    page.get_by_role("button", name=f"Descendre : {titles[0]}", exact=True).click()
    expect(page.locator("main article h3")).to_have_text(titles[::-1])
    expect(page.get_by_role("button", name=f"Descendre : {titles[0]}", exact=True)).to_be_focused()
    page.get_by_role("button", name=f"Retirer : {titles[0]}", exact=True).click()
    expect(page.locator("main article h3")).to_have_text([titles[1]])
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("navigation", name="Menu principal")).to_contain_text("1")


def test_a_clause_shows_its_text_its_limits_and_its_history(page: Page) -> None:
    page.goto("/clauses/CEC-MOB-001")
    expect(page.get_by_role("group", name="Texte pour la pièce CCTP").locator("mark").first).to_be_visible()
    for heading in ("Points de vigilance", "Quand ne pas l’utiliser"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_role("tab", name="Textes").click()
    expect(page).to_have_url(re.compile("onglet=textes"))
    expect(page.get_by_text("L. 2112-2").first).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Preuves et contrôle")).to_be_focused()
    expect(page.get_by_role("heading", name="Preuves à demander")).to_be_visible()
    page.get_by_role("tab", name="Historique").click()
    expect(page.get_by_text("Version 1", exact=False).first).to_be_visible()


def test_the_text_of_a_clause_can_be_copied(new_page: NewPage) -> None:
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/clauses/CEC-MOB-001")
    page.get_by_role("button", name="Copier le texte pour la pièce CCTP").click()
    expect(page.get_by_text("Texte copié.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "{{" not in copied
    assert "20" in copied
