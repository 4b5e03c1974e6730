"""Can everyone read a DOCX? Language, title, heading order, table headers, lists, no empty paragraph for spacing."""

import io
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree
from openpyxl import load_workbook

from tests.documents.validity import DC, Package, W

CORE_TITLE: Final = DC + "title"


def language(package: Package) -> Iterator[str]:
    defaults = package.xml["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if defaults is None or defaults.get(W + "val") != "fr-FR":
        yield "langue par défaut absente"
    declared = package.xml["docProps/core.xml"].findtext(DC + "language")
    if declared != "fr-FR":
        yield "langue du document absente"


def title(package: Package) -> Iterator[str]:
    if not (package.xml["docProps/core.xml"].findtext(CORE_TITLE) or "").strip():
        yield "titre du document absent"


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(W + "val", "") if style is not None else ""


def heading_order(package: Package) -> Iterator[str]:
    level = 0
    for paragraph in package.document.iter(W + "p"):
        style = _style(paragraph)
        if style.startswith("Heading"):
            here = int(style[-1])
            if here > level + 1:
                yield f"titre de niveau {here} après le niveau {level}"
            level = here


def table_headers(package: Package) -> Iterator[str]:
    for table in package.document.iter(W + "tbl"):
        row = table.find(W + "tr")
        if row is None or row.find(f"{W}trPr/{W}tblHeader") is None:
            yield "tableau sans ligne d’en-tête"
        elif any(not "".join(cell.itertext()).strip() for cell in row.iter(W + "tc")):
            yield "en-tête de colonne vide"
        if table.find(f"{W}tblPr/{W}tblCaption") is None:
            yield "tableau sans titre"


def empty_paragraphs(package: Package) -> Iterator[str]:
    for paragraph in package.document.iter(W + "p"):
        parent = paragraph.getparent()
        if parent is not None and parent.tag != W + "tc" and not "".join(paragraph.itertext()).strip():
            yield "paragraphe vide"


def lists(package: Package) -> Iterator[str]:
    for paragraph in package.document.iter(W + "p"):
        text = "".join(t.text or "" for t in paragraph.iter(W + "t"))
        if text.startswith(("- ", "• ", "* ", "– ")):
            yield f"puce tapée à la main : {text[:40]}"


def alternatives(package: Package) -> Iterator[str]:
    for drawing in package.document.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    ):
        if not drawing.get("descr"):
            yield "image sans texte de remplacement"


CHECKS: Final[tuple[Callable[[Package], Iterator[str]], ...]] = (
    language,
    title,
    heading_order,
    table_headers,
    empty_paragraphs,
    lists,
    alternatives,
)


def barriers(content: bytes) -> dict[str, list[str]]:
    package = Package(content)
    found = {check.__name__: list(check(package)) for check in CHECKS}
    return {name: sentences for name, sentences in found.items() if sentences}


def sheet_barriers(content: bytes) -> list[str]:
    """The same question of a workbook: title, language, header rows that stay, names, no merged cell."""
    book = load_workbook(io.BytesIO(content))
    found = [] if (book.properties.title or "").strip() else ["titre du classeur absent"]
    if book.properties.language != "fr-FR":
        found.append("langue du classeur absente")
    for sheet in book:
        heads = [cell.value for cell in sheet[1]]
        if not all(isinstance(head, str) and head.strip() for head in heads):
            found.append(f"{sheet.title} : en-tête de colonne vide")
        if len(set(heads)) < len(heads):
            found.append(f"{sheet.title} : deux colonnes du même titre")
        if sheet.freeze_panes != "A2" or sheet.print_title_rows != "$1:$1":
            found.append(f"{sheet.title} : la ligne d’en-tête ne reste pas")
        if sheet.merged_cells.ranges:
            found.append(f"{sheet.title} : cellules fusionnées")
        if sheet.title.casefold().startswith(("sheet", "feuil")):
            found.append(f"{sheet.title} : feuille sans nom")
        asked = {cell.coordinate for row in sheet.iter_rows(min_row=2) for cell in row if not cell.protection.locked}
        told = {
            cell.column_letter
            for cell in sheet[1]
            if isinstance(cell.value, str) and cell.value.endswith("(à remplir)")
        }
        if any(coordinate.rstrip("0123456789") not in told for coordinate in asked):
            found.append(f"{sheet.title} : cellule à remplir sans que son titre le dise")
    return found
