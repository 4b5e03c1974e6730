"""Templates such as buyers have: numbered by Word, numbered by hand, or a mere letterhead."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph


def saved(document: Document) -> bytes:
    """Without the two faults of python-docx's own base (docx.md, section 0)."""
    document.settings.element.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for ident, link in list(document.part.rels.items()):
        if link.reltype.endswith("stylesWithEffects"):
            del document.part.rels[ident]
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def pixel() -> io.BytesIO:
    """A logo of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x14\x53\x2d")) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def bookmark(paragraph: Paragraph, name: str, ident: int = 90) -> None:
    for place, tag in enumerate(("w:bookmarkStart", "w:bookmarkEnd")):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(ident))
        if not place:
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def _numbered_headings(document: Document, patterns: Sequence[str]) -> None:
    """Heading 1, 2… numbered by a list of several levels, as Word does."""
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{i + 1}"/>'
        f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl>'
        for i, pattern in enumerate(patterns)
    )
    root = document.part.numbering_part.element
    kind = '<w:multiLevelType w:val="multilevel"/>'
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="70">{kind}{levels}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="70"><w:abstractNumId w:val="70"/></w:num>'))
    for i in range(len(patterns)):
        numbering = document.styles[f"Heading {i + 1}"].element.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = i
        numbering.get_or_add_numId().val = 70


def _head(document: Document, town: str) -> None:
    header = document.sections[0].header.paragraphs[0]
    header.text = town
    picture = header.add_run().add_picture(pixel())
    picture._inline.docPr.set("descr", f"Blason de la {town}")
    document.core_properties.title = "Modèle de CCAP"


def numbered(*, mark: str = "") -> bytes:
    """A CCAP of its own, headings numbered by Word; `mark` puts a bookmark before the last article."""
    document = docx.Document()
    _head(document, "Ville de Saint-Modèle")
    _numbered_headings(document, ("Article %1.", "%1.%2"))
    document.add_heading("Objet du marché", 1)
    document.add_paragraph(
        "Le présent marché est passé par la ville de Saint-Modèle selon ses usages propres et anciens."
    )
    document.add_heading("PÉNALITÉS", 1)
    document.add_heading("Pénalités de retard", 2)
    document.add_paragraph(
        "Cent euros par jour de retard constaté, sans mise en demeure préalable, et sans plafond fixé ici."
    )
    document.add_heading("Clause de réexamen", 1)
    document.add_paragraph(
        "Le marché peut être modifié dans les cas que prévoit le code de la commande publique, sans plus."
    )
    if mark:
        bookmark(document.add_paragraph("[clauses]"), mark)
    document.add_heading("Dérogations au CCAG", 1)
    return saved(document)


def typed() -> bytes:
    """The same with its numbers typed by hand."""
    document = docx.Document()
    _head(document, "Ville de Saint-Modèle")
    for level, title in (
        (1, "Article 1 – Objet"),
        (1, "Article 2 – Pénalités"),
        (2, "2.1 Retard"),
        (1, "Article 3 – Dérogations au CCAG"),
    ):
        document.add_heading(title, level)
        document.add_paragraph("Le texte propre à la ville, assez long pour compter comme du texte courant du modèle.")
    return saved(document)


def letterhead(*, mark: str = "clausier_clauses") -> bytes:
    """No heading at all: a header, a formula, a bookmark; facts of the consultation at theirs."""
    document = docx.Document()
    _head(document, "Région Exemple")
    subject = document.add_paragraph("Objet : ")
    bookmark(subject, "clausier_objet", 91)
    if mark:
        bookmark(document.add_paragraph(), mark)
    document.add_paragraph("Fait en un exemplaire.")
    return saved(document)


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
