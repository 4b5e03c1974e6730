"""A clause's values, as they come in a request: read and held to the bounds of their variable."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from app.documents.xml import illegal_character
from app.library.record import ClauseRecord, Variable
from app.library.values import shown

_WHOLE: Final = frozenset({"integer", "days", "months", "years"})


class BadValue(ValueError):  # noqa: N818 (a value, not an event)
    """The sentence says what to change."""


def _decimal(value: Any) -> Decimal:  # noqa: ANN401 (a value of a JSON body)
    if isinstance(value, bool):
        raise BadValue("Un nombre est attendu.")
    text = re.sub(r"[\s\u00a0\u202f]", "", str(value)).replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise BadValue("Un nombre est attendu.") from None
    if not found.is_finite():
        raise BadValue("Un nombre fini est attendu.")
    return found


def _bounded(variable: Variable, value: Any) -> Decimal:  # noqa: ANN401
    found = _decimal(value)
    if variable.type in _WHOLE and found != found.to_integral_value():
        raise BadValue("Un nombre entier est attendu.")
    low, high = variable.min, variable.max
    if (low is not None and found < low) or (high is not None and found > high):
        bounds = f"entre {shown(variable, low)} et {shown(variable, high)}"
        raise BadValue(f"La valeur doit être comprise {bounds}.")
    return found


def _date(value: Any) -> date:  # noqa: ANN401
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadValue("Une date est attendue, sous la forme AAAA-MM-JJ.") from None


def read(variable: Variable, value: Any) -> Decimal | date | str:  # noqa: ANN401
    """The value, within the bounds of its variable, or `BadValue`."""
    if variable.numeric:
        return _bounded(variable, value)
    if variable.type == "date":
        return _date(value)
    if not isinstance(value, str):
        raise BadValue("Un texte est attendu.")
    if variable.type == "choice" and value not in variable.choices:
        raise BadValue(f"La valeur est à prendre dans cette liste : {', '.join(variable.choices)}.")
    if len(value) > variable.max_length:
        raise BadValue(f"Ce texte est trop long : {variable.max_length} caractères au plus.")
    if found := illegal_character(value):
        raise BadValue(ILLEGAL.format(found))
    return value


ILLEGAL: Final = "Ce texte contient un caractère de contrôle ({}) qu’un document ne peut pas contenir : supprimez-le."


def printed(
    record: ClauseRecord, values: Mapping[str, Any], blank: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Variable → what the document prints (a visible blank where nothing is said); variable → why it is refused."""
    made: dict[str, str] = {}
    refused = dict.fromkeys({*values, *blank} - set(record.variables), "La clause n’a pas cette variable.")
    for name, variable in record.variables.items():
        value = values.get(name, variable.default)
        try:
            empty = name in blank or value is None or value == ""
            made[name] = shown(variable, None if empty else read(variable, value))
        except BadValue as error:
            refused[name] = f"{variable.label} : {error}"
    return made, refused
