"""LibreOffice reads what we write: pages, text, live numbers. One user profile per worker, as soffice locks its own."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.documents.assemble import documents
from app.documents.compose import write
from app.documents.content import headings
from app.law.vocabulary import Piece
from tests.documents.made import PURCHASES, job, of_family

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    SOFFICE is None or shutil.which("pdftotext") is None,
    reason="LibreOffice ou poppler absent : « make test » les installe",
)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[Piece, str]:
    """Piece → the text of its PDF, a form feed after each page."""
    folder = tmp_path_factory.mktemp("pdf")
    purchase, ccag = PURCHASES["mobilier"]
    made = documents(job(of_family("mobilier"), purchase=purchase, ccag=ccag))
    for document in made:
        (folder / f"{document.piece}.docx").write_bytes(write(document))
    profile = tmp_path_factory.mktemp(f"soffice-{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}")
    command = [str(SOFFICE), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
    sources = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run([*command, "--outdir", str(folder), *sources], check=True, capture_output=True, timeout=180)
    return {document.piece: _text(folder / f"{document.piece}.pdf") for document in made}


def _text(path: Path) -> str:
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, timeout=60)
    return found.stdout.decode()


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_heading_and_the_clauses_are_on_the_pages(rendered: dict[Piece, str]) -> None:
    for document in documents(job(of_family("mobilier"))):
        flat = _flat(rendered[document.piece])
        for entry in headings(document.articles):
            number = f"Article {entry.number}" if entry.level == 1 else entry.number
            assert f"{number} {_flat(entry.title)}" in flat


def test_each_piece_has_a_cover_a_contents_page_and_numbered_pages(rendered: dict[Piece, str]) -> None:
    for text in rendered.values():
        pages = text.split("\f")[:-1]
        assert 2 <= len(pages) <= 25
        assert "Page" not in pages[0]
        assert "Sommaire" in pages[1]
        assert f"Page 2 / {len(pages)}" in pages[1]
        assert f"Page {len(pages)} / {len(pages)}" in pages[-1]


def test_references_are_resolved(rendered: dict[Piece, str]) -> None:
    for text in rendered.values():
        assert not re.search(r"Erreur|Error|introuvable", text)
    assert re.search(r"critères d’attribution de l’Article \d+ du présent règlement", _flat(rendered[Piece.RC]))
    assert re.search(r"du tableau de l’article 1\d\.\d+ pour y remédier", _flat(rendered[Piece.CCAP]))


def test_the_header_row_of_a_table_comes_back_on_the_next_page(rendered: dict[Piece, str]) -> None:
    head = "Clause +Preuve attendue +Qui contrôle"
    pages = [page for page in rendered[Piece.ANNEXE].split("\f") if re.search(head, page)]
    assert len(pages) >= 2
