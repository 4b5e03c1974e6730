from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.purchases.scoring import Criterion, Step, marks, points, ranks
from app.purchases.simulation import Offer, simulate, weights_at

HUNDRED = Decimal(100)
STEPS = tuple(Step(Decimal(a), Decimal(m)) for a, m in ((0, 0), (1, 3), (10, 7), (25, 10)))
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
several = st.lists(amounts, min_size=2, max_size=5)
formulas = st.sampled_from(["proportional_more", "proportional_less", "steps"])


def criterion(formula: Any, **changes: Any) -> Criterion:
    steps = STEPS if formula == "steps" else ()
    return Criterion("C", HUNDRED, formula, **{"steps": steps, **changes})


def of(formula: Any, *values: float | str) -> list[Decimal]:
    return list(marks(criterion(formula), [Decimal(str(value)) for value in values]))


def test_the_worked_examples_hold() -> None:
    assert of("proportional_more", 5, 10, 0) == [5, 10, 0]
    assert of("proportional_less", 100000, 110000, 125000) == [10, Decimal("9.09"), 8]
    assert of("steps", 0, "0.9", 1, 18, 25, 400) == [0, 0, 3, 7, 10, 10]


def test_a_half_of_a_hundredth_is_rounded_upwards() -> None:
    assert points(criterion("steps"), Decimal("8.25"), Decimal("0.1")) == Decimal("0.08")
    assert points(criterion("steps"), Decimal("8.5"), Decimal("0.1")) == Decimal("0.09")


def test_a_value_of_zero_never_divides() -> None:
    assert of("proportional_less", 0, 5) == [10, 0]
    assert of("proportional_more", 0, 0) == [0, 0]


def test_equal_totals_share_a_rank_and_the_next_one_is_skipped() -> None:
    assert ranks([Decimal(9), Decimal(7), Decimal(9), Decimal(3)]) == (1, 3, 1, 4)


@given(formulas, several)
def test_a_mark_stays_within_the_scale(formula: Any, values: list[Decimal]) -> None:
    assert all(0 <= mark <= 10 for mark in marks(criterion(formula), values))


@given(formulas, several)
def test_a_better_value_never_has_a_lower_mark(formula: Any, values: list[Decimal]) -> None:
    ordered = sorted(values, reverse=formula == "proportional_less")
    got = marks(criterion(formula), ordered)
    assert list(got) == sorted(got)


@given(several)
def test_the_best_offer_has_full_marks(values: list[Decimal]) -> None:
    assert marks(criterion("proportional_less"), values)[values.index(min(values))] == 10
    if max(values):
        assert marks(criterion("proportional_more"), values)[values.index(max(values))] == 10


@given(st.integers(0, 100))
def test_the_weights_make_a_hundred_at_every_share(share: int) -> None:
    criteria = [Criterion("Prix", Decimal(60), "proportional_less"), Criterion("Valeur", Decimal(30), "steps")]
    criteria.append(Criterion("Environnement", Decimal(10), "steps", environmental=True))
    weights = weights_at(criteria, Decimal(share))
    assert abs(sum(weights) - 100) < Decimal("1e-9")
    assert abs(weights[2] - share) < Decimal("1e-9")


@given(st.lists(st.tuples(amounts, amounts), min_size=2, max_size=5))
def test_the_weight_in_use_is_one_of_those_of_the_sensitivity(offers: list[tuple[Decimal, Decimal]]) -> None:
    criteria = [
        Criterion("Prix", Decimal(80), "proportional_less"),
        Criterion("Réemploi", Decimal(20), "proportional_more", environmental=True),
    ]
    made = simulate(criteria, [Offer(str(i), values) for i, values in enumerate(offers)])
    assert made.sensitivity[20].totals == tuple(offer.total for offer in made.offers)
    assert made.sensitivity[0].totals == tuple(offer.total_without for offer in made.offers)


def body(weight: int, **changes: Any) -> dict[str, Any]:
    return {
        "criteria": [
            {"label": "Prix", "weight": 100 - weight, "formula": "proportional_less"},
            {"label": "Part réemployée", "weight": weight, "formula": "proportional_more", "environmental": True},
        ],
        "offers": [{"name": "Offre A", "values": [100000, 8]}, {"name": "Offre B", "values": [110000, 16]}],
    } | changes


async def simulated(client: httpx.AsyncClient, weight: int) -> dict[str, Any]:
    answer = await client.post("/api/v1/awards/simulate", json=body(weight))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_sentence_says_from_which_weight_the_first_place_turns(client: httpx.AsyncClient) -> None:
    made = await simulated(client, 10)
    assert made["sentence"] == (
        "À 10\u00a0%, le critère environnemental ne change pas le classement\u202f; "
        "à partir de 16\u00a0%, l’offre B passe devant."
    )
    assert [(offer["name"], offer["rank"], offer["rank_without"]) for offer in made["offers"]] == [
        ("Offre A", 1, 1),
        ("Offre B", 2, 2),
    ]
    assert made["flips"] == [{"weight": 16.0, "before": ["Offre A"], "after": ["Offre B"]}]
    assert len(made["sensitivity"]) == 101


async def test_the_announced_weight_is_the_first_that_turns_the_ranking(client: httpx.AsyncClient) -> None:
    assert not (await simulated(client, 15))["changes_winner"]
    made = await simulated(client, 16)
    assert made["changes_winner"]
    assert "l’offre B arrive en tête, au lieu de l’offre A\u202f; il le fait à partir de 16\u00a0%." in made["sentence"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"offers": [{"name": "A", "values": [1, 2]}]}, "La liste est trop courte"),
        ({"offers": [{"name": "A", "values": [1, 2]}, {"name": "a", "values": [1, 2]}]}, "le même nom"),
        ({"offers": [{"name": "A", "values": [1]}, {"name": "B", "values": [1, 2]}]}, "une valeur par critère"),
        ({"criteria": body(10)["criteria"][:1] * 2}, "au moins un critère environnemental"),
        ({"criteria": [body(10)["criteria"][0], body(20)["criteria"][1]]}, "font 110\u00a0% au lieu de 100"),
        ({"offers": [{"name": "A", "values": [-1, 2]}, {"name": "B", "values": [1, 2]}]}, "au moins 0"),
    ],
)
async def test_what_cannot_be_ranked_is_refused_with_a_sentence(
    client: httpx.AsyncClient, changes: dict[str, Any], said: str
) -> None:
    answer = await client.post("/api/v1/awards/simulate", json=body(10, **changes))
    assert answer.status_code == 422
    assert said in answer.text


async def test_a_given_mark_stays_within_the_scale(client: httpx.AsyncClient) -> None:
    given = body(10)
    given["criteria"][1]["formula"] = "given"
    given["offers"][1]["values"] = [110000, 10]
    answer = await client.post("/api/v1/awards/simulate", json=given)
    assert [offer["marks"][1] for offer in answer.json()["offers"]] == [8, 10]
    given["offers"][1]["values"] = [110000, 10.5]
    answer = await client.post("/api/v1/awards/simulate", json=given)
    assert answer.status_code == 422
    assert "dépasse la note maximale" in answer.text


async def test_a_scale_that_does_not_rise_is_refused(client: httpx.AsyncClient) -> None:
    wrong = body(10)
    steps = [{"at_least": 10, "mark": 3}, {"at_least": 5, "mark": 7}]
    wrong["criteria"][1] |= {"formula": "steps", "steps": steps}
    answer = await client.post("/api/v1/awards/simulate", json=wrong)
    assert answer.status_code == 422
    assert "vont en croissant" in answer.text


async def test_the_three_formulas_come_with_an_example_that_the_rule_computed(client: httpx.AsyncClient) -> None:
    items = (await client.get("/api/v1/awards/formulas")).json()["items"]
    assert [item["code"] for item in items] == ["proportional_more", "proportional_less", "steps"]
    assert "B propose 110\u00a0000, note 9,09" in items[1]["example"]
