"""The codes to publish, held against the official schemas and code lists of `standards/`."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft7Validator
from lxml import etree

from app.law.findings import BasketClause
from app.law.purchase import Purchase
from app.law.vocabulary import Kind, Piece
from app.purchases import publication_files
from app.purchases.publication import LONGEST, LotCodes, Override, publication_codes
from app.purchases.publication_checks import contradictions
from app.purchases.publication_lists import FIELDS, OCDS_GOALS, OCDS_GPP

STANDARDS = Path(__file__).parent / "standards"
EFORMS = json.loads((STANDARDS / "eforms_code_lists.json").read_text())
OCDS = json.loads((STANDARDS / "ocds_codes.json").read_text())
PURCHASE = Purchase("Mobilier scolaire", date(2026, 12, 1), cpv=("39160000",), duration_months=24)
CONDITION = BasketClause(
    id="CEC-AAA-001",
    version=1,
    title="Part minimale de réemploi",
    kind=Kind.PERFORMANCE_CONDITION,
    pieces=(Piece.CCTP,),
    families=("mobilier",),
    requirement="mobilier.part-reemploi",
    text="Au moins 20 % du montant annuel porte sur des meubles réemployés, preuve sous quinze jours.",
    levers=("reemploi",),
    charter=("C4",),
)
CRITERION = replace(CONDITION, id="CEC-AAA-002", title="Durée de garantie", kind=Kind.AWARD_CRITERION)
INCLUSION = replace(
    CONDITION, id="CEC-AAA-003", title="Heures d’insertion", environmental=False, social=True, levers=("insertion-ess",)
)


def codes(lot: LotCodes) -> dict[str, tuple[str, ...]]:
    return {entry.field: entry.codes for entry in lot.fields if entry.codes}


def test_a_condition_and_a_criterion_give_the_two_environmental_values() -> None:
    (lot,) = publication_codes([CONDITION, CRITERION])
    assert codes(lot) == {
        "decp-environmental": ("Clause environnementale", "Critère environnemental"),
        "decp-social": ("Pas de considération sociale",),
        "BT-06": ("env-imp",),
        "BT-774": ("circ-econ",),
        "BT-805": ("other",),
    }
    assert contradictions(lot, [CONDITION, CRITERION], duty_in_force=True) == []


def test_each_code_names_the_clauses_that_cause_it() -> None:
    (lot,) = publication_codes([CONDITION, CRITERION])
    derived = {coded.code: coded for entry in lot.fields for coded in entry.derived}
    assert derived["Clause environnementale"].clauses == ("CEC-AAA-001",)
    assert derived["Critère environnemental"].reason == "Noté à l’attribution\u00a0: «\u00a0Durée de garantie\u00a0»."
    assert derived["circ-econ"].clauses == ("CEC-AAA-001", "CEC-AAA-002")


def test_a_social_clause_is_no_environmental_one() -> None:
    (lot,) = publication_codes([INCLUSION])
    assert lot.codes("decp-environmental") == ("Pas de considération environnementale",)
    assert lot.codes("decp-social") == ("Clause sociale",)
    assert lot.codes("BT-06") == ("soc-obj",)
    assert lot.codes("BT-775") == ("opp",)


def test_an_empty_basket_says_none_and_alerts_only_since_the_law_changed() -> None:
    (lot,) = publication_codes([])
    assert lot.codes("BT-06") == ("none",)
    assert [c.field for c in contradictions(lot, [], duty_in_force=True)] == ["decp-environmental"]
    assert contradictions(lot, [], duty_in_force=False) == []


def test_a_clause_of_one_lot_counts_only_there() -> None:
    lots = publication_codes([replace(CONDITION, lot="1"), replace(CRITERION, lot="2")])
    assert [(lot.lot, lot.codes("decp-environmental")) for lot in lots] == [
        ("1", ("Clause environnementale",)),
        ("2", ("Critère environnemental",)),
    ]


def test_declaring_a_clause_that_the_basket_lacks_is_contradicted() -> None:
    override = Override("decp-environmental", ("Clause environnementale",), "Clause propre à notre dossier")
    (lot,) = publication_codes([CRITERION], [override])
    said = [c.message for c in contradictions(lot, [CRITERION], duty_in_force=True)]
    assert (
        "Vous déclarez «\u00a0Clause environnementale\u00a0» mais aucune condition d’exécution "
        "ni spécification environnementale n’est retenue." in said
    )
    assert "Votre sélection justifie «\u00a0Critère environnemental\u00a0», que vous ne déclarez pas." in said


def test_a_reminder_of_the_law_does_not_make_an_environmental_clause() -> None:
    reminder = replace(CONDITION, gain="none")
    (lot,) = publication_codes([reminder])
    assert "rappel de la loi" in contradictions(lot, [reminder], duty_in_force=True)[0].message


def test_a_value_that_stands_alone_is_refused_company() -> None:
    override = Override("BT-06", ("none", "env-imp"), "Essai")
    (lot,) = publication_codes([CONDITION, CRITERION], [override])
    assert (
        "ne se déclare pas avec une autre valeur"
        in contradictions(lot, [CONDITION, CRITERION], duty_in_force=True)[0].message
    )


def test_the_eforms_lists_are_the_official_ones() -> None:
    for name, facts in FIELDS.items():
        if name.startswith("BT-"):
            assert set(facts.codes) == set(EFORMS[facts.technical])


def test_the_ocds_codes_are_official() -> None:
    assert set(OCDS_GOALS.values()) <= set(OCDS["sustainabilityGoal"])
    assert set(OCDS_GPP.values()) <= set(OCDS["sustainabilityStrategy"])


@pytest.mark.parametrize("version", ["2.0.3", "2.0.4"])
@pytest.mark.parametrize("basket", [[], [CONDITION], [CONDITION, CRITERION, INCLUSION]], ids=["empty", "one", "three"])
def test_the_decp_fragment_completes_a_record_that_the_official_schema_accepts(
    version: str, basket: list[BasketClause]
) -> None:
    validator = Draft7Validator(json.loads((STANDARDS / f"schema_decp_v{version}.json").read_text()))
    record = json.loads((STANDARDS / "decp_test_2022.json").read_text())["marches"]["marche"][0]
    record = {name: value for name, value in record.items() if name != "_type"}
    fragment = json.loads(publication_files.decp(PURCHASE, publication_codes(basket)))["marches"]["marche"][0]
    made = {"marches": {"marche": [record | fragment], "contrat-concession": []}}
    before = {"marches": {"marche": [record], "contrat-concession": []}}
    new = {e.message for e in validator.iter_errors(made)} - {e.message for e in validator.iter_errors(before)}
    assert new == set()
    wrong = record | fragment | {"considerationsEnvironnementales": {"considerationEnvironnementale": ["Verte"]}}
    assert list(validator.iter_errors({"marches": {"marche": [wrong], "contrat-concession": []}}))


def test_the_eforms_fragment_has_one_element_per_code_of_the_official_lists() -> None:
    clauses = [CONDITION, CRITERION, replace(INCLUSION, title="Insertion & « accès » <b>")]
    tree = etree.fromstring(publication_files.eforms(publication_codes(clauses)).encode())
    found = [(node.get("listName"), node.text) for node in tree.iter("{*}ProcurementTypeCode")]
    assert found == [
        ("environmental-impact", "circ-econ"),
        ("social-objective", "opp"),
        ("gpp-criteria", "other"),
        ("strategic-procurement", "env-imp"),
        ("strategic-procurement", "soc-obj"),
    ]
    assert all(code in EFORMS[name] for name, code in found)
    texts = [node.text for node in tree.iter("{*}ProcurementType")]
    assert texts[1] == "Clauses sociales\u00a0: Insertion & « accès » <b> (condition d’exécution)."


def test_bt_777_is_never_longer_than_the_field() -> None:
    many = [replace(CONDITION, id=f"CEC-AAA-{i:03}", title=f"Clause {i} " + "x" * 100) for i in range(200)]
    (lot,) = publication_codes(many)
    assert len(lot.descriptions["env-imp"]) <= LONGEST


def test_ocds_gives_the_goal_with_its_strategies_and_the_source_apart() -> None:
    made = json.loads(publication_files.ocds(publication_codes([CONDITION, CRITERION])))
    assert made == {
        "tender": {
            "hasSustainability": True,
            "sustainability": [
                {
                    "goal": "environmental.circularEconomy",
                    "strategies": ["contractPerformanceConditions", "awardCriteria"],
                },
                {"strategies": ["otherGPPCriteria"]},
            ],
        }
    }
    assert json.loads(publication_files.ocds(publication_codes([]))) == {"tender": {"hasSustainability": False}}


BODY: dict[str, Any] = {
    "purchase": {"object": "Fourniture de mobilier scolaire", "cpv": ["39160000"], "launch_date": "2026-12-01"},
    "items": [{"clause_id": "CEC-MOB-005"}, {"clause_id": "CEC-MOB-006", "weight": 20}],
}


async def test_the_codes_come_with_their_files(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/publication-codes", json=BODY)
    assert answer.status_code == 200, answer.text
    fields = {field["field"]: field for field in answer.json()["lots"][0]["fields"]}
    assert fields["decp-environmental"]["codes"] == ["Clause environnementale", "Critère environnemental"]
    assert fields["decp-environmental"]["contradictions"] == []
    assert '"Critère environnemental"' in answer.json()["files"]["decp"]


async def test_an_override_needs_a_reason_and_a_known_code(client: httpx.AsyncClient) -> None:
    bare = {"field": "BT-776", "codes": ["prod-innov"], "reason": " "}
    answer = await client.post("/api/v1/publication-codes", json=BODY | {"overrides": [bare]})
    assert answer.json()["errors"][0]["pointer"] == "/overrides/0/reason"
    wrong = {"field": "BT-776", "codes": ["vert"], "reason": "Essai"}
    answer = await client.post("/api/v1/publication-codes", json=BODY | {"overrides": [wrong]})
    assert answer.status_code == 422
    assert "Le code « vert » n’existe pas ici" in answer.text


async def test_an_override_is_published_with_its_reason_beside_what_the_basket_says(client: httpx.AsyncClient) -> None:
    override = {"field": "BT-805", "codes": ["eu"], "reason": "Critères de l’Union repris au CCTP"}
    answer = await client.post("/api/v1/publication-codes", json=BODY | {"overrides": [override]})
    field = next(f for f in answer.json()["lots"][0]["fields"] if f["field"] == "BT-805")
    assert (field["codes"], field["overridden"], field["reason"]) == (["eu"], True, override["reason"])
    assert field["derived"][0]["code"] != "eu"
    assert "euGPPCriteria" in answer.json()["files"]["ocds"]
