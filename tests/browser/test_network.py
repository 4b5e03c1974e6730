"""The network in a real browser: referents, spaces and appeals, training up to its attestation."""

from pathlib import Path

from playwright.sync_api import Page, expect

from app.accounts.origin import CSRF_HEADER
from app.accounts.rules import PlatformRoleName
from app.network.training import read_modules, shuffled
from app.settings import ROOT
from tests.browser.axe import faults, overflows
from tests.browser.conftest import NewPage
from tests.browser.docx_text import read
from tests.browser.people import enter, organisation_id


def is_clean(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert (page.url, faults(page), overflows(page)) == (page.url, [], [])


def test_a_referent_joins_is_found_and_asked_then_withdraws(site: str, server_url: str, new_page: NewPage) -> None:
    referent, asker = new_page(), new_page()
    enter(referent, site, server_url, name="Solene")
    enter(asker, site, server_url, name="Karim", organisation="Ville du Cadran")
    referent.goto(f"{site}/communaute")
    referent.get_by_role("link", name="Annuaire des référents").click()
    referent.get_by_role("link", name="Ma fiche de référent").click()
    referent.get_by_label("Ce sur quoi on peut vous interroger").fill("Le réemploi du mobilier de bureau.")
    referent.get_by_role("button", name="Entrer dans l’annuaire").click()
    expect(referent.get_by_role("alert")).to_be_focused()
    is_clean(referent)
    referent.get_by_label("Mobilier", exact=True).check()
    referent.get_by_label("J’accepte que mon nom").check()
    referent.get_by_role("button", name="Entrer dans l’annuaire").click()
    expect(referent.get_by_text("Vous êtes dans l’annuaire")).to_be_visible()
    is_clean(referent)
    asker.goto(f"{site}/referents?famille=mobilier")
    card = asker.get_by_role("listitem").filter(has_text="Solene Martin")
    card.get_by_text("par le site").click()
    card.get_by_label("Objet").fill("Bureaux réemployés")
    card.get_by_label("Votre message").fill("Quel seuil avez-vous retenu pour les bureaux ?")
    is_clean(asker)
    card.get_by_role("button", name="Envoyer").click()
    expect(card.get_by_text("Message transmis")).to_be_visible()
    referent.get_by_role("button", name="Me retirer de l’annuaire").click()
    referent.get_by_role("dialog").get_by_role("button", name="Me retirer").click()
    expect(referent.get_by_text("votre fiche est effacée")).to_be_visible()
    asker.reload()
    expect(asker.get_by_role("heading", name="Annuaire")).to_be_visible()
    expect(asker.get_by_text("Solene Martin")).to_have_count(0)


def test_a_moderator_is_named_hides_and_the_author_contests_before_another(
    site: str, server_url: str, new_page: NewPage
) -> None:
    admin, moderator, author = new_page(), new_page(), new_page()
    enter(admin, site, server_url, name="Sacha", platform=PlatformRoleName.PLATFORM_ADMIN)
    enter(moderator, site, server_url, name="Moira", organisation="Ville du Cadran")
    enter(author, site, server_url, name="Blaise")
    author.goto(f"{site}/communaute?espace=spgd")
    author.get_by_label("Votre question en une phrase").fill("Un capteur de remplissage à essayer")
    author.get_by_label("Le détail").fill("Notre régie prête un capteur aux communes voisines.")
    author.get_by_role("button", name="Publier la question").click()
    expect(author.get_by_role("heading", name="Un capteur de remplissage à essayer", level=1)).to_be_visible()
    admin.goto(f"{site}/communaute/espaces")
    box = admin.get_by_role("group", name="SPGD")
    box.get_by_text("Modifier « SPGD »").click()
    box.get_by_label("Description").fill("La collecte, et ses marchés.")
    box.get_by_role("button", name="Enregistrer").click()
    expect(box.get_by_role("paragraph").filter(has_text="La collecte, et ses marchés.")).to_be_visible()
    box.get_by_text("Modérateurs de « SPGD »").click()
    place = organisation_id(server_url, "Ville du Cadran")
    box.get_by_label("Adresse du compte à nommer").fill(f"moira.o{place}@exemple.test")
    box.get_by_role("button", name="Nommer").click()
    expect(box.get_by_role("button", name="Retirer Moira Martin")).to_be_visible()
    is_clean(admin)
    moderator.goto(author.url)
    moderator.get_by_text("Modérer la question").click()
    moderator.get_by_label("Raison du masquage").fill("Ceci ressemble à une publicité.")
    moderator.get_by_role("button", name="Masquer").click()
    expect(moderator.get_by_text("Raison : Ceci ressemble à une publicité.")).to_be_visible()
    author.reload()
    author.get_by_text("Contester", exact=False).first.click()
    author.get_by_label("Pourquoi ce message peut rester visible").fill("Le prêt est gratuit, entre services publics.")
    author.get_by_role("button", name="Envoyer la contestation").click()
    expect(author.get_by_text("Vous avez contesté")).to_be_visible()
    is_clean(author)
    moderator.goto(f"{site}/communaute/moderation")
    card = moderator.get_by_role("article").filter(has_text="Le prêt est gratuit")
    expect(card.get_by_role("button", name="Maintenir masqué")).to_have_count(0)
    admin.goto(f"{site}/communaute/moderation")
    card = admin.get_by_role("article").filter(has_text="Le prêt est gratuit")
    expect(card.get_by_role("button", name="Maintenir masqué")).to_be_visible()
    is_clean(admin)
    card.get_by_role("button", name="Montrer à tous").click()
    expect(card).to_have_count(0)
    shown = admin.get_by_role("listitem").filter(has_text="Un capteur de remplissage à essayer").first
    expect(shown.get_by_text("Montré", exact=True)).to_be_visible()


def test_a_quiz_is_answered_kept_and_the_whole_path_gives_its_attestation(
    site: str, server_url: str, page: Page, tmp_path: Path
) -> None:
    enter(page, site, server_url, name="Tess", organisation="Ville du Quiz")
    first, *others = [module for module in read_modules(ROOT / "clauses") if "elus" in module.audience]
    page.goto(f"{site}/formation/{first.code}")
    for number, question in enumerate(first.quiz, start=1):
        choices, right = shuffled(first.code, question)
        group = page.get_by_role("group", name=f"{number}. {question.question}")
        group.get_by_label(choices[right], exact=True).check()
        page.get_by_role("button", name=f"Répondre à la question {number}").click()
        expect(page.get_by_text(question.why)).to_be_visible()
    page.get_by_role("button", name="Enregistrer dans ma progression").click()
    expect(page.get_by_text(f"Module réussi, enregistré : {len(first.quiz)} sur {len(first.quiz)}.")).to_be_visible()
    token = page.request.get(f"{site}/api/v1/session").json()["csrf_token"]
    for module in others:
        answers = {"choices": [shuffled(module.code, question)[1] for question in module.quiz]}
        kept = page.request.put(
            f"{site}/api/v1/network/progress/{module.code}",
            data=answers,
            headers={CSRF_HEADER: token, "Origin": site},
        )
        assert kept.ok, kept.text()
    page.goto(f"{site}/formation")
    expect(page.get_by_text("0 % des acheteurs formés")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="Parcours des élus").first
    with page.expect_download() as download:
        row.get_by_role("link", name="Attestation DOCX").click()
    file = tmp_path / "attestation.docx"
    download.value.save_as(file)
    words = read(file).text
    assert "Tess Martin, Ville du Quiz," in words
    assert first.title in words
    is_clean(page)
