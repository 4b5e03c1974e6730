"""A sourcing in a real browser: the buyer publishes, a firm answers, and nobody reads before the closing."""

import os
import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, update
from sqlalchemy.engine import make_url

from app.accounts.origin import CSRF_HEADER
from app.accounts.rules import OrganisationKind
from app.accounts.sessions import now
from app.accounts.tokens import csrf_of
from app.database.engine import psycopg_url
from app.market.sourcing.models import Sourcing
from tests.browser.conftest import NewPage
from tests.browser.people import enter
from tests.browser.test_market import WIDTHS, firm_of, look
from tests.purchases import makers as purchases

ANSWER = "Nous tenons douze cents chaises en stock."
CHANGED = "La livraison est attendue en avril."
NEED = "Nous cherchons du mobilier de bureau réemployé pour quarante postes de travail, livré à partir de mars."


def change(server_url: str, title: str, **values: Any) -> None:
    """What time or a purchase file would have written in the sourcing."""
    address = make_url(psycopg_url(server_url)).set(database=f"clausier_browser_{os.getpid()}")
    engine = create_engine(address)
    with engine.begin() as connection:
        changed = connection.execute(update(Sourcing).where(Sourcing.title == title).values(**values))
    engine.dispose()
    assert changed.rowcount == 1


def send(page: Page, site: str, method: str, path: str, body: Any = None) -> Any:
    """What this person's browser would send from another screen."""
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "session")
    headers = {"Origin": site, CSRF_HEADER: csrf_of(token)}
    answer = page.request.fetch(f"{site}/api/v1/{path}", method=method, data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def to_step(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


def draft(page: Page, file: int, title: str, width: int) -> None:
    """The five steps, each looked at; the clauses of the file are questions already."""
    page.goto(f"/sourcages?dossier={file}")
    page.get_by_role("button", name="Lancer un sourçage").click()
    page.get_by_role("tab", name="Besoin").wait_for()
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Votre besoin").fill(NEED)
    page.get_by_label("Mobilier").first.check()
    look(page, f"sourcage-besoin-{width}")
    to_step(page, "Questions")
    expect(page.get_by_role("textbox", name="Clause CEC-MOB-001, niveau 1")).to_be_visible()
    page.get_by_role("button", name="Ajouter une question").click()
    page.get_by_role("textbox", name="Question 2", exact=True).fill("Quel découpage en lots vous convient ?")
    look(page, f"sourcage-questions-{width}")
    to_step(page, "Cibles")
    day = now() + timedelta(days=20)
    closing = page.get_by_role("group", name="Jour de clôture")
    for label, value in (("Jour", day.day), ("Mois", day.month), ("Année", day.year)):
        closing.get_by_label(label, exact=True).fill(str(value))
    look(page, f"sourcage-cibles-{width}")
    to_step(page, "Confidentialité")
    page.get_by_role("button", name="Enregistrer ma déclaration").click()
    expect(page.get_by_text("Votre déclaration est enregistrée")).to_be_visible()
    look(page, f"sourcage-confidentialite-{width}")


def publish(page: Page, title: str, width: int) -> str:
    to_step(page, "Aperçu")
    button = page.get_by_role("button", name=re.compile("Publier"))
    expect(button).to_be_enabled()
    look(page, f"sourcage-apercu-{width}")
    button.click()
    expect(page.get_by_text("scellées, non comptées")).to_be_visible()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return page.url


def answer(page: Page, title: str, width: int) -> None:
    """A firm finds the sourcing, asks, answers, and finds its answer again."""
    page.goto("/sourcages")
    expect(page.get_by_role("link", name=title).first).to_be_visible()
    look(page, f"sourcages-{width}")
    page.get_by_role("link", name=title).first.click()
    page.get_by_label("Poser une question").fill("Les assises peuvent-elles être de plusieurs modèles ?")
    page.get_by_role("button", name="Publier ma question").click()
    expect(page.get_by_text("L’acheteur n’a pas encore répondu.")).to_be_visible()
    look(page, f"sourcage-public-{width}")
    page.get_by_role("link", name="Répondre", exact=True).click()
    page.get_by_label("Faisable sous condition").check()
    page.get_by_label("Niveau que vous atteignez").select_option("2")
    page.get_by_label("Quel découpage en lots vous convient ?").fill(ANSWER)
    look(page, f"sourcage-repondre-{width}")
    page.get_by_role("button", name="Déposer ma réponse").click()
    expect(page.get_by_text("Votre réponse est enregistrée")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Quel découpage en lots vous convient ?")).to_have_value(ANSWER)
    expect(page.get_by_label("Faisable sous condition")).to_be_checked()
    look(page, f"sourcage-repondu-{width}")


def others_answer(new_page: NewPage, site: str, server_url: str, room: str, width: int) -> None:
    """Two firms more, who reach the next level too: enough to advise it."""
    here = f"published-sourcings/{room.rsplit('/', 1)[1]}"
    for name in ("Ressourcerie du Lac", "Menuiserie du Val"):
        firm = new_page()
        enter(firm, site, server_url, organisation=f"{name} {width}", kind=OrganisationKind.FIRM)
        clause = next(one for one in send(firm, site, "GET", here)["questions"] if one["clause_id"])
        said = {"feasibility": "as_written", "level": 2, "cost": "none", "blocker": "nothing"}
        send(firm, site, "PUT", f"{here}/answer", {"items": {clause["id"]: said}})


def reply(page: Page, room: str, width: int) -> None:
    """Before the closing the buyer answers the question and corrects the need, and has no way to the answers."""
    page.goto(room)
    expect(page.get_by_text("Réponses scellées")).to_be_visible()
    page.get_by_role("button", name="Publier la réponse à tous").click()
    expect(page.get_by_role("textbox", name="Votre réponse")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Votre réponse").fill("Oui, si leur hauteur se règle.")
    page.get_by_role("button", name="Publier la réponse à tous").click()
    expect(page.get_by_text("Réponse publiée à tous.")).to_be_visible()
    expect(page.get_by_role("button", name="Ouvrir les réponses")).to_have_count(0)
    expect(page.get_by_text(ANSWER)).to_have_count(0)
    page.get_by_text("Corriger le sourçage").click()
    page.get_by_role("button", name="Publier la correction").click()
    expect(page.get_by_label("Ce qui change")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Ce qui change").fill(CHANGED)
    page.get_by_role("button", name="Publier la correction").click()
    expect(page.get_by_text("La version 2 est publiée à tous.")).to_be_visible()
    look(page, f"sourcage-salle-{width}")


def visit(page: Page, room: str, width: int) -> None:
    """Anybody reads what every firm was told, may follow it, and redoes the draw."""
    page.goto(room)
    expect(page.get_by_text("Réponse de l’acheteur : Oui, si leur hauteur se règle.")).to_be_visible()
    expect(page.get_by_text(ANSWER)).to_have_count(0)
    expect(page.get_by_role("link", name="Se connecter pour répondre")).to_be_visible()
    expect(page.get_by_role("link", name="Se connecter pour suivre ce sourçage")).to_be_visible()
    expect(page.get_by_text(CHANGED)).to_be_visible()
    page.get_by_text("Le tirage publié, et comment le refaire").click()
    page.get_by_label("Vérifier le lot d’un SIRET").fill("999 000 011 00018")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_text("absent du tirage")).to_be_visible()
    look(page, f"sourcage-visiteur-{width}")


def apply(page: Page, width: int) -> None:
    """What the firms answered goes to the file, with its figures as the reason."""
    expect(page.get_by_text(re.compile(r"CEC-MOB-001\s: du niveau 1 au niveau 2"))).to_be_visible()
    page.get_by_role("button", name="Accepter CEC-MOB-001").click()
    expect(page.get_by_text("CEC-MOB-002")).to_be_visible()
    look(page, f"sourcage-applique-{width}")


def conclude(page: Page, room: str, width: int) -> None:
    """After the closing: the answers, the result for all, what became of the purchase."""
    page.goto(room)
    page.get_by_role("button", name="Ouvrir les réponses").click()
    expect(page.get_by_role("cell", name=ANSWER)).to_be_visible()
    look(page, f"sourcage-reponses-{width}")
    apply(page, width)
    page.get_by_role("button", name="Publier la synthèse").click()
    expect(page.get_by_text("aucun chiffre n’est publié")).to_be_visible()
    page.get_by_role("button", name="Enregistrer la suite").click()
    expect(page.get_by_label("Offres reçues")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Offres reçues").fill("4")
    page.get_by_role("button", name="Enregistrer la suite").click()
    expect(page.get_by_text("La suite est enregistrée")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Offres reçues")).to_have_value("4")
    look(page, f"sourcage-suite-{width}")


def read_decision(page: Page, file: int) -> None:
    page.goto(f"/dossiers/{file}?onglet=decisions")
    expect(page.get_by_text("3 entreprises sur 3 atteignent le niveau 1")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_buyer_publishes_a_firm_answers_and_the_answer_stays_sealed(
    new_page: NewPage, site: str, server_url: str, width: int
) -> None:
    title = f"Mobilier de bureau {width}"
    # The refusals that the buyer meets on the way are lines of the console.
    buyer = new_page(width=width, quiet=False)
    enter(buyer, site, server_url)
    chosen = purchases.draft(items=[purchases.item("CEC-MOB-001")])
    file = send(buyer, site, "POST", "purchases", {"title": f"Écoles {width}", "draft": chosen})["id"]
    draft(buyer, file, title, width)
    expect(buyer.get_by_text("Brouillon enregistré.")).to_be_visible()
    room = publish(buyer, title, width)
    firm = new_page(width=width)
    firm_of(firm, site, server_url, f"Atelier de l’Isle {width}")
    answer(firm, title, width)
    others_answer(new_page, site, server_url, room, width)
    reply(buyer, room, width)
    visit(new_page(width=width), room, width)
    change(server_url, title, closes_at=now() - timedelta(minutes=1))
    conclude(buyer, room, width)
    read_decision(buyer, file)


def test_what_a_step_refuses_is_said_beside_its_field(new_page: NewPage, site: str, server_url: str) -> None:
    page = new_page(quiet=False)
    enter(page, site, server_url, organisation="Commune de Montbrun", kind=OrganisationKind.LOCAL_AUTHORITY)
    page.goto("/sourcages")
    page.get_by_role("button", name="Lancer un sourçage").click()
    to_step(page, "Cibles")
    page.get_by_label("Heure de clôture").fill("18 h")
    expect(page.get_by_label("Heure de clôture")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Départements d’exécution").fill("999")
    expect(page.get_by_label("Départements d’exécution")).to_have_attribute("aria-invalid", "true")
    look(page, "sourcage-refus")
