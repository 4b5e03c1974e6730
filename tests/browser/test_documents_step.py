"""The last step of the Assistant: lots, formats, the buyer's own template."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from tests.browser import docx_text, journey
from tests.browser.axe import faults
from tests.browser.journey import FURNITURE
from tests.documents import templates


def arrived(page: Page) -> None:
    journey.to_check(page, FURNITURE)
    journey.prepare_documents(page)


def test_pieces_come_in_the_buyers_template_which_outlives_a_reload(page: Page, tmp_path: Path) -> None:
    arrived(page)
    template = {"name": "modele.docx", "mimeType": "application/octet-stream", "buffer": templates.numbered()}
    page.locator("input[type=file]").set_input_files(template)  # type: ignore[arg-type]
    expect(page.get_by_text("CCAP : ", exact=False).first).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Retirer modele.docx")).to_be_visible()
    page.get_by_text("CCAP : ", exact=False).first.click()
    expect(page.get_by_text("sous votre titre « PÉNALITÉS »", exact=False).first).to_be_visible()
    assert faults(page) == []

    found = docx_text.pieces(journey.download_all(page, tmp_path))
    assert "Le présent marché est passé par la ville de Saint-Modèle" in docx_text.plain(found["CCAP"].text)
    assert found["CCAP"].clauses


def test_each_lot_has_its_folder_and_the_calendar_its_dates(page: Page, tmp_path: Path) -> None:
    arrived(page)
    for title in ("Tables", "Chaises"):
        page.get_by_role("button", name="Ajouter un lot").click()
        page.get_by_label("Intitulé du lot", exact=False).last.fill(title)
    page.get_by_text("Répartir les clauses entre les lots").click()
    page.get_by_role("checkbox", name="Lot 2 – Chaises").first.check()
    page.get_by_label("Un jeu de pièces par lot").check()
    page.get_by_label("SUIVI – Tableau et agenda de suivi").check()
    page.get_by_role("checkbox", name="ICS Les échéances").check()
    assert faults(page) == []

    page.get_by_role("button", name="Télécharger les pièces (ZIP)").click()
    expect(page.get_by_role("alert").get_by_text("Donnez la date de début du marché", exact=False)).to_be_visible()
    dates = page.get_by_role("group", name="Date de début du marché")
    for part, value in (("Jour", "15"), ("Mois", "3"), ("Année", "2027")):
        dates.get_by_label(part).fill(value)
    archive = ZipFile(BytesIO(journey.download_all(page, tmp_path).read_bytes()))
    names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"lot-1", "lot-2"}
    assert {name.rsplit(".", 1)[1] for name in names} == {"docx", "xlsx", "ics"}
    calendar = archive.read(next(name for name in names if name.endswith(".ics"))).decode()
    assert "DTSTART;VALUE=DATE:20270330" in calendar
