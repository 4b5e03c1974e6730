from decimal import Decimal

import pytest

from app.documents.rules import Held, Weight, relation_refusals, shared_out, weight_refusals
from app.law.vocabulary import Kind


def held(index: int, ident: str, **changes: object) -> Held:
    facts = {"title": ident, "kind": Kind.PERFORMANCE_CONDITION, "requirement": f"x.{ident.lower()}"} | changes
    return Held(index=index, id=ident, **facts)  # type: ignore[arg-type]


def sentences(*basket: Held) -> list[tuple[str, str]]:
    return [(refusal.pointer, refusal.detail) for refusal in relation_refusals(basket)]


def test_clauses_without_relations_are_accepted() -> None:
    assert sentences(held(0, "A"), held(1, "B")) == []


def test_a_clause_needs_the_ones_it_requires() -> None:
    assert sentences(held(0, "A", requires=("B",))) == [
        ("/items/0", "La clause A ne va pas sans la clause B : ajoutez-la.")
    ]
    assert sentences(held(0, "A", requires=("B",)), held(1, "B")) == []


def test_a_required_clause_of_another_lot_does_not_count() -> None:
    assert len(sentences(held(0, "A", requires=("B",), lots=frozenset("1")), held(1, "B", lots=frozenset("2")))) == 1
    assert sentences(held(0, "A", requires=("B",), lots=frozenset("1")), held(1, "B")) == []


@pytest.mark.parametrize("both", [True, False])
def test_an_exclusion_is_said_once(*, both: bool) -> None:
    other = held(1, "B", excludes=("A",) if both else ())
    assert [detail for _, detail in sentences(held(0, "A", excludes=("B",)), other)] in (
        ["Les clauses B et A s’excluent : gardez l’une des deux."],
        ["Les clauses A et B s’excluent : gardez l’une des deux."],
    )


def test_clauses_that_exclude_each_other_may_stand_in_two_lots() -> None:
    assert sentences(held(0, "A", excludes=("B",), lots=frozenset("1")), held(1, "B", lots=frozenset("2"))) == []


def test_a_rung_replaces_the_one_below() -> None:
    assert sentences(held(0, "A"), held(1, "B", replaces=("A",))) == [
        ("/items/0", "La clause B remplace la clause A : retirez cette dernière.")
    ]


def test_the_same_clause_twice_is_refused_unless_the_lots_differ() -> None:
    assert [pointer for pointer, _ in sentences(held(0, "A"), held(1, "A"))] == ["/items/1"]
    assert [pointer for pointer, _ in sentences(held(0, "A", lots=frozenset("1")), held(1, "A"))] == ["/items/1"]
    assert sentences(held(0, "A", lots=frozenset("1")), held(1, "A", lots=frozenset("2"))) == []


def test_what_is_required_is_not_scored_too() -> None:
    scored = held(1, "B", kind=Kind.AWARD_CRITERION, requirement="x.part")
    found = sentences(held(0, "A", requirement="x.part"), scored)
    assert [pointer for pointer, _ in found] == ["/items/1"]
    assert found[0][1].startswith("Double emploi")
    assert sentences(held(0, "A", requirement="x.autre"), scored) == []


@pytest.mark.parametrize(
    ("environmental", "expected"),
    [(0, [50, 50]), (15, [50, 35]), (49, [50, 1]), (50, [30, 20]), (60, [24, 16]), (99, [1]), (100, [])],
)
def test_the_rest_is_shared_between_price_and_technical_value(environmental: int, expected: list[int]) -> None:
    weights = [weight.weight for weight in shared_out(Decimal(environmental))]
    assert weights == expected
    assert environmental + sum(weights) == 100


def test_the_price_is_not_scored_beside_a_cost_that_counts_it_already() -> None:
    assert shared_out(Decimal(50), priced=True) == (Weight("Valeur technique", Decimal(50)),)


@pytest.mark.parametrize(
    ("entered", "refused"),
    [
        ([], None),
        ([50, 35], None),
        ([50, 30], "95\u00a0% au lieu de 100\u00a0% : ajoutez 5\u00a0%"),
        ([50, 40], "retirez 5\u00a0%"),
    ],
)
def test_weights_must_make_a_hundred(entered: list[int], refused: str | None) -> None:
    found = weight_refusals(Decimal(15), [Weight("x", Decimal(weight)) for weight in entered])
    assert [refused in refusal.detail for refusal in found if refused] == ([True] if refused else [])
    assert bool(found) == bool(refused)


def test_criteria_of_the_basket_leave_room_for_the_price() -> None:
    [refusal] = weight_refusals(Decimal(100), [])
    assert refusal.pointer == "/criteria"
    assert "il ne reste rien pour le prix" in refusal.detail
