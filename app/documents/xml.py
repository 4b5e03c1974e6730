"""The few pieces of WordprocessingML that we write: everything typed by a person is escaped here and nowhere else."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

MANIFEST: Final = "urn:clausier:manifest:1"
"""The namespace of what a file of ours says about its clauses."""
AFTER_TABLE: Final = '<w:spacing w:before="160"/>'
"""For the paragraph that follows a table: the air that an empty paragraph would give, without one."""
KEEP_NEXT: Final = "<w:keepNext/>"
"""For the paragraph that announces a table: it stays on the same page."""
_SHORT: Final = 120
_LONG_ROW: Final = 4000
_SPECIAL: Final = re.compile(r"[&<>\"\n\r\t]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_BREAK: Final = re.compile(r"(\r\n|\n|\r|\t)")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, even as a character reference."""


def illegal_character(value: str) -> str | None:
    """The first character that no XML file can hold, as `U+0000`."""
    found = _ILLEGAL.search(value)
    return f"U+{ord(found[0]):04X}" if found else None


def escape(value: str) -> str:
    return value.translate(_ESCAPES) if _SPECIAL.search(value) else value


def attribute(value: str) -> str:
    """A value for an attribute: line breaks would be read back as spaces."""
    if not _SPECIAL.search(value):
        return value
    return escape(value).replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")


def inside_run(value: str) -> str:
    """The content of a run: `w:t`, with `w:br` and `w:tab` for line breaks and tabs."""
    if not _SPECIAL.search(value):
        return f'<w:t xml:space="preserve">{value}</w:t>'
    pieces = []
    for piece in _BREAK.split(value):
        if piece == "\t":
            pieces.append("<w:tab/>")
        elif piece in {"\n", "\r", "\r\n"}:
            pieces.append("<w:br/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return "".join(pieces)


def run(value: str, style: str = "") -> str:
    return _known_run(value, style) if len(value) < _SHORT else _run(value, style)


def _run(value: str, style: str) -> str:
    if not value:
        return ""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{properties}{inside_run(value)}</w:r>"


_known_run: Final = lru_cache(maxsize=4096)(_run)
"""Titles and default values come back in every document."""


def paragraph(runs: str, style: str = "", extra: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{extra}</w:pPr>" if style or extra else ""
    return f"<w:p>{properties}{runs}</w:p>"


def field(instruction: str, result: str, *, dirty: bool = False) -> str:
    """A complex field with its last known result."""
    flag = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{flag}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(columns: list[str], widths: list[int], rows: list[list[str]], *, description: str, borders: str = "") -> str:
    """A table of ready cell contents (runs), its first row repeated on every page as its header."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(columns, widths, "TableHead", header=True)
    body = "".join(_row(row, widths, "TableText") for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{attribute(description)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(cells: list[str], widths: list[int], style: str, *, header: bool = False) -> str:
    # A row with an empty cell waits for a handwritten or typed answer: it is given room.
    room = "" if all(cells) else '<w:trHeight w:val="567"/>'
    # A row stays on one page unless it is nearly a page itself.
    whole = "<w:cantSplit/>" if sum(map(len, cells)) < _LONG_ROW else ""
    properties = f"<w:trPr>{whole}{room}{'<w:tblHeader/>' if header else ''}</w:trPr>"
    return (
        f"<w:tr>{properties if whole or room or header else ''}"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(cell, style)}</w:tc>'
            for cell, width in zip(cells, widths, strict=True)
        )
        + "</w:tr>"
    )


def spread(weights: Sequence[int], total: int, least: Sequence[int] = ()) -> list[int]:
    """Column widths that add up to `total` twentieths of a point, none under its `least` where there is room."""
    floor = list(least) if least and sum(least) <= total else [0] * len(weights)
    free = total - sum(floor)
    widths = [low + free * weight // sum(weights) for low, weight in zip(floor, weights, strict=True)]
    widths[-1] += total - sum(widths)
    return widths
