"""Each worked example of a scoring kit computes: its sums are done again, its notes follow its formula."""

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from app.library.record import Scoring
from app.text.typography import plain
from tests.library.test_collection import CRITERIA, record

_NUMBER = r"\d+(?: \d{3})*(?:,\d+)?"
_UNIT = r"(?: ?(?:€|%|kWh|kg(?: CO2e)?|g|t|ans?|années?|heures?|h|points?|pages?|km|l|m²|W))?(?: par an)?"
_TERM = rf"\(*{_NUMBER}{_UNIT}\)*"
_EQUATION = re.compile(rf"({_TERM}(?: ?[×/÷+−-] ?{_TERM})+) = (?:− ?)?({_NUMBER})")
_ROUNDING = Fraction(1, 100)
_STEP_POINTS = re.compile(r": ({n})(?: points?)?$".replace("{n}", _NUMBER))


_GIVEN = re.compile(
    rf"(?:(?:notes? |: )({_NUMBER})(?: points?)?|(?:soit|et|donc) ({_NUMBER}) (?:points(?! de| au)|sur 10))(?=[,.;]|$)"
)


def number(text: str) -> Fraction:
    return Fraction(text.replace(" ", "").replace(",", "."))


def value(expression: str) -> Fraction:
    """The result of a sum written in French: « 10 × 8 / 12 »."""
    bare = re.sub(
        rf"({_NUMBER}){_UNIT}", lambda m: f"Fraction('{m[1].replace(' ', '').replace(',', '.')}')", expression
    )
    for shown, meant in (("×", "*"), ("÷", "/"), ("−", "-")):
        bare = bare.replace(shown, meant)
    assert re.fullmatch(r"(?:Fraction\('[\d.]+'\)|[-+*/() ])+", bare), bare
    result: Fraction = eval(bare, {"__builtins__": {}, "Fraction": Fraction})  # noqa: S307 (checked on the line above)
    return result


def equations(scoring: Scoring) -> Iterator[tuple[str, Fraction]]:
    for expression, result in _EQUATION.findall(plain(scoring.example)):
        yield expression, number(result)


def test_the_reader_of_sums_reads() -> None:
    assert value("10 × 141,94 ÷ 186,40") == Fraction(14194, 1864)
    assert value("(700 + 60 − 40) ÷ 4") == 180
    assert value("8 × 500 kWh × 0,20 €") == 800
    assert value("1 200 + 800") == 2000


@pytest.mark.parametrize("ident", CRITERIA)
def test_the_sums_of_the_example_are_right(ident: str) -> None:
    scoring = record(ident).scoring
    assert scoring
    for expression, told in equations(scoring):
        assert abs(value(expression) - told) <= _ROUNDING, f"{expression} ne fait pas {told}"


@pytest.mark.parametrize("ident", [i for i in CRITERIA if (k := record(i).scoring) and k.formula != "steps"])
def test_a_proportional_example_shows_a_note_out_of_ten(ident: str) -> None:
    scoring = record(ident).scoring
    assert scoring
    notes = [told for expression, told in equations(scoring) if expression.startswith("10 ×")]
    assert notes, scoring.example
    assert all(0 <= note <= scoring.scale_max for note in notes)


@pytest.mark.parametrize("ident", [i for i in CRITERIA if (k := record(i).scoring) and k.formula == "steps"])
def test_an_example_by_steps_gives_only_the_points_of_its_steps(ident: str) -> None:
    scoring = record(ident).scoring
    assert scoring
    points = [number(found[1]) for step in scoring.steps if (found := _STEP_POINTS.search(plain(step)))]
    assert len(points) == len(scoring.steps), scoring.steps
    assert points in (sorted(points), sorted(points, reverse=True))
    assert min(points) < max(points) == scoring.scale_max
    given = [number(one or two) for one, two in _GIVEN.findall(plain(scoring.example))]
    assert given, scoring.example
    assert set(given) <= set(points), (given, points)
