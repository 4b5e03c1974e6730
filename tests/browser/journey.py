"""The Assistant as a buyer goes through it: by labels and buttons, never by class names."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

NEXT = re.compile("^(Clause suivante|Vérifier|Continuer)$")
"""The button that ends one clause of step 4."""


@dataclass(frozen=True)
class Wish:
    """A purchase as one describes it."""

    object: str
    cpv: str
    amount: str
    nature: str
    procedure: str = "Procédure adaptée (MAPA)"
    launch: str = "2026-12-01"
    buyer: str = "Collectivité territoriale ou groupement"
    population: str = "3000"
    months: str = "24"
    floor_area: str = ""


FURNITURE = Wish("Fourniture de mobilier scolaire", "39160000", "120 000", "Fournitures")
CATERING = Wish("Restauration scolaire", "55524000", "400 000", "Services", procedure="Procédure formalisée")
SCHOOL = Wish("Rénovation d’une école", "45214200", "1 200 000", "Travaux", floor_area="1500")


def arrive(page: Page, title: str) -> None:
    """The screen of that title is there, and has the focus."""
    heading = page.get_by_role("heading", level=1, name=title)
    expect(heading).to_be_visible()
    expect(heading).to_be_focused()


def start_from_home(page: Page, wish: Wish) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Votre achat")
    box.fill(wish.object)
    box.press("Enter")
    arrive(page, "Décrire l’achat")
    expect(page.get_by_label("Objet de l’achat")).to_have_value(wish.object)


def choose_cpv(page: Page, code: str) -> None:
    page.get_by_role("combobox", name="Codes CPV").fill(code)
    page.get_by_role("option").filter(has_text=code).first.click()
    expect(page.get_by_role("list", name="Codes CPV choisis")).to_contain_text(code)


def describe(page: Page, wish: Wish) -> None:
    choose_cpv(page, wish.cpv)
    page.get_by_role("radio", name=wish.nature, exact=True).check()
    page.get_by_label("Montant estimé hors taxes").fill(wish.amount)
    page.get_by_label(wish.procedure).check()
    fill_date(page, wish.launch)
    page.get_by_label(wish.buyer).check()
    page.get_by_label("Population").fill(wish.population)
    page.get_by_label("Durée du marché").fill(wish.months)
    if wish.floor_area:
        page.get_by_label("Surface de plancher").fill(wish.floor_area)
    page.get_by_role("button", name="Continuer", exact=True).click()
    arrive(page, "Vos obligations")


def fill_date(page: Page, iso: str) -> None:
    year, month, day = iso.split("-")
    boxes = page.get_by_role("group", name="Date de lancement de la consultation")
    for label, value in (("Jour", day), ("Mois", month), ("Année", year)):
        boxes.get_by_label(label).fill(value)


def accept_duties(page: Page) -> None:
    page.get_by_role("button", name="C’est compris, continuer").click()
    arrive(page, "Clauses proposées")
    expect(proposed(page).first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Garder ces"))).to_be_visible()


def proposed(page: Page) -> Locator:
    """The check boxes of the proposed clauses."""
    return page.locator("article").get_by_role("checkbox")


def keep_clauses(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Garder ces")).click()
    arrive(page, "Compléter les variables")


def complete_variables(page: Page) -> None:
    """Accepts every default; a blank that has none is left blank on purpose."""
    while page.get_by_role("heading", level=1, name="Compléter les variables").is_visible():
        button = page.get_by_role("button", name=NEXT)
        expect(button).to_be_visible()
        leave_empty_ones_blank(page)
        press_and_leave(page, button)
    arrive(page, "Vérifier")


def press_and_leave(page: Page, button: Locator) -> None:
    """Presses, and waits for the next clause or the next step."""
    before = page.url
    button.click()
    page.wait_for_function("before => location.href !== before", arg=before)


def leave_empty_ones_blank(page: Page) -> None:
    for box in page.get_by_role("checkbox", name=re.compile("^Laisser en blanc")).all():
        label = (box.locator("xpath=..").text_content() or "").split(":", 1)[1].strip()
        field = page.get_by_label(label, exact=False).first
        if not box.is_checked() and field.is_visible() and field.input_value() == "":
            box.check()


def prepare_documents(page: Page) -> None:
    page.get_by_role("button", name="Préparer les pièces").click()
    arrive(page, "Aperçu et DOCX")
    expect(page.get_by_role("list", name=re.compile("Plan de la pièce")).first).to_be_visible()


def download_all(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger les pièces (ZIP)").click()
    return _saved(waiting.value, folder)


def download_one(page: Page, piece: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Télécharger : {piece}", exact=True).click()
    return _saved(waiting.value, folder)


def _saved(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def to_check(page: Page, wish: Wish) -> None:
    """From the home page to step 5."""
    start_from_home(page, wish)
    describe(page, wish)
    accept_duties(page)
    keep_clauses(page)
    complete_variables(page)
