"""The spaces of the network: `clauses/network/spaces.yaml`, with what an administrator changed since."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database.engine import DbSession
from app.network.models_people import NetworkSpace
from app.text.typography import french


class Space(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")
    title: str = Field(min_length=3, max_length=120)
    text: str = Field(min_length=10, max_length=300)
    read_first: bool = False
    """A moderator reads each message before it is shown."""
    open: bool = True
    """Closed: still read, nothing more is written."""
    rank: int = 0
    """Its place in the list."""
    version: int = 0
    """0: as in the file."""


@lru_cache(maxsize=4)
def read_spaces(root: Path) -> dict[str, Space]:
    """As in the file, in its order."""
    raw = yaml.safe_load(french((root / "network" / "spaces.yaml").read_text(encoding="utf-8")))
    spaces = [Space.model_validate({**one, "rank": place}) for place, one in enumerate(raw, start=1)]
    return {space.code: space for space in spaces}


async def spaces_now(session: AsyncSession, root: Path) -> dict[str, Space]:
    """By rank; a space that left the file keeps its row, unseen, until the file names it again."""
    known = dict(read_spaces(root))
    for row in await session.scalars(select(NetworkSpace)):
        if row.code in known:
            known[row.code] = Space.model_validate({name: getattr(row, name) for name in Space.model_fields})
    return {one.code: one for one in sorted(known.values(), key=lambda one: (one.rank, one.code))}


async def _spaces(request: Request, session: DbSession) -> dict[str, Space]:
    return await spaces_now(session, request.app.state.settings.clauses)


Spaces = Annotated[dict[str, Space], Depends(_spaces)]
