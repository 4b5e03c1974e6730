"""A body says what it means: nothing is guessed from a value of another type."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError, model_validator

from app.web.strict import Strict


class Inner(Strict):
    when: date | None = None


class Body(Strict):
    flag: bool = False
    count: Annotated[int, Field(ge=0, le=9)] | None = None
    price: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    marks: Annotated[list[Annotated[float, Field(gt=0)]], Field(default_factory=list)]
    by_name: Annotated[dict[str, int], Field(default_factory=dict)]
    mixed: int | str | None = None
    inner: Inner = Inner()

    @model_validator(mode="after")
    def _nothing(self) -> "Body":
        return self


@pytest.mark.parametrize(
    ("given", "where", "kind"),
    [
        ({"flag": 0}, ("flag",), "bool_type"),
        ({"flag": "true"}, ("flag",), "bool_type"),
        ({"count": True}, ("count",), "int_type"),
        ({"price": False}, ("price",), "int_type"),
        ({"marks": [True]}, ("marks", 0), "int_type"),
        ({"by_name": {"a": True}}, ("by_name", "a"), "int_type"),
        ({"inner": {"when": 0}}, ("inner", "when"), "date_type"),
        ({"inner": {"other": 0}}, ("inner", "other"), "extra_forbidden"),
        ({"count": 10}, ("count",), "less_than_equal"),
    ],
)
def test_a_value_of_another_type_is_refused(given: dict[str, Any], where: tuple[str, ...], kind: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Body.model_validate(given)
    assert [(error["loc"], error["type"]) for error in refused.value.errors()] == [(where, kind)]


def test_what_json_says_is_kept() -> None:
    body = Body.model_validate(
        {"flag": True, "count": 3.0, "price": "12.50", "marks": [1, 2.5], "mixed": "a", "inner": {"when": "2026-12-01"}}
    )
    assert (body.flag, body.count, body.price, body.marks, body.mixed) == (True, 3, Decimal("12.50"), [1.0, 2.5], "a")
    assert body.inner.when == date(2026, 12, 1)


def test_a_text_that_no_database_keeps_is_refused() -> None:
    with pytest.raises(ValidationError, match="U\\+0000"):
        Body.model_validate({"mixed": "a\x00b"})


def test_the_schema_of_a_body_is_the_one_it_would_have_had() -> None:
    schema = Body.model_json_schema()
    assert schema["properties"]["count"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 9}
    assert schema["properties"]["flag"] == {"type": "boolean", "default": False, "title": "Flag"}
    assert schema["additionalProperties"] is False
