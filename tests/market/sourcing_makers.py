"""Sourcings for the tests, made through the doors that buyers and firms use."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import time_machine
from sqlalchemy import text as sql

from app.accounts.rules import OrganisationKind
from app.accounts.sessions import now
from app.market.sourcing.rules import PARIS
from tests.accounts.people import Door, Org, make_organisation, sign_in
from tests.market.makers import API, cover, new_firm, new_offer

QUESTION = {"id": "q1", "text": "Part de réemploi", "clause_id": "CEC-MOB-001", "clause_version": 1, "level": 2}
FREE = {"id": "q2", "text": "Quel découpage en lots vous convient ?"}
NEED = "Nous cherchons du mobilier de bureau réemployé pour quarante postes de travail, livré à partir de mars."


async def buyer(client: httpx.AsyncClient, **who: Any) -> Door:
    return await sign_in(client, organisation=await make_organisation(client), **who)


async def org_of(client: httpx.AsyncClient, ident: int) -> Org:
    app: Any = client._transport
    async with app.app.state.sessions() as session:
        row = (
            await session.execute(sql("SELECT siret, name, kind FROM organisation WHERE id = :id"), {"id": ident})
        ).one()
    return Org(ident, row.siret, row.name, OrganisationKind(row.kind))


async def supplier(client: httpx.AsyncClient, *, department: str = "35", name: str = "") -> Door:
    """A firm of the directory that sells furniture there."""
    door, page = await new_firm(client, department=department, name=name)
    await new_offer(door)
    await cover(door, page, {"kind": "department", "code": department})
    return door


async def draft(door: Door, *, file: int | None = None, **fields: Any) -> tuple[int, str]:
    """(id, ETag) of a complete draft, its author's interests declared."""
    made = await door.post(f"{API}/sourcings", json={"title": "Mobilier de bureau", "file_id": file})
    assert made.status_code == 201, made.text
    ident = made.json()["id"]
    body = {
        "title": "Mobilier de bureau",
        "need": NEED,
        "families": ["mobilier"],
        "departments": ["35"],
        "questions": [QUESTION, FREE],
        "closes_on": str((now() + timedelta(days=20)).astimezone(PARIS).date()),
        "closes_hour": "18:00:00",
    } | fields
    written = await door.put(f"{API}/sourcings/{ident}", json=body, headers={"If-Match": made.headers["ETag"]})
    assert written.status_code == 200, written.text
    await door.put(f"{API}/sourcings/{ident}/interests", json={"none": True})
    return ident, written.headers["ETag"]


async def published(door: Door, **fields: Any) -> int:
    ident, tag = await draft(door, **fields)
    done = await door.post(f"{API}/sourcings/{ident}/publication", headers={"If-Match": tag})
    assert done.status_code == 200, done.text
    return ident


async def closing(door: Door, ident: int) -> datetime:
    return datetime.fromisoformat((await door.get(f"{API}/sourcings/{ident}")).json()["closes_at"])


def answer_to(text: str = "", **said: Any) -> dict[str, Any]:
    clause = {"feasibility": "as_written", "level": 2, "cost": "none", "blocker": "nothing", "text": text}
    return {"items": {"q1": clause | said, "q2": {"text": text or "Deux lots."}}}


async def answer(door: Door, ident: int, text: str = "", **said: Any) -> httpx.Response:
    return await door.put(f"{API}/published-sourcings/{ident}/answer", json=answer_to(text, **said))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The server's clock; doors opened before stay signed in for less than a working day only."""
    with time_machine.travel(moment, tick=False):
        yield
