"""The page `/api`: everything about every operation, without leaving the site, and a read that is tried for real."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage

CLAUSE = "/clauses/CEC-MOB-001"


def unfold(page: Page, title: str) -> Locator:
    page.locator("summary", has_text=title).first.click()
    return page.locator("details[open]", has_text=title).first


def opened(page: Page, title: str) -> Locator:
    page.goto("/api")
    expect(page.get_by_role("heading", level=1)).to_have_text("L’API de Clausier")
    return unfold(page, title)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_reference_is_clean_closed_and_open(new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api")
    expect(page.get_by_role("heading", name="Bibliothèque", exact=True)).to_be_visible()
    assert faults(page) == []
    assert overflows(page) == []
    unfold(page, "Les obligations d’un achat").locator("summary", has_text="Corps de la demande").first.click()
    unfold(page, "Chercher des clauses").locator("summary", has_text="Essayer").first.click()
    assert faults(page) == []
    assert overflows(page) == []
    origin = re.match(r"https?://[^/]+", page.url)
    assert origin
    assert [url for url in asked if not url.startswith((origin[0], "data:"))] == []


def test_a_read_is_tried_from_the_page(page: Page) -> None:
    part = opened(page, "Une clause, en JSON")
    part.locator("summary", has_text="Essayer").click()
    expect(part.get_by_label("ident")).to_have_value("CEC-MOB-001")
    part.get_by_role("button", name=re.compile("^Envoyer")).click()
    expect(part.get_by_text("Réponse 200", exact=True)).to_be_visible()
    expect(part.get_by_role("region", name=re.compile("^Réponse de"))).to_contain_text('"id": "CEC-MOB-001"')
    part.get_by_label("Forme (Accept)").select_option("text/markdown")
    part.get_by_role("button", name=re.compile("^Envoyer")).click()
    expect(part.get_by_role("region", name=re.compile("^Réponse de"))).to_contain_text("id: CEC-MOB-001")


def test_a_part_of_the_path_that_is_missing_is_asked_for(page: Page) -> None:
    part = opened(page, "Une clause, en JSON")
    part.locator("summary", has_text="Essayer").click()
    part.get_by_label("ident").fill("")
    part.get_by_role("button", name=re.compile("^Envoyer")).click()
    expect(part.get_by_role("alert")).to_contain_text("Donnez une valeur à « ident »")


def test_the_reference_is_reached_from_the_foot_of_every_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="API et données ouvertes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("L’API de Clausier")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_reader_tells_the_editors_what_is_wrong(new_page: NewPage, width: int) -> None:
    page = new_page(width=width, quiet=False)
    page.goto(CLAUSE)
    page.get_by_role("button", name="Signaler un problème ou réagir").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Votre message").fill("court")
    dialog.get_by_label("Votre adresse électronique (facultatif)").fill("nulle part")
    dialog.get_by_role("button", name="Envoyer").click()
    expect(dialog.get_by_role("alert")).to_contain_text("2 points sont à corriger")
    expect(dialog.get_by_label("Votre message")).to_have_value("court")
    assert faults(page) == []
    dialog.get_by_label("Votre message").fill("La preuve demandée n’existe pas encore dans notre région.")
    dialog.get_by_label("Votre adresse électronique (facultatif)").fill("")
    dialog.get_by_role("button", name="Envoyer").click()
    expect(dialog.get_by_role("status")).to_contain_text("Message reçu")
    assert faults(page) == []
    dialog.get_by_role("button", name="Revenir à la clause").click()
    expect(dialog).to_have_count(0)


def test_a_clause_is_downloaded_as_a_word_document(page: Page) -> None:
    page.goto(CLAUSE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en DOCX").click()
    assert download.value.suggested_filename == "CEC-MOB-001-v1.docx"
