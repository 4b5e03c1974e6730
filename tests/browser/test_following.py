"""The calendar, the follow-up and the past of an organisation in a real browser: by labels, with axe, at 375 px."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.accounts.rules import Role
from tests.accounts.people import siret_for
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.people import enter
from tests.purchases.makers import draft, item

WIDTHS = pytest.mark.parametrize("width", [1280, 375])


def a_file(page: Page, *clauses: str, months: str = "24") -> str:
    """A file of the organisation, saved through the site's own API; its address."""
    body = draft(items=[item(ident) for ident in clauses])
    body["purchase"]["durationMonths"] = months
    page.goto("/dossiers")
    ident = page.evaluate(
        """async (draft) => {
          const headers = {'Content-Type': 'application/json'};
          headers['X-CSRF-Token'] = (await (await fetch('/api/v1/session')).json()).csrf_token;
          const made = await fetch('/api/v1/purchases', {method: 'POST', headers, body: JSON.stringify({draft})});
          return (await made.json()).id;
        }""",
        body,
    )
    return f"/dossiers/{ident}"


def clean(page: Page) -> None:
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert faults(page) == []
    assert overflows(page) == []


def fill_day(page: Page, label: str, iso: str) -> None:
    year, month, day = iso.split("-")
    group = page.get_by_role("group", name=label, exact=True)
    for name, value in (("Jour", day), ("Mois", month), ("Année", year)):
        group.get_by_label(name).fill(value)


def iso_in(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


@WIDTHS
def test_the_dates_of_a_procedure_are_kept_ordered_and_subscribed_to(
    new_page: NewPage, site: str, server_url: str, width: int
) -> None:
    # A refused save is an error in Chromium's console: it is what is tested.
    page = new_page(width=width, quiet=False)
    enter(page, site, server_url, organisation=f"Calendrier {width}")
    address = a_file(page)
    page.goto(address)
    page.get_by_role("link", name="Calendrier de la procédure").click()
    expect(page.get_by_text("Aucune date pour l’instant")).to_be_visible()
    expect(page.get_by_role("group", name="Lancement de la consultation").get_by_label("Année")).to_have_value("2027")
    fill_day(page, "Remise des offres", "2027-02-01")
    page.get_by_role("button", name="Enregistrer le calendrier").click()
    expect(page.get_by_role("alert").get_by_text("précède « Lancement de la consultation »")).to_be_visible()
    fill_day(page, "Remise des offres", "2027-04-12")
    page.get_by_role("button", name="Ajouter une étape libre").click()
    page.get_by_label("Étape libre 1", exact=True).fill("Visite de l’école")
    fill_day(page, "Date de l’étape libre 1", "2027-03-20")
    page.get_by_role("button", name="Enregistrer le calendrier").click()
    expect(page.get_by_text("Le calendrier est enregistré.")).to_be_visible()
    page.reload()
    rows = page.get_by_role("region", name="Calendrier de la procédure").get_by_role("row")
    expect(rows).to_contain_text(
        ["Étape", "Lancement de la consultation1er mars 2027", "Visite de l’école20 mars 2027", "12 avril 2027"]
    )
    page.get_by_role("button", name="Créer une adresse d’abonnement").click()
    feed = str(page.locator("code").text_content())
    read = page.request.get(site + feed[feed.index("/api/") :])
    assert "Visite de l’école" in read.text().replace("\r\n ", "")
    clean(page)
    page.get_by_role("button", name="Retirer l’adresse").click()
    expect(page.get_by_role("list", name="Adresses d’abonnement")).to_have_count(0)
    assert page.request.get(site + feed[feed.index("/api/") :]).status == 404


def test_two_people_see_each_others_dates_before_they_choose(new_page: NewPage, site: str, server_url: str) -> None:
    anne, brice = new_page(quiet=False), new_page(quiet=False)
    enter(anne, site, server_url, organisation="Deux agendas", name="Anne")
    enter(brice, site, server_url, organisation="Deux agendas", name="Brice")
    address = f"{a_file(anne)}/calendrier"
    for page in (anne, brice):
        page.goto(address)
        expect(page.get_by_role("button", name="Enregistrer le calendrier")).to_be_visible()
    fill_day(anne, "Remise des offres", "2027-04-12")
    anne.get_by_role("button", name="Enregistrer le calendrier").click()
    expect(anne.get_by_text("Le calendrier est enregistré.")).to_be_visible()
    fill_day(brice, "Remise des offres", "2027-05-03")
    brice.get_by_role("button", name="Enregistrer le calendrier").click()
    brice.get_by_role("button", name="Lire la version enregistrée").click()
    expect(brice.get_by_text("Remise des offres, 12 avril 2027")).to_be_visible()
    brice.get_by_role("button", name="Garder mes dates").click()
    brice.get_by_role("button", name="Enregistrer le calendrier").click()
    expect(brice.get_by_text("Le calendrier est enregistré.")).to_be_visible()
    anne.reload()
    expect(anne.get_by_role("cell", name="3 mai 2027")).to_be_visible()


@WIDTHS
def test_a_control_is_recorded_with_its_penalty_and_its_document(
    new_page: NewPage, site: str, server_url: str, width: int, tmp_path: Path
) -> None:
    page = new_page(width=width, quiet=False)
    enter(page, site, server_url, organisation=f"Suivi {width}")
    address = a_file(page, "CEC-MOB-001", "CEC-MOB-003")
    page.goto(f"{address}/calendrier")
    # The launch of the description comes after this start: it is emptied.
    for name in ("Jour", "Mois", "Année"):
        page.get_by_role("group", name="Lancement de la consultation").get_by_label(name).fill("")
    fill_day(page, "Début de l’exécution", iso_in(-120))
    page.get_by_role("button", name="Enregistrer le calendrier").click()
    expect(page.get_by_text("Le calendrier est enregistré.")).to_be_visible()
    page.goto(address)
    page.get_by_role("link", name="Suivre l’exécution").click()
    late = page.get_by_role("list", name="Contrôles en retard").get_by_role("listitem").filter(has_text="CEC-MOB-001")
    late.first.get_by_role("button", name="Noter le résultat").click()
    page.get_by_role("button", name="Enregistrer le résultat").click()
    expect(page.get_by_role("alert").get_by_text("Dites ce que le contrôle a donné")).to_be_visible()
    page.get_by_label("Non conforme").check()
    fill_day(page, "Date du contrôle", iso_in(-2))
    page.get_by_label("Constat").fill("Part de réemploi à 12 %.")
    page.get_by_label("Pénalité due").fill("1 500")
    clean(page)
    page.get_by_role("button", name="Enregistrer le résultat").click()
    expect(page.get_by_text("Le résultat est noté.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("pénalités constatées : 1 500 €")).to_be_visible()
    kept = page.get_by_role("list", name="Contrôles faits")
    kept.get_by_role("button", name="Joindre une pièce").click()
    paper = tmp_path / "bilan.pdf"
    paper.write_bytes(b"%PDF-1.7 bilan")
    page.locator("input[type=file]").set_input_files(paper)
    expect(page.get_by_text("La pièce est jointe.")).to_be_visible()
    with page.expect_download() as waiting:
        kept.get_by_role("link", name="bilan.pdf").click()
    assert Path(waiting.value.path()).read_bytes() == b"%PDF-1.7 bilan"
    clean(page)
    kept.get_by_role("button", name="Effacer").click()
    page.get_by_role("button", name="Effacer le résultat").click()
    expect(page.get_by_text("Le résultat est effacé.")).to_be_visible()
    expect(page.get_by_text("pénalités : non évaluées")).to_be_visible()


def test_the_keyboard_alone_records_a_result(page: Page, site: str, server_url: str) -> None:
    enter(page, site, server_url, organisation="Clavier")
    page.goto(f"{a_file(page, 'CEC-MOB-003')}/suivi")
    button = page.get_by_role("button", name="Noter le résultat")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Reçu, à examiner").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Conforme", exact=True)).to_be_checked()
    for typed in (iso_in(-1)[8:], iso_in(-1)[5:7], iso_in(-1)[:4]):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Le résultat est noté.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


@WIDTHS
def test_agec_amounts_stay_unknown_until_they_are_declared(
    new_page: NewPage, site: str, server_url: str, width: int
) -> None:
    page = new_page(width=width)
    enter(page, site, server_url, organisation=f"Agec {width}")
    address = f"{a_file(page)}/suivi"
    page.goto(address)
    page.get_by_role("button", name="Déclarer une dépense").click()
    page.get_by_label("Année des dépenses").fill("2026")
    page.get_by_label("Catégorie", exact=True).select_option(index=9)
    page.get_by_label("Dépense totale").fill("1 000")
    page.get_by_label("Réemploi et réutilisation").fill("2 000")
    page.get_by_role("button", name="Enregistrer la dépense").click()
    expect(page.get_by_role("alert").get_by_text("Cette part dépasse la dépense totale")).to_be_visible()
    page.get_by_label("Réemploi et réutilisation").fill("200")
    page.get_by_role("button", name="Enregistrer la dépense").click()
    expect(page.get_by_text("La dépense est enregistrée.")).to_be_visible()
    page.reload()
    cells = page.get_by_role("region", name="Dépenses AGEC du marché").get_by_role("cell")
    expect(cells).to_have_text(["1 000 €", "200 €", "non déclaré", "non déclaré", "20 %", "non calculable"])
    clean(page)


@WIDTHS
def test_the_published_contracts_of_an_organisation_show_its_past(
    new_page: NewPage, site: str, server_url: str, width: int, tmp_path: Path
) -> None:
    page = new_page(width=width, quiet=False)
    name = f"Existant {width}"
    enter(page, site, server_url, organisation=name)
    siret = siret_for(20_000 + sum(map(ord, name)))
    page.goto("/dossiers")
    page.get_by_role("link", name="Identifier l’existant").click()
    expect(page.get_by_text("Aucun marché importé")).to_be_visible()
    contracts = [
        {
            "id": f"2025-{number}",
            "acheteur": {"id": siret},
            "objet": "Mobilier de bureau",
            "codeCPV": "39121200-8",
            "dateNotification": f"202{number}-03-01",
            "montant": 12000,
            "considerationsEnvironnementales": {"considerationEnvironnementale": [said]},
        }
        for number, said in ((4, "Pas de considération environnementale"), (5, "Clause environnementale"))
    ]
    wrong = tmp_path / "abime.json"
    wrong.write_text(json.dumps({"marches": {"marche": [{**contracts[0], "dateNotification": "NC"}]}}, indent=1))
    page.locator("#champ-decp").set_input_files(wrong)
    expect(page.get_by_role("alert").get_by_text("Ligne 4")).to_be_visible()
    expect(page.get_by_text("Aucun marché importé")).to_be_visible()
    good = tmp_path / "decp.json"
    good.write_text(json.dumps({"marches": {"marche": contracts}}))
    page.locator("#champ-decp").set_input_files(good)
    expect(page.get_by_text("2 contrats importés de decp.json.")).to_be_visible()
    page.reload()
    expect(
        page.get_by_text("1 contrat sur 2 déclarés a une clause ou un critère environnemental").first
    ).to_be_visible()
    clean(page)
    page.get_by_label("Année", exact=True).select_option("2025")
    expect(page.get_by_role("region", name="Contrats importés").get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Retirer l’import").click()
    expect(page.get_by_text("Aucun marché importé")).to_be_visible()


def test_a_visitor_is_told_how_to_come_in_and_a_reader_only_reads(
    new_page: NewPage, site: str, server_url: str
) -> None:
    visitor = new_page()
    for address in ("/dossiers/existant", "/dossiers/1/suivi", "/dossiers/1/calendrier"):
        visitor.goto(address)
        expect(visitor.get_by_role("main").get_by_role("link", name="Se connecter")).to_be_visible()
    writer, reader = new_page(), new_page()
    enter(writer, site, server_url, organisation="Lecture")
    enter(reader, site, server_url, organisation="Lecture", name="Luc", role=Role.READER)
    address = a_file(writer, "CEC-MOB-001")
    reader.goto(f"{address}/suivi")
    expect(reader.get_by_text("Le marché n’a pas de date de début")).to_be_visible()
    expect(reader.get_by_role("button", name="Noter le résultat")).to_have_count(0)
    reader.goto(f"{address}/calendrier")
    expect(reader.get_by_text("Aucune date pour l’instant")).to_be_visible()
    expect(reader.get_by_role("button", name="Enregistrer le calendrier")).to_have_count(0)
