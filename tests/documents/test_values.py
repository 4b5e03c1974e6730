from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.documents.values import BadValue, read
from app.library.record import Variable
from app.library.values import shown

SHARE = Variable(label="Part", type="percentage", unit="%", min=20, max=100)
AMOUNT = Variable(label="Pénalité", type="amount", unit="€", min=0, max=100000)
DAYS = Variable(label="Délai", type="days", unit="jours ouvrés", min=0, max=90)
YEARS = Variable(label="Durée", type="years", unit="ans", min=1, max=20)
MONTHS = Variable(label="Durée", type="months", unit="mois", min=1, max=60)
TEXT = Variable(label="Lieu", type="text", max_length=10)
DAY = Variable(label="Date", type="date")
CHOICE = Variable(label="Mode", type="choice", choices=["a", "b"])


@pytest.mark.parametrize(
    ("variable", "given", "printed"),
    [
        (SHARE, 20, "20\u00a0%"),
        (SHARE, "33,5", "33,5\u00a0%"),
        (SHARE, 100.0, "100\u00a0%"),
        (AMOUNT, 12500, "12\u202f500\u00a0€"),
        (AMOUNT, "12 500,5", "12\u202f500,50\u00a0€"),
        (DAYS, 1, "1\u00a0jour ouvré"),
        (DAYS, 15, "15\u00a0jours ouvrés"),
        (YEARS, 1, "1\u00a0an"),
        (YEARS, 2, "2\u00a0ans"),
        (MONTHS, 1, "1\u00a0mois"),
        (TEXT, "Rue < 3", "Rue < 3"),
        (DAY, "2027-01-01", "1er\u00a0janvier\u00a02027"),
        (CHOICE, "a", "a"),
    ],
)
def test_a_value_is_printed_with_its_unit(variable: Variable, given: Any, printed: str) -> None:
    assert shown(variable, read(variable, given)) == printed


@pytest.mark.parametrize(
    ("variable", "given", "sentence"),
    [
        (SHARE, 19, "La valeur doit être comprise entre 20\u00a0% et 100\u00a0%."),
        (SHARE, "1e1000000", "La valeur doit être comprise entre"),
        (SHARE, "NaN", "Un nombre fini est attendu."),
        (SHARE, True, "Un nombre est attendu."),
        (SHARE, "vingt", "Un nombre est attendu."),
        (DAYS, 1.5, "Un nombre entier est attendu."),
        (TEXT, "x" * 11, "Ce texte est trop long : 10 caractères au plus."),
        (TEXT, "a\x00b", "Ce texte contient un caractère de contrôle (U+0000)"),
        (TEXT, "a\ud800b", "Ce texte contient un caractère de contrôle (U+D800)"),
        (TEXT, 3, "Un texte est attendu."),
        (DAY, "31/12/2026", "Une date est attendue"),
        (CHOICE, "c", "La valeur est à prendre dans cette liste : a, b."),
    ],
)
def test_a_value_outside_its_bounds_is_refused_with_a_sentence(variable: Variable, given: Any, sentence: str) -> None:
    with pytest.raises(BadValue) as refused:
        read(variable, given)
    assert str(refused.value).startswith(sentence)


def test_reading_keeps_the_type_of_the_variable() -> None:
    assert read(SHARE, "20") == Decimal(20)
    assert read(DAY, "2026-12-01") == date(2026, 12, 1)
