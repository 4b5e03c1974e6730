"""The crawl that looks for marks: every GET route, searches, formats, pages, tools, feeds, letters, logs, error bodies.

`async for where, text in crawl(app, door, world)` gives all that one identity can be shown. Shared with the rooms that
send things out (letters, webhooks): `leaks(text, world, allowed)` says which marks a text lets out.
"""

import io
import json
import re
import zipfile
from collections.abc import AsyncIterator, Iterable
from typing import Any, Final

import httpx
from fastapi import FastAPI
from sqlalchemy import text as sql

from tests.access.census import Census, routes_of
from tests.access.planted import World
from tests.accounts.people import Door

API: Final = "/api/v1"
SEARCHED: Final = ("clauses", "firms", "offers", "purchases", "network/questions", "cpv", "suggestions", "programmes")
FORMATS: Final = ("text/html", "text/markdown", "application/ld+json")
PAGES: Final = (
    "/",
    "/clauses",
    "/clauses/CEC-MOB-001",
    "/charte",
    "/entreprises",
    "/sourcages",
    "/signataires",
    "/api",
)
_ESCAPED: Final = re.compile(r"\\u([0-9a-f]{4})")


def readable(answer: httpx.Response) -> str:
    """The body and the headers as text; the parts of a DOCX or XLSX too."""
    content = answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    text = f"{content.decode('utf-8', errors='replace')}\n{answer.headers}"
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def leaks(text: str, world: World, allowed: Iterable[str] = ()) -> list[str]:
    """The marks that a text shows and that only others may read."""
    kept = set(allowed)
    return [mark for mark, whose in world.marks.items() if whose not in kept and mark in text]


def reads(app: FastAPI) -> list[Census]:
    return [row for row in routes_of(app) if row.method == "GET" and row.path != "/{path:path}"]


async def crawl(app: FastAPI, door: Door, world: World, room: str = "") -> AsyncIterator[tuple[str, str]]:
    """With a room, the routes of this one only."""
    for row in reads(app):
        if not row.room.startswith(room):
            continue
        address = row.address(world.values(row.path))
        yield address, readable(await door.get(address))
        if row.path.count("/") == 3 and "{" not in row.path:
            yield f"{address}?limit=100", readable(await door.get(address, params={"limit": 100}))
    if room:
        return
    async for found in _asked(door, world):
        yield found
    async for found in _tools(door, world):
        yield found


async def _asked(door: Door, world: World) -> AsyncIterator[tuple[str, str]]:
    """Searches, other formats of what is public, pages without JavaScript."""
    for mark in [mark for mark in world.marks if mark.startswith("canari")][::8]:
        for place in SEARCHED:
            # Half of it: what a page says back of the question is then no leak.
            found = await door.get(f"{API}/{place}", params={"q": mark.rpartition(" ")[0][-30:]})
            yield str(found.url), readable(found)
    for address in (f"{API}/clauses/CEC-MOB-001", f"{API}/published-sourcings/{world.values('published')['ident']}"):
        for accept in FORMATS:
            yield f"{address} ({accept})", readable(await door.get(address, headers={"Accept": accept}))
    for page in PAGES:
        yield page, readable(await door.get(page, headers={"Accept": "text/html"}))


async def _tools(door: Door, world: World) -> AsyncIterator[tuple[str, str]]:
    """The same questions asked as an assistant does."""
    mark = next(iter(world.marks)).rpartition(" ")[0]
    calls: dict[str, dict[str, Any]] = {
        "chercher_clauses": {"q": mark},
        "lire_clause": {"id": "CEC-MOB-001"},
    }
    for name, arguments in calls.items():
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
        headers = {"Accept": "application/json, text/event-stream", "Host": "127.0.0.1:8000"}
        yield f"mcp {name}", readable(await door.post("/mcp", json=body, headers=headers))


async def letters(app: FastAPI, world: World) -> AsyncIterator[tuple[str, str]]:
    """Letters to everybody but the two houses, and the jobs that wait."""
    inside = {world.buyer.email, world.firm.email}
    async with app.state.sessions() as session:
        for row in (await session.execute(sql("SELECT recipient, subject, body FROM mail"))).all():
            if row.recipient not in inside:
                yield f"letter to {row.recipient}", f"{row.subject}\n{row.body}"
        for row in (await session.execute(sql("SELECT task_name, args FROM jobs.procrastinate_jobs"))).all():
            yield f"job {row.task_name}", json.dumps(row.args, ensure_ascii=False)
