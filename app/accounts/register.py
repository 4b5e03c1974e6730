"""The register of personal data, read once from `register.yaml`."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, TypeAdapter

from app.text.typography import french

Said = Annotated[str, AfterValidator(french)]


class Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    data: Said
    purpose: Said
    basis: Said
    kept: Said
    then: Said
    days: int | None
    """How many days the nightly purge waits; null: it has nothing to do."""
    tables: list[str]


@lru_cache
def register() -> tuple[Kept, ...]:
    text = (Path(__file__).parent / "register.yaml").read_text(encoding="utf-8")
    return tuple(TypeAdapter(list[Kept]).validate_python(yaml.safe_load(text)))


def days_of(code: str) -> int:
    days = next(row.days for row in register() if row.code == code)
    if days is None:
        raise KeyError(code)
    return days
