"""Three-valued logic, and what an unknown fact leaves open."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law.assessing import outcomes
from app.law.conditions import Case, Verdict, conjunction, disjunction, in_branch, judge, negation
from app.law.facts import Condition
from app.law.vocabulary import BuyerKind, Nature
from tests.law.makers import LAW, purchase

verdicts = st.sampled_from([True, False, None])
KNOWN: dict[bool, Condition] = {
    True: Condition(fact="defence", is_=False),
    False: Condition(fact="defence", is_=True),
}
UNKNOWN = [
    Condition(fact="floor_area", more_than=Decimal(1000)),
    Condition(ask="le bâtiment est occupé", ask_not="le bâtiment est vide"),
    Condition(fact="duration_months", at_least=Decimal(6)),
]
leaves = st.sampled_from([*KNOWN.values(), *UNKNOWN])
trees = st.recursive(
    leaves,
    lambda child: st.one_of(
        st.lists(child, min_size=1, max_size=3).map(lambda found: Condition(all=tuple(found))),
        st.lists(child, min_size=1, max_size=3).map(lambda found: Condition(any=tuple(found))),
        child.map(lambda found: Condition(not_=found)),
    ),
    max_leaves=6,
)
CASE = Case(purchase(), LAW)


@given(verdicts, verdicts)
def test_de_morgan_holds_with_unknowns(one: Verdict, other: Verdict) -> None:
    assert negation(conjunction([one, other])) == disjunction([negation(one), negation(other)])


@given(st.lists(verdicts))
def test_the_order_of_facts_never_matters(values: list[Verdict]) -> None:
    assert conjunction(values) == conjunction(reversed(values))
    assert disjunction(values) == disjunction(reversed(values))


@given(trees)
def test_learning_a_fact_never_overturns_a_known_verdict(tree: Condition) -> None:
    before = judge(tree, CASE)
    learnt = Case(replace(CASE.purchase, floor_area=Decimal(2000), duration_months=3), LAW)
    assert before is None or judge(tree, learnt) == before


@given(trees)
def test_an_unknown_tree_has_outcomes_and_a_known_one_has_a_single_one(tree: Condition) -> None:
    found = outcomes(tree, CASE, "binding")
    if judge(tree, CASE) is None:
        assert len(found) >= 2
        assert all(outcome.condition.startswith("si ") for outcome in found)
    else:
        assert [outcome.applies for outcome in found] == [judge(tree, CASE)]


@pytest.mark.parametrize(
    ("code", "verdict"),
    [("39160000", True), ("39000000", None), ("30000000", False), ("39200000", False)],
)
def test_a_code_too_general_leaves_the_branch_open(code: str, verdict: Verdict) -> None:
    assert in_branch(code, ["391"]) is verdict


def test_an_excluded_branch_is_out() -> None:
    assert in_branch("18143000", ["181"], ["18143"]) is False


def test_without_a_code_a_chosen_family_rules_products_out() -> None:
    tyres = Condition(fact="cpv", starts_with=("3435",))
    assert judge(tyres, Case(purchase(cpv=(), families=("mobilier",)), LAW)) is False
    assert judge(tyres, Case(purchase(cpv=(), families=("vehicules",)), LAW)) is None
    assert judge(tyres, Case(purchase(cpv=(), families=()), LAW)) is None


EUROPEAN = [
    (BuyerKind.STATE, Nature.SUPPLIES, 140_000),
    (BuyerKind.STATE, Nature.SERVICES, 140_000),
    (BuyerKind.LOCAL_AUTHORITY, Nature.SUPPLIES, 216_000),
    (BuyerKind.LOCAL_AUTHORITY, Nature.SERVICES, 216_000),
    (BuyerKind.CONTRACTING_ENTITY, Nature.SUPPLIES, 432_000),
    (BuyerKind.CONTRACTING_ENTITY, Nature.SERVICES, 432_000),
    *[(kind, Nature.WORKS, 5_404_000) for kind in BuyerKind],
]
REACHES = Condition(fact="estimated_value", at_least="european")


@pytest.mark.parametrize(("kind", "nature", "threshold"), EUROPEAN)
@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_both_sides_of_each_european_threshold(kind: BuyerKind, nature: Nature, threshold: int, offset: int) -> None:
    about = purchase(kind, nature=nature, estimated_value=Decimal(threshold + offset))
    assert judge(REACHES, Case(about, LAW)) is (offset >= 0)


@pytest.mark.parametrize(("value", "verdict"), [(139_999, False), (140_000, None), (215_999, None), (216_000, True)])
def test_a_public_establishment_lies_between_two_thresholds(value: int, verdict: Verdict) -> None:
    about = purchase(BuyerKind.PUBLIC_ESTABLISHMENT, estimated_value=Decimal(value))
    assert judge(REACHES, Case(about, LAW)) is verdict


@pytest.mark.parametrize(("value", "verdict"), [(431_999, False), (432_000, True)])
def test_defence_has_its_own_threshold(value: int, verdict: Verdict) -> None:
    assert judge(REACHES, Case(purchase(defence=True, estimated_value=Decimal(value)), LAW)) is verdict


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"nature": None, "estimated_value": Decimal(100_000)}, False),
        ({"nature": None, "estimated_value": Decimal(300_000)}, None),
        ({"nature": None, "estimated_value": Decimal(6_000_000)}, True),
        ({"buyer": None, "estimated_value": Decimal(139_999)}, False),
        ({"buyer": None, "estimated_value": Decimal(300_000)}, None),
        ({"estimated_value": None}, None),
    ],
)
def test_an_unknown_nature_or_buyer_leaves_only_the_middle_open(facts: dict[str, object], verdict: Verdict) -> None:
    assert judge(REACHES, Case(purchase(**facts), LAW)) is verdict


COMPETITION = Condition(fact="competition", is_=True)


@pytest.mark.parametrize(
    ("nature", "threshold"), [(Nature.SUPPLIES, 60_000), (Nature.SERVICES, 60_000), (Nature.WORKS, 100_000)]
)
def test_competition_is_sure_from_the_threshold_and_open_below(nature: Nature, threshold: int) -> None:
    for value, verdict in ((threshold - 1, None), (threshold, True)):
        assert judge(COMPETITION, Case(purchase(nature=nature, estimated_value=Decimal(value)), LAW)) is verdict


@pytest.mark.parametrize(("procedure", "verdict"), [("none", False), ("adapted", True), ("formal", True)])
def test_a_chosen_procedure_settles_competition(procedure: str, verdict: Verdict) -> None:
    assert judge(COMPETITION, Case(purchase(procedure=procedure, estimated_value=Decimal(1)), LAW)) is verdict


@pytest.mark.parametrize(("year", "verdict"), [(2025, None), (2026, True), (2027, True), (2028, None)])
def test_a_european_threshold_holds_only_in_its_years(year: int, verdict: Verdict) -> None:
    about = purchase(estimated_value=Decimal(9_000_000))
    assert judge(REACHES, Case(replace(about, launch_date=about.launch_date.replace(year=year)), LAW)) is verdict
