"""What each role sees and does: an agent of ProConnect, an administrator of the platform, a firm."""

from playwright.sync_api import Page, expect

from app.accounts.fake_proconnect import Fake
from app.accounts.rules import OrganisationKind, PlatformRoleName, Role
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.people import enter


def is_clean(page: Page) -> None:
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert (faults(page), overflows(page)) == ([], []), page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_agent_enters_by_proconnect_administers_their_new_organisation_and_leaves_both(
    new_page: NewPage, site: str, proconnect: Fake
) -> None:
    page = new_page(quiet=False)  # the browser tells of the page of the fake, which has no icon
    page.goto(f"{site}/connexion")
    proconnect.acr = "inconnu"
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.get_by_role("button", name="Camille Durand").click()
    expect(page.get_by_text("La réponse de ProConnect n’a pas pu être vérifiée")).to_be_visible()
    assert faults(page) == []
    proconnect.acr = "eidas1"
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.get_by_role("button", name="Camille Durand").click()
    menu = page.get_by_role("button", name="Compte de Camille Durand")
    expect(menu).to_be_visible()
    assert [cookie["name"] for cookie in page.context.cookies(site)] == ["session"]
    page.goto(f"{site}/mon-organisation")
    expect(page.get_by_role("heading", name="Commune fictive")).to_be_visible()
    # The first agent administers, and does nothing of it without a second factor.
    expect(page.get_by_text("Protégez votre compte pour administrer l’organisation")).to_be_visible()
    expect(page.get_by_role("heading", name="Historique de sécurité")).to_have_count(0)
    page.reload()
    menu.click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Se connecter")).to_be_visible()
    assert proconnect.ended == ["agent-commune"]


def test_the_administrator_of_the_platform_gives_a_role_and_suspends(
    page: Page, site: str, server_url: str, new_page: NewPage
) -> None:
    enter(new_page(), site, server_url, name="Zoé", organisation="Ville des Rôles")
    enter(
        page,
        site,
        server_url,
        role=Role.ADMINISTRATOR,
        name="Paul",
        organisation="Ville des Rôles",
        platform=PlatformRoleName.PLATFORM_ADMIN,
    )
    page.goto(site)
    page.get_by_role("button", name="Compte de Paul Martin").click()
    page.get_by_role("link", name="Administration").click()
    with page.expect_response(lambda answer: "/platform/people?q=" in answer.url):
        page.get_by_label("Chercher un nom ou une adresse").fill("zoé")
    row = page.get_by_role("list", name="Comptes").get_by_role("listitem").filter(has_text="Zoé Martin")
    row.get_by_text("Gérer Zoé Martin").click()
    is_clean(page)
    row.get_by_label("Éditeur").check()
    row.get_by_role("button", name="Enregistrer les rôles").click()
    row.get_by_role("button", name="Suspendre le compte").click()
    expect(row.get_by_text("suspendu")).to_be_visible()
    page.goto(f"{site}/administration/charte")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    is_clean(page)
    page.goto(f"{site}/mon-organisation")
    history = page.get_by_role("heading", name="Historique de sécurité")
    expect(history).to_be_visible()
    expect(page.get_by_text("Rien pour l’instant").or_(page.get_by_role("list", name="Événements"))).to_be_visible()
    is_clean(page)


def test_a_firm_is_told_which_screens_are_those_of_buyers(page: Page, site: str, server_url: str) -> None:
    enter(page, site, server_url, name="Inès", organisation="Atelier du Cuivre", kind=OrganisationKind.FIRM)
    for path in ("/charte/suivi", "/charte/dossiers/1", "/charte/spaser", "/charte/agec", "/dossiers/existant"):
        page.goto(site + path)
        expect(page.get_by_text("Cette page est celle des acheteurs publics")).to_be_visible()
        expect(page.get_by_role("main").get_by_role("link", name="Choisir mon organisation")).to_be_visible()
    is_clean(page)
