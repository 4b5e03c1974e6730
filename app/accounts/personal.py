"""One's personal data: everything that refers to somebody, found through the schema itself; and its erasure."""

import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.models import Invitation, JoinRequest, Membership, OidcIdentity, Organisation, Person, PlatformRole
from app.accounts.models_access import ApiKey, OneTimeLink, Passkey, RecoveryCode, Totp, UserSession
from app.accounts.models_trail import IdempotencyKey, SecurityEvent
from app.accounts.rules import Role
from app.accounts.sessions import now
from app.accounts.traces import addresses, references, replays, unname
from app.database.engine import Base
from app.outbound.models import Mail, SuppressedAddress

_SECRET: Final = {"sealed_secret", "sealed_former", "public_key", "credential_id", "id_token", "flow", "secret"}
MOST_FILES: Final = 50 * 1024 * 1024
"""What an archive holds of the files that somebody joined: it is made in memory."""
_OWN: Final = (UserSession, ApiKey, Passkey, Totp, RecoveryCode, OneTimeLink, OidcIdentity, Membership, PlatformRole)
Eraser = Callable[[AsyncSession, int], Awaitable[None]]
ERASERS: Final[list[Eraser]] = []
"""Rooms that keep personal data beyond a signature add here what an erasure must do."""


def _is_secret(column: str) -> bool:
    return column in _SECRET or column.endswith("_hash")


class _Takeout:
    """The archive under way: a JSON file for each table, and the files that somebody joined."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.room = archive, MOST_FILES

    def _plain(self, place: str, value: object) -> object:
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, bytes):
            return self._file(place, value)
        return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)

    def _file(self, place: str, content: bytes) -> str:
        if len(content) > self.room:
            return f"Trop lourd pour cette archive ({len(content)} octets) : à télécharger sur l’écran du site."
        self.room -= len(content)
        self.archive.writestr(place, content)
        return place

    def add(self, table: str, rows: list[dict[str, Any]]) -> None:
        told = [
            {name: self._plain(f"fichiers/{table}-{place}-{name}", value) for name, value in row.items()}
            for place, row in enumerate(rows, 1)
        ]
        self.archive.writestr(f"{table}.json", json.dumps(told, ensure_ascii=False, indent=1))


async def gather(session: AsyncSession, person: Person) -> dict[str, list[dict[str, Any]]]:
    """By table: the rows of this person, without the secrets."""
    found: dict[str, list[dict[str, Any]]] = {}
    seen: set[tuple[Any, ...]] = set()

    async def add(table: Table, condition: ColumnElement[bool]) -> None:
        for row in (await session.execute(select(table).where(condition))).mappings():
            key = (table.name, *(row[column.name] for column in table.primary_key))
            if key not in seen:
                seen.add(key)
                shown = {name: value for name, value in row.items() if not _is_secret(name)}
                found.setdefault(table.name, []).append(shown)

    tables = Base.metadata.tables
    await add(tables[Person.__tablename__], Person.id == person.id)
    for table, column in references():
        await add(table, column == person.id)
    for table, column in addresses():
        await add(table, func.lower(column) == person.email)
    await add(tables[IdempotencyKey.__tablename__], replays(person.id))
    return found


async def export(session: AsyncSession, person: Person) -> bytes:
    """A ZIP: one JSON file for each kind of data, the files joined, and a note that says what it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LISEZ-MOI.txt", _NOTE)
        takeout = _Takeout(archive)
        for name, rows in (await gather(session, person)).items():
            takeout.add(name, rows)
    return packed.getvalue()


_NOTE: Final = (
    "Vos données personnelles sur Clausier : un fichier JSON par sorte de données, et le dossier « fichiers » pour\n"
    "les pièces que vous avez jointes. Les secrets (empreintes, clés) n’y sont pas. Durées de conservation : page\n"
    "« Données personnelles » du site.\n"
)


async def alone_in(session: AsyncSession, person_id: int) -> list[str]:
    """The organisations with other members that would lose their last administrator."""
    heads = (
        select(Membership.organisation_id)
        .group_by(Membership.organisation_id)
        .having(
            func.count() > 1,
            func.count().filter(Membership.role == Role.ADMINISTRATOR, Membership.person_id != person_id) == 0,
            func.count().filter(Membership.role == Role.ADMINISTRATOR, Membership.person_id == person_id) == 1,
        )
    )
    asked = select(Organisation.name).where(Organisation.id.in_(heads)).order_by(Organisation.name)
    return list((await session.execute(asked)).scalars())


async def erase(session: AsyncSession, person: Person) -> None:
    """What they wrote stays, signed by nobody; all that names them goes."""
    for eraser in ERASERS:
        await eraser(session, person.id)
    await unname(session, person)
    # An address asked for and not yet confirmed is theirs as well.
    asked = select(OneTimeLink.email).where(OneTimeLink.person_id == person.id)
    emails = {person.email or "", *await session.scalars(asked)} - {""}
    await session.execute(delete(IdempotencyKey).where(replays(person.id)))
    for table in (*_OWN, JoinRequest, SecurityEvent):
        await session.execute(delete(table).where(table.person_id == person.id))
    await session.execute(update(Invitation).where(Invitation.invited_by == person.id).values(invited_by=None))
    for column in (Invitation.email, OneTimeLink.email, Mail.recipient, SuppressedAddress.email):
        await session.execute(delete(column.class_).where(column.in_(emails)))
    person.email, person.given_name, person.family_name = None, "", ""
    person.password_hash, person.email_verified_at, person.erased_at = None, None, now()
    person.last_login_at = person.notified_at = None
    await session.flush()
    audit.record(session, None, "person.erased", person)
