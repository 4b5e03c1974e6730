"""Writes a workbook: our own parts and our own ZIP, so the same input gives the same bytes.

A header row that stays in view and comes back on each printed page, no merged cell, no formula: text is always text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from app.documents.manifest import DECLARATION
from app.documents.package import Part, package
from app.documents.xlsx_parts import STYLES, fixed_parts, shared_strings
from app.documents.xml import attribute, escape

Cell: TypeAlias = str | int | Decimal | date | None
Answer = Literal["", "text", "number", "date", "choice"]
_LONGEST: Final = 32_767
_EPOCH: Final = date(1899, 12, 30)
_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LINE, _AIR, _TALLEST = 12.75, 4, 409
"""Points: a line of Arial 10, the air of a row, the tallest row that Excel knows."""
_WIDE: Final = 1.1
"""Letters of a French text that fit in the width of one digit, which is the unit of columns."""
_ROOM: Final = 2
"""Lines of a row that waits for a text."""
_HEAD, _TEXT, _ASKED, _ASKED_NUMBER, _DATE, _ASKED_DATE = 1, 2, 3, 4, 5, 6
"""Places in the cell formats of `xlsx_parts.STYLES`."""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: int
    answer: Answer = ""
    """What its empty cells wait for; empty: nothing is to be written there."""
    choices: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        return f"{self.title} (à remplir)" if self.answer else self.title


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    protected: bool = False
    """Only the cells that wait for an answer may be written; no password, so that the buyer can lift it."""


@dataclass(frozen=True, slots=True)
class Workbook:
    title: str
    creator: str
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)


def workbook(book: Workbook) -> bytes:
    names = _names([sheet.name for sheet in book.sheets])
    parts = fixed_parts(book.title, book.creator, names, book.properties)
    texts: dict[str, int] = {}
    for position, sheet in enumerate(book.sheets, 1):
        parts[f"xl/worksheets/sheet{position}.xml"] = DECLARATION + _sheet(sheet, texts)
    parts["xl/sharedStrings.xml"] = shared_strings(list(texts))
    parts["xl/styles.xml"] = STYLES
    return package(Part.of(name, xml.encode()) for name, xml in parts.items())


def _names(asked: Sequence[str]) -> list[str]:
    """Thirty-one characters, none that Excel refuses, each once."""
    kept: list[str] = []
    for name in asked:
        clean = " ".join(_SHEET_NAME.sub(" ", name).split())[:31].strip() or "Feuille"
        copy = 2
        found = clean
        while found.casefold() in {each.casefold() for each in kept}:
            found = f"{clean[:27]} ({copy})"
            copy += 1
        kept.append(found)
    return kept


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _sheet(sheet: Sheet, texts: dict[str, int]) -> str:
    last = letters(len(sheet.columns))
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{column.width}" customWidth="1"/>'
        for i, column in enumerate(sheet.columns, 1)
    )
    heads = [column.head for column in sheet.columns]
    head = "".join(_cell(title, i, 1, _HEAD, texts) for i, title in enumerate(heads, 1))
    rows = "".join(_row(sheet, row, number, texts) for number, row in enumerate(sheet.rows, 2))
    protection = (
        '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
        if sheet.protected
        else ""
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{len(sheet.rows) + 1}"/>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        'state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f'<sheetData><row r="1"{_height(sheet.columns, heads)}>{head}</row>{rows}</sheetData>'
        f"{protection}{_validations(sheet)}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _row(sheet: Sheet, row: Sequence[Cell], number: int, texts: dict[str, int]) -> str:
    cells = "".join(
        _cell(value, i, number, _format(column, value), texts)
        for i, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1)
    )
    return f'<row r="{number}"{_height(sheet.columns, row)}>{cells}</row>'


def _height(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    """The row as tall as its longest cell: LibreOffice does not work it out when it opens a file, Excel does.

    Not « custom »: the row still grows with what is written in it.
    """
    lines = max(_lines(column, value) for column, value in zip(columns, row, strict=True))
    return f' ht="{min(_TALLEST, lines * _LINE + _AIR):g}"'


def _lines(column: Column, value: Cell) -> int:
    if value in {"", None}:
        return _ROOM if column.answer == "text" else 1
    per_line = max(1, int(column.width * _WIDE) - 1)
    return sum(_wrapped(part, per_line) for part in str(value).split("\n"))


def _wrapped(text: str, per_line: int) -> int:
    """Lines that the words of a text take; a word longer than a line is cut."""
    lines, used = 1, 0
    for word in text.split(" "):
        if used and used + 1 + len(word) > per_line:
            lines, used = lines + 1, 0
        cut, rest = divmod(len(word), per_line) if len(word) > per_line else (0, len(word))
        lines, used = lines + cut, used + rest + bool(used)
    return lines


def _format(column: Column, value: Cell) -> int:
    if value not in {"", None}:
        return _DATE if isinstance(value, date) else _TEXT
    return {"": _TEXT, "number": _ASKED_NUMBER, "date": _ASKED_DATE}.get(column.answer, _ASKED)


def _cell(value: Cell, column: int, row: int, style: int, texts: dict[str, int]) -> str:
    at = f'<c r="{letters(column)}{row}" s="{style}"'
    if value is None or value == "":
        return f"{at}/>"
    if isinstance(value, date):
        return f"{at}><v>{(value - _EPOCH).days}</v></c>"
    if isinstance(value, int | Decimal):
        return f"{at}><v>{value}</v></c>"
    text = escape(_ESCAPED.sub("_x005F_", value[:_LONGEST]).replace("\r\n", "\n").replace("\r", "\n"))
    return f'{at} t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'


def _asked_cells(sheet: Sheet, column: int) -> Iterator[str]:
    """The ranges of a column that wait for an answer."""
    start = None
    for number, row in enumerate([*sheet.rows, ("x",) * len(sheet.columns)], 2):
        waits = row[column] in {"", None}
        if waits and start is None:
            start = number
        if not waits and start is not None:
            name = letters(column + 1)
            yield f"{name}{start}" if start == number - 1 else f"{name}{start}:{name}{number - 1}"
            start = None


_RULES: Final = {
    "text": (
        'type="textLength" operator="lessThanOrEqual"',
        "<formula1>5000</formula1>",
        "Texte de 5 000 signes au plus.",
    ),
    "number": (
        'type="decimal" operator="between"',
        "<formula1>-1000000000</formula1><formula2>1000000000</formula2>",
        "Un nombre, par exemple 12,50.",
    ),
    "date": ('type="date" operator="greaterThan"', "<formula1>36526</formula1>", "Une date, par exemple 15/03/2027."),
}


def _validations(sheet: Sheet) -> str:
    found = []
    for place, column in enumerate(sheet.columns):
        cells = " ".join(_asked_cells(sheet, place)) if column.answer else ""
        if not cells:
            continue
        if column.answer == "choice":
            listed = attribute(",".join(column.choices))
            kind, formulas, hint = 'type="list"', f'<formula1>"{listed}"</formula1>', "À choisir dans la liste."
        else:
            kind, formulas, hint = _RULES[column.answer]
        found.append(
            f'<dataValidation {kind} allowBlank="1" showInputMessage="1" showErrorMessage="1" '
            f'errorTitle="À corriger" error="{hint}" promptTitle="{attribute(column.title[:32])}" prompt="{hint}" '
            f'sqref="{cells}">{formulas}</dataValidation>'
        )
    return f'<dataValidations count="{len(found)}">{"".join(found)}</dataValidations>' if found else ""
