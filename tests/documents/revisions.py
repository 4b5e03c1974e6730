"""What Word does when a reader accepts or refuses every tracked change, on the XML."""

import io
import zipfile
from collections.abc import Iterable

from lxml import etree

from app.documents.analysis.read_docx import read_docx
from app.documents.archive import Archive
from app.documents.intake import Document
from tests.documents.validity import W


def settled(content: bytes, *, accept: bool) -> bytes:
    """The file after « accept all » or « refuse all »."""
    kept, gone = ("ins", "del") if accept else ("del", "ins")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _settled(part, kept, gone) if name == "word/document.xml" else part)
    return made.getvalue()


def _settled(xml: bytes, kept: str, gone: str) -> bytes:
    root = etree.fromstring(xml)
    _drop(row for row in root.iter(W + "tr") if row.find(f"{W}trPr/{W}{gone}") is not None)
    _drop(table for table in root.iter(W + "tbl") if table.find(W + "tr") is None)
    _drop(paragraph for paragraph in root.iter(W + "p") if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None)
    _drop(root.iter(W + gone))
    for mark in list(root.iter(W + kept)):
        parent = mark.getparent()
        for child in reversed(list(mark)):
            parent.insert(parent.index(mark) + 1, child)
        parent.remove(mark)
    for text in root.iter(W + "delText"):
        text.tag = W + "t"
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _drop(elements: Iterable[etree._Element]) -> None:
    for element in list(elements):
        element.getparent().remove(element)


def texts(content: bytes) -> list[str]:
    """The paragraphs of the body, as the reader of the house sees them."""
    read = read_docx(Document("x", "docx", Archive(content))).passages
    return [passage.text for passage in read if passage.part.startswith("document")]
