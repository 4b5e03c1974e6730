"""New paragraphs and tables as tracked insertions, in the looks of the paragraphs around them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from lxml import etree

from app.documents.analysis.redline import Author, inserted
from app.documents.template.styles import W as W_NAMESPACE

_W: Final = f"{{{W_NAMESPACE}}}"
_BULLET: Final = "–\u00a0"
"""Typed, since a list of the buyer's own numbering would go on counting."""
_WIDTH: Final = 9000
_BORDERS: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def inserted_blocks(
    blocks: Sequence[Mapping[str, Any]], neighbour: Callable[[int], etree._Element | None], author: Author
) -> list[etree._Element]:
    """`kind`: heading, paragraph, bullet, number or table; `like`: the paragraph whose look it takes, -1 for none."""
    made: list[etree._Element] = []
    for block in blocks:
        if block["kind"] == "table":
            made.append(_table(block["rows"], author))
            continue
        like = neighbour(block.get("like", -1))
        text = f"{block.get('label', '')}{block['text']}"
        look = None
        if block["kind"] == "heading" and like is None:
            look = etree.Element(_W + "rPr")
            etree.SubElement(look, _W + "b")
        made.append(inserted(text, like, look, author))
    return made


def _table(rows: Sequence[Sequence[str]], author: Author) -> etree._Element:
    """A table whose rows are each an insertion, its first one repeated on every page."""
    width = _WIDTH // max(1, len(rows[0]))
    table = etree.Element(_W + "tbl", nsmap={"w": W_NAMESPACE})
    properties = etree.SubElement(table, _W + "tblPr")
    _set(etree.SubElement(properties, _W + "tblW"), w=str(_WIDTH), type="dxa")
    borders = etree.SubElement(properties, _W + "tblBorders")
    for side in _BORDERS:
        _set(etree.SubElement(borders, _W + side), val="single", sz="4", space="0", color="808080")
    grid = etree.SubElement(table, _W + "tblGrid")
    for _ in rows[0]:
        _set(etree.SubElement(grid, _W + "gridCol"), w=str(width))
    for number, row in enumerate(rows):
        line = etree.SubElement(table, _W + "tr")
        look = etree.SubElement(line, _W + "trPr")
        # The schema wants a property of the row's own beside the mark.
        etree.SubElement(look, _W + "cantSplit")
        if not number:
            etree.SubElement(look, _W + "tblHeader")
        look.append(author.mark("ins"))
        for text in [*row, *[""] * len(rows[0])][: len(rows[0])]:
            cell = etree.SubElement(line, _W + "tc")
            _set(etree.SubElement(etree.SubElement(cell, _W + "tcPr"), _W + "tcW"), w=str(width), type="dxa")
            cell.append(inserted(text, None, None, author))
    return table


def _set(element: etree._Element, **values: str) -> None:
    for name, value in values.items():
        element.set(_W + name, value)


def blocks_for(texts: Sequence[tuple[str, str]], like: Mapping[str, int]) -> list[dict[str, Any]]:
    """(kind, text) → blocks with the look of a neighbour of their kind, and a typed bullet or number where none is."""
    made: list[dict[str, Any]] = []
    number = 0
    for kind, text in texts:
        number = number + 1 if kind == "number" else 0
        own = like.get(kind, -1)
        label = "" if own >= 0 else _BULLET if kind == "bullet" else f"{number}.\u00a0" if kind == "number" else ""
        made.append(
            {"kind": kind, "text": text, "label": label, "like": own if own >= 0 else like.get("paragraph", -1)}
        )
    return made
