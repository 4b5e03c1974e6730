"""Which duties apply: by date, buyer, nature, code and amount; one case on each side at least."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.law.assessing import assess
from app.law.vocabulary import BuyerKind, Nature
from tests.law.makers import AFTER, BEFORE, LAW, TODAY, assessed, purchase

STATE, LOCAL, PUBLIC, ENTITY = BuyerKind
WORKS, SUPPLIES, SERVICES = Nature
Facts = dict[str, Any]
MEALS: Facts = {"cpv": ("55523100",), "nature": SERVICES, "object": "Repas scolaires"}
WORKSITE: Facts = {"cpv": ("45214200",), "nature": WORKS, "object": "Rénovation de l’école"}
WASTE: Facts = {"cpv": ("90511000",), "nature": SERVICES, "object": "Collecte des ordures"}
LAPTOPS: Facts = {"cpv": ("30213100",), "object": "Ordinateurs portables"}
VANS: Facts = {"cpv": ("34136000",), "object": "Fourgons", "fleet_size": 21}
BUSES: Facts = {"cpv": ("34121000",), "object": "Autobus", "fleet_size": 21}

APPLIES: list[tuple[str, BuyerKind, Facts]] = [
    *[("env-performance-condition", kind, {"estimated_value": Decimal(1)}) for kind in BuyerKind],
    *[("env-award-criterion", kind, {"procedure": "adapted"}) for kind in BuyerKind],
    ("social-performance-condition", LOCAL, {"estimated_value": Decimal(216_000)}),
    ("sustainable-needs", ENTITY, {}),
    ("sustainable-specifications", PUBLIC, {}),
    ("spaser", PUBLIC, {"annual_purchases": Decimal(50_000_001)}),
    ("agec-55-waste-plastics", STATE, {}),
    ("agec-58-reuse-recycled", LOCAL, {}),
    ("agec-58-reuse-recycled", STATE, {}),
    ("agec-declaration", LOCAL, {}),
    ("single-use-plastic-state", STATE, {"cpv": ("79952000",), "nature": SERVICES}),
    ("plastic-food-containers", LOCAL, {**MEALS, "population": 2000}),
    ("plastic-food-containers", PUBLIC, {**MEALS, "population": None}),
    ("repairability-index", STATE, LAPTOPS),
    ("it-decommissioning-reuse", LOCAL, LAPTOPS),
    ("responsible-digital-strategy", LOCAL, {**LAPTOPS, "population": 50_001}),
    ("recycled-paper-40", LOCAL, {"cpv": ("30197643",)}),
    ("road-works-60", LOCAL, {"cpv": ("45233140",), "nature": WORKS}),
    ("temporary-buildings-reconditioned", ENTITY, {"cpv": ("44211100",)}),
    ("retreaded-tyres", LOCAL, {"cpv": ("34350000",)}),
    ("egalim-50-20", LOCAL, MEALS),
    ("egalim-50-20", LOCAL, {"cpv": ("15300000",)}),
    ("egalim-meat-fish-60", LOCAL, {"cpv": ("15100000",)}),
    ("egalim-freshness", LOCAL, {"cpv": ("15300000",)}),
    ("egalim-declaration", LOCAL, MEALS),
    ("vegetarian-menu", LOCAL, MEALS),
    ("biowaste-sorting", LOCAL, {"cpv": ("77120000",), "nature": SERVICES}),
    ("waste-sorting-flows", LOCAL, WORKSITE),
    ("landfill-ban", LOCAL, WASTE),
    *[("low-emission-vehicles", kind, VANS) for kind in BuyerKind],
    ("low-emission-buses", LOCAL, BUSES),
    ("fleet-services", LOCAL, {"cpv": ("60112000",), "nature": SERVICES}),
    ("building-materials-performance", LOCAL, WORKSITE),
    ("pemd-diagnosis", LOCAL, {**WORKSITE, "floor_area": Decimal(1001)}),
    ("waste-traceability", LOCAL, WORKSITE),
    ("waste-traceability", LOCAL, WASTE),
    ("construction-waste-recovery-70", LOCAL, WORKSITE),
    ("allotment", LOCAL, {}),
    ("decp-publication", LOCAL, {"estimated_value": Decimal(40_000)}),
]
DOES_NOT: list[tuple[str, BuyerKind, Facts]] = [
    ("env-performance-condition", STATE, {"defence": True}),
    ("env-award-criterion", LOCAL, {"procedure": "none"}),
    ("env-award-criterion", STATE, {"defence": True}),
    ("social-performance-condition", LOCAL, {"estimated_value": Decimal(215_999)}),
    ("spaser", LOCAL, {"annual_purchases": Decimal(50_000_000)}),
    ("agec-declaration", PUBLIC, {}),
    ("agec-declaration", LOCAL, {"cpv": ("79952000",)}),
    ("single-use-plastic-state", LOCAL, {"cpv": ("79952000",)}),
    ("plastic-food-containers", LOCAL, {**MEALS, "population": 1999}),
    ("plastic-food-containers-small-towns", LOCAL, {**MEALS, "population": 2000}),
    ("repairability-index", ENTITY, {}),
    ("it-decommissioning-reuse", PUBLIC, LAPTOPS),
    ("responsible-digital-strategy", LOCAL, {**LAPTOPS, "population": 50_000}),
    ("recycled-paper-40", PUBLIC, {"cpv": ("30197643",)}),
    ("recycled-paper-40", LOCAL, {}),
    ("road-works-60", LOCAL, {"cpv": ("45233140",), "nature": SERVICES}),
    ("temporary-buildings-reconditioned", LOCAL, {}),
    ("retreaded-tyres", ENTITY, {"cpv": ("34350000",)}),
    ("egalim-50-20", LOCAL, {"cpv": ("39220000",)}),
    ("egalim-meat-fish-60", LOCAL, {}),
    ("egalim-freshness", LOCAL, {}),
    ("egalim-hve-2027", LOCAL, {}),
    ("egalim-declaration", LOCAL, {}),
    ("vegetarian-menu", LOCAL, {}),
    ("biowaste-sorting", LOCAL, {}),
    ("waste-sorting-flows", LOCAL, {}),
    ("landfill-ban", LOCAL, {}),
    ("low-emission-vehicles", LOCAL, {**VANS, "fleet_size": 20}),
    ("low-emission-buses", LOCAL, {**BUSES, "fleet_size": 20}),
    ("low-emission-buses", ENTITY, BUSES),
    ("fleet-services", LOCAL, {}),
    ("building-materials-performance", LOCAL, {}),
    ("biobased-construction-25", LOCAL, {}),
    ("pemd-diagnosis", LOCAL, {}),
    ("waste-traceability", LOCAL, {}),
    ("construction-waste-recovery-70", LOCAL, {}),
    ("allotment", LOCAL, {"procedure": "none"}),
    ("decp-publication", LOCAL, {"estimated_value": Decimal(39_999)}),
]
ALWAYS = {"sustainable-needs", "sustainable-specifications"}
ADVISED_OTHERWISE = {"agec-55-waste-plastics", "agec-58-reuse-recycled"}
TO_COME = {"egalim-hve-2027", "biobased-construction-25", "plastic-food-containers-small-towns"}


@pytest.mark.parametrize(("code", "kind", "facts"), APPLIES)
def test_a_duty_applies(code: str, kind: BuyerKind, facts: Facts) -> None:
    found = assessed(code, purchase(kind, **facts))
    assert (found.applicability, found.outcomes) == ("applies", ())
    assert found.strength == ("binding" if found.confidence == "verified" else "recommended")
    assert found.reason.startswith("S’applique")


@pytest.mark.parametrize(("code", "kind", "facts"), DOES_NOT)
def test_a_duty_does_not_apply(code: str, kind: BuyerKind, facts: Facts) -> None:
    found = assessed(code, purchase(kind, **facts))
    assert found.applicability == "not_applicable"
    assert found.reason


def test_every_duty_has_a_case_on_each_side() -> None:
    codes = {duty.code for duty in LAW.duties}
    assert codes - {code for code, *_ in APPLIES} == TO_COME
    assert codes - {code for code, *_ in DOES_NOT} == ALWAYS | ADVISED_OTHERWISE


@pytest.mark.parametrize("code", sorted(ADVISED_OTHERWISE))
@pytest.mark.parametrize("kind", [PUBLIC, ENTITY])
def test_what_binds_a_town_is_only_advised_to_others(code: str, kind: BuyerKind) -> None:
    found = assessed(code, purchase(kind))
    assert (found.applicability, found.strength) == ("applies", "recommended")
    assert found.reason.startswith("Conseillé sans être obligatoire")


CLIMATE = ["env-performance-condition", "env-award-criterion", "sustainable-specifications"]


@pytest.mark.parametrize("code", CLIMATE)
@pytest.mark.parametrize(
    ("launch", "strength"),
    [(date(2026, 8, 20), "programmed"), (date(2026, 8, 21), "binding"), (date(2026, 8, 22), "binding")],
)
def test_both_sides_of_21_august_2026(code: str, launch: date, strength: str) -> None:
    assert assessed(code, purchase(launch_date=launch)).strength == strength


def test_whether_defence_owes_the_social_duty_is_left_open() -> None:
    found = assessed("social-performance-condition", purchase(defence=True, estimated_value=Decimal(432_000)))
    assert found.applicability == "depends"
    below = assessed("social-performance-condition", purchase(defence=True, estimated_value=Decimal(431_999)))
    assert below.applicability == "not_applicable"


def test_the_social_duty_starts_the_same_day() -> None:
    big = Decimal(300_000)
    assert assessed("social-performance-condition", purchase(launch_date=BEFORE, estimated_value=big)).strength == (
        "programmed"
    )
    assert assessed("social-performance-condition", purchase(launch_date=AFTER, estimated_value=big)).strength == (
        "binding"
    )


@pytest.mark.parametrize(
    ("launch", "months", "applicability"),
    [
        (date(2026, 12, 31), None, "not_applicable"),
        (date(2027, 1, 1), None, "applies"),
        (date(2026, 1, 1), 48, "applies"),
        (date(2026, 1, 1), 47, "not_applicable"),
    ],
)
def test_a_duty_to_come_is_announced_three_years_ahead_or_within_the_contract(
    launch: date, months: int | None, applicability: str
) -> None:
    about = purchase(launch_date=launch, duration_months=months, **WORKSITE)
    found = assessed("biobased-construction-25", about)
    assert found.applicability == applicability
    assert found.strength == ("programmed" if applicability == "applies" else "binding")


def test_small_towns_prepare_for_2028() -> None:
    found = assessed("plastic-food-containers-small-towns", purchase(**MEALS, population=1999))
    assert (found.applicability, found.strength) == ("applies", "programmed")


def test_the_2027_step_of_meals_is_announced_then_in_force() -> None:
    assert assessed("egalim-hve-2027", purchase(**MEALS)).strength == "programmed"
    assert assessed("egalim-hve-2027", purchase(**MEALS, launch_date=date(2027, 1, 1))).strength == "binding"


def test_an_unknown_amount_gives_both_outcomes_at_the_buyer_s_own_threshold() -> None:
    found = assessed("social-performance-condition", purchase(estimated_value=None))
    assert found.applicability == "depends"
    assert [(o.condition.replace("\u00a0", " "), o.applies) for o in found.outcomes] == [
        ("si le montant estimé atteint le seuil européen de 216 000 € HT", True),
        ("si le montant estimé reste sous le seuil européen de 216 000 € HT", False),
    ]


def test_an_unknown_town_size_gives_both_outcomes_on_containers() -> None:
    found = assessed("plastic-food-containers", purchase(**MEALS, population=None))
    assert [o.applies for o in found.outcomes] == [False, True]


def test_the_diagnosis_asks_what_the_form_does_not_hold() -> None:
    found = assessed("pemd-diagnosis", purchase(**WORKSITE, floor_area=Decimal(1000)))
    assert found.applicability == "depends"
    assert "substances dangereuses" in found.outcomes[0].condition


def test_an_establishment_may_or_may_not_be_an_operator() -> None:
    found = assessed("retreaded-tyres", purchase(PUBLIC, cpv=("34350000",)))
    assert found.applicability == "depends"
    assert [o.applies for o in found.outcomes] == [True, False]


def test_the_reason_says_the_rate_that_is_known() -> None:
    reason = assessed("agec-58-reuse-recycled", purchase()).reason.replace("\u00a0", " ")
    assert "Mobilier et aménagement d’intérieur" in reason
    assert "réemploi : 20 %" in reason
    assert "matières recyclées : 15 %" in reason


def test_the_reason_sends_to_the_decree_where_no_rate_was_found() -> None:
    reason = assessed("agec-58-reuse-recycled", purchase(**LAPTOPS)).reason
    assert "JORFTEXT000049184670" in reason
    assert "20" not in reason.split("palier 2024")[1].split("décret")[0]


FLEET = [
    (STATE, 2026, ["50 %", "37,4 %"]),
    (STATE, 2027, ["70 %", "37,4 %"]),
    (STATE, 2030, ["70 %", "45 %"]),
    (LOCAL, 2026, ["40 %", "37,4 %"]),
    (LOCAL, 2029, ["40 %", "37,4 %"]),
    (LOCAL, 2030, ["70 %", "40 %"]),
    (ENTITY, 2026, ["40 %", "37,4 %"]),
    (ENTITY, 2030, ["40 %", "45 %"]),
    (PUBLIC, 2026, ["40 % ou 50 %", "37,4 %"]),
]


@pytest.mark.parametrize(("kind", "year", "rates"), FLEET)
def test_fleet_rates_follow_the_buyer_and_the_year(kind: BuyerKind, year: int, rates: list[str]) -> None:
    reason = assessed("low-emission-vehicles", purchase(kind, **VANS, launch_date=date(year, 12, 1))).reason
    sentence = reason.replace("\u00a0", " ").split("Part minimale")[1]
    assert sentence == (
        f" du renouvellement annuel en {year} : {rates[0]} de véhicules à faibles émissions"
        f" et {rates[1]} de véhicules à très faibles émissions."
    )


def test_a_purchase_that_says_almost_nothing_still_gets_answers() -> None:
    bare = purchase(None, cpv=(), nature=None, estimated_value=None, object="Achat", population=None)
    found = assess(bare, LAW, TODAY)
    assert len(found) == len(LAW.duties)
    for duty in found:
        assert duty.reason.endswith(".")
        if duty.applicability == "depends":
            assert {o.applies for o in duty.outcomes} == {True, False}, duty.code
