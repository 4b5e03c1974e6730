"""The spaces of the network, as data: `clauses/network/spaces.yaml`."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from app.text.typography import french


class Space(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")
    title: str = Field(min_length=3, max_length=120)
    text: str = Field(min_length=10, max_length=300)
    read_first: bool = False
    """A moderator reads each message before it is shown."""


@lru_cache(maxsize=4)
def read_spaces(root: Path) -> dict[str, Space]:
    raw = yaml.safe_load(french((root / "network" / "spaces.yaml").read_text(encoding="utf-8")))
    spaces = [Space.model_validate(one) for one in raw]
    return {space.code: space for space in spaces}
