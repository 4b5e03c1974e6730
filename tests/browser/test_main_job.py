"""The main job: from « Que voulez-vous acheter ? » to the pieces on the buyer's disk."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import docx_text, journey
from tests.browser.journey import CATERING, FURNITURE, SCHOOL, Wish


def chosen_in_draft(page: Page) -> list[dict[str, str]]:
    """The basket as the browser keeps it."""
    items: list[dict[str, str]] = page.evaluate("JSON.parse(localStorage.getItem('clausier.dossier')).items")
    return items


@pytest.mark.parametrize("wish", [FURNITURE, CATERING, SCHOOL], ids=["mobilier", "restauration", "école"])
def test_a_buyer_goes_from_the_question_to_pieces_that_hold_the_clauses(page: Page, wish: Wish, tmp_path: Path) -> None:
    journey.to_check(page, wish)
    basket = chosen_in_draft(page)
    kinds = {item["kind"] for item in basket}
    assert 4 <= len(basket) <= 8
    # Code de la commande publique, art. L. 2112-2 and L. 2152-7: in force since 21 August 2026.
    assert {"performance_condition", "award_criterion"} <= kinds

    journey.prepare_documents(page)
    found = docx_text.pieces(journey.download_all(page, tmp_path))

    assert set(found) == {"RC", "CCAP", "CCTP", "AE", "CRT", "BPU", "ANNEXE"}
    for item in basket:
        homes = [piece for piece, document in found.items() if item["clauseId"] in document.clauses]
        assert item["piece"] in homes, f"{item['clauseId']} is not in its {item['piece']}"
    criteria = [item for item in basket if item["kind"] == "award_criterion"]
    assert all(item["clauseId"] in found["RC"].clauses for item in criteria)
    assert all(docx_text.plain(wish.object) in docx_text.plain(document.text) for document in found.values())


def test_the_furniture_pieces_hold_the_values_typed_and_the_weight_of_the_environmental_criterion(
    page: Page, tmp_path: Path
) -> None:
    journey.start_from_home(page, FURNITURE)
    journey.describe(page, FURNITURE)
    expect(page.get_by_text("Mobilier", exact=False).first).to_be_visible()
    journey.accept_duties(page)
    journey.keep_clauses(page)
    typed = type_other_values(page)
    journey.arrive(page, "Vérifier")
    for value in typed.values():
        expect(page.get_by_text(value, exact=False).first).to_be_visible()

    journey.prepare_documents(page)
    page.get_by_label("Nom de l’acheteur").fill("Commune de Saint-Aubin & fils <mairie>")
    page.get_by_label("Référence de la consultation").fill("2026-MOB-07")
    found = docx_text.pieces(journey.download_all(page, tmp_path))

    everything = docx_text.plain(" ".join(document.text for document in found.values()))
    assert "Commune de Saint-Aubin & fils <mairie>" in everything
    assert "2026-MOB-07" in everything
    assert typed
    for clause, value in typed.items():
        words = " ".join(document.of(clause) for document in found.values())
        assert docx_text.plain(value) in words, f"{value} is not in {clause}"
    criterion = next(item for item in chosen_in_draft(page) if item["kind"] == "award_criterion")
    assert "17 %" in docx_text.plain(found["RC"].text)
    assert criterion["clauseId"] in found["RC"].clauses


def type_other_values(page: Page) -> dict[str, str]:
    """Types one percentage per clause that has one, 17 as the weight of the criterion; clause id → printed value."""
    typed: dict[str, str] = {}
    while page.get_by_role("heading", level=1, name="Compléter les variables").is_visible():
        button = page.get_by_role("button", name=journey.NEXT)
        expect(button).to_be_visible()
        weight = page.get_by_role("textbox", name="Poids du critère")
        if weight.is_visible():
            weight.fill("17")
        percentages = page.locator("form").get_by_role("textbox").filter(visible=True).all()
        for field in percentages:
            hint = (field.locator("xpath=../..").text_content() or "").replace("\u00a0", " ")
            if " % et 100 %" in hint and "Poids" not in hint:
                field.fill("63")
                typed[current_clause(page)] = "63 %"
                break
        journey.leave_empty_ones_blank(page)
        journey.press_and_leave(page, button)
    return typed


def current_clause(page: Page) -> str:
    line = page.get_by_text("Clause ", exact=False).filter(has_text="CEC-").first.text_content() or ""
    return line.rsplit(", ", 1)[-1].strip()


def test_one_piece_alone_is_a_docx(page: Page, tmp_path: Path) -> None:
    journey.to_check(page, FURNITURE)
    journey.prepare_documents(page)
    path = journey.download_one(page, "CCTP", tmp_path)
    assert path.suffix == ".docx"
    assert docx_text.read(path).clauses
