"""What a JSON body is held to: the fields it may have, and values of the very type that the contract names.

Pydantic reads `0` as false, `true` as 1 and a number as a date (seconds since 1970): each would be a silent mistake.
"""

from typing import Any, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


def _boolean(value: object) -> object:
    if not isinstance(value, bool):
        raise PydanticKnownError("bool_type")
    return value


def _no_number(value: object) -> object:
    if isinstance(value, int | float):
        raise PydanticKnownError("date_type")
    return value


def _no_nul(value: object) -> object:
    """NUL is no letter of any language, and PostgreSQL keeps no text that holds one."""
    if isinstance(value, str) and "\x00" in value:
        raise PydanticCustomError("nul", "U+0000")
    return value


_CHECKS = {
    "str": _no_nul,
    "int": _no_boolean,
    "float": _no_boolean,
    "decimal": _no_boolean,
    "bool": _boolean,
    "date": _no_number,
    "datetime": _no_number,
}
_INNER = ("schema", "items_schema", "keys_schema", "values_schema", "json_schema", "python_schema")


def _exact(schema: Any) -> Any:  # noqa: ANN401 (a core schema is a tree of dictionaries)
    """The same schema, its leaves guarded; nested models guard themselves."""
    if schema["type"] == "model":
        return schema
    if check := _CHECKS.get(schema["type"]):
        return core_schema.no_info_before_validator_function(check, cast("CoreSchema", schema))
    changed = dict(schema)
    for name in _INNER:
        if isinstance(changed.get(name), dict) and "type" in changed[name]:
            changed[name] = _exact(changed[name])
    if isinstance(changed.get("items_schema"), list):
        changed["items_schema"] = [_exact(item) for item in changed["items_schema"]]
    if "choices" in changed and isinstance(changed["choices"], list):
        changed["choices"] = [
            (_exact(choice[0]), *choice[1:]) if isinstance(choice, tuple) else _exact(choice)
            for choice in changed["choices"]
        ]
    if schema["type"] == "model-fields":
        changed["fields"] = {
            name: {**field, "schema": _exact(field["schema"])} for name, field in schema["fields"].items()
        }
    return changed


class Strict(BaseModel):
    """The base of every body; `1.0` is still an integer and « 12.50 » still an exact decimal, as JSON Schema says."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        schema = handler(source)
        model = cast("dict[str, Any]", schema)
        while model["type"] not in {"model", "definition-ref"} and "schema" in model:
            model = model["schema"]
        if model["type"] == "model":
            model["schema"] = _exact(model["schema"])
        return schema
