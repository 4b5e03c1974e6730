"""Accounts in a real browser: made by a letter, entered by keyboard and by passkey, clean on every screen."""

import os
import secrets
from collections.abc import Iterator

import psycopg
import pyotp
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.engine import make_url

from app.database.engine import psycopg_url
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage

GOOD = "quatre tortues lisent dehors"
WIDTHS = (1280, 375)


@pytest.fixture
def database(server_url: str, site: str) -> Iterator[psycopg.Connection]:
    """The server's own database: where letters wait, as no worker sends them here."""
    assert site
    address = make_url(psycopg_url(server_url)).set(drivername="postgresql", database=f"clausier_browser_{os.getpid()}")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        yield connection


def _link(database: psycopg.Connection, email: str, site: str) -> str:
    row = database.execute("SELECT body FROM mail WHERE recipient = %s ORDER BY id DESC LIMIT 1", (email,)).fetchone()
    assert row
    link = next(word for word in row[0].split() if "#" in word)
    return local(site) + link.split("/", 3)[3].join(("/", ""))


def local(site: str) -> str:
    """Passkeys want a name: the same server, by `localhost`."""
    return site.replace("127.0.0.1", "localhost")


def sign_up(page: Page, database: psycopg.Connection, site: str) -> str:
    email = f"lou.{secrets.token_hex(5)}@exemple.test"
    page.goto(f"{local(site)}/creer-un-compte")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_text("Regardez votre messagerie")).to_be_visible()
    page.goto(_link(database, email, site))
    page.get_by_label("Prénom").fill("Lou")
    page.get_by_label("Nom", exact=True).fill("Blanc")
    page.get_by_label("Phrase de passe", exact=True).fill(GOOD)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", name="Mon organisation", level=1)).to_be_visible()
    return email


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Compte de Lou Blanc").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Se connecter")).to_be_visible()


def virtual_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def powers(database: psycopg.Connection, email: str, role: str) -> None:
    """A role of the platform, as an administrator gives it."""
    asked = "INSERT INTO platform_role (person_id, role) SELECT id, %s FROM person WHERE email = %s"
    database.execute(asked, (role, email))


def led_to_enrol(page: Page, address: str) -> None:
    """The screen says what is missing, and its button leads where it is added."""
    page.goto(address)
    expect(page.get_by_role("main").get_by_text("Un second facteur est nécessaire")).to_be_visible()
    page.get_by_role("link", name="Protéger mon compte").click()
    expect(page.get_by_role("tab", name="Sécurité")).to_have_attribute("aria-selected", "true")


def test_a_passkey_is_added_opens_the_account_and_an_editors_desk(
    page: Page, database: psycopg.Connection, site: str
) -> None:
    virtual_authenticator(page)
    email = sign_up(page, database, site)
    powers(database, email, "editor")
    led_to_enrol(page, f"{local(site)}/edition")
    page.get_by_label("Nom de la nouvelle clé").fill("Téléphone")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(
        page.get_by_role("list", name="Mes clés d’accès").get_by_role("paragraph").get_by_text("Téléphone")
    ).to_be_visible()
    sign_out(page)
    page.goto(f"{local(site)}/connexion")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.get_by_role("button", name="Compte de Lou Blanc").wait_for()
    page.goto(f"{local(site)}/mon-compte?onglet=historique")
    expect(page.get_by_text("Clé d’accès ajoutée")).to_be_visible()
    strong = database.execute(
        "SELECT strong FROM user_session s JOIN person p ON p.id = person_id WHERE p.email = %s AND method = 'passkey'",
        (email,),
    ).fetchone()
    assert strong == (True,)
    page.goto(f"{local(site)}/edition")
    expect(page.get_by_role("main").get_by_role("tab").first).to_be_visible()


def test_one_signs_in_by_keyboard_alone_and_comes_back_where_one_was(
    new_page: NewPage, database: psycopg.Connection, site: str
) -> None:
    page = new_page(quiet=False)  # the browser reports the refused try as an error
    email = sign_up(page, database, site)
    sign_out(page)
    page.goto(f"{local(site)}/mon-organisation")
    page.get_by_role("main").get_by_role("link", name="Se connecter").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Adresse électronique")
    field.wait_for()
    _tab_to(page, "champ-email")
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type("une autre phrase de passe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("L’adresse ou la phrase de passe n’est pas la bonne.")
    _tab_to(page, "champ-passphrase")
    page.keyboard.press("Control+A")
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mon organisation", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Compte de Lou Blanc")).to_be_visible()


def _tab_to(page: Page, ident: str) -> None:
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == ident:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard never reaches #{ident}")


def test_an_application_of_codes_is_added_and_asked_at_the_next_sign_in(
    page: Page, database: psycopg.Connection, site: str
) -> None:
    email = sign_up(page, database, site)
    powers(database, email, "platform_admin")
    led_to_enrol(page, f"{local(site)}/administration")
    page.get_by_role("button", name="Ajouter une application de codes").click()
    secret = "".join(page.get_by_text("Clé à taper").locator("code").inner_text().split())
    expect(page.get_by_role("img", name="Code QR")).to_be_visible()
    page.get_by_label("Code à six chiffres").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Mettre en service").click()
    notice = page.get_by_text("Gardez ces dix codes de secours")
    expect(notice).to_be_visible()
    codes = page.get_by_role("status").locator("code").all_inner_texts()
    assert len(codes) == 10
    assert faults(page) == []
    page.get_by_role("button", name="Je les ai gardés").click()
    sign_out(page)
    page.goto(f"{local(site)}/connexion")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Phrase de passe", exact=True).fill(GOOD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", name="Confirmez que c’est vous", level=1)).to_be_visible()
    page.reload()
    page.get_by_label("Code à six chiffres, ou code de secours").fill(codes[3])
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("button", name="Compte de Lou Blanc")).to_be_visible()
    page.goto(f"{local(site)}/administration")
    expect(page.get_by_role("heading", name="État du service")).to_be_visible()


def test_an_organisation_is_registered_and_a_colleague_invited(
    page: Page, new_page: NewPage, database: psycopg.Connection, site: str
) -> None:
    virtual_authenticator(page)
    sign_up(page, database, site)
    page.goto(f"{local(site)}/mon-compte?onglet=securite")
    page.get_by_label("Nom de la nouvelle clé").fill("Téléphone")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    page.get_by_role("list", name="Mes clés d’accès").wait_for()
    page.goto(f"{local(site)}/mon-organisation")
    page.get_by_label("Numéro SIRET").fill("732 829 320 00074")
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.get_by_label("Nom de l’organisation").fill("Ville d’essai")
    page.get_by_label("Collectivité territoriale").check()
    page.get_by_role("button", name="Inscrire l’organisation").click()
    page.get_by_role("heading", name="Inviter une personne").wait_for()
    colleague = f"sam.{secrets.token_hex(5)}@exemple.test"
    page.get_by_label("Adresse électronique").fill(colleague)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(
        page.get_by_role("list", name="Invitations en attente").get_by_role("paragraph").get_by_text(colleague)
    ).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert (faults(page), overflows(page)) == ([], [])
    other = new_page()
    other.goto(_link(database, colleague, site))
    expect(other.get_by_role("heading", name="Ville d’essai vous invite")).to_be_visible()
    assert faults(other) == []
    other.get_by_label("Prénom").fill("Sam")
    other.get_by_label("Nom", exact=True).fill("Roux")
    other.get_by_label("Phrase de passe", exact=True).fill(GOOD)
    other.get_by_role("button", name="Créer mon compte et rejoindre").click()
    expect(other.get_by_role("heading", name="Ville d’essai")).to_be_visible()
    expect(other.get_by_text("rédacteur depuis")).to_be_visible()


OPEN = ("/connexion", "/creer-un-compte", "/mot-de-passe-oublie", "/mot-de-passe-oublie/choisir#abc", "/mon-compte")
TABS = ("profil", "securite", "sessions", "cles", "historique", "donnees")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_public_screen_of_accounts_is_clean(new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    for path in (*OPEN, "/connexion?erreur=proconnect-adresse-connue", "/donnees-personnelles"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert (path, faults(page), overflows(page)) == (path, [], [])


def test_every_tab_of_the_account_is_clean(page: Page, database: psycopg.Connection, site: str) -> None:
    sign_up(page, database, site)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for tab in TABS:
            page.goto(f"{local(site)}/mon-compte?onglet={tab}")
            page.wait_for_load_state("networkidle")
            assert (tab, faults(page), overflows(page)) == (tab, [], [])


def test_nothing_is_asked_from_another_site_and_one_cookie_is_set(
    page: Page, database: psycopg.Connection, site: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_up(page, database, site)
    page.goto(f"{local(site)}/mon-compte?onglet=donnees")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((local(site), "data:"))] == []
    assert [cookie["name"] for cookie in page.context.cookies()] == ["session"]
    assert page.context.cookies()[0]["httpOnly"]
