"""What an operator reads is what the code does: settings, commands, dependencies and the table of the ASVS."""

import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from typer.main import get_group

from app.__main__ import cli
from app.settings import ROOT, Settings

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ASVS: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "asvs.yaml").read_text(encoding="utf-8"))


def section(title: str) -> str:
    return OPERATIONS.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def commands() -> set[str]:
    """`cpv import` for a command inside a group."""
    found = set()
    for name, command in get_group(cli).commands.items():
        inside = getattr(command, "commands", None)
        found |= {f"{name} {child}" for child in inside} if inside else {name}
    return found


def test_every_setting_is_documented_and_no_other() -> None:
    known = {str(field.validation_alias or f"CLAUSIER_{name.upper()}") for name, field in Settings.model_fields.items()}
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", section("Réglages"), re.MULTILINE)) == known
    named = "".join(path.read_text() for path in (ROOT / "README.md", ROOT / "SECURITY.md")) + OPERATIONS
    tests_only = {"CLAUSIER_CONTRACT_URL", "CLAUSIER_CONTRACT_AUTH"}
    assert set(re.findall(r"CLAUSIER_[A-Z_]+[A-Z]", named)) - tests_only <= known


def test_every_command_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z][^`]*)` \|", section("Commandes"), re.MULTILINE)
    assert {re.sub(r" \[?[A-ZÉ]+\]?$", "", row) for row in rows} == commands()


def test_every_make_target_of_the_pages_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    pages = OPERATIONS + (ROOT / "README.md").read_text() + (ROOT / "SECURITY.md").read_text()
    assert set(re.findall(r"`make ([a-z-]+)", pages)) <= targets


def test_every_test_named_by_the_security_page_exists() -> None:
    named = re.findall(r"`(tests/[^`]+)`", (ROOT / "SECURITY.md").read_text())
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_table_of_the_asvs_holds_each_of_the_210_requirements_once() -> None:
    ids = [ident for group in ASVS["groups"] for ident in group["ids"]]
    assert [ident for ident, count in Counter(ids).items() if count > 1] == []
    assert len(ids) == 210
    assert all(re.fullmatch(r"\d{1,2}\.\d\.\d{1,2}", ident) for ident in ids)


@pytest.mark.parametrize("group", ASVS["groups"], ids=lambda group: f"{group['proof']}-{group['state']}")
def test_a_group_of_the_asvs_has_its_proof(group: dict[str, Any]) -> None:
    """Tested: files of the suite. Documented: a page. Not applicable: the reason. Nothing is left to do."""
    wanted = {"tested": "tests", "documented": "documents", "not_applicable": "reason"}[group["state"]]
    assert group[wanted]
    assert "tests" not in group or group["state"] == "tested"
    for path in (*group.get("tests", ()), *group.get("documents", ())):
        assert (ROOT / path).is_file(), path
    for path in group.get("tests", ()):
        assert "def test_" in (ROOT / path).read_text(encoding="utf-8"), path


def audit_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("said", "clean", "words"),
    [
        ({}, False, "n’a pas pu être joint"),
        ({"dependencies": [{"name": "a", "skip_reason": "not found"}]}, False, "n’a pas pu être joint"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, True, "aucune faille connue"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]}]}, False, "a 1 : CVE-1"),
        (
            {"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}]},
            False,
            "non contrôlés : b",
        ),
    ],
)
def test_what_was_not_audited_is_never_called_clean(said: dict[str, Any], words: str, *, clean: bool) -> None:
    verdict, sentence = audit_script().python_verdict(said)
    assert verdict is clean
    assert words in sentence


def test_a_silent_npm_is_said_and_its_faults_are_named() -> None:
    verdict_of = audit_script().npm_verdict
    assert verdict_of({"message": "405"}) == (
        False,
        "Frontend : le service de npm n’a pas pu être joint, rien n’a été contrôlé.",
    )
    assert verdict_of({"vulnerabilities": {"left-pad": {"severity": "high"}}})[1].endswith("left-pad : high")
    assert verdict_of({"vulnerabilities": {}})[0]


def test_the_list_of_components_names_every_locked_package(tmp_path: Path) -> None:
    target = tmp_path / "python.cdx.json"
    subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "requirements", "requirements.lock", "-o", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    listed = {component["name"].lower() for component in json.loads(target.read_text())["components"]}
    locked = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert {name.lower() for name in locked} == listed
