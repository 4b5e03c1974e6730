"""The words of clauses: what is caught, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law.fold import folded
from app.law.sentences import sentences, word_count
from app.law.wording import is_tautological, review


def rules(text: str) -> set[str]:
    return {finding.rule for finding in review(text)}


CAUGHT = [
    ("R-LOCAL", "Les légumes proviennent de producteurs de la région."),
    ("R-LOCAL", "Le menu comprend des produits locaux."),
    ("R-LOCAL", "L’entreprise est implantée dans le département."),
    ("R-LOCAL", "Les fournisseurs se trouvent dans un rayon de 50 km."),
    ("R-LOCAL", "L’atelier se situe à moins de 30 kilomètres du collège."),
    ("R-LOCAL", "Les tables sont en bois français, ou équivalent."),
    ("R-LOCAL", "Les meubles sont fabriqués en France."),
    ("R-LOCAL", "La viande est d’origine régionale."),
    ("R-LOCAL", "Le titulaire s’approvisionne localement."),
    ("R-LOCAL", "Les fournisseurs de proximité sont notés sur 10."),
    ("R-NEUF", "Fourniture de mobilier neuf."),
    ("R-NEUF", "Le titulaire livre des pneus neufs."),
    ("R-NEUF", "Le matériel neuf sans défaut est livré au collège."),
    ("R-NEUF", "Les chaises livrées sont neuves."),
    ("R-NEUF", "Les meubles sont exclusivement neufs, aucun meuble d’occasion."),
    ("R-EQUIV", "Les chaises portent le label NF Environnement."),
    ("R-EQUIV", "Les sacs sont conformes à la norme NF EN 13432."),
    ("R-EQUIV", "Le titulaire livre du mobilier de marque Steelcase."),
    ("R-EQUIV", "Les tables sont en chêne."),
    ("R-EQUIV", "Les bordures sont coulées avec un béton bas carbone."),
    ("R-EQUIV", "Le papier est certifié FSC."),
    ("R-VAGUE", "Le titulaire livre des produits respectueux de l’environnement."),
    ("R-VAGUE", "Le titulaire reprend les emballages si possible."),
    ("R-VAGUE", "Dans la mesure du possible, les meubles sont réemployés."),
    ("R-VAGUE", "Le titulaire favorisera le réemploi."),
    ("R-VAGUE", "Le titulaire s’efforce de trier ses déchets."),
    ("R-VAGUE", "Les sacs sont biodégradables."),
    ("R-TAUTO", "Le titulaire respecte la réglementation en vigueur."),
    ("R-TAUTO", "Le titulaire applique l’article 58 de la loi n° 2020-105 du 10 février 2020."),
    ("R-LIEN", "La politique RSE de l’entreprise est notée sur 10."),
    ("R-LIEN", "Le candidat fournit son score EcoVadis."),
]


@pytest.mark.parametrize(("rule", "text"), CAUGHT)
def test_it_is_caught(rule: str, text: str) -> None:
    assert rule in rules(text)


FINE = [
    ("R-LOCAL", "Le projet alimentaire territorial de la collectivité est joint."),
    ("R-LOCAL", "Les collectivités territoriales et leurs groupements déclarent leurs achats."),
    ("R-LOCAL", "Le département met les clés des bâtiments à disposition."),
    ("R-LOCAL", "Les services du département réceptionnent les travaux."),
    ("R-LOCAL", "Le nettoyage des locaux scolaires a lieu le soir."),
    ("R-LOCAL", "Les prestataires accèdent aux locaux par le hall."),
    ("R-LOCAL", "La mission locale suit les parcours d’insertion."),
    ("R-LOCAL", "La charte régionale est jointe au dossier."),
    ("R-LOCAL", "La Région finance l’opération."),
    ("R-LOCAL", "Les notices sont rédigées en langue française."),
    ("R-LOCAL", "L’autonomie du véhicule est d’au moins 200 km."),
    ("R-LOCAL", "La vitesse est limitée à 30 km/h."),
    ("R-LOCAL", "Le lavage a lieu à 60 °C."),
    ("R-LOCAL", "Le circuit compte un intermédiaire au plus."),
    ("R-LOCAL", "Aucune exigence ne porte sur des produits locaux."),
    ("R-NEUF", "Le marché dure neuf mois."),
    ("R-NEUF", "Le marché comprend neuf lots."),
    ("R-NEUF", "Vingt-neuf chaises sont livrées."),
    ("R-NEUF", "La garantie est de neuf (9) ans."),
    ("R-NEUF", "Les meubles sont neufs ou reconditionnés."),
    ("R-NEUF", "La remise à neuf des chaises est facturée à l’unité."),
    ("R-NEUF", "Le mot « neuf » ne figure pas au catalogue."),
    ("R-NEUF", "Chaque produit numérique neuf porte son indice de réparabilité."),
    ("R-EQUIV", "Les chaises portent le label NF Environnement ou équivalent."),
    ("R-EQUIV", "Les sacs respectent la norme NF EN 13432 ou équivalente."),
    ("R-EQUIV", "Le papier est certifié FSC. La preuve est apportée par tout moyen."),
    ("R-EQUIV", "Les déchets en bois et en verre sont triés."),
    ("R-EQUIV", "Aucun contenant n’est en polypropylène."),
    ("R-EQUIV", "Le marquage CE est apposé."),
    ("R-VAGUE", "Les emballages ne portent pas la mention « respectueux de l’environnement »."),
    ("R-VAGUE", "Le titulaire reprend les emballages dans les cinq jours."),
    ("R-TAUTO", "En application de l’article 58, 20 % du montant porte sur des biens réemployés."),
    ("R-TAUTO", "Le titulaire respecte la loi et remet chaque année un bilan."),
    ("R-TAUTO", "La loi s’applique ; la part réemployée est de {{ part_reemploi }}."),
    ("R-TAUTO", "Le titulaire reprend les meubles remplacés."),
    ("R-LIEN", "Le critère ne porte pas sur la politique RSE de l’entreprise."),
    ("R-LIEN", "Le titulaire affecte au marché des véhicules électriques."),
]


@pytest.mark.parametrize(("rule", "text"), FINE)
def test_it_only_looks_like_it(rule: str, text: str) -> None:
    assert rule not in rules(text)


def test_a_finding_points_into_the_text_as_written() -> None:
    text = "Préambule.\n\nLes légumes viennent de producteurs de la région."
    [found] = review(text)
    assert text[found.start : found.end] == found.excerpt == "producteurs de la région"
    assert found.suggestion


def _sentence(words: int) -> str:
    return " ".join(["Mot"] + ["mot"] * (words - 1)) + "."


@pytest.mark.parametrize(("words", "long"), [(40, False), (41, True)])
def test_a_sentence_of_more_than_forty_words_is_long(words: int, long: bool) -> None:  # noqa: FBT001
    assert ("R-PHRASE" in rules(_sentence(words))) is long


def test_lists_and_tables_and_variables_are_not_one_long_sentence() -> None:
    items = "\n".join(f"- {_sentence(15)[:-1]} ;" for _ in range(5))
    table = "\n".join(f"| {_sentence(15)[:-1]} | {_sentence(15)[:-1]} |" for _ in range(3))
    assert rules(f"Le titulaire remet :\n{items}\n\n{table}") == set()
    assert word_count("Au moins {{ part_reemploi }} du montant.") == 5


def test_an_article_number_does_not_end_a_sentence() -> None:
    text = "L’article L. 2112-2 du code s’applique, art. 16.2 du CCAG compris. Fin."
    assert [text[a:b].strip() for a, b in sentences(text)] == [text[:-5], "Fin."]


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("neuf local 50 % «»{{}}.\n|-L’RSE loi "), max_size=120))
def test_any_text_is_reviewed_without_error_and_inside_its_bounds(text: str) -> None:
    for finding in review(text):
        assert 0 <= finding.start <= finding.end <= len(text)


def test_an_empty_text_is_no_tautology() -> None:
    assert not is_tautological("")
