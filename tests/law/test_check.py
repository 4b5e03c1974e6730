"""The check of a basket: the cases (a) to (h) of droit.md, each rule, justifications, charter."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law.rulebook import finding
from app.law.rules import environmental_considerations
from app.law.vocabulary import BuyerKind, Confidence, Kind, Nature, Piece
from tests.law.makers import AFTER, BEFORE, LAW, clause, criterion, one, purchase, raised, report

# --- the eight cases that droit.md asks for -------------------------------------------------------------------


def test_a_supplies_after_the_date_without_environmental_criterion_is_blocked() -> None:
    found = one(report(purchase(launch_date=AFTER), clause()), "R-ENV-CRIT")
    assert (found.status, found.severity, found.confidence) == ("missing", "blocking", Confidence.VERIFIED)


def test_b_the_same_before_the_date_is_only_warned() -> None:
    found = report(purchase(launch_date=BEFORE), clause())
    assert one(found, "R-ENV-CRIT").severity == "warning"
    assert found.summary.blocking == 0


def test_c_large_works_without_a_social_clause_are_blocked() -> None:
    about = purchase(nature=Nature.WORKS, cpv=("45214200",), estimated_value=Decimal(6_000_000))
    found = one(report(about, clause(), criterion()), "R-SOC")
    assert (found.status, found.severity) == ("missing", "blocking")


def test_d_producers_of_the_region_are_refused() -> None:
    found = one(report(purchase(), clause(text="20 % vient de producteurs de la région.")), "R-LOCAL")
    assert (found.severity, found.clauses) == ("blocking", ("CEC-MOB-001",))


def test_e_a_label_without_equivalent_is_caught() -> None:
    found = one(report(purchase(), clause(text="Les chaises sont NF Environnement, 5 ans.")), "R-EQUIV")
    assert found.severity == "warning"
    assert "2111-7" in found.article


def test_f_five_percent_is_too_light() -> None:
    found = one(report(purchase(), clause(), criterion(weight=Decimal(5))), "R-POIDS")
    assert (found.status, found.severity) == ("warning", "warning")


def test_g_new_tyres_are_refused() -> None:
    about = purchase(cpv=("34350000",))
    tyres = clause(text="Le titulaire livre 40 pneus neufs.", requirement="vehicules.pneus")
    assert {f.severity for f in raised(report(about, tyres), "R-PNEU")} == {"blocking", "warning"}


def test_h_defence_is_left_alone() -> None:
    found = one(report(purchase(defence=True)), "R-ENV-EXEC")
    assert (found.status, found.severity) == ("not_applicable", "info")


# --- duties and baskets ---------------------------------------------------------------------------------------


def test_a_good_basket_blocks_nothing() -> None:
    found = report(purchase(), clause(duties=("agec-58-reuse-recycled",)), criterion())
    assert found.summary.blocking == 0
    assert one(found, "R-ENV-EXEC").clauses == ("CEC-MOB-001",)
    assert one(found, "R-AGEC").status == "covered"
    assert found.summary.sentence.startswith("Rien ne bloque")


def test_an_empty_basket_is_blocked_twice() -> None:
    found = report(purchase())
    assert found.summary.blocking == 2
    assert found.summary.sentence.startswith("2\u00a0points bloquent")
    assert found.findings[0].severity == "blocking"


@pytest.mark.parametrize(
    "facts",
    [
        {"gain": "none"},
        {"text": "Le titulaire respecte la réglementation en vigueur."},
        {"kind": Kind.RECITAL},
        {"environmental": False},
        {"kind": Kind.TECHNICAL_SPECIFICATION},
    ],
)
def test_what_only_restates_the_law_or_is_something_else_does_not_cover(facts: dict[str, Any]) -> None:
    found = one(report(purchase(), replace(clause(), **facts)), "R-ENV-EXEC")
    assert (found.status, found.severity) == ("missing", "blocking")


def test_a_restating_clause_is_named_in_the_finding() -> None:
    found = report(purchase(), clause(gain="none"))
    assert one(found, "R-ENV-EXEC").clauses == ("CEC-MOB-001",)
    assert "rappeler la loi" in one(found, "R-ENV-EXEC").message
    assert one(found, "R-TAUTO").severity == "warning"


def test_a_justification_replaces_the_social_clause_and_says_so() -> None:
    about = purchase(estimated_value=Decimal(300_000))
    found = one(report(about, clause(), R_SOC="Solution disponible sur étagère."), "R-SOC")
    assert (found.status, found.justified) == ("covered", True)
    assert "justification" in found.message
    assert "Solution disponible sur étagère." in found.message


def test_a_justification_may_use_the_duty_s_code() -> None:
    about = purchase(estimated_value=Decimal(300_000))
    assert one(report(about, social_performance_condition="Motif."), "R-SOC").justified


@pytest.mark.parametrize("name", ["R_ENV_EXEC", "env_performance_condition"])
def test_no_justification_replaces_the_environmental_condition(name: str) -> None:
    found = one(report(purchase(), **{name: "Nous n’avons pas le temps."}), "R-ENV-EXEC")
    assert (found.status, found.severity) == ("missing", "blocking")
    assert "ne remplace pas" in found.message


def test_a_blank_justification_is_none() -> None:
    about = purchase(estimated_value=Decimal(300_000))
    assert one(report(about, R_SOC="  "), "R-SOC").status == "missing"


def test_allotment_is_covered_by_lots_or_by_a_reason() -> None:
    lots = (clause(lot="1"), clause("CEC-MOB-002", lot="2"))
    assert one(report(purchase()), "allotment").severity == "info"
    assert one(report(purchase(), *lots), "allotment").status == "covered"
    assert one(report(purchase(), allotment="Un seul produit."), "allotment").justified


def test_each_lot_needs_its_own_condition() -> None:
    basket = (clause(lot="1"), criterion(lot=None), clause("CEC-MOB-002", Kind.TECHNICAL_SPECIFICATION, lot="2"))
    found = one(report(purchase(), *basket), "R-ENV-EXEC")
    assert found.status == "missing"
    assert "le lot 2" in found.message
    assert one(report(purchase(), *basket, clause("CEC-MOB-003")), "R-ENV-EXEC").status == "covered"


def test_an_unknown_amount_depends_and_does_not_block() -> None:
    found = report(purchase(estimated_value=None, procedure="adapted"), clause(), criterion())
    assert (one(found, "R-SOC").status, found.summary.blocking) == ("depends", 0)


def test_what_the_buyer_does_elsewhere_is_a_reminder() -> None:
    found = one(report(purchase()), "agec-declaration")
    assert (found.status, found.severity) == ("warning", "info")
    assert "30 juin" in found.suggestion.replace("\u00a0", " ")
    assert one(report(purchase(), agec_declaration="Déposée."), "agec-declaration").status == "covered"


def test_a_fact_to_check_never_blocks_nor_counts_as_missing() -> None:
    works = purchase(nature=Nature.WORKS, cpv=("45233140",), estimated_value=Decimal(200_000))
    found = one(report(works), "road-works-60")
    assert (found.status, found.severity, found.confidence) == ("warning", "info", Confidence.TO_CHECK)


KINDS = st.sampled_from(list(Kind))
CLAUSES = st.builds(
    clause,
    st.sampled_from([f"CEC-MOB-{n:03}" for n in range(1, 9)]),
    KINDS,
    environmental=st.booleans(),
    social=st.booleans(),
    gain=st.sampled_from(["none", "small", "real"]),
    duties=st.lists(st.sampled_from([d.code for d in LAW.duties]), max_size=3).map(tuple),
    levers=st.lists(st.sampled_from(["reemploi", "tracabilite", "gestion-dechets"]), max_size=2).map(tuple),
    level=st.sampled_from([1, 2, 3]),
    lot=st.sampled_from([None, "1", "2"]),
)
FOR = [purchase(), purchase(nature=Nature.WORKS, cpv=("45214200",), estimated_value=Decimal(6_000_000))]
BOTH_LOTS = [
    clause("CEC-TOU-001", Kind.RECITAL, lot="1"),
    clause("CEC-TOU-002", Kind.RECITAL, lot="2"),
]


@given(st.sampled_from(FOR), st.lists(CLAUSES, max_size=4), CLAUSES)
def test_adding_a_clause_never_uncovers_a_duty(about: Any, basket: list[Any], added: Any) -> None:
    """With the lots known: a clause that opens a new lot does leave that lot without its condition."""
    before = report(about, *BOTH_LOTS, *basket)
    after = report(about, *BOTH_LOTS, *basket, added)
    covered = {f.duty for f in before.findings if f.origin == "law" and f.status == "covered"}
    assert covered <= {f.duty for f in after.findings if f.origin == "law" and f.status == "covered"}


@given(st.sampled_from(FOR), st.lists(CLAUSES, max_size=5))
def test_only_verified_law_blocks(about: Any, basket: list[Any]) -> None:
    for found in report(about, *basket).findings:
        assert found.severity != "blocking" or found.confidence is Confidence.VERIFIED
        assert found.message
        assert found.title
        assert found.source


# --- rules on the clauses -------------------------------------------------------------------------------------


def test_scoring_what_is_imposed_is_refused() -> None:
    same = criterion(requirement="mobilier.part-reemploi", text="La part réemployée est notée sur 10.")
    found = one(report(purchase(), clause(), same), "R-DOUBLE")
    assert (found.severity, found.clauses) == ("blocking", ("CEC-MOB-001", "CEC-MOB-020"))


@pytest.mark.parametrize(
    "facts",
    [
        {"text": "La part réemployée au-delà du minimum imposé est notée sur 10."},
        {"requirement": "mobilier.garantie"},
        {"lot": "2"},
    ],
)
def test_scoring_the_excess_or_something_else_is_fine(facts: dict[str, Any]) -> None:
    same = replace(criterion(requirement="mobilier.part-reemploi", text="La part est notée sur 10."), **facts)
    assert raised(report(purchase(), clause(lot="1"), same), "R-DOUBLE") == []


@pytest.mark.parametrize("lacking", ["has_evidence", "has_control", "has_penalty"])
def test_a_condition_needs_proof_control_and_penalty(lacking: str) -> None:
    assert one(report(purchase(), clause(**{lacking: False})), "R-PREUVE").severity == "warning"
    assert raised(report(purchase(), clause()), "R-PREUVE") == []


def test_weights_beyond_a_hundred_are_refused() -> None:
    price = criterion("CEC-TOU-009", environmental=False, requirement="toutes-familles.prix", weight=Decimal(90))
    assert {f.severity for f in raised(report(purchase(), price, criterion(weight=Decimal(10))), "R-POIDS")} == set()
    assert one(report(purchase(), price, criterion(weight=Decimal(11))), "R-POIDS").severity == "blocking"


def test_weights_are_summed_lot_by_lot() -> None:
    two = (criterion(lot="1", weight=Decimal(60)), criterion("CEC-MOB-021", lot="2", weight=Decimal(60)))
    assert raised(report(purchase(), *two), "R-POIDS") == []


def test_two_light_criteria_add_up() -> None:
    two = (criterion(weight=Decimal(5)), criterion("CEC-MOB-021", requirement="mobilier.x", weight=Decimal(5)))
    assert raised(report(purchase(), *two), "R-POIDS") == []


def test_a_criterion_without_weight_is_asked_for_one() -> None:
    assert "pas fixé" in one(report(purchase(), criterion(weight=None)), "R-POIDS").message


@pytest.mark.parametrize(("weight", "refused"), [(9, True), (10, False), (30, False), (31, True)])
def test_externalities_weigh_between_ten_and_thirty(weight: int, refused: bool) -> None:  # noqa: FBT001
    food = criterion(requirement="restauration.externalites", weight=Decimal(weight))
    severities = {f.severity for f in raised(report(purchase(cpv=("15300000",)), food), "R-POIDS")}
    assert ("blocking" in severities) is refused


@pytest.mark.parametrize(("launch", "severity"), [(AFTER, "blocking"), (BEFORE, "warning")])
def test_the_price_alone_is_refused_after_the_date(launch: Any, severity: str) -> None:
    price = criterion("CEC-TOU-009", environmental=False, text="Le critère unique d’attribution est le prix.")
    severities = [f.severity for f in raised(report(purchase(launch_date=launch), price), "R-ENV-CRIT")]
    assert severities == [severity, severity]


def test_a_cost_of_the_whole_life_may_be_the_only_criterion() -> None:
    cost = criterion(text="Le critère unique est le coût global, fin de vie comprise.", weight=Decimal(100))
    found = report(purchase(), clause(), cost)
    assert one(found, "R-ENV-CRIT").status == "covered"


def test_an_imposed_label_lists_its_characteristics() -> None:
    spec = clause(
        kind=Kind.TECHNICAL_SPECIFICATION, labels=("nf-environnement",), text="Label NF Environnement ou équivalent."
    )
    assert one(report(purchase(), spec), "R-LABEL").severity == "warning"
    listed = replace(spec, text="Caractéristiques retenues du label NF Environnement ou équivalent : 5 ans.")
    assert raised(report(purchase(), listed), "R-LABEL") == []


def test_more_than_eight_requirements_is_gently_said() -> None:
    many = [clause(f"CEC-MOB-{n:03}", requirement=f"mobilier.x{n}") for n in range(1, 10)]
    assert raised(report(purchase(), *many[:8]), "R-PROP") == []
    found = one(report(purchase(), *many), "R-PROP")
    assert found.severity == "info"
    assert "au-delà de 8" in found.message


def test_pioneer_requirements_do_not_fit_a_small_purchase() -> None:
    pioneer = clause(level=3)
    assert one(report(purchase(estimated_value=Decimal(20_000)), pioneer), "R-PROP").severity == "warning"
    assert raised(report(purchase(estimated_value=Decimal(60_000)), pioneer), "R-PROP") == []


def test_a_variant_needs_minimal_requirements_and_the_rules_of_the_consultation() -> None:
    bare = clause(kind=Kind.VARIANT, text="Une variante est admise.", pieces=(Piece.CCTP,))
    full = clause(kind=Kind.VARIANT, text="Exigences minimales de la variante : 5 ans.", pieces=(Piece.RC,))
    assert one(report(purchase(), bare), "R-VARIANTE").severity == "warning"
    assert one(report(purchase(), full), "R-VARIANTE").severity == "info"


def test_furniture_is_not_reserved_to_the_social_economy() -> None:
    text = "Le lot est réservé aux entreprises de l’économie sociale et solidaire."
    reserved = clause(kind=Kind.RESERVATION, text=text)
    assert one(report(purchase(), reserved), "R-RESERVE").severity == "blocking"
    assert raised(report(purchase(cpv=("85311000",), nature=Nature.SERVICES), reserved), "R-RESERVE") == []


def test_a_reservation_says_fifty_percent() -> None:
    text = "Le lot est réservé aux entreprises adaptées et ESAT employant {} de travailleurs handicapés."
    without = clause(kind=Kind.RESERVATION, text=text.format("une part"))
    assert one(report(purchase(), without), "R-RESERVE").severity == "warning"
    assert raised(report(purchase(), replace(without, text=text.format("au moins 50 %"))), "R-RESERVE") == []


def test_departures_from_the_ccag_are_gathered() -> None:
    found = one(report(purchase(), clause(derogates=True)), "R-DEROG")
    assert (found.severity, found.clauses) == ("info", ("CEC-MOB-001",))


@pytest.mark.parametrize(
    ("facts", "verb"),
    [({"requires": ("CEC-MOB-009",)}, "a besoin de"), ({"excludes": ("CEC-MOB-002",)}, "ne va pas avec"),
     ({"replaces": ("CEC-MOB-002",)}, "remplace")],
)  # fmt: skip
def test_clauses_that_do_not_go_together_are_named(facts: dict[str, Any], verb: str) -> None:
    found = one(report(purchase(), clause(**facts), clause("CEC-MOB-002", requirement="mobilier.y")), "R-RELATION")
    assert verb in found.message


def test_new_is_fine_for_works_and_refused_for_temporary_buildings() -> None:
    new = clause(text="Le titulaire pose 12 ouvrages neufs.")
    works: dict[str, Any] = {"nature": Nature.WORKS, "estimated_value": Decimal(200_000)}
    assert raised(report(purchase(cpv=("45214200",), **works), new), "R-NEUF") == []
    assert one(report(purchase(cpv=("44211100",)), new), "R-NEUF").severity == "blocking"
    assert one(report(purchase(), new), "R-NEUF").severity == "warning"


def test_company_policy_is_refused_except_from_candidates() -> None:
    text = "Le candidat décrit sa politique RSE ; 2 pages."
    assert one(report(purchase(), criterion(text=text)), "R-LIEN").severity == "warning"
    assert raised(report(purchase(), clause(kind=Kind.SELECTION_CRITERION, text=text)), "R-LIEN") == []


def test_plastic_crockery_is_seen_where_it_is_banned() -> None:
    plastic = clause(text="Les repas sont servis dans 200 barquettes en plastique.")
    meals: dict[str, Any] = {"cpv": ("55523100",), "nature": Nature.SERVICES, "object": "Repas scolaires"}
    assert one(report(purchase(**meals), plastic), "R-PLASTIQUE").severity == "warning"
    assert raised(report(purchase(), plastic), "R-PLASTIQUE") == []
    banned = replace(plastic, text="Aucune barquette en plastique n’est admise ; 0 %.")
    assert raised(report(purchase(**meals), banned), "R-PLASTIQUE") == []


def test_meals_sites_and_fleets_get_their_reminders() -> None:
    assert one(report(purchase(cpv=("15300000",))), "R-REPAS").severity == "info"
    site = purchase(cpv=("45111100",), nature=Nature.WORKS)
    assert one(report(site), "R-BAT").severity == "info"
    fleet = purchase(cpv=("34136000",), fleet_size=30)
    assert "37,4" in one(report(fleet), "R-FLOTTE").why


def test_facts_to_check_are_listed_once() -> None:
    assert "Diviser le marché en lots" in one(report(purchase()), "R-SANS-CHIFFRE").message


@pytest.mark.parametrize(
    ("basket", "values"),
    [
        ([], ["Pas de considération environnementale"]),
        ([clause()], ["Clause environnementale"]),
        ([criterion()], ["Critère environnemental"]),
        ([clause(), criterion()], ["Clause environnementale", "Critère environnemental"]),
        ([clause(environmental=False)], ["Pas de considération environnementale"]),
    ],
)
def test_the_published_value_says_what_the_basket_holds(basket: list[Any], values: list[str]) -> None:
    assert environmental_considerations(basket) == values


def test_publishing_no_consideration_after_the_date_is_an_alert() -> None:
    published = [f for f in raised(report(purchase()), "R-DECP") if f.origin == "rule"]
    assert [f.severity for f in published] == ["warning"]
    quiet = [f for f in raised(report(purchase(launch_date=BEFORE)), "R-DECP") if f.origin == "rule"]
    assert [f.severity for f in quiet] == ["info"]


# --- the charter ----------------------------------------------------------------------------------------------


def test_the_charter_is_judged_like_a_duty_and_never_blocks() -> None:
    found = report(purchase())
    modalities = {m.id for c in LAW.charter.commitments for m in c.modalities}
    assert {f.rule for f in found.findings if f.origin == "charter"} == modalities
    assert one(found, "C4-condition").status == "missing"
    assert all(f.severity != "blocking" for f in found.findings if f.origin == "charter")


def test_a_charter_modality_may_be_justified() -> None:
    found = one(report(purchase(), **{"C7-reprise": "Aucun bien remplacé."}), "C7-reprise")
    assert (found.status, found.justified) == ("covered", True)


@pytest.mark.parametrize(
    ("said", "status"),
    [("", "missing"), ("1 entreprise", "missing"), ("2 entreprises", "covered"), ("aucune", "missing")],
)
def test_sourcing_is_counted(said: str, status: str) -> None:
    assert one(report(purchase(), **{"C3-sourcage": said}), "C3-sourcage").status == status


@pytest.mark.parametrize(("weight", "status"), [(9, "missing"), (10, "covered"), (None, "missing")])
def test_the_charter_wants_ten_percent(weight: int | None, status: str) -> None:
    heavy = criterion(weight=None if weight is None else Decimal(weight))
    assert one(report(purchase(), heavy), "C5-poids").status == status


def test_the_charter_wants_the_criterion_in_the_rules_of_the_consultation() -> None:
    assert one(report(purchase(), criterion()), "C4-critere").status == "covered"
    assert one(report(purchase(), criterion(pieces=(Piece.CCTP,))), "C4-critere").status == "missing"


def test_the_charter_refuses_new_and_wants_an_advanced_clause_in_mature_families() -> None:
    new = clause(text="Les 10 chaises sont neuves.")
    assert one(report(purchase(), new), "C6-neuf").status == "missing"
    assert one(report(purchase(), clause()), "C6-neuf").status == "covered"
    assert one(report(purchase(), clause()), "C4-niveau").status == "missing"
    assert one(report(purchase(), clause(level=2)), "C4-niveau").status == "covered"


def test_a_modality_of_another_family_does_not_apply() -> None:
    assert one(report(purchase(BuyerKind.STATE)), "C7-tracabilite").status == "not_applicable"


def test_a_rule_whose_text_is_from_memory_cannot_block_even_when_asked_to() -> None:
    found = finding(LAW, "R-LIEN", status="warning", severity="blocking", message="…")
    assert (found.severity, found.confidence) == ("warning", Confidence.TO_CHECK)
