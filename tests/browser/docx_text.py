"""A DOCX as its reader sees it: paragraphs in order, content controls included (python-docx does not look inside)."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Paragraph:
    style: str
    text: str
    clause: str
    """The tag of the content control around it, `id@version`; empty outside of one."""


@dataclass(frozen=True)
class Docx:
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def clauses(self) -> set[str]:
        """The ids of the clauses it holds."""
        return {paragraph.clause.split("@")[0] for paragraph in self.paragraphs if paragraph.clause.startswith("CEC-")}

    def of(self, clause: str) -> str:
        """The words of one clause in this piece, on one line."""
        found = (p.text for p in self.paragraphs if p.clause.startswith(f"{clause}@"))
        return plain(" ".join(found))


def plain(text: str) -> str:
    """One kind of space, one kind of apostrophe: for comparison."""
    return " ".join(text.replace("’", "'").split())


def read(source: Path | bytes) -> Docx:
    data = source if isinstance(source, bytes) else source.read_bytes()
    docx.Document(BytesIO(data))  # python-docx must open it, as its users will
    with ZipFile(BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    return Docx(tuple(_paragraph(p) for p in body.iter(f"{W}p")))


def _paragraph(p: etree._Element) -> Paragraph:
    style = p.find(f"{W}pPr/{W}pStyle")
    tags = (tag.get(f"{W}val", "") for sdt in p.iterancestors(f"{W}sdt") for tag in sdt.findall(f"{W}sdtPr/{W}tag"))
    clause = next((tag for tag in tags if tag.startswith("CEC-")), "")
    text = "".join(t.text or "" for t in p.iter(f"{W}t"))
    return Paragraph(style.get(f"{W}val", "") if style is not None else "", text, clause)


def pieces(archive: Path) -> dict[str, Docx]:
    """The DOCX of a ZIP under their piece code, read in their file names."""
    with ZipFile(archive) as package:
        names = [name for name in package.namelist() if name.endswith(".docx")]
        return {_code(name): read(package.read(name)) for name in names}


def _code(name: str) -> str:
    return name.rpartition("/")[2].partition("_")[0]
