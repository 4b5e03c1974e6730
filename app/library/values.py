"""How a variable of a wording is shown: its value with its unit, or what is still to be filled in."""

import re
from datetime import date
from decimal import Decimal

from app.library.record import Variable
from app.text.typography import NARROW, NBSP

Value = Decimal | date | str | None


def shown(variable: Variable, value: Value) -> str:
    """« 20 % », « 1 200 € », « 21 août 2026 »; « [libellé] » without a value."""
    if value is None or value == "":
        return f"[{variable.label}]"
    if isinstance(value, Decimal):
        cents = variable.type == "amount" and value != value.to_integral_value()
        text = number(value, places=2 if cents else None)
        unit = variable.unit
        if variable.type in {"months", "years", "days", "integer", "decimal"} and abs(value) < 2:  # noqa: PLR2004
            unit = _PLURAL.sub("", unit)  # « 1 an », « 1 jour ouvré », « 1 mois »
        return f"{text}{NBSP}{unit}" if unit else text
    if isinstance(value, date):
        return long_date(value)
    return f"{value}{NBSP}{variable.unit}" if variable.unit else value


_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


_PLURAL = re.compile(r"(?<=\w\w)(?<!\bmoi)(?<!\brepa)(?<!\bfoi)s\b")


def long_date(day: date) -> str:
    return f"{day.day}{'er' if day.day == 1 else ''}{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def number(value: Decimal, *, places: int | None = None) -> str:
    """« 12 500,5 », or with a fixed number of decimals."""
    plain = f"{value.normalize():f}" if places is None else f"{value:.{places}f}"
    whole, _, rest = plain.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(digits):,}".replace(",", NARROW)
    return f"{sign}{groups},{rest}" if rest else f"{sign}{groups}"
