"""A CSV that a spreadsheet opens in French and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence

Rows = Iterable[Sequence[object]]


def table(head: Sequence[str], rows: Rows) -> bytes:
    """In UTF-8 with its mark; a cell that a spreadsheet would run is told as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()
