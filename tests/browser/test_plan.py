"""A purchasing plan in a real browser: sent, judged line by line, announced, found again after a reload."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.people import enter
from tests.browser.test_market import WIDTHS, look

PLAN = "objet;cpv;montant;date;departement\r\nMobilier scolaire;39160000;120000;2027-09-01;35\r\n"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_buyer_has_a_plan_checked_and_announces_a_line(
    new_page: NewPage, site: str, server_url: str, width: int
) -> None:
    page = new_page(width=width, quiet=False)
    enter(page, site, server_url)
    page.goto("/plan-achats")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, f"plan-{width}")
    for content in (PLAN.replace("39160000", "391"), PLAN):
        page.get_by_label("Votre plan d’achats").last.set_input_files(
            {"name": "plan.csv", "mimeType": "text/csv", "buffer": content.encode()}
        )
        page.get_by_role("button", name="Vérifier le plan").click()
        if content != PLAN:
            expect(page.get_by_text("Ligne 2, colonne « cpv »")).to_be_visible()
            look(page, f"plan-faute-{width}")
            page.get_by_role("button", name="Retirer plan.csv").click()
    expect(page.get_by_role("heading", name="Mobilier scolaire")).to_be_visible()
    look(page, f"plan-verifie-{width}")
    page.get_by_label("Mobilier scolaire (ligne 2)").check()
    page.get_by_role("button", name="Annoncer ces achats").click()
    expect(page.get_by_text("1 achat annoncé.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Annoncé")).to_be_visible()
