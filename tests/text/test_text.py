"""French words: what is typed and what is written meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.fold import fold
from app.text.similarity import containment, jaccard, shingles
from app.text.stems import stem
from app.text.typography import french, plain
from app.text.typos import Vocabulary, distance
from app.text.words import full_words, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Éco-conçu", "eco-concu"),
        ("ŒUVRE", "oeuvre"),
        ("l’achat", "l'achat"),
        ("20\u00a0%", "20 %"),
        ("plan\u202f!", "plan !"),
        ("Noël — été", "noel - ete"),
        ("e\u0301te\u0301", "ete"),
    ],
)
def test_fold_forgets_accents_ligatures_case_and_typographic_signs(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_lose_their_elisions_but_not_their_meaning() -> None:
    assert words("L’achat d’ordinateurs, aujourd’hui qu’il faut") == [
        "achat", "ordinateurs", "aujourd'hui", "il", "faut",
    ]  # fmt: skip
    assert full_words("L’achat de mobilier pour les écoles de la ville") == ["achat", "mobilier", "ecoles", "ville"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("travaux", "travail"),
        ("recyclé", "recyclables"),
        ("réparabilité", "réparations"),
        ("réemployés", "réemploi"),
        ("pneumatiques", "pneu"),
        ("chaises", "chaise"),
        ("nettoyages", "nettoyage"),
        ("cartouches", "cartouche"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, two: str) -> None:
    assert stem(fold(one)) == stem(fold(two))


@pytest.mark.parametrize(("one", "two"), [("matériel", "matériaux"), ("repas", "rep"), ("locaux", "local")])
def test_different_words_keep_different_stems(one: str, two: str) -> None:
    assert stem(fold(one)) != stem(fold(two))


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("mobilier", "mobiler", 1),
        ("dechets", "dechest", 1),
        ("abc", "abc", 0),
        ("chat", "chien", 3),
        ("a", "abcdef", 3),
    ],
)
def test_distance_counts_a_swap_as_one_fault(one: str, two: str, apart: int) -> None:
    assert distance(one, two) == apart
    assert distance(two, one) == apart


VOCABULARY = Vocabulary(
    {"ordinateur": 3, "mobilier": 5, "restauration": 4, "nettoyage": 3, "dechets": 2, "cantine": 1, "cantines": 1}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mobiler", "mobilier"),
        ("restauraiton", "restauration"),
        ("netoyage", "nettoyage"),
        ("dechest", "dechets"),
        ("cantne", "cantine"),
        ("ordinnatteur", "ordinateur"),
        ("mobilier", "mobilier"),
        ("zzzzzz", None),
        ("epi", None),
        ("39160000", None),
    ],
)
def test_a_typing_fault_is_repaired_and_nothing_is_invented(typed: str, meant: str | None) -> None:
    assert VOCABULARY.repair(typed) == meant


TEXT = "Le titulaire reprend les chaises usagées à chaque livraison et remet un bordereau daté."


def test_the_same_text_with_another_number_is_the_same_text() -> None:
    one, two = shingles("Il livre 20 chaises avant le 3 mai."), shingles("Il livre 35 chaises avant le 12 mai.")
    assert jaccard(one, two) == 1


def test_a_part_of_a_text_is_contained_in_it_but_less_like_it() -> None:
    whole, part = shingles(TEXT + " Le service vérifie les quantités reprises chaque mois."), shingles(TEXT)
    assert containment(whole, part) == 1
    assert jaccard(whole, part) < 0.8
    assert jaccard(whole, shingles("Autre chose du tout au tout, sans rapport.")) == 0
    assert jaccard(shingles(""), shingles("")) == 0


@pytest.mark.parametrize(
    ("typed", "set_right"),
    [
        ("l'acheteur", "l’acheteur"),
        ("une part de 20 %", "une part de 20\u00a0%"),
        ("1 200 euros", "1\u202f200 euros"),
        ("Pourquoi ? Parce que : ceci ; cela !", "Pourquoi\u202f? Parce que\u00a0: ceci\u202f; cela\u202f!"),
        ("« ou équivalent »", "«\u00a0ou équivalent\u00a0»"),
        ("«ou équivalent»", "«\u00a0ou équivalent\u00a0»"),
        ("n° 2024-134, art. L. 2112-2", "n°\u00a02024-134, art. L.\u00a02112-2"),
        ("https://exemple.fr/a:b", "https://exemple.fr/a:b"),
        ("| --- | :-- |", "| --- | :-- |"),
    ],
)
def test_french_typography_is_put_right(typed: str, set_right: str) -> None:
    assert french(typed) == set_right
    assert french(set_right) == set_right


@given(st.text(alphabet="aàL'’ :;!?%€«»20.n°\u00a0\u202f\n|-{}"))
def test_putting_typography_right_twice_changes_nothing_more(text: str) -> None:
    assert french(french(text)) == french(text)


def test_plain_text_is_what_a_keyboard_types() -> None:
    assert plain(french("l'achat « vert » : 20 %")) == "l'achat « vert » : 20 %"
