"""Last year's file, dropped on the page: what it says, what it becomes, what stays after a reload."""

import io
import os
import zipfile
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.people import enter
from tests.documents.hostile import HOSTILE
from tests.documents.test_analysis_api import FOREIGN
from tests.documents.test_api import PURCHASE

SAID = {
    "a document with macros": "contient des macros",
    "an encrypted DOCX": "protégé par un mot de passe",
    "an OLE object": "objet OLE",
    "a remote template": "modèle extérieur",
    "a billion laughs": "entités XML",
    "a truncated file": "abîmé ou incomplet",
}
"""What each hostile file is told, beside the field."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def dossier(site: str) -> bytes:
    """A CCTP of ours, edited since, with an article of the buyer's own."""
    items = [{"clause_id": "CEC-MOB-001", "values": {"part_reemploi": 35}}, {"clause_id": "CEC-MOB-003"}]
    asked = {"purchase": PURCHASE, "items": items, "pieces": ["CCTP"], "formats": ["docx"]}
    content = httpx.post(f"{site}/api/v1/documents", json=asked, timeout=60).content
    own = "".join(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for text in FOREIGN)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name).decode() if name == "word/document.xml" else ""
            part = part.replace("valide le diagnostic", "lit le rapport").replace("<w:sectPr>", f"{own}<w:sectPr>")
            new.writestr(name, part or old.read(name))
    return made.getvalue()


def analysed(page: Page, content: bytes, name: str = "CCTP 2025.docx") -> None:
    page.goto("/analyse")
    file = FilePayload(name=name, mimeType=DOCX, buffer=content)
    page.get_by_label("Déposez vos pièces ici").last.set_input_files(file)
    page.get_by_role("button", name="Analyser").click()
    expect(page.get_by_role("heading", name="Ce que dit l’analyse", level=1)).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (375, True)])
def test_a_report_is_clean_and_fits(new_page: NewPage, dossier: bytes, width: int, dark: bool) -> None:  # noqa: FBT001
    page = new_page(width=width, dark=dark)
    analysed(page, dossier)
    expect(page.get_by_text("ce n’est pas un avis juridique")).to_be_visible()
    expect(page.get_by_role("heading", name="Modifiée (1)")).to_be_visible()
    for summary in page.locator("main summary").all():
        summary.click()
    if shots := os.environ.get("CLAUSIER_SHOTS"):
        page.screenshot(path=Path(shots) / f"report-{width}.png", full_page=True)
    assert faults(page) == []
    assert overflows(page) == []


def test_the_report_survives_a_reload_and_its_clauses_start_the_next_purchase(page: Page, dossier: bytes) -> None:
    analysed(page, dossier)
    page.reload()
    expect(page.get_by_role("heading", name="Nos clauses dans votre dossier (2)")).to_be_visible()
    page.get_by_role("button", name="Reprendre ce marché").click()
    expect(page.get_by_text("2 clauses ajoutées à votre sélection")).to_be_visible()
    kept = page.evaluate("JSON.parse(localStorage.getItem('clausier.dossier')).items")
    assert {item["clauseId"]: item["values"].get("part_reemploi") for item in kept} == {
        "CEC-MOB-001": "35",
        "CEC-MOB-003": None,
    }
    page.goto("/analyse")
    page.get_by_role("link", name="Revoir les constats").click()
    page.get_by_role("button", name="Effacer cette analyse maintenant").click()
    expect(page.get_by_role("heading", name="Analyser un dossier existant")).to_be_visible()
    expect(page.get_by_role("link", name="Revoir les constats")).to_have_count(0)


def test_the_file_comes_back_with_exactly_the_corrections_that_were_accepted(page: Page, dossier: bytes) -> None:
    analysed(page, dossier)
    download = page.get_by_role("button", name="Télécharger avec les modifications suivies")
    expect(download).to_have_attribute("aria-disabled", "true")
    local = page.get_by_role("listitem").filter(has_text="entreprise de la région").first
    expect(local.locator("mark")).to_contain_text("région")
    local.get_by_role("button", name="Choisir").click()
    form = local.get_by_role("group", name="Corriger : Localisme").first
    form.get_by_label("À la place du paragraphe").check()
    form.get_by_role("button", name="Accepter la correction").click()
    expect(local).to_contain_text("Correction acceptée : ")
    page.reload()
    expect(page.get_by_role("heading", name="1 correction acceptée")).to_be_visible()
    with page.expect_download() as commented:
        page.get_by_role("button", name="Télécharger avec des commentaires").click()
    assert commented.value.suggested_filename == "CCTP 2025 (commenté).docx"
    with page.expect_download() as corrected:
        download.click()
    with zipfile.ZipFile(corrected.value.path()) as archive:
        xml = archive.read("word/document.xml").decode()
    gone = xml[xml.index("<w:del ") :]
    assert xml.count("<w:del ") == 2  # the words, and their paragraph
    assert "entreprise de la région" in gone
    page.get_by_role("button", name="Tout accepter").click()
    expect(page.get_by_role("status").filter(has_text="acceptée")).to_be_visible()
    page.get_by_role("button", name="Tout retirer").click()
    expect(download).to_have_attribute("aria-disabled", "true")


def test_one_goes_from_finding_to_finding_and_from_the_map_to_the_passages(page: Page, dossier: bytes) -> None:
    analysed(page, dossier)
    page.keyboard.press("n")
    expect(page.get_by_role("status").filter(has_text="Constat 1 sur")).to_be_visible()
    first = page.locator("[data-stop]").first
    expect(first).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("[data-stop]").nth(1)).to_be_focused()
    page.keyboard.press("p")
    expect(first).to_be_focused()
    page.get_by_role("button", name="Suivant constat").click()
    expect(page.get_by_role("status").filter(has_text="Constat 2 sur")).to_be_visible()
    cell = page.get_by_role("region", name="Articles du dossier et leviers").get_by_role("link").first
    cell.click()
    target = page.locator(cell.get_attribute("href") or "")
    expect(target).to_be_focused()
    expect(target).to_be_in_viewport()
    page.goto("/aide")
    page.get_by_label("Activer les raccourcis").uncheck()
    page.go_back()
    expect(page.get_by_role("link", name="Aide au clavier")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("[data-stop]:focus")).to_have_count(0)


def test_a_member_keeps_a_file_opens_it_again_and_erases_it(
    page: Page, site: str, server_url: str, dossier: bytes
) -> None:
    enter(page, site, server_url, organisation="Commune de Gardeville")
    analysed(page, dossier)
    page.get_by_role("button", name="Garder ce fichier").click()
    expect(page.get_by_text("Fichier gardé par votre organisation")).to_be_visible()
    page.evaluate("indexedDB.deleteDatabase('clausier-analyses')")
    page.get_by_role("link", name="Tous les fichiers gardés").click()
    expect(page.get_by_role("list", name="Fichiers gardés").get_by_role("listitem")).to_contain_text("par Anne Martin")
    if shots := os.environ.get("CLAUSIER_SHOTS"):
        page.screenshot(path=Path(shots) / "kept.png", full_page=True)
    assert faults(page) == []
    page.get_by_role("link", name="CCTP 2025.docx").click()
    # The file comes from the organisation, since this browser no longer has it.
    with page.expect_download():
        page.get_by_role("button", name="Télécharger avec des commentaires").click()
    page.get_by_role("button", name="Refaire l’analyse avec la bibliothèque du jour").click()
    expect(page.get_by_role("heading", name="Ce que dit l’analyse", level=1)).to_be_focused()
    page.get_by_role("button", name="Effacer le fichier et son analyse").click()
    expect(page.get_by_text("Aucun fichier gardé")).to_be_visible()


def test_a_refused_file_is_said_beside_the_field_and_stays_chosen(new_page: NewPage) -> None:
    page = new_page(quiet=False)
    page.goto("/analyse")
    page.get_by_role("button", name="Analyser").click()
    expect(page.get_by_role("alert")).to_contain_text("Choisissez au moins un fichier")
    file = FilePayload(name="ancien.docx", mimeType=DOCX, buffer=b"%PDF-1.7")
    page.get_by_label("Déposez vos pièces ici").last.set_input_files(file)
    page.get_by_role("button", name="Analyser").click()
    expect(page.get_by_role("alert")).to_contain_text("envoyez le document d’origine")
    expect(page.get_by_role("list", name="Fichiers choisis")).to_contain_text("ancien.docx")
    assert faults(page) == []
    for name, sentence in SAID.items():
        build, _ = HOSTILE[name]
        file = FilePayload(name="CCTP.docx", mimeType=DOCX, buffer=build())
        page.get_by_label("Déposez vos pièces ici").last.set_input_files(file)
        page.get_by_role("button", name="Analyser").click()
        expect(page.get_by_role("alert")).to_contain_text(sentence)


def test_the_keyboard_alone_is_enough(page: Page, dossier: bytes) -> None:
    # Listened to from the start: Chromium must hold its dialog back before the key is pressed.
    page.on("filechooser", lambda _: None)
    page.goto("/analyse")
    field = page.get_by_label("Déposez vos pièces ici").last
    field.focus()
    file = FilePayload(name="CCTP.docx", mimeType=DOCX, buffer=dossier)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Retirer CCTP.docx")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Ce que dit l’analyse", level=1)).to_be_focused()
