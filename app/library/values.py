"""How a variable of a wording is shown: its value with its unit, or what is still to be filled in."""

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
        number = _number(value)
        unit = variable.unit
        if variable.type in {"months", "years", "days"} and unit.endswith("s") and unit != "mois" and abs(value) < 2:  # noqa: PLR2004
            unit = unit.removesuffix("s")  # « 1 an », « 1 jour »
        return f"{number}{NBSP}{unit}" if unit else number
    if isinstance(value, date):
        return f"{value.day}{'er' if value.day == 1 else ''}{NBSP}{_MONTHS[value.month - 1]} {value.year}"
    return f"{value}{NBSP}{variable.unit}" if variable.unit else value


_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def _number(value: Decimal) -> str:
    whole, _, rest = f"{value.normalize():f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(digits):,}".replace(",", NARROW)
    return f"{sign}{groups},{rest}" if rest else f"{sign}{groups}"
