"""From a job to files: pure, so the same input gives the same bytes."""

import re
import unicodedata
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from app.documents import manifest
from app.documents.assemble import documents
from app.documents.content import Document
from app.documents.docx import Body, footer_xml, header_xml
from app.documents.job import CompositionJob
from app.documents.manifest import DECLARATION
from app.documents.package import Part, package
from app.documents.template.build import BASE
from app.documents.template.styles import numbering_xml

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP: Final = "application/zip"
_SLUG_LIMIT: Final = 60


@lru_cache(maxsize=1)
def base_parts() -> Mapping[str, Part]:
    """The parts of the template, each deflated once for all documents."""
    with zipfile.ZipFile(BASE) as archive:
        return {name: Part.of(name, archive.read(name), level=9) for name in archive.namelist()}


@lru_cache(maxsize=64)
def _numbering(lists: int) -> Part:
    return Part.of("word/numbering.xml", (DECLARATION + numbering_xml(lists)).encode())


def write(document: Document) -> bytes:
    """The DOCX of one piece."""
    body = Body(document)
    made = {
        "word/document.xml": DECLARATION + body.xml,
        "word/header1.xml": DECLARATION + header_xml(document),
        "word/footer1.xml": DECLARATION + footer_xml(document),
        "docProps/core.xml": manifest.core_xml(document),
        "docProps/custom.xml": manifest.custom_xml(document),
        "customXml/item1.xml": manifest.manifest_xml(document),
    }
    parts = {name: Part.of(name, xml.encode()) for name, xml in made.items()}
    if body.lists:
        parts["word/numbering.xml"] = _numbering(body.lists)
    return package(parts.get(name, part) for name, part in base_parts().items())


def file_name(document: Document, *, extension: str = "docx") -> str:
    """« CCAP_fourniture-de-mobilier-scolaire.docx »: plain letters, for every system."""
    return f"{document.piece}_{slug(document.object)}.{extension}"


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LIMIT].strip("-") or "marche"


def compose(job: CompositionJob) -> bytes:
    """One DOCX when one piece is asked for, else a ZIP of them."""
    files = [(file_name(document), write(document)) for document in documents(job)]
    if len(files) == 1:
        return files[0][1]
    return package(Part.of(name, content, level=0) for name, content in files)
