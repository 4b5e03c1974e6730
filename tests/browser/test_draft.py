"""The draft belongs to the buyer: nothing that happens loses it."""

import json

from playwright.sync_api import Page, Route, expect

from tests.browser import journey
from tests.browser.conftest import NewPage
from tests.browser.journey import FURNITURE


def test_a_reload_keeps_the_description_the_clauses_and_the_values(page: Page) -> None:
    journey.start_from_home(page, FURNITURE)
    journey.describe(page, FURNITURE)
    journey.accept_duties(page)
    first = journey.proposed(page).first
    checked = first.is_checked()
    first.set_checked(not checked)
    page.reload()
    expect(journey.proposed(page).first).to_be_checked(checked=not checked)
    journey.keep_clauses(page)
    field = page.locator("form").get_by_role("textbox").first
    field.fill("31")
    page.reload()
    expect(page.locator("form").get_by_role("textbox").first).to_have_value("31")
    page.goto("/assistant/achat")
    expect(page.get_by_label("Montant estimé hors taxes")).to_have_value("120 000")


def test_a_refused_clause_is_not_proposed_again(page: Page) -> None:
    journey.start_from_home(page, FURNITURE)
    journey.describe(page, FURNITURE)
    journey.accept_duties(page)
    box = journey.proposed(page).first
    expect(box).to_be_checked()
    name = box.get_attribute("name")
    box.uncheck()
    page.get_by_role("link", name="Revenir aux obligations").click()
    journey.arrive(page, "Vos obligations")
    page.get_by_role("button", name="C’est compris, continuer").click()
    journey.arrive(page, "Clauses proposées")
    expect(page.locator(f"input[name='{name}']")).not_to_be_checked()


def test_an_error_of_the_server_says_so_and_keeps_everything(new_page: NewPage) -> None:
    page = new_page(quiet=False)
    journey.start_from_home(page, FURNITURE)
    journey.choose_cpv(page, FURNITURE.cpv)

    def broken(route: Route) -> None:
        problem = {
            "type": "/problems/base",
            "title": "Base de données injoignable",
            "status": 503,
            "detail": "Réessayez.",
        }
        route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem))

    page.route("**/api/v1/duties/assess", broken)
    page.get_by_role("radio", name="Fournitures").check()
    page.get_by_label("Montant estimé hors taxes").fill("120 000")
    page.get_by_label("Procédure adaptée").check()
    journey.fill_date(page, "2026-12-01")
    page.get_by_label("Collectivité territoriale").check()
    page.get_by_role("button", name="Continuer", exact=True).click()
    alert = page.get_by_role("alert").filter(has_text="Base de données injoignable")
    expect(alert).to_contain_text("conservée")
    page.unroute("**/api/v1/duties/assess")
    alert.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_role("heading", level=2, name="Obligatoire")).to_be_visible()


def test_a_silent_server_is_told_as_such(new_page: NewPage) -> None:
    page = new_page(quiet=False)
    page.route("**/api/v1/duties", lambda route: route.abort())
    page.goto("/obligations")
    expect(page.get_by_role("alert").filter(has_text="Le serveur ne répond pas")).to_be_visible()


def test_starting_again_asks_first_then_forgets(page: Page) -> None:
    journey.start_from_home(page, FURNITURE)
    page.get_by_role("button", name="Recommencer").click()
    dialog = page.get_by_role("dialog", name="Recommencer à zéro ?")
    dialog.get_by_role("button", name="Annuler").click()
    expect(page.get_by_label("Objet de l’achat")).to_have_value(FURNITURE.object)
    page.get_by_role("button", name="Recommencer").click()
    dialog.get_by_role("button", name="Effacer et recommencer").click()
    expect(page.get_by_label("Objet de l’achat")).to_have_value("")


def test_a_corrupted_draft_is_an_empty_one(page: Page) -> None:
    page.goto("/")
    page.evaluate("localStorage.setItem('clausier.dossier', '{\"format\":1,\"items\":[[[')")
    page.goto("/assistant/clauses")
    expect(page.get_by_text("Décrivez d’abord votre achat")).to_be_visible()


def test_a_full_storage_is_said_and_the_work_goes_on(page: Page) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }")
    journey.start_from_home(page, FURNITURE)
    expect(page.get_by_text("Ce navigateur ne garde pas votre brouillon")).to_be_visible()
    journey.describe(page, FURNITURE)


def test_an_incomplete_step_shows_a_summary_with_the_focus_and_a_sentence_at_each_field(page: Page) -> None:
    page.goto("/assistant/achat")
    page.get_by_role("button", name="Continuer", exact=True).click()
    summary = page.get_by_role("alert").filter(has_text="points sont à corriger")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Indiquez le montant estimé").click()
    amount = page.get_by_label("Montant estimé hors taxes")
    expect(amount).to_be_focused()
    expect(amount).to_have_accessible_description(
        "Pour toute la durée du marché, reconductions comprises. "
        "Erreur : Indiquez le montant estimé, ou cochez « Je ne connais pas le montant »"
    )
