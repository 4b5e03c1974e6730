"""What the public dashboard may show: nothing under five contributors, even by subtraction. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

LEAST: Final = 5
"""Contributors (organisations) behind a figure that is shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    code: str
    label: str
    files: int | None
    """None: « non diffusé »."""
    clauses: int | None
    organisations: int | None


def guarded(rows: Sequence[Shown]) -> list[Shown]:
    """The rows, those with too few contributors hidden.

    When what is hidden holds fewer than five contributors together, the total minus what is shown would tell it: the
    smallest shown row is hidden too, until it does not.
    """
    hidden = {row.code: row for row in rows if (row.organisations or 0) < LEAST}
    open_rows = sorted(
        (row for row in rows if row.code not in hidden), key=lambda row: (row.organisations or 0, row.code)
    )
    while hidden and open_rows and sum(row.organisations or 0 for row in hidden.values()) < LEAST:
        smallest = open_rows.pop(0)
        hidden[smallest.code] = smallest
    return [replace(row, files=None, clauses=None, organisations=None) if row.code in hidden else row for row in rows]
