"""Each refusal of the linter bites on a valid clause in which one thing was broken."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.library.lint import lint, lint_command
from app.library.vocabularies import Vocabularies, read_vocabularies
from tests.library.sample import BODIES, CCAP, CCTP, RC, clauses_folder, condition, criterion, file_of, write

Fields = dict[str, Any]
Body = dict[str, str]


@pytest.fixture(scope="module")
def vocabularies(tmp_path_factory: pytest.TempPathFactory) -> Vocabularies:
    """Read once: the law takes a third of a second."""
    return read_vocabularies(clauses_folder(tmp_path_factory.mktemp("lists")))


@pytest.fixture
def root(tmp_path: Path, vocabularies: Vocabularies, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("app.library.lint.read_vocabularies", lambda _: vocabularies)
    (tmp_path / "library").mkdir()
    return tmp_path


def codes(root: Path) -> set[str]:
    return {trouble.code for trouble in lint(root)[1]}


def test_the_two_models_are_valid(root: Path) -> None:
    write(root, condition())
    write(root, criterion())
    assert lint(root) == (2, [])


def without(name: str) -> Callable[[Fields], Fields]:
    return lambda fields: {key: value for key, value in fields.items() if key != name}


def setting(**changes: Any) -> Callable[[Fields], Fields]:
    return lambda fields: fields | changes


def inside(name: str, **changes: Any) -> Callable[[Fields], Fields]:
    return lambda fields: fields | {name: fields[name] | changes}


def variable(name: str, **changes: Any) -> Callable[[Fields], Fields]:
    def broken(fields: Fields) -> Fields:
        variables = dict(fields["variables"])
        variables[name] = variables.get(name, {}) | changes
        return fields | {"variables": variables}

    return broken


@pytest.mark.parametrize(
    ("code", "field", "broken"),
    [
        *(
            ("missing", name, without(name))
            for name in (
                "title", "plain_title", "summary", "kind", "level", "families", "levers", "natures", "cpv",
                "requirement", "baseline", "gain", "link_to_subject", "why", "watch_points", "not_when", "market",
                "sources", "legal_check", "next_review", "changelog",
            )
        ),
        ("schema", "couleur", setting(couleur="bleu")),
        ("schema", "kind", setting(kind="souhait")),
        ("schema", "level", setting(level=4)),
        ("schema", "legal_check", setting(legal_check="2026-13-45")),
        ("id-prefix", "id", setting(families=["textile"])),
        ("unknown-family", "families", setting(families=["mobilier", "fusees"])),
        ("unknown-lever", "levers", setting(levers=["magie"])),
        ("unknown-duty", "duties", setting(duties=["obligation-inventee"])),
        ("unknown-commitment", "charter", setting(charter=["C99"])),
        ("unknown-label", "labels", setting(labels=["label-invente"])),
        ("unknown-term", "definitions", setting(definitions=["mot-invente"])),
        ("unknown-text", "legal", setting(legal=[{"text": "ccp-l9999-9", "relation": "imposes"}])),
        ("repeated-code", "levers", setting(levers=["reemploi", "reemploi"])),
        ("variable-unused", "variables.duree", variable("duree", label="Durée", type="years", min=1, max=5, default=2)),
        ("variable-default", "variables.part.default", variable("part", default=5)),
        ("variable-default", "variables.part.default", variable("part", default=None)),
        ("variable-bounds", "variables.part.default", variable("part", min=100, max=10)),
        ("schema", "variables.part", variable("part", min=None)),
        ("evidence-missing", "evidence", setting(evidence=[])),
        ("control-missing", "control", setting(control=None)),
        ("penalty-missing", "penalty", setting(penalty=None)),
        ("review-date", "next_review", setting(next_review="2026-11-23")),
        ("review-date", "next_review", setting(next_review="2028-11-23")),
        ("plain-title", "plain_title", setting(plain_title=" ".join(["mot"] * 13))),
        ("tautology", "gain.degree", inside("gain", degree="none")),
        ("scoring-misplaced", "scoring", setting(scoring=criterion()["scoring"])),
        ("relation-unknown", "relations.requires", setting(relations={"requires": ["CEC-MOB-999"]})),
        ("relation-self", "relations.requires", setting(relations={"requires": ["CEC-MOB-901"]})),
        (
            "figure-contradicts-law",
            "baseline.statement",
            inside("baseline", statement="Le décret n° 2024-134 vise 37 % de réemploi pour le mobilier."),
        ),
        ("figure-contradicts-law", "baseline.value", inside("baseline", text="decret-2024-134", value=33, unit="%")),
        ("typography", "why", setting(why="Pourquoi ? Parce que...")),
        ("typography", "why", setting(why="Une part utile: elle engage le titulaire.")),
        ("typography", "why", setting(why='Une part dite "utile".')),
    ],
)  # fmt: skip
def test_a_broken_record_is_refused(root: Path, code: str, field: str, broken: Callable[[Fields], Fields]) -> None:
    path = write(root, broken(condition()), name="CEC-MOB-901")
    found = [trouble for trouble in lint(root)[1] if trouble.code == code]
    assert found, lint(root)
    assert any(trouble.field.startswith(field) for trouble in found), found
    assert all(trouble.path == str(path.relative_to(root)) for trouble in found)


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("variable-undeclared", {"CCTP": CCTP + " Il paie {{ inconnue }}.", "CCAP": CCAP}),
        ("variable-syntax", {"CCTP": CCTP + " Part de {{ Part Annuelle }}.", "CCAP": CCAP}),
        ("unit-twice", {"CCTP": CCTP.replace("{{ part }}", "{{ part }} %"), "CCAP": CCAP}),
        ("uncited-text", {"CCTP": CCTP + " Voir l’article L. 9999-12.", "CCAP": CCAP}),
        ("uncited-text", {"CCTP": CCTP + " Voir le décret n° 2031-999.", "CCAP": CCAP}),
        ("penalty-untold", {"CCTP": CCTP + " Retenue de {{ penalite }}."}),
        ("piece-mismatch", {"CCTP": CCTP, "CCAP": CCAP, "RC": "La part figure à l’offre, avec un justificatif."}),
        ("piece-missing", {"ANNEXE": CCTP + "\n\n" + CCAP}),
        ("R-LOCAL", {"CCTP": CCTP + " Les chaises sont fabriquées en région par une entreprise locale.", "CCAP": CCAP}),
        ("R-NEUF", {"CCTP": CCTP + " Les autres chaises sont neuves.", "CCAP": CCAP}),
        ("R-EQUIV", {"CCTP": CCTP + " Les chaises portent la marque NF Environnement.", "CCAP": CCAP}),
        ("R-LIEN", {"CCTP": CCTP + " Le titulaire justifie de sa politique RSE.", "CCAP": CCAP}),
        ("R-PHRASE", {"CCTP": CCTP + " Le titulaire " + "livre et " * 45 + "range.", "CCAP": CCAP}),
        ("markup", {"CCTP": CCTP.replace("réemploi", "**réemploi**"), "CCAP": CCAP}),
        ("table-shape", {"CCTP": CCTP + "\n\n| a | b |\n| --- | --- |\n| c |", "CCAP": CCAP}),
        ("typography", {"CCTP": CCTP.replace("Chaque", "Chaque  "), "CCAP": CCAP}),
        ("body", {"CCTP": CCTP, "CCAP": CCAP, "PIECE": "Texte"}),
    ],
)
def test_a_broken_wording_is_refused(root: Path, code: str, body: Body) -> None:
    write(root, condition(), body)
    assert code in codes(root), lint(root)[1]


def test_a_text_that_measures_nothing_is_refused(root: Path) -> None:
    write(
        root,
        condition(kind="recital", gain={"degree": "none", "reason": "Rappel"}, duties=[], variables={}),
        {"CCTP": "Le titulaire respecte la loi."},
    )
    assert "no-measure" not in codes(root)  # a recital measures nothing, and says so
    write(root, condition(variables={}, penalty=None, kind="reporting"), {"CCTP": "Le titulaire agit au mieux."})
    assert "no-measure" in codes(root)


def test_a_text_without_proof_is_refused(root: Path) -> None:
    write(root, condition(variables={}, kind="reporting", penalty=None), {"CCTP": "Il livre vingt chaises par an."})
    assert "no-proof" in codes(root)


def test_a_recital_neither_gains_nor_answers_the_duty(root: Path) -> None:
    write(root, condition(kind="recital", variables={}), {"CCTP": "La loi demande de prendre en compte le climat."})
    assert {"recital-gain", "recital-duty"} <= codes(root)


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("scoring-missing", setting(scoring=None)),
        ("weight-bounds", inside("scoring", weight_default=50)),
        ("weight-bounds", inside("scoring", weight_min=15, weight_max=12, weight_default=13)),
        ("scoring-steps", inside("scoring", formula="steps")),
        ("evidence-missing", setting(evidence=[])),
    ],
)
def test_a_broken_criterion_is_refused(root: Path, code: str, broken: Callable[[Fields], Fields]) -> None:
    write(root, broken(criterion()))
    assert code in codes(root)


def test_a_file_is_named_after_its_id_in_the_folder_of_its_family(root: Path) -> None:
    write(root, condition(), name="CEC-MOB-950")
    moved = root / "library" / "textile"
    moved.mkdir()
    (moved / "CEC-MOB-903.md").write_text(file_of(condition(id="CEC-MOB-903")), encoding="utf-8")
    assert {"id-file", "id-folder"} <= codes(root)


def test_one_id_in_two_files_is_refused(root: Path) -> None:
    write(root, condition())
    write(root, condition(), name="copie")
    assert "duplicate-id" in codes(root)


def test_a_file_that_is_not_one_is_refused_with_its_line(root: Path) -> None:
    folder = root / "library" / "mobilier"
    folder.mkdir()
    (folder / "CEC-MOB-904.md").write_text("---\nid: a\ntitle: b: c\n---\n# CCTP\nx\n", encoding="utf-8")
    (folder / "CEC-MOB-905.md").write_text("sans en-tête", encoding="utf-8")
    (folder / "CEC-MOB-906.md").write_bytes(b"---\n\xff\n---\n")
    (folder / "CEC-MOB-907.md").write_text("---\nid: a\nid: b\n---\n# CCTP\nx\n", encoding="utf-8")
    found = {(trouble.path[-14:-3], trouble.code) for trouble in lint(root)[1]}
    assert {
        ("CEC-MOB-904", "yaml"), ("CEC-MOB-905", "front-matter"), ("CEC-MOB-906", "encoding"), ("CEC-MOB-907", "yaml"),
    } <= found  # fmt: skip
    assert any(trouble.field == "ligne 3" for trouble in lint(root)[1])


RELATED = condition(id="CEC-MOB-903", requirement="mobilier.chaises-assise", title="Assises démontables")
OTHER_BODY = {
    "CCTP": "Chaque assise se démonte avec un tournevis plat. Une notice couvre {{ part }} des pièces à la livraison.",
    "CCAP": "Une assise non démontable est remplacée. La pénalité est de {{ penalite }} par assise constatée.",
}


@pytest.mark.parametrize(
    ("code", "first", "second"),
    [
        ("relation-one-sided", {"excludes": ["CEC-MOB-903"]}, {}),
        ("relation-one-sided", {"stronger": ["CEC-MOB-903"]}, {}),
        ("relation-one-sided", {}, {"softer": ["CEC-MOB-901"]}),
        ("relation-level", {"stronger": ["CEC-MOB-903"]}, {"softer": ["CEC-MOB-901"]}),
        ("relation-clash", {"requires": ["CEC-MOB-903"], "excludes": ["CEC-MOB-903"]}, {"excludes": ["CEC-MOB-901"]}),
    ],
)
def test_relations_agree_on_both_sides(root: Path, code: str, first: Fields, second: Fields) -> None:
    write(root, condition(relations=first))
    write(root, RELATED | {"relations": second}, OTHER_BODY)
    assert code in codes(root)


def test_a_symmetric_ladder_is_accepted(root: Path) -> None:
    write(root, condition(relations={"stronger": ["CEC-MOB-903"]}))
    write(root, RELATED | {"level": 2, "relations": {"softer": ["CEC-MOB-901"]}}, OTHER_BODY)
    assert codes(root) == set()


def test_what_is_required_is_not_scored(root: Path) -> None:
    write(root, condition(requirement="mobilier.chaises-garantie"))
    write(root, criterion())
    assert codes(root) == {"double-use"}


@pytest.mark.parametrize("way_out", ["excludes", "rewards_excess"])
def test_unless_they_exclude_each_other_or_only_the_excess_is_scored(root: Path, way_out: str) -> None:
    required, scored = condition(requirement="mobilier.chaises-garantie"), criterion()
    if way_out == "excludes":
        required["relations"] = {"excludes": ["CEC-MOB-902"]}
        scored["relations"] = {"excludes": ["CEC-MOB-901"]}
    else:
        scored["scoring"]["rewards_excess"] = True
    write(root, required)
    write(root, scored)
    assert codes(root) == set()


def test_a_rung_that_only_changes_the_number_is_refused(root: Path) -> None:
    write(root, condition())
    bigger = {name: text.replace("quinze jours", "dix jours") for name, text in BODIES["CEC-MOB-901"].items()}
    write(root, condition(id="CEC-MOB-903", level=2), bigger)
    assert "rung-copy" in codes(root)


def test_two_clauses_that_say_the_same_are_refused(root: Path) -> None:
    write(root, criterion())
    reworded = RC.replace("Sous-critère", "Critère").replace("accorde", "propose")
    write(root, criterion(id="CEC-MOB-903", requirement="mobilier.garantie-assise"), {"RC": reworded})
    assert "near-duplicate" in codes(root)


def test_a_clause_that_stands_inside_another_is_refused(root: Path) -> None:
    write(root, criterion())
    longer = (
        RC + "\n\n" + CCTP.replace("{{ part }}", "la moitié") + "\n\n" + CCAP.replace("{{ penalite }}", "dix euros")
    )
    write(root, criterion(id="CEC-MOB-903", requirement="mobilier.garantie-assise"), {"RC": longer})
    assert "near-duplicate" in codes(root)


def test_a_text_that_only_cites_the_law_is_refused_as_a_whole(root: Path) -> None:
    law_only = "Le titulaire respecte la réglementation en vigueur, conformément à l’article L. 2112-2."
    write(root, condition(variables={}, kind="reporting", penalty=None), {"CCTP": law_only})
    assert "R-TAUTO" in codes(root)
    write(
        root, condition(), {**BODIES["CEC-MOB-901"], "BPU": "| Ligne | Prix |\n| --- | --- |\n| Reprise | à remplir |"}
    )
    assert codes(root) == set()


def test_the_command_prints_file_field_and_sentence_and_fails(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(root, condition(levers=["magie"]))
    assert lint_command(root) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("clauses/library/mobilier/CEC-MOB-901.md:levers: Code inconnu (levier) : magie")
    path.unlink()
    write(root, condition())
    assert lint_command(root) == 0
    assert capsys.readouterr().out == "1 clauses lues, aucun refus.\n"


def test_naming_a_file_narrows_what_is_told_not_what_is_compared(root: Path) -> None:
    one = write(root, condition(levers=["magie"]))
    two = write(root, RELATED | {"relations": {"requires": ["CEC-MOB-901"]}}, OTHER_BODY)
    assert lint(root, [two])[1] == []
    assert {trouble.code for trouble in lint(root, [one])[1]} == {"unknown-lever"}


def test_the_lists_themselves_are_checked(tmp_path: Path) -> None:
    root = clauses_folder(tmp_path)
    (root / "glossary.yaml").write_text("- {id: a, term: A, definition: D, source: S, confidence: sure}\n", "utf-8")
    (root / "labels.yaml").unlink()
    (root / "law" / "duties.yaml").write_text("duties: []\nautre: 1\n", encoding="utf-8")
    write(root, condition())
    found = {(trouble.path, trouble.code) for trouble in lint(root)[1]}
    assert {("glossary.yaml", "schema"), ("labels.yaml", "absent"), ("law", "law")} <= found
