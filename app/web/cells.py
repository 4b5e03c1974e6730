"""Cells of a CSV: what a spreadsheet would run as a formula is said to be text."""

from typing import Final

# OWASP: a cell that starts so is run on opening; the full-width forms are read as the same by Excel in Asian locales.
_RUN: Final = frozenset("=+-@\t\r\n＝＋－＠")


def safe_cell(value: object) -> str:
    """The value as text; an apostrophe in front of what would be run, unless it is a number."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in _RUN and not _is_number(text) else text


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()
