"""Who tries the contract beside a visitor: people signed in on the server's own database, with objects of theirs.

Each tries the routes that their role opens, on the objects that `tests.access.planted` made for them, and sends
`If-Match: *`: what answers is then the act itself, and not its door.
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from fastapi import FastAPI

from app.accounts.rules import PlatformRoleName
from app.main import create_app
from app.settings import Settings
from tests.access.census import Census, routes_of
from tests.access.planted import World, plant
from tests.accounts.people import Door, sign_in
from tests.conftest import running

ENDS: Final = frozenset({
    "DELETE /api/v1/session", "DELETE /api/v1/me/sessions", "DELETE /api/v1/me/sessions/{ident}",
    "POST /api/v1/me/erasure", "PUT /api/v1/session/organisation", "PUT /api/v1/me/passphrase",
    "POST /api/v1/me/passphrase", "PUT /api/v1/platform/people/{ident}/roles",
    "PUT /api/v1/platform/people/{ident}/suspension",
    "PUT /api/v1/organisations/{ident}/members/{person_id}",
    "PUT /api/v1/organisations/{ident}/verification", "POST /api/v1/organisations",
})  # fmt: skip
"""What would sign its caller out, or leave them without their house: tried by the visitor, and by their own tests."""


@dataclass(frozen=True, slots=True)
class Identity:
    name: str
    headers: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    """Operations that somebody else tries."""
    objects: dict[str, dict[str, str]] = field(default_factory=dict)
    """Operation → the parameters of its path."""

    def configuration(self) -> str:
        """In the words of Schemathesis' own file."""
        said = []
        if self.left_out:
            said.append(f"[[operations]]\ninclude-name = {json.dumps(self.left_out)}\nenabled = false\n")
        for row, (name, values) in enumerate(self.objects.items()):
            bound = ""
            for key, value in values.items():
                known = json.dumps(int(value) if value.isdigit() and len(value) < 14 else value)
                said.append(f"[dictionaries.d{row}-{key}]\nvalues = [{known}]\n")
                bound += f'{json.dumps(f"path.{key}")} = {{dictionary = "d{row}-{key}", probability = 1.0}}\n'
            said.append(f"[[operations]]\ninclude-name = {json.dumps(name)}\n[operations.parameters]\n{bound}")
        return "\n".join(said)


VISITOR: Final = Identity("visiteur")


def _tries(row: Census, who: str) -> bool:
    """Each route is tried by one identity: a protected one by whom it is made for."""
    guard = row.guard
    if guard.public or who == VISITOR.name:
        return guard.public and who == VISITOR.name
    if row.name in ENDS:
        return False
    if guard.platform:
        return who == ("plateforme" if PlatformRoleName.PLATFORM_ADMIN in guard.platform else "rédaction")
    return who == ("entreprise" if guard.side == "firm" else "acheteur")


def _objects(world: World, rows: list[Census]) -> Iterator[tuple[str, dict[str, str]]]:
    for row in rows:
        # What is removed is somebody else's: the rest of the run needs its objects.
        if row.method == "DELETE" or "{" not in row.path:
            continue
        known = world.values(row.path)
        inner = next((ident for path, ident in world.inner.items() if row.path.startswith(path)), "")
        names = [part[1:-1] for part in row.path.split("/") if part.startswith("{")]
        values = {name: known[name] for name in names if name in known}
        if inner and names[-1] != "ident":
            values[names[-1]] = inner
        if values:
            yield row.name, values


def _identity(app: FastAPI, world: World, who: str, door: Door) -> Identity:
    rows = routes_of(app)
    tried = [row for row in rows if _tries(row, who)]
    left_out = tuple(sorted({row.name for row in rows} - {row.name for row in tried}))
    if who == VISITOR.name:
        return Identity(who, {}, left_out)
    headers: dict[str, Any] = {name: door.headers[name] for name in ("origin", "x-csrf-token")}
    headers |= {"Cookie": f"session={door.cookies['session']}", "If-Match": "*"}
    return Identity(who, headers, left_out, dict(_objects(world, tried)))


async def _edition(client: httpx.AsyncClient) -> Door:
    """One person for both readings of a clause."""
    await sign_in(client, role="legal_reviewer", name="contrat")
    return await sign_in(client, role="editor", name="contrat")


async def _people(url: str, settings: Settings) -> list[Identity]:
    app = create_app(settings, database_url=url)
    async with running(app) as client:
        world = await plant(client)
        doors = {
            VISITOR.name: await sign_in(client, role="visitor"),
            "acheteur": world.buyer,
            "entreprise": world.firm,
            "rédaction": await _edition(client),
            "plateforme": await sign_in(client, role="platform_admin"),
        }
        return [_identity(app, world, who, door) for who, door in doors.items()]


def people_of(url: str, settings: Settings) -> list[Identity]:
    """Signed in for the time of a run, on a database that the server reads too."""
    return asyncio.run(_people(url, settings))
