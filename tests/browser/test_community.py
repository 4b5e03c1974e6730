"""The network in a real browser: questions and their moderation, events, help; clean and whole on a small screen."""

from playwright.sync_api import Page, expect

from app.accounts.rules import PlatformRoleName
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.people import enter

WIDTHS = (1280, 375)
PUBLIC = (
    "/communaute",
    "/communaute/moderation",
    "/evenements",
    "/aides",
    "/formation",
    "/clauses/CEC-MOB-001?onglet=retours",
)


def is_clean(page: Page, address: str = "") -> None:
    if address:
        page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert (page.url, faults(page), overflows(page)) == (page.url, [], [])


def ask(page: Page, site: str, title: str) -> str:
    """Asks, and gives the address of the question."""
    page.goto(f"{site}/communaute")
    page.get_by_label("Dans l’espace").select_option(index=1)
    page.get_by_label("Votre question en une phrase").fill(title)
    page.get_by_label("Le détail").fill("Nous hésitons entre deux seuils pour le mobilier scolaire.")
    page.get_by_role("button", name="Publier la question").click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    return page.url


def answer(page: Page, text: str) -> None:
    page.get_by_label("Votre réponse").fill(text)
    page.get_by_role("button", name="Publier la réponse").click()
    expect(page.get_by_role("paragraph").get_by_text(text)).to_be_visible()


def test_public_screens_are_clean_and_show_the_way_in(site: str, page: Page) -> None:
    for path in PUBLIC:
        is_clean(page, site + path)
        expect(page.get_by_role("main").get_by_role("link", name="onnecte").first).to_be_visible()


def test_screens_of_a_writer_and_of_an_editor_are_clean(site: str, server_url: str, new_page: NewPage) -> None:
    writer, editor = new_page(), new_page()
    enter(writer, site, server_url, name="Lise")
    enter(editor, site, server_url, name="Odile", platform=PlatformRoleName.EDITOR)
    for page in (writer, editor):
        for path in PUBLIC:
            page.goto(site + path)
            expect(page.locator("[aria-busy=true]")).to_have_count(0)
            page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
            is_clean(page)


def test_a_question_is_answered_and_its_author_keeps_the_answer_that_helped(
    site: str, server_url: str, new_page: NewPage
) -> None:
    author, reader = new_page(), new_page()
    enter(author, site, server_url, name="Ines")
    enter(reader, site, server_url, name="Yann", organisation="Ville du Cadran")
    address = ask(author, site, "Quel seuil de réemploi retenir ?")
    reader.goto(address)
    answer(reader, "Vingt pour cent passent bien chez nous.")
    author.reload()
    author.get_by_role("button", name="Cette réponse m’a aidé").click()
    expect(author.get_by_text("Réponse retenue")).to_be_visible()
    author.reload()
    expect(author.get_by_text("Réponse retenue")).to_be_visible()
    is_clean(author)
    author.goto(f"{site}/communaute")
    row = author.get_by_role("listitem").filter(has_text="Quel seuil de réemploi retenir ?")
    expect(row.get_by_text("Résolue")).to_be_visible()


def test_a_reported_answer_is_hidden_for_a_reason_that_its_author_reads(
    site: str, server_url: str, new_page: NewPage
) -> None:
    author, reader, editor = new_page(), new_page(), new_page()
    enter(author, site, server_url, name="Paul")
    enter(reader, site, server_url, name="Rose", organisation="Ville du Cadran")
    enter(editor, site, server_url, name="Odile", platform=PlatformRoleName.EDITOR)
    address = ask(author, site, "Comment vérifier le tri ?")
    answer(author, "Notre société vend un capteur.")
    reader.goto(address)
    reader.get_by_role("main").get_by_text("Signaler la réponse de Paul").click()
    reader.get_by_role("button", name="Envoyer le signalement").click()
    expect(reader.get_by_text("Merci : un modérateur va regarder.")).to_be_visible()
    editor.goto(f"{site}/communaute")
    editor.get_by_role("link", name="Examiner les messages à modérer").click()
    card = editor.get_by_role("listitem").filter(has_text="Notre société vend un capteur.")
    expect(card.get_by_text("Signalé : Publicité")).to_be_visible()
    is_clean(editor)
    card.get_by_role("button", name="Masquer").click()
    field = card.get_by_label("Raison du masquage")
    card.get_by_role("link", name="Dites pourquoi").click()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    is_clean(editor)
    field.fill("Ceci est une publicité.")
    card.get_by_role("button", name="Masquer").click()
    expect(card).to_have_count(0)
    author.reload()
    expect(author.get_by_text("Raison : Ceci est une publicité.")).to_be_visible()
    is_clean(author)
    reader.reload()
    expect(reader.get_by_role("heading", name="Aucune réponse pour l’instant")).to_be_visible()
    expect(reader.get_by_text("Notre société vend un capteur.")).to_have_count(0)


def test_an_experience_that_waits_is_shown_by_an_editor(site: str, server_url: str, new_page: NewPage) -> None:
    author, editor, visitor = new_page(), new_page(), new_page()
    enter(author, site, server_url, name="Nora")
    enter(editor, site, server_url, name="Odile", platform=PlatformRoleName.EDITOR)
    author.goto(f"{site}/clauses/CEC-MOB-001?onglet=retours")
    author.get_by_text("Raconter un marché avec cette clause").click()
    author.get_by_label("Utilisée dans").fill("Mobilier du lycée, lot 2")
    author.get_by_label("Année").fill("2025")
    author.get_by_label("Ce que vous retenez").fill("Le détail est sur https://exemple.test")
    author.get_by_role("button", name="Publier ce retour").click()
    expect(author.get_by_role("heading", name="Mobilier du lycée, lot 2")).to_be_visible()
    is_clean(author)
    visitor.goto(f"{site}/clauses/CEC-MOB-001?onglet=retours")
    expect(visitor.get_by_role("heading", name="Utilisée dans…")).to_be_visible()
    expect(visitor.get_by_role("heading", name="Mobilier du lycée, lot 2")).to_have_count(0)
    editor.goto(f"{site}/communaute/moderation")
    card = editor.get_by_role("article").filter(has_text="Mobilier du lycée, lot 2")
    card.get_by_role("button", name="Montrer à tous").click()
    expect(card).to_have_count(0)
    visitor.reload()
    expect(visitor.get_by_role("heading", name="Mobilier du lycée, lot 2")).to_be_visible()


def test_an_event_is_announced_and_a_place_is_taken_then_given_back(
    site: str, server_url: str, new_page: NewPage
) -> None:
    host, guest = new_page(), new_page()
    enter(host, site, server_url, name="Marc")
    enter(guest, site, server_url, name="Zelie", organisation="Ville du Cadran")
    host.goto(f"{site}/evenements")
    host.get_by_text("Annoncer un événement", exact=True).click()
    host.get_by_label("Titre").fill("Visite de la ressourcerie")
    host.get_by_label("Description").fill("Une heure sur place, avec les équipes.")
    host.get_by_label("Lieu, ou adresse").fill("Bellerive")
    for label, value in (("Jour", "14"), ("Mois", "9"), ("Année", "2099")):
        host.get_by_label(label, exact=True).fill(value)
    host.get_by_label("Heure de début").fill("14h30")
    host.get_by_label("Heure de fin").fill("16h")
    host.get_by_label("Nombre de places").fill("1")
    host.get_by_role("button", name="Publier l’événement").click()
    expect(host.get_by_role("heading", name="Visite de la ressourcerie", level=1)).to_be_visible()
    guest.goto(host.url)
    guest.get_by_role("button", name="M’inscrire").click()
    expect(guest.get_by_text("Vous êtes inscrit.")).to_be_visible()
    guest.reload()
    expect(guest.get_by_text("Vous êtes inscrit.")).to_be_visible()
    is_clean(guest)
    host.reload()
    expect(host.get_by_text("Zelie Martin")).to_be_visible()
    expect(host.get_by_role("button", name="Prendre rang sur la liste d’attente")).to_be_visible()
    host.get_by_text("Modifier l’événement").click()
    expect(host.get_by_label("Heure de début")).to_have_value("14 h 30")
    host.get_by_label("Lieu, ou adresse").fill("Halle de Bellerive")
    host.get_by_role("button", name="Enregistrer les changements").click()
    expect(host.get_by_text("Enregistré : les inscrits")).to_be_visible()
    is_clean(host)
    guest.reload()
    expect(guest.get_by_text("Halle de Bellerive")).to_be_visible()
    guest.get_by_role("button", name="Me désinscrire").click()
    expect(guest.get_by_role("button", name="M’inscrire")).to_be_visible()
