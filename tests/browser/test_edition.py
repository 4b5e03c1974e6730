"""The editorial room in a real browser: a change written, read by two people and published; clean on every screen."""

import os
import re
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.engine import make_url

from app.accounts.rules import ABSOLUTE
from app.accounts.sessions import now
from app.accounts.tokens import hash_of, new_token
from app.database.engine import psycopg_url
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.people import publish_again

SignIn = Callable[..., Page]
BUYER = (
    "INSERT INTO organisation (siret, kind, name, department, verification, verified_at) "
    "VALUES ('99990001700010', 'local_authority', 'Commune du Canton', '69', 'verified', now()) "
    "ON CONFLICT (siret) DO UPDATE SET name = excluded.name RETURNING id"
)


@pytest.fixture
def signed(server_url: str, site: str, new_page: NewPage) -> SignIn:
    """A page of somebody of the editorial team, with a second factor."""
    address = make_url(psycopg_url(server_url)).set(drivername="postgresql", database=f"clausier_browser_{os.getpid()}")

    def sign_in(name: str, role: str, *, width: int = 1280, quiet: bool = True) -> Page:
        token, moment = new_token(), now()
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(
                "INSERT INTO person (email, given_name, family_name, email_verified_at) "
                "VALUES (%s, %s, 'Martin', now()) "
                "ON CONFLICT DO NOTHING",
                (f"{name}@exemple.test", name.capitalize()),
            )
            [ident] = connection.execute(
                "SELECT id FROM person WHERE email = %s", (f"{name}@exemple.test",)
            ).fetchone() or [0]
            connection.execute(
                "INSERT INTO platform_role (person_id, role) VALUES (%s, %s) ON CONFLICT DO NOTHING", (ident, role)
            )
            connection.execute(
                "INSERT INTO user_session (token_hash, person_id, expires_at, proved_at, method, strong) "
                "VALUES (%s, %s, %s, %s, 'passkey', true)",
                (hash_of(token), ident, moment + ABSOLUTE - timedelta(minutes=1), moment),
            )
        page = new_page(width=width, quiet=quiet)
        page.context.add_cookies([{"name": "session", "value": token, "url": site}])
        return page

    return sign_in


@pytest.fixture
def buyer(server_url: str, signed: SignIn) -> SignIn:
    """A page of a writer of a municipality."""
    address = make_url(psycopg_url(server_url)).set(drivername="postgresql", database=f"clausier_browser_{os.getpid()}")

    def sign_in(name: str, *, width: int = 1280) -> Page:
        # Not quiet: « nothing adapted yet » is a 404, which Chromium writes in its console.
        page = signed(name, "platform_admin", width=width, quiet=False)
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
            [organisation] = connection.execute(BUYER).fetchone() or [0]
            person = "(SELECT id FROM person WHERE email = %s)"
            mail = (f"{name}@exemple.test",)
            connection.execute(
                f"INSERT INTO membership (person_id, organisation_id, role) VALUES ({person}, %s, 'writer') "  # noqa: S608
                "ON CONFLICT DO NOTHING",
                (*mail, organisation),
            )
            connection.execute(
                f"UPDATE user_session SET organisation_id = %s WHERE person_id = {person}",  # noqa: S608
                (organisation, *mail),
            )
        return page

    return sign_in


def decide(page: Page, address: str, decision: str) -> None:
    page.goto(address)
    page.get_by_label(decision).check()
    page.get_by_role("button", name="Rendre la décision").click()
    expect(page.get_by_text("Favorable, par").first).to_be_visible()


def test_a_change_goes_from_the_clause_page_to_a_new_version(signed: SignIn) -> None:
    page = signed("anne", "editor")
    page.goto("/clauses/CEC-MOB-003")
    page.get_by_role("button", name="Proposer un changement").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CEC-MOB-003")
    field = page.get_by_label("Texte du CCTP")
    text = field.input_value()
    field.fill(text.rstrip("\n") + " {{ inconnue }}\n\n")
    expect(page.get_by_text("La variable {{ inconnue }} du texte n’est pas déclarée.")).to_be_visible()
    field.fill(text.rstrip("\n") + "\n\nLe titulaire remet cette liste à jour chaque année.\n\n")
    expect(page.get_by_text("Le contrôle ne trouve rien à redire.")).to_be_visible()
    page.get_by_label("Le motif, en une phrase").fill("La liste vieillissait sans être revue.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Enregistré.")).to_be_visible()
    expect(page.locator("ins").first).to_contain_text("ajout")
    assert faults(page) == []
    page.get_by_role("button", name="Envoyer à la relecture").click()
    expect(page.get_by_text("En relecture").first).to_be_visible()
    address = page.url
    jurist = signed("claire", "legal_reviewer", width=375)
    decide(jurist, address, "Relecture juridique favorable")
    assert (faults(jurist), overflows(jurist)) == ([], [])
    decide(signed("bruno", "editor"), address, "Relecture technique favorable")
    page.reload()
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("Publiée : version 2")).to_be_visible()
    expect(page.get_by_text("Relecture favorable").first).to_be_visible()
    page.goto("/edition")
    expect(page.get_by_role("link", name="Télécharger les fichiers (ZIP)")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_the_desk_is_clean_and_works_with_the_keyboard(signed: SignIn, width: int) -> None:
    page = signed("anne", "editor", width=width)
    page.goto("/edition")
    tab = page.get_by_role("tab", name="À relire")
    tab.focus()
    kinds = ("Messages", "Avis du marché", "Preuves", "Loi changée")
    for name in ("À publier", "Brouillons", *kinds, "En retard", "Terminées"):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        assert (faults(page), overflows(page)) == ([], [])
    page.get_by_role("button", name="Proposer une clause nouvelle").click()
    page.get_by_label("Famille d’achat").select_option("mobilier")
    assert faults(page) == []
    page.get_by_role("button", name="Ouvrir le brouillon").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CEC-MOB-")
    assert (faults(page), overflows(page)) == ([], [])


def test_a_visitor_is_shown_the_way_in(page: Page) -> None:
    page.goto("/edition")
    expect(page.get_by_role("heading", name="Rédaction des clauses", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Se connecter").last).to_have_attribute("href", "/connexion?retour=%2Fedition")
    assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_the_clause_page_draws_its_relations_and_tells_when_the_law_changes(new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    page.goto("/clauses/CEC-TEX-001")
    expect(page.get_by_text("La loi change le 1er janvier 2027")).to_be_visible()
    expect(page.get_by_role("heading", name="Avec les autres clauses")).to_be_visible()
    assert (faults(page), overflows(page)) == ([], [])


@pytest.mark.parametrize("width", [1280, 375])
def test_an_organisation_adapts_a_clause_and_puts_it_in_its_selection(buyer: SignIn, width: int) -> None:
    page = buyer(f"lou{width}", width=width)
    page.goto("/clauses/CEC-MOB-016")
    page.get_by_role("link", name="Adapter pour mon organisation").click()
    expect(page.get_by_role("heading", name="Adapter la clause CEC-MOB-016")).to_be_visible()
    field = page.get_by_role("textbox", name="Texte du").first
    field.fill(field.input_value() + f"\n\nLa commune range ce document avec le marché ({width}).")
    page.get_by_role("button", name="Enregistrer pour mon organisation").click()
    expect(page.get_by_role("heading", name="Ce qui diffère de la bibliothèque")).to_be_visible()
    expect(page.locator("ins").first).to_contain_text("ajout")
    assert (faults(page), overflows(page)) == ([], [])
    page.get_by_role("button", name="Mettre votre texte dans la sélection").click()
    page.get_by_role("link", name="Voir ma sélection").click()
    expect(page.get_by_text("(votre texte)").first).to_be_visible()
    page.goto("/clauses/CEC-MOB-016/adaptation")
    page.get_by_role("button", name="Revenir au texte de la bibliothèque").click()
    page.get_by_role("dialog").get_by_role("button", name="Effacer").click()
    expect(page.get_by_role("heading", name="Ce qui diffère de la bibliothèque")).to_have_count(0)


def test_an_adaptation_follows_a_new_version_of_the_library_and_keeps_the_passage_chosen(
    buyer: SignIn, server_url: str
) -> None:
    page = buyer("ugo")
    address = "/clauses/CEC-MOB-018/adaptation"
    page.goto(address)
    field = page.get_by_role("textbox", name="Texte du").first
    line = field.input_value().split("\n")[0]
    field.fill(field.input_value().replace(line, f"{line} (notre texte)", 1))
    page.get_by_role("button", name="Enregistrer pour mon organisation").click()
    expect(page.get_by_role("heading", name="Ce qui diffère de la bibliothèque")).to_be_visible()
    publish_again(server_url, "CEC-MOB-018", line, f"{line} (texte relu)")
    page.goto(address)
    moved = page.get_by_text("La bibliothèque a publié la version 2")
    # The server looks for a new library every other second.
    for _ in range(10):
        if moved.is_visible():
            break
        page.wait_for_timeout(500)
        page.reload()
        expect(page.get_by_role("heading", name="Votre texte", exact=True)).to_be_visible()
    expect(moved).to_be_visible()
    expect(page.get_by_text("Les deux ont changé ce passage")).to_be_visible()
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert (faults(page), overflows(page)) == ([], [])
    page.get_by_label("Le vôtre", exact=True).check()
    page.get_by_role("button", name="Reprendre sur la version 2").click()
    expect(page.get_by_text("La bibliothèque a publié la version 2")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("textbox", name="Texte du").first).to_have_value(re.compile("notre texte"))
