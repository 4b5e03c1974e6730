"""The whole Assistant without a mouse."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import docx_text, journey

TABS_AT_MOST = 120


def tab_to(page: Page, name: str, role: str = "") -> None:
    """Presses Tab until the element of that accessible name has the focus."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
        # The body has the focus between the end of the page and the browser's own bar; its text is every name at once.
        if found["role"] != "body" and name in found["name"] and (not role or found["role"] == role):
            assert found["visible"], f"the focus on « {name} » ({found['role']}) cannot be seen"
            return
    raise AssertionError(f"Tab never reached « {name} »")


_FOCUSED = """() => {
  const e = document.activeElement;
  const label = e.labels?.length ? [...e.labels].map((l) => l.textContent).join(' ') : '';
  const style = getComputedStyle(e);
  const name = (e.getAttribute('aria-label') || label || e.textContent || '').replace(/\\s+/g, ' ').trim();
  return { name, role: e.tagName.toLowerCase() + (e.type ? ':' + e.type : ''),
    visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
}"""


def test_the_assistant_goes_from_home_to_docx_with_the_keyboard_alone(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tab_to(page, "Votre achat")
    page.keyboard.type("Fourniture de mobilier scolaire")
    page.keyboard.press("Escape")
    tab_to(page, "Préparer mon dossier", "button:submit")
    page.keyboard.press("Enter")
    journey.arrive(page, "Décrire l’achat")

    describe_with_keys(page)
    journey.arrive(page, "Vos obligations")
    press(page, "C’est compris, continuer")
    journey.arrive(page, "Clauses proposées")
    expect(journey.proposed(page).first).to_be_visible()
    press(page, "Garder ces")
    journey.arrive(page, "Compléter les variables")
    while page.get_by_role("heading", level=1, name="Compléter les variables").is_visible():
        button = page.get_by_role("button", name=journey.NEXT)
        expect(button).to_be_visible()
        before, name = page.url, (button.text_content() or "").strip()
        leave_blank_with_keys(page)
        press(page, name)
        page.wait_for_function("before => location.href !== before", arg=before)
    journey.arrive(page, "Vérifier")
    press(page, "Préparer les pièces")
    journey.arrive(page, "Aperçu et DOCX")
    expect(page.get_by_role("button", name="Télécharger les pièces (ZIP)")).to_be_visible()
    with page.expect_download() as waiting:
        press(page, "Télécharger les pièces (ZIP)")
    path = tmp_path / "dossier.zip"
    waiting.value.save_as(path)
    assert any(document.clauses for document in docx_text.pieces(path).values())


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def describe_with_keys(page: Page) -> None:
    tab_to(page, "Codes CPV")
    page.keyboard.type("39160000")
    expect(page.get_by_role("option").first).to_contain_text("39160000")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Codes CPV choisis")).to_contain_text("39160000")
    # Choosing the code has answered « Fournitures » already.
    expect(page.get_by_role("radio", name="Fournitures")).to_be_checked()
    tab_to(page, "Montant estimé hors taxes")
    page.keyboard.type("120 000")
    tab_to(page, "Procédure adaptée")
    page.keyboard.press("Space")
    for label, value in (("Jour", "1"), ("Mois", "12"), ("Année", "2026")):
        tab_to(page, label)
        page.keyboard.type(value)
    tab_to(page, "Collectivité territoriale")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")


def leave_blank_with_keys(page: Page) -> None:
    """A required value that has no default must be typed or left blank: here, blank."""
    empty = page.evaluate(
        "() => [...document.querySelectorAll('form input[type=text], form textarea')]"
        ".filter((e) => !e.value && e.name !== 'raison').length"
    )
    for _ in range(empty):
        tab_to(page, "Laisser en blanc")
        page.keyboard.press("Space")


def test_every_stop_of_the_tab_key_has_a_name_and_a_visible_focus(page: Page) -> None:
    for address in ("/", "/clauses", "/clauses/CEC-MOB-001", "/assistant/achat", "/obligations", "/charte"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        for _ in range(25):
            page.keyboard.press("Tab")
            found = page.evaluate(_FOCUSED)
            if found["role"].startswith("body"):
                break
            assert found["name"] or found["role"].startswith("div"), (address, json.dumps(found))
            assert found["visible"], (address, json.dumps(found))


def test_the_slash_key_goes_to_the_search_unless_it_was_switched_off(page: Page) -> None:
    page.goto("/aide")
    expect(page.get_by_role("heading", level=1, name="Aide")).to_be_visible()
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Rechercher une clause")
    expect(search).to_be_focused()
    page.keyboard.type("a/b")
    expect(search).to_have_value("a/b")
    page.get_by_label("Activer les raccourcis").uncheck()
    page.reload()
    expect(page.get_by_label("Activer les raccourcis")).not_to_be_checked()
    page.keyboard.press("/")
    expect(search).not_to_be_focused()


def test_skip_links_come_first_and_lead_where_they_say(page: Page) -> None:
    page.goto("/clauses")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
