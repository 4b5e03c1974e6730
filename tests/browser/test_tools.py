"""The award, life-cycle, AGEC and publication screens, as a buyer uses them: by labels, with axe."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from tests.browser import docx_text, journey
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.journey import FURNITURE

WIDTHS = pytest.mark.parametrize("width", [1280, 375])


def clean(page: Page) -> None:
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert faults(page) == []
    assert overflows(page) == []


def from_the_home_page(page: Page, tool: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Simuler et calculer").click()
    journey.arrive(page, "Outils")
    page.get_by_role("link", name=tool).click()
    journey.arrive(page, tool)


@WIDTHS
def test_the_simulator_says_from_which_weight_the_first_place_turns_and_keeps_it_across_a_reload(
    new_page: NewPage, width: int
) -> None:
    page = new_page(width=width)
    from_the_home_page(page, "Simuler le classement des offres")
    expect(page.get_by_role("status").filter(has_text="ne change pas le classement")).to_be_visible()
    page.get_by_label("Poids du critère 1").fill("40")
    page.get_by_label("Poids du critère 3").fill("30")
    said = page.get_by_role("status").filter(has_text="l’offre B arrive en tête, au lieu de l’offre A")
    expect(said).to_be_visible()
    clean(page)
    page.reload()
    expect(said).to_be_visible()
    expect(page.get_by_role("row", name="Offre B 1er")).to_be_visible()


def test_a_weight_that_does_not_make_a_hundred_is_said_beside_its_field(page: Page) -> None:
    page.goto("/outils/simulateur")
    page.get_by_label("Poids du critère 1").fill("50")
    expect(page.get_by_label("Poids du critère 1")).to_have_accessible_description(
        "Erreur : Les poids font 90\u00a0%\u00a0: il faut 100\u00a0% en tout"
    )
    page.get_by_role("button", name="Revenir à l’exemple").click()
    expect(page.get_by_label("Poids du critère 1")).to_have_value("60")


def test_offers_and_criteria_come_and_go(page: Page) -> None:
    page.goto("/outils/simulateur")
    for _ in range(3):
        page.get_by_role("button", name="Ajouter une offre").click()
    expect(page.get_by_role("group", name="Offre E")).to_be_visible()
    expect(page.get_by_role("button", name="Ajouter une offre")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text("Offre E : il manque des valeurs")).to_be_visible()
    page.get_by_role("button", name="Retirer Offre E").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_label("Formule du critère 2").select_option("steps")
    expect(page.get_by_label("Note du palier 3")).to_have_value("7")
    clean(page)


@WIDTHS
def test_the_life_cycle_cost_has_no_rate_until_the_buyer_gives_one(new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    from_the_home_page(page, "Calculer le coût du cycle de vie")
    for offer, price in (("Offre A", "10 000"), ("Offre B", "14 000")):
        page.get_by_role("group", name=offer).get_by_label("Acquisition").fill(price)
    page.get_by_label("Période d’étude").fill("10")
    expect(page.get_by_text("Donnez votre taux d’actualisation")).to_be_visible()
    page.get_by_label("Taux d’actualisation").fill("0")
    page.get_by_role("group", name="Offre A").get_by_label("Durée de vie").fill("5")
    said = "l’offre B coûte 6 000 € de moins que l’offre A, bien que son achat soit plus cher."
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    clean(page)
    page.reload()
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


@WIDTHS
def test_the_agec_file_leaves_blank_what_was_not_declared(new_page: NewPage, width: int, tmp_path: Path) -> None:
    page = new_page(width=width)
    from_the_home_page(page, "Déclaration AGEC")
    page.get_by_label("Raison sociale").fill("Commune de Saint-Exemple")
    page.get_by_label("Numéro SIRET").fill("214 502 343 00015")
    page.get_by_label("Année des dépenses").fill("2026")
    page.get_by_label("Catégorie à ajouter").select_option(label="Papier")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_label("Dépense totale").fill("4 000,50")
    expect(page.get_by_text("Des montants restent vides")).to_be_visible()
    clean(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger le CSV").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert rows[1] == ["2026", "21450234300015", "Commune de Saint-Exemple", "Papier", "4000.5", "", "", "", ""]


@WIDTHS
def test_the_codes_to_publish_are_derived_changed_with_a_reason_and_downloaded(
    new_page: NewPage, width: int, tmp_path: Path
) -> None:
    page = new_page(width=width)
    journey.to_check(page, FURNITURE)
    page.get_by_role("button", name="Simuler le classement avec ces critères").click()
    journey.arrive(page, "Simuler le classement des offres")
    expect(page.get_by_label("Critère 1", exact=True)).to_have_value("Prix des prestations")
    page.go_back()
    journey.arrive(page, "Vérifier")
    journey.prepare_documents(page)
    card = page.get_by_role("heading", name="Considérations environnementales").locator("xpath=../..")
    expect(card.get_by_role("listitem")).to_contain_text(["Clause environnementale", "Critère environnemental"])
    clean(page)
    card.get_by_label("Clause environnementale").uncheck()
    card.get_by_label("Raison de la modification").fill("Essai de contradiction")
    expect(card.get_by_text("Votre sélection justifie")).to_be_visible()
    page.reload()
    expect(card.get_by_text("Modifié par vous")).to_be_visible()
    decp = json.loads(downloaded(page, "DECP (JSON)", tmp_path))
    assert decp["marches"]["marche"][0]["considerationsEnvironnementales"] == {
        "considerationEnvironnementale": ["Critère environnemental"]
    }
    card.get_by_role("button", name="Revenir aux codes déduits").click()
    expect(card.get_by_text("Modifié par vous")).to_have_count(0)
    tree = ET.fromstring(downloaded(page, "eForms (XML)", tmp_path))  # noqa: S314 (our own file)
    assert "circ-econ" in [node.text for node in tree.iter()]
    assert json.loads(downloaded(page, "OCDS (JSON)", tmp_path))["tender"]["hasSustainability"] is True


def downloaded(page: Page, label: str, folder: Path) -> str:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Télécharger {label}").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path.read_text(encoding="utf-8")


def test_the_life_cycle_method_goes_to_the_rc_of_the_file(page: Page, tmp_path: Path) -> None:
    journey.to_check(page, FURNITURE)
    journey.prepare_documents(page)
    page.get_by_label("Joindre la méthode au règlement").check()
    expect(page.get_by_text("La méthode n’est pas encore jointe")).to_be_visible()
    page.get_by_role("link", name="Ouvrir le calculateur").click()
    page.get_by_label("Période d’étude").fill("8")
    page.get_by_label("Taux d’actualisation").fill("2,5")
    page.go_back()
    journey.arrive(page, "Aperçu et DOCX")
    expect(page.get_by_text("Annexe : méthode de calcul du coût du cycle de vie")).to_be_visible()
    rc = docx_text.pieces(journey.download_all(page, tmp_path))["RC"]
    assert "2,5\u00a0%" in rc.text
    assert "Coût du cycle de vie" in rc.text or "coût du cycle de vie" in rc.text
