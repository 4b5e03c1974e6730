"""One's personal data: everything that refers to somebody, found through the schema itself; and its erasure."""

import io
import json
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Table, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.models import Invitation, JoinRequest, Membership, OidcIdentity, Organisation, Person, PlatformRole
from app.accounts.models_access import ApiKey, OneTimeLink, Passkey, RecoveryCode, Totp, UserSession
from app.accounts.models_trail import AuditEvent, SecurityEvent
from app.accounts.rules import Role
from app.accounts.sessions import now
from app.database.engine import Base
from app.outbound.models import Mail, SuppressedAddress

_SECRET: Final = {"sealed_secret", "sealed_former", "public_key", "credential_id", "id_token", "flow"}
_OWN: Final = (UserSession, ApiKey, Passkey, Totp, RecoveryCode, OneTimeLink, OidcIdentity, Membership, PlatformRole)
Eraser = Callable[[AsyncSession, int], Awaitable[None]]
ERASERS: Final[list[Eraser]] = []
"""Rooms that keep personal data beyond a signature add here what an erasure must do."""


def references() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column of the database that points to a person: a new table is exported without being told."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys):
                yield table, column


def _shown(table: Table) -> list[Column[Any]]:
    return [c for c in table.columns if c.name not in _SECRET and not c.name.endswith("_hash")]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


async def gather(session: AsyncSession, person: Person) -> dict[str, list[dict[str, Any]]]:
    """By table: the rows of this person, without the secrets."""
    found: dict[str, list[dict[str, Any]]] = {}

    async def add(table: Table, condition: Any) -> None:  # noqa: ANN401 (a SQL condition)
        rows = (await session.execute(select(*_shown(table)).where(condition))).mappings()
        kept = found.setdefault(table.name, [])
        kept.extend(one for row in rows if (one := {k: _plain(v) for k, v in row.items()}) not in kept)

    await add(Person.__table__, Person.__table__.c.id == person.id)  # type: ignore[arg-type]
    for table, column in references():
        await add(table, column == person.id)
    await add(AuditEvent.__table__, AuditEvent.person_id == person.id)  # type: ignore[arg-type]
    await add(Mail.__table__, Mail.recipient == person.email)  # type: ignore[arg-type]
    await add(SuppressedAddress.__table__, SuppressedAddress.email == person.email)  # type: ignore[arg-type]
    await add(Invitation.__table__, Invitation.email == person.email)  # type: ignore[arg-type]
    return {name: rows for name, rows in found.items() if rows}


async def export(session: AsyncSession, person: Person) -> bytes:
    """A ZIP: one JSON file for each kind of data, and a note that says what it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LISEZ-MOI.txt", _NOTE)
        for name, rows in (await gather(session, person)).items():
            archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=1))
    return packed.getvalue()


_NOTE: Final = (
    "Vos données personnelles sur Clausier : un fichier JSON par sorte de données.\n"
    "Les secrets (empreintes, clés) n’y sont pas. Durées de conservation : page « Données personnelles » du site.\n"
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
    email = person.email
    for eraser in ERASERS:
        await eraser(session, person.id)
    for table in (*_OWN, JoinRequest, SecurityEvent):
        await session.execute(delete(table).where(table.person_id == person.id))
    await session.execute(update(Invitation).where(Invitation.invited_by == person.id).values(invited_by=None))
    await session.execute(delete(Invitation).where(Invitation.email == email))
    await session.execute(delete(OneTimeLink).where(OneTimeLink.email == email))
    await session.execute(delete(Mail).where(Mail.recipient == email))
    await session.execute(delete(SuppressedAddress).where(SuppressedAddress.email == email))
    person.email, person.given_name, person.family_name = None, "", ""
    person.password_hash, person.email_verified_at, person.erased_at = None, None, now()
    await session.flush()
    audit.record(session, None, "person.erased", person)
