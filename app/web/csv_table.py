"""A CSV that a spreadsheet opens in French and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from app.web.cells import safe_cell

Rows = Iterable[Sequence[object]]


def table(head: Sequence[str], rows: Rows) -> bytes:
    """In UTF-8 with its mark; a cell that a spreadsheet would run is told as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[safe_cell(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()
