"""From a job to files: pure, so the same input gives the same bytes."""

import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from app.documents import manifest
from app.documents.assemble import documents
from app.documents.content import Document
from app.documents.docx import Body, footer_xml, header_xml
from app.documents.job import CompositionJob
from app.documents.manifest import DECLARATION
from app.documents.outline import Outlines
from app.documents.package import Part, package
from app.documents.pieces import Written, formats_asked
from app.documents.sheets import sheet
from app.documents.template.build import BASE
from app.documents.template.styles import numbering_xml

_SLUG_LIMIT: Final = 60


@lru_cache(maxsize=1)
def base_parts() -> Mapping[str, Part]:
    """The parts of the template, each deflated once for all documents."""
    with zipfile.ZipFile(BASE) as archive:
        return {name: Part.of(name, archive.read(name), once=True) for name in archive.namelist()}


@lru_cache(maxsize=64)
def _numbering(lists: int) -> Part:
    return Part.of("word/numbering.xml", (DECLARATION + numbering_xml(lists)).encode())


def write(document: Document) -> bytes:
    """The DOCX of one piece."""
    body = Body(document)
    made = {
        "word/header1.xml": DECLARATION + header_xml(document),
        "word/footer1.xml": DECLARATION + footer_xml(document),
        "docProps/core.xml": manifest.core_xml(document),
        "docProps/custom.xml": manifest.custom_xml(document),
        "customXml/item1.xml": manifest.manifest_xml(document),
    }
    parts = {name: Part.of(name, xml.encode()) for name, xml in made.items()}
    parts["word/document.xml"] = Part.of("word/document.xml", body.content)
    if body.lists:
        parts["word/numbering.xml"] = _numbering(body.lists)
    return package(parts.get(name, part) for name, part in base_parts().items())


@dataclass(frozen=True, slots=True)
class File:
    """A file of the answer; one whose `convert` is set is still the DOCX that LibreOffice is to turn into it."""

    name: str
    content: bytes
    convert: Literal["", "odt", "pdf"] = ""

    @property
    def form(self) -> str:
        return self.name.rpartition(".")[2]


def file_name(piece: Written, job: CompositionJob, form: str) -> str:
    """« CCAP_fourniture-de-mobilier-scolaire.docx », « lot-2/CCAP_… »: plain letters, for every system."""
    folder = (
        f"{slug(job.lot.number if 'lot' in job.lot.number.casefold() else f'lot {job.lot.number}')}/" if job.lot else ""
    )
    return f"{folder}{piece}_{subject(job)}.{form}"


def subject(job: CompositionJob) -> str:
    return slug(job.title.strip() or job.purchase.object)


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LIMIT].strip("-") or "marche"


def files(job: CompositionJob, written: Mapping[Written, bytes] | None = None) -> list[File]:
    """Every piece asked for in every format asked for; `written` are DOCX made already, in a buyer's template."""
    outlines = Outlines(job)
    texts = {document.piece: document for document in documents(job, outlines)}
    made: list[File] = []
    for piece in (each for each in Written if each in job.pieces):
        formats = formats_asked(piece, job.formats)
        docx = b""
        if {"docx", "odt", "pdf"} & {*formats}:
            docx = written[piece] if written else write(texts[piece])
        for form in formats:
            name = file_name(piece, job, form)
            if form in {"odt", "pdf"}:
                made.append(File(name, docx, form))
            else:
                made.append(File(name, docx if form == "docx" else sheet(piece, form, job, outlines)))
    return made


def bundle(made: Sequence[File]) -> bytes:
    """A ZIP of files that are compressed already."""
    return package(Part.stored(file.name, file.content) for file in made)


def compose(job: CompositionJob) -> bytes:
    """One file when one is asked for, else a ZIP of them."""
    made = files(job)
    return made[0].content if len(made) == 1 else bundle(made)
