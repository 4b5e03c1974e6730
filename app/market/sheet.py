"""The lines of a CSV or of the first sheet of an XLSX that somebody sent, as text.

`read_sheet` runs in a bounded process (`app.documents.bounded`): a hostile workbook costs nothing to the server.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.documents.archive import Archive
from app.documents.refused import Refused

MOST_LINES: Final = 2000


def read_sheet(asked: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """For `bounded.run`: the lines of the first sheet, as text; `most`: how many are worth reading."""
    return {"lines": list(_lines(content, int(asked.get("most", MOST_LINES))))}, b""


def _lines(content: bytes, most: int) -> Iterator[list[str]]:
    if content.startswith(b"PK\x03\x04"):
        yield from _workbook(content, most)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise Refused("damaged")
    first = text.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            if number > most + 1:
                return
            yield [cell.strip()[:1000] for cell in row[:50]]
    except csv.Error as error:
        raise Refused("damaged") from error


def _workbook(content: bytes, most: int) -> Iterator[list[str]]:
    Archive(content)
    from openpyxl import load_workbook  # noqa: PLC0415 (slow, and only in the bounded process)

    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        for row in sheet.iter_rows(max_row=most + 2, max_col=50, values_only=True):
            yield [_cell(value) for value in row]
    except (KeyError, ValueError, IndexError, TypeError, AttributeError, OSError) as error:
        raise Refused("damaged") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "date"):
        return str(value.date())
    return str(value).strip()[:1000]
