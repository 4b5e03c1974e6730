"""The number that a clause is measured by, among its variables. Pure over a clause record."""

from decimal import Decimal
from typing import Final

from app.library.record import ClauseRecord, Variable
from app.market.depth import Scale

_NOT_A_PERFORMANCE: Final = (
    "poids", "penalite", "prime", "taux_avance", "part_fixe", "note", "etape", "supplement", "bonus", "tolerance",
    "ecart", "baisse", "plafond", "reduction",
)  # fmt: skip
_AT_MOST: Final = ("delai", "casse", "vide", "masse_residuelle", "taux_casse")
_MEASURES: Final = {"percentage", "integer", "decimal", "days", "months", "years"}


def _is_measure(name: str, variable: Variable) -> bool:
    return variable.type in _MEASURES and not name.startswith(_NOT_A_PERFORMANCE)


def scale_of(record: ClauseRecord) -> Scale | None:
    """The first variable that says how far a firm can go; None where the clause is met or not."""
    found = next(((n, v) for n, v in record.variables.items() if _is_measure(n, v)), None)
    if found is None:
        return None
    name, variable = found
    low, high = variable.min or Decimal(0), variable.max or Decimal(0)
    default = variable.default if isinstance(variable.default, Decimal) else low
    return Scale(
        variable=name,
        label=variable.label,
        unit=variable.unit,
        low=low,
        high=high,
        default=default,
        at_most=name.startswith(_AT_MOST),
    )
