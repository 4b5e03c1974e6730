"""« Mes dossiers » in a real browser: saved by itself, shared, never lost, never overwritten in silence."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import journey
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.journey import FURNITURE
from tests.browser.people import enter, publish_again

SAVED = re.compile("^Enregistré le")


def chosen(page: Page) -> None:
    """A draft with clauses, as a visitor makes it."""
    journey.start_from_home(page, FURNITURE)
    journey.describe(page, FURNITURE)
    journey.accept_duties(page)


def kept(page: Page) -> str:
    """The draft saved as a file, and its address."""
    page.get_by_role("button", name="Enregistrer dans mes dossiers").first.click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    return str(page.get_by_role("link", name=FURNITURE.object).get_attribute("href"))


def test_a_visitor_signs_in_and_keeps_the_draft(page: Page, site: str, server_url: str) -> None:
    chosen(page)
    expect(page.get_by_role("link", name="Se connecter pour l’enregistrer")).to_be_visible()
    page.goto("/dossiers")
    expect(page.get_by_text("Connectez-vous pour continuer")).to_be_visible()
    enter(page, site, server_url)
    page.goto("/assistant/clauses")
    address = kept(page)
    page.goto("/assistant/achat")
    page.get_by_label("Montant estimé hors taxes").fill("150 000")
    expect(page.get_by_text("en attente d’enregistrement")).to_be_visible()
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.evaluate("localStorage.clear()")
    page.goto(address)
    expect(page.get_by_role("list", name="Tâches du dossier").get_by_role("listitem")).to_have_count(8)
    page.get_by_role("link", name="Décrire l’achat").click()
    expect(page.get_by_label("Montant estimé hors taxes")).to_have_value("150 000")
    page.reload()
    expect(page.get_by_label("Montant estimé hors taxes")).to_have_value("150 000")


def test_two_browsers_in_conflict_see_both_versions_and_choose(new_page: NewPage, site: str, server_url: str) -> None:
    # The refusal of the overtaken save is an error in Chromium's console: it is what is tested.
    anne, brice = new_page(quiet=False), new_page(quiet=False)
    enter(anne, site, server_url, name="Anne")
    enter(brice, site, server_url, name="Brice")
    chosen(anne)
    address = kept(anne)
    brice.goto(address)
    brice.get_by_role("link", name="Décrire l’achat").click()
    expect(brice.get_by_label("Montant estimé hors taxes")).to_have_value("120 000")
    anne.goto("/assistant/achat")
    anne.get_by_label("Montant estimé hors taxes").fill("130 000")
    expect(anne.get_by_text(SAVED)).to_be_visible()
    brice.get_by_label("Montant estimé hors taxes").fill("140 000")
    conflict = brice.get_by_text(re.compile("a été modifié par Anne Martin"))
    expect(conflict).to_be_visible()
    row = brice.get_by_role("row", name=re.compile("Montant estimé"))
    expect(row).to_contain_text("140 000")
    expect(row).to_contain_text("130 000")
    assert faults(brice) == []
    brice.get_by_role("button", name="Garder ma version").click()
    expect(brice.get_by_text(SAVED)).to_be_visible()
    anne.get_by_label("Montant estimé hors taxes").fill("135 000")
    anne.get_by_role("button", name="Prendre la version de Brice Martin").click()
    expect(anne.get_by_label("Montant estimé hors taxes")).to_have_value("140 000")


def test_a_cut_of_the_network_loses_nothing(new_page: NewPage, site: str, server_url: str) -> None:
    page = new_page(quiet=False)
    enter(page, site, server_url)
    chosen(page)
    kept(page)
    page.goto("/assistant/achat")
    page.context.set_offline(True)
    page.get_by_label("Montant estimé hors taxes").fill("170 000")
    expect(page.get_by_text("Hors connexion : vos modifications sont gardées")).to_be_visible()
    page.context.set_offline(False)
    # A first try that comes too early is made again after five seconds.
    expect(page.get_by_text(SAVED)).to_be_visible()


def test_a_link_shows_the_file_to_a_visitor_who_comments(new_page: NewPage, site: str, server_url: str) -> None:
    anne, visitor = new_page(), new_page()
    enter(anne, site, server_url)
    chosen(anne)
    anne.goto(kept(anne))
    anne.get_by_label("Pour qui").fill("Service technique")
    anne.get_by_role("radio", name="Lire et commenter").check()
    anne.get_by_role("button", name="Créer le lien").click()
    link = anne.locator("code").inner_text()
    assert faults(anne) == []
    visitor.goto(site + "/partage" + link[link.index("#") :])
    journey_title = visitor.get_by_role("heading", level=1, name=FURNITURE.object)
    expect(journey_title).to_be_visible()
    visitor.get_by_label("Votre nom et votre service").fill("Paul, services techniques")
    visitor.get_by_label("Votre commentaire").fill("Le délai est court.")
    visitor.get_by_role("button", name="Envoyer le commentaire").click()
    expect(visitor.get_by_text("Votre commentaire est envoyé.")).to_be_visible()
    assert faults(visitor) == []
    anne.reload()
    comments = anne.get_by_role("list", name="Commentaires")
    expect(comments).to_contain_text("Paul, services techniques (par un lien de partage)")
    anne.get_by_role("button", name="Clore").press("Enter")
    expect(comments).to_contain_text("clos par Anne Martin")


@pytest.mark.parametrize("width", [1280, 375])
def test_the_screens_of_files_are_clean(new_page: NewPage, site: str, server_url: str, width: int) -> None:
    page = new_page(width=width)
    enter(page, site, server_url, organisation=f"Commune de {width} pixels")
    page.goto("/dossiers")
    expect(page.get_by_text("Aucun dossier pour l’instant")).to_be_visible()
    assert (faults(page), overflows(page)) == ([], [])
    page.get_by_role("button", name="Nouveau dossier").press("Enter")
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert (faults(page), overflows(page)) == ([], [])
    page.get_by_role("link", name="Nouveau dossier").click()
    expect(page.get_by_role("list", name="Tâches du dossier")).to_be_visible()
    assert (faults(page), overflows(page)) == ([], [])
    page.goto("/dossiers")
    expect(page.get_by_role("heading", name="À reprendre")).to_be_visible()
    assert (faults(page), overflows(page)) == ([], [])
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("button", name="Mettre à la corbeille").click()
    expect(page.get_by_text("est dans la corbeille")).to_be_visible()
    page.get_by_label("État").select_option("deleted")
    page.get_by_role("button", name="Restaurer").click()
    expect(page.get_by_text("est de nouveau en cours")).to_be_visible()


def test_the_pieces_of_a_file_keep_the_trace_of_their_clauses(page: Page, site: str, server_url: str) -> None:
    enter(page, site, server_url)
    chosen(page)
    journey.keep_clauses(page)
    address = kept(page)
    page.goto(address)
    page.get_by_role("link", name="Générer").click()
    with page.expect_download():
        page.get_by_role("button", name=re.compile("^Télécharger les pièces")).click()
    page.goto(address)
    made = page.get_by_role("list", name="Pièces générées")
    expect(made).to_contain_text("Version actuelle")
    made.get_by_text(re.compile("clauses imprimées")).click()
    expect(made.get_by_role("link").first).to_have_text(re.compile("^CEC-"))
    _approved_with_a_reason(page)


def _approved_with_a_reason(page: Page) -> None:
    """By keyboard: each quality approves, a decision says why; both are there after a reload."""
    for part in ("Prescripteur", "Acheteur", "Juriste"):
        page.get_by_role("radio", name=part).press("Space")
        page.get_by_role("button", name=re.compile("^Approuver la version")).press("Enter")
        expect(page.get_by_role("list", name="Approbations")).to_contain_text(f"{part} : Anne Martin")
    reason = "Trois ateliers du territoire tiennent ce niveau."
    page.get_by_text("Consigner une décision").press("Enter")
    page.get_by_label("Raison", exact=True).last.fill(reason)
    page.get_by_role("button", name="Consigner", exact=True).press("Enter")
    expect(page.get_by_text(f"Raison : {reason}")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Vaut pour la version actuelle")).to_have_count(3)
    expect(page.get_by_text(f"Raison : {reason}")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_a_changed_clause_is_compared_and_taken(new_page: NewPage, site: str, server_url: str, width: int) -> None:
    page = new_page(width=width)
    ident = {1280: "CEC-MOB-020", 375: "CEC-MOB-021"}[width]
    enter(page, site, server_url)
    page.goto(f"/clauses/{ident}")
    page.get_by_role("button", name="Ajouter à ma sélection").first.click()
    page.goto("/selection")
    page.get_by_role("button", name="Enregistrer dans mes dossiers").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    address = str(page.get_by_role("link", name="Dossier sans titre").get_attribute("href"))
    publish_again(server_url, ident)
    page.goto(address)
    changed = page.get_by_text("1 clause a changé depuis")
    # The server looks for a new library every other second.
    for _ in range(10):
        if changed.is_visible():
            break
        page.wait_for_timeout(500)
        page.reload()
        page.get_by_role("list", name="Tâches du dossier").wait_for()
    # Last year's file, taken up again: the copy says what has changed since.
    page.get_by_role("button", name="Dupliquer").press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("copie"))).to_be_visible()
    expect(changed).to_be_visible()
    page.get_by_role("link", name="Comparer").click()
    expect(page.locator("ins").first).to_contain_text("relu")
    assert (faults(page), overflows(page)) == ([], [])
    page.get_by_role("button", name="Prendre la version 2").click()
    expect(page.get_by_text("Aucune clause n’a changé")).to_be_visible()


def test_who_signs_out_leaves_nothing_of_the_file_in_the_browser(page: Page, site: str, server_url: str) -> None:
    enter(page, site, server_url)
    chosen(page)
    address = kept(page)
    page.get_by_role("button", name="Compte de Anne Martin").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Se connecter")).to_be_visible()
    assert FURNITURE.object not in str(page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
    assert page.evaluate("(async () => (await indexedDB.databases()).length + (await caches.keys()).length)()") == 0
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert FURNITURE.object not in page.locator("body").inner_text(), "the page of before, by the back button"
    page.goto(f"/assistant/achat?dossier={address.rsplit('/', 1)[1]}")
    expect(page.get_by_text("Ce dossier est à une organisation")).to_be_visible()
    assert faults(page) == []
