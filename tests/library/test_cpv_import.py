"""The official nomenclature loaded by `cpv import`: whole or not at all, seen by every process, kept."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.library import queries
from app.library.cpv import CpvEntry
from app.library.shelf import make_shelf
from app.library.suggest import codes
from app.settings import ROOT
from tests.conftest import database

HEADER = "code\tlabel_fr\tlabel_en\n"
GOOD = (
    HEADER
    + "39160000-1\tMobilier scolaire\tSchool furniture\n"
    + "03111900-1\tGraines de cumin\tCumin seeds\n"
    + "38820000-6\tMatériel de télécommande\tRemote control equipment\n"
)


@pytest.fixture(scope="module")
def url(server_url: str) -> Iterator[str]:
    """A database of its own: an import changes what every test of the worker would read."""
    for address in database(server_url, f"clausier_cpv_{os.getpid()}"):
        migrate(address)
        yield address


def run(url: str, path: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, "-m", "app", "cpv", "import", str(path)],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


def held(url: str) -> tuple[int, list[CpvEntry]]:
    """The generation that every process watches, and the codes that it then reads."""

    async def read() -> tuple[int, list[CpvEntry]]:
        engine = connect(url)
        try:
            async with sessions(engine)() as session:
                return await queries.generation(session), sorted(
                    await queries.read_cpv(session), key=lambda entry: entry.code
                )
        finally:
            await engine.dispose()

    return asyncio.run(read())


def test_the_list_is_imported_found_by_words_and_codes_and_moves_the_generation(url: str, tmp_path: Path) -> None:
    path = tmp_path / "cpv.tsv"
    path.write_text(GOOD, encoding="utf-8")
    before, _ = held(url)
    done = run(url, path)
    assert done.returncode == 0, done.stderr
    assert "3 codes CPV importés" in done.stdout
    after, entries = held(url)
    assert after == before + 1
    shelf = make_shelf(after, [], ROOT / "clauses", entries)
    for typed in ("cumin", "graine de cumin", "03111900", "03111900-1", "3111900", "031119"):
        assert [entry.code for entry in codes(shelf, typed, 5)] == ["03111900"], typed
    assert "rien n’a changé" in run(url, path).stdout
    assert held(url) == (after, entries)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD + "39160000-1\tEncore\tAgain\n", "Ligne 5"),
        (GOOD.replace("38820000-6", "3882-6"), "Ligne 4"),
        (GOOD.replace("Graines de cumin", ""), "Ligne 3"),
        (GOOD.replace("\tCumin seeds", ""), "Ligne 3"),
        (GOOD.replace("cumin", "cu\x00min"), "Ligne 3"),
        ("code;label_fr\n39160000-1;Mobilier\n", "Ligne 1"),
        (HEADER, "aucun code"),
        ("", "Ligne 1"),
    ],
)
def test_a_bad_file_changes_nothing_and_names_its_line(url: str, tmp_path: Path, content: str, said: str) -> None:
    before = held(url)
    path = tmp_path / "cpv.tsv"
    path.write_text(content, encoding="utf-8")
    done = run(url, path)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Rien n’a été importé" in done.stderr
    assert "Traceback" not in done.stderr
    assert held(url) == before


def test_a_file_that_is_not_utf_8_or_not_there_is_said(url: str, tmp_path: Path) -> None:
    latin = tmp_path / "latin.tsv"
    latin.write_bytes(GOOD.encode("latin-1"))
    assert "Ligne 4 : le fichier n’est pas en UTF-8" in run(url, latin).stderr
    assert "ne peut pas être lu" in run(url, tmp_path / "absent.tsv").stderr


def test_without_an_import_the_codes_of_the_clauses_serve() -> None:
    shelf = make_shelf(1, [], ROOT / "clauses")
    assert codes(shelf, "mobilier scolaire", 1)[0].code == "39160000"
    assert codes(shelf, "39160000-1", 1)[0].label == "Mobilier scolaire"
