"""People for the tests of every room: `await sign_in(client, role="writer", organisation="A")`.

Roles: visitor; reader, writer, administrator of an organisation ("A" and "B" are buyers, "firm" and "firm2" firms, or
what `make_organisation` gave); editor, legal_reviewer, platform_admin; key_reader and key_writer (an API key).
The same role in the same organisation is the same person, unless `name` says another.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, Final

import httpx
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Membership, Organisation, Person, PlatformRole
from app.accounts.models_access import ApiKey, UserSession
from app.accounts.origin import CSRF_HEADER
from app.accounts.rules import ABSOLUTE, OrganisationKind, PlatformRoleName, Role, Verification, siret_of
from app.accounts.sessions import now
from app.accounts.tokens import csrf_of, hash_of, new_api_key, new_token

ORIGIN: Final = "http://127.0.0.1:8000"
"""The `public_url` of the settings of the tests."""
_PLATFORM: Final = {role.value for role in PlatformRoleName}
_NUMBERS = count(1)


def siret_for(number: int) -> str:
    """A valid SIRET that belongs to nobody real: SIREN 999…, checked by Luhn."""
    siren = next(s for n in range(10) if siret_of((s := f"999{number:05d}{n}") + _nic(s)))
    return siren + _nic(siren)


def _nic(siren: str) -> str:
    return next((nic for n in range(10) if siret_of(siren + (nic := f"0001{n}"))), "00010")


@dataclass(frozen=True)
class Org:
    id: int
    siret: str
    name: str
    kind: OrganisationKind


_FIXED: Final = {
    "A": (siret_for(80001), OrganisationKind.LOCAL_AUTHORITY, "Commune A"),
    "B": (siret_for(80002), OrganisationKind.PUBLIC_ESTABLISHMENT, "Établissement B"),
    "firm": (siret_for(80003), OrganisationKind.FIRM, "Atelier Bois"),
    "firm2": (siret_for(80004), OrganisationKind.FIRM, "Éco Papier"),
}


class Door(httpx.AsyncClient):
    """A client that is already somebody: cookie, Origin and CSRF token, or an API key."""

    person_id: int = 0
    organisation_id: int = 0
    email: str = ""


def _app_of(client: httpx.AsyncClient) -> FastAPI:
    app = client._transport.app  # type: ignore[attr-defined]
    assert isinstance(app, FastAPI)
    return app


def _door(app: FastAPI) -> Door:
    # Each from a network of its own: the limits per network are real, and tests are many.
    number = next(_NUMBERS)
    transport = httpx.ASGITransport(app=app, client=(f"10.{number // 250 % 250}.{number % 250}.7", 4000))
    return Door(transport=transport, base_url="http://clausier.test", headers={"Origin": ORIGIN})


async def make_organisation(
    client: httpx.AsyncClient,
    *,
    kind: OrganisationKind = OrganisationKind.LOCAL_AUTHORITY,
    name: str = "",
    department: str = "69",
    siret: str = "",
) -> Org:
    """An organisation of its own, verified, that no other test shares."""
    async with _app_of(client).state.sessions() as session, session.begin():
        # The session survives in the database of the worker only: numbers start again with each process.
        number = next(_NUMBERS)
        row = await _organisation(session, siret or siret_for(number), kind, name or f"Organisation {number}")
        row.department = department
        return Org(row.id, row.siret, row.name, row.kind)


async def _organisation(session: AsyncSession, siret: str, kind: OrganisationKind, name: str) -> Organisation:
    found = (await session.execute(select(Organisation).where(Organisation.siret == siret))).scalar_one_or_none()
    if found is None:
        found = Organisation(
            siret=siret, kind=kind, name=name, department="69", verification=Verification.VERIFIED, verified_at=now()
        )
        session.add(found)
        await session.flush()
    return found


async def _person(session: AsyncSession, email: str, given: str, family: str) -> Person:
    found = (await session.execute(select(Person).where(Person.email == email))).scalar_one_or_none()
    if found is None:
        found = Person(email=email, given_name=given, family_name=family, email_verified_at=now())
        session.add(found)
        await session.flush()
    return found


async def sign_in(  # noqa: PLR0913 (each is a fact about the person)
    client: httpx.AsyncClient,
    *,
    role: str = "writer",
    organisation: str | Org = "A",
    name: str = "",
    strong: bool = True,
    fresh: bool = True,
    scopes: list[str] | None = None,
) -> Door:
    """A ready client for this identity, on the application of `client`."""
    app = _app_of(client)
    door = _door(app)
    if role == "visitor":
        return door
    async with app.state.sessions() as session, session.begin():
        label = "platform" if role in _PLATFORM else (organisation if isinstance(organisation, str) else "")
        label = label or f"o{organisation.id}"  # type: ignore[union-attr]
        email = f"{name or role}.{label}@exemple.test".lower()
        person = await _person(session, email, (name or role).capitalize(), label.capitalize())
        door.person_id, door.email = person.id, email
        if role in _PLATFORM:
            await session.merge(PlatformRole(person_id=person.id, role=PlatformRoleName(role)))
            org_id = None
        else:
            org_id = await _join(session, person, role, organisation)
            door.organisation_id = org_id
        if role.startswith("key_"):
            assert org_id
            door.headers["Authorization"] = f"Bearer {_key(session, person, org_id, role, scopes)}"
            return door
        _open(session, door, person, org_id, strong=strong, fresh=fresh)
    return door


async def _join(session: AsyncSession, person: Person, role: str, organisation: str | Org) -> int:
    siret, kind, title = (
        _FIXED[organisation]
        if isinstance(organisation, str)
        else (organisation.siret, organisation.kind, organisation.name)
    )
    org = await _organisation(session, siret, kind, title)
    held = Role({"key_reader": "reader", "key_writer": "writer"}.get(role, role))
    await session.merge(Membership(person_id=person.id, organisation_id=org.id, role=held, version=1))
    return org.id


def _key(session: AsyncSession, person: Person, organisation_id: int, role: str, scopes: list[str] | None) -> str:
    key, prefix = new_api_key()
    session.add(
        ApiKey(
            person_id=person.id,
            organisation_id=organisation_id,
            name=prefix,
            prefix=prefix,
            key_hash=hash_of(key),
            scopes=scopes if scopes is not None else ["lecture"] + ["ecriture"] * (role == "key_writer"),
            expires_at=now() + timedelta(days=30),
        )
    )
    return key


def _open(  # noqa: PLR0913 (the facts of `sign_in`)
    session: AsyncSession, door: Door, person: Person, organisation_id: int | None, *, strong: bool, fresh: bool
) -> None:
    token, moment = new_token(), now()
    facts: dict[str, Any] = {"organisation_id": organisation_id, "method": "passkey", "strong": strong}
    proved = moment if fresh else moment - timedelta(hours=1)
    session.add(
        UserSession(
            token_hash=hash_of(token), person_id=person.id, expires_at=moment + ABSOLUTE, proved_at=proved, **facts
        )
    )
    door.cookies.set("session", token)
    door.headers[CSRF_HEADER] = csrf_of(token)
