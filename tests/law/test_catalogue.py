"""The content of clauses/law and clauses/charter says what droit.md says, and no more."""

import ast
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from app.law.assessing import assess, strength_in_force
from app.law.catalogue import LawError, load_law
from app.law.conditions import Case, agec_categories
from app.law.facts import Rate
from app.law.families import family_of
from app.law.figures import tier
from app.law.vocabulary import BuyerKind, Confidence, Nature
from app.settings import ROOT, get_settings
from tests.law.makers import LAW, TODAY, purchase

OF_THE_DESIGN = {
    "env-performance-condition": "OB-04", "env-award-criterion": "OB-06", "sustainable-needs": "OB-02",
    "sustainable-specifications": "OB-03", "social-performance-condition": "OB-05", "spaser": "OB-36",
    "agec-55-waste-plastics": "OB-38", "agec-58-reuse-recycled": "OB-41", "agec-declaration": "OB-44",
    "single-use-plastic-state": "OB-45", "plastic-food-containers": "OB-46", "repairability-index": "OB-47",
    "it-decommissioning-reuse": "OB-48", "recycled-paper-40": "OB-54", "road-works-60": "OB-55",
    "temporary-buildings-reconditioned": "OB-39", "retreaded-tyres": "OB-40", "egalim-50-20": "OB-60",
    "egalim-meat-fish-60": "OB-61", "biowaste-sorting": "OB-65", "waste-sorting-flows": "OB-68",
    "low-emission-vehicles": "OB-70", "low-emission-buses": "OB-71", "biobased-construction-25": "OB-72",
    "pemd-diagnosis": "OB-73", "waste-traceability": "OB-76", "allotment": "OB-28", "decp-publication": "OB-86",
}  # fmt: skip


@pytest.mark.parametrize(("code", "row"), OF_THE_DESIGN.items())
def test_every_duty_of_the_design_exists_with_its_row(code: str, row: str) -> None:
    assert LAW.duty(code).row == row


def test_a_fact_from_memory_is_never_shown_as_binding() -> None:
    for duty in LAW.duties:
        if any(LAW.texts[text].confidence is not Confidence.VERIFIED for text in duty.texts[:1]):
            assert strength_in_force(duty) == "recommended", duty.code
    for kind in BuyerKind:
        for nature in Nature:
            for cpv in ("39160000", "45111100", "55523100", "34350000", "90500000", "45233140"):
                about = purchase(kind, nature=nature, cpv=(cpv,), fleet_size=30)
                for found in assess(about, LAW, TODAY):
                    assert found.strength != "binding" or found.confidence is Confidence.VERIFIED, found.code


def test_confidence_follows_the_evidence() -> None:
    for text in LAW.texts.values():
        if text.evidence == "MEM":
            assert text.confidence is Confidence.TO_CHECK, text.id
        if text.evidence == "NON-VERIFIE":
            assert text.confidence is Confidence.UNKNOWN, text.id


def test_a_secondary_source_is_still_to_check() -> None:
    for ident in ("doctrine-daj-2026", "ccag-mi-29", "achats-innovants", "env-d541-338"):
        assert LAW.texts[ident].confidence is Confidence.TO_CHECK


def _known(rates: dict[int, Rate]) -> dict[int, int]:
    return {year: int(rate.value) for year, rate in rates.items() if rate.value is not None}


def test_the_seventeen_categories_hold_the_rates_that_were_found_and_no_other() -> None:
    found = {c.number: (_known(dict(c.reuse)), _known(dict(c.recycled))) for c in LAW.targets.agec}
    nothing: tuple[dict[int, int], dict[int, int]] = ({}, {})
    expected = dict.fromkeys(range(1, 18), nothing)
    expected[1] = ({2024: 8, 2027: 15, 2030: 15}, {2024: 20, 2027: 25, 2030: 30})
    expected[9] = ({2024: 20}, {2024: 15})
    expected[10] = ({}, {2024: 20, 2030: 40})
    expected[15] = ({2024: 20}, {})
    expected[16] = ({2024: 20, 2030: 30}, {})
    assert found == expected


def test_the_conflict_on_street_furniture_is_said_and_not_settled() -> None:
    street = LAW.targets.agec[9]
    assert (street.conflict, street.reuse[2024].value) == (True, None)
    assert "FCBA" in street.reuse[2024].note


def test_paper_and_office_supplies_have_no_reuse_target() -> None:
    for number in (5, 6):
        rates = LAW.targets.agec[number - 1].reuse
        assert all(rate.not_applicable and rate.value is None for rate in rates.values())


@pytest.mark.parametrize(("year", "expected"), [(2023, 2024), (2024, 2024), (2026, 2024), (2027, 2027), (2031, 2030)])
def test_a_tier_lasts_until_the_next(year: int, expected: int) -> None:
    assert tier(TODAY.replace(year=year)) == expected


@pytest.mark.parametrize(
    ("cpv", "number"),
    [("39160000", 9), ("34928400", 10), ("34928480", 11), ("18110000", 1), ("30197643", 5), ("30192000", 6),
     ("30192113", 4), ("42959000", 16), ("37520000", 17), ("44211100", 15), ("34430000", 7)],
)  # fmt: skip
def test_codes_point_to_one_indicative_category(cpv: str, number: int) -> None:
    assert [c.number for c in agec_categories(Case(purchase(cpv=(cpv,)), LAW))] == [number]


def test_protective_equipment_is_in_no_category() -> None:
    assert agec_categories(Case(purchase(cpv=("18143000",)), LAW)) == []


# Composed titles of droit.md, section 5.2: code, expected family.
TITLES = """
39130000 mobilier|39160000 mobilier|39155000 mobilier|34928400 mobilier|18110000 textile|18143000 textile
98310000 textile|30213100 informatique|32250000 informatique|30125100 papier-imprimerie|30120000 papier-imprimerie
50320000 informatique|90514000 dechets|30197643 papier-imprimerie|30192000 fournitures-bureau
22458000 papier-imprimerie|39162110 fournitures-bureau|55523100 restauration|15300000 restauration
15100000 restauration|39220000 restauration|42959000 restauration|90513000 dechets|90511000 dechets
77120000 biodechets|90910000 nettoyage|33760000 nettoyage|77310000 espaces-verts|03450000 espaces-verts
24440000 espaces-verts|16311000 espaces-verts|34136000 vehicules|34110000 vehicules|34350000 vehicules
34430000 vehicules|50110000 vehicules|34144500 vehicules|39234000 biodechets|37520000 jouets-puericulture
37535200 jouets-puericulture|37400000 jouets-puericulture|79952100 evenementiel|79956000 evenementiel
39154000 evenementiel|45111100 demolition-deconstruction|45233140 voirie-vrd|45262300 batiment|45420000 batiment
44211100 batiment|45112700 espaces-verts|71241000 prestations-intellectuelles|71240000 prestations-intellectuelles
50850000 mobilier|50800000 toutes-familles|90500000 dechets|39830000 nettoyage|44613000 emballages
92331210 jouets-puericulture|79821000 papier-imprimerie
"""


@pytest.mark.parametrize("pair", [pair for line in TITLES.split("\n") for pair in line.split("|") if pair])
def test_a_code_opens_the_right_family(pair: str) -> None:
    code, family = pair.split()
    found = family_of(code, LAW.families)
    assert found is not None
    assert found.code == family


def test_no_branch_belongs_to_two_families() -> None:
    branches = [prefix for family in LAW.families for prefix in family.cpv]
    assert len(branches) == len(set(branches))


def test_the_charter_has_ten_commitments_and_names_no_territory() -> None:
    assert [c.code for c in LAW.charter.commitments] == [f"C{n}" for n in range(1, 11)]
    assert LAW.charter.name == "La charte régionale"


def _broken(tmp_path: Path, file: str, entry: dict[str, object]) -> Path:
    """A copy of the content with one more entry in a file."""
    shutil.copytree(get_settings().clauses / "law", tmp_path / "law")
    shutil.copytree(get_settings().clauses / "charter", tmp_path / "charter")
    shutil.copy(get_settings().clauses / "families.yaml", tmp_path / "families.yaml")
    path = tmp_path / "law" / file
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    (content if isinstance(content, list) else content["duties"]).append(entry)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return tmp_path


TEXT: dict[str, object] = {
    "id": "x-1", "title": "t", "article": "a", "says": "s", "row": "OB-99", "evidence": "MEM", "confidence": "to_check",
}  # fmt: skip
DUTY: dict[str, object] = {
    "code": "x", "row": "OB-99", "rule": "x", "title": "t", "texts": ["agec-55"], "action": "a", "applies_when": {},
    "confidence": "verified", "outside": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "entry", "says"),
    [
        ("texts.yaml", {**TEXT, "confidence": "verified"}, "ne permet pas"),
        ("texts.yaml", {**TEXT, "id": "agec-55"}, "deux fois"),
        ("texts.yaml", {**TEXT, "surprise": 1}, "surprise"),
        ("duties.yaml", {**DUTY, "texts": ["nowhere-1"]}, "nowhere-1"),
        ("duties.yaml", {**DUTY, "texts": ["ltecv-79-routes"]}, "plus sûre"),
        ("duties.yaml", {**DUTY, "outside": False}, "rien ne la couvre"),
        ("duties.yaml", {**DUTY, "covered_by": [{"duty": "ghost"}]}, "ghost"),
        ("duties.yaml", {**DUTY, "applies_when": {"ask": "il pleut"}}, "ask_not"),
    ],
)
def test_a_mistake_in_the_content_is_refused_with_its_place(
    tmp_path: Path, file: str, entry: dict[str, object], says: str
) -> None:
    with pytest.raises(LawError, match=says) as refused:
        load_law(_broken(tmp_path, file, entry))
    assert file in str(refused.value)


DOORS = {"catalogue.py", "schemas.py", "schemas_reference.py", "routes.py"}


def test_the_rules_know_no_session_no_request_and_no_clock() -> None:
    """Everything but the doors of the room imports the standard library and the room itself, and no clock."""
    for path in sorted((ROOT / "app" / "law").glob("*.py")):
        if path.name in DOORS:
            continue
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.startswith("app.law") or name.split(".")[0] in sys.stdlib_module_names, (path.name, name)
        assert "today()" not in source, path.name
        assert "now()" not in source, path.name
