"""From a cookie or a key to a person and the organisation they act for: one query each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.expression import ScalarSelect
from sqlalchemy.types import String
from starlette.requests import Request

from app.accounts import rules
from app.accounts.models import Membership, Organisation, Person, PlatformRole
from app.accounts.models_access import ApiKey, UserSession
from app.accounts.origin import ip_prefix
from app.accounts.rules import PlatformRoleName, Role
from app.accounts.sessions import TOUCH_EVERY, now
from app.accounts.tokens import KEY_FORM, hash_of


@dataclass(frozen=True, slots=True)
class KnownSession:
    session: UserSession
    person: Person
    platform: frozenset[PlatformRoleName]
    organisation: Organisation | None
    role: Role | None


@dataclass(frozen=True, slots=True)
class KnownKey:
    key: ApiKey
    person: Person
    organisation: Organisation
    role: Role


def _platform_roles() -> ScalarSelect[list[str]]:
    roles = func.array_agg(aggregate_order_by(PlatformRole.role, PlatformRole.role), type_=ARRAY(String))
    return select(roles).where(PlatformRole.person_id == Person.id).correlate(Person).scalar_subquery()


async def identify(session: AsyncSession, token: str) -> KnownSession | None:
    """The living session of a cookie; its last use is written at most once a minute."""
    asked = (
        select(UserSession, Person, Organisation, Membership.role, _platform_roles())
        .join(Person, Person.id == UserSession.person_id)
        .outerjoin(
            Membership,
            and_(Membership.person_id == Person.id, Membership.organisation_id == UserSession.organisation_id),
        )
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(UserSession.token_hash == hash_of(token))
    )
    row = (await session.execute(asked)).one_or_none()
    if row is None:
        return None
    found, person, organisation, role, platform = row
    moment = now()
    if person.suspended_at or person.erased_at or rules.session_is_over(found.seen_at, found.expires_at, now=moment):
        return None
    if moment - found.seen_at > TOUCH_EVERY:
        found.seen_at = moment
    names = frozenset(PlatformRoleName(name) for name in platform or ())
    return KnownSession(found, person, names, organisation, role)


async def identify_key(session: AsyncSession, request: Request, key: str) -> KnownKey | None:
    """The living key, as long as its maker belongs to the organisation."""
    if not KEY_FORM.fullmatch(key):
        return None
    asked = (
        select(ApiKey, Person, Organisation, Membership.role)
        .join(Person, Person.id == ApiKey.person_id)
        .join(
            Membership,
            and_(Membership.person_id == ApiKey.person_id, Membership.organisation_id == ApiKey.organisation_id),
        )
        .join(Organisation, Organisation.id == ApiKey.organisation_id)
        .where(ApiKey.key_hash == hash_of(key))
    )
    row = (await session.execute(asked)).one_or_none()
    if row is None:
        return None
    found, person, organisation, role = row
    moment = now()
    if found.revoked_at or found.expires_at <= moment or person.suspended_at or person.erased_at:
        return None
    await _note_use(session, request, found, moment)
    return KnownKey(found, person, organisation, role)


async def _note_use(session: AsyncSession, request: Request, key: ApiKey, moment: datetime) -> None:
    if key.used_at is None or moment - key.used_at > TOUCH_EVERY:
        values = {"used_at": moment, "used_from": ip_prefix(request)}
        await session.execute(update(ApiKey).where(ApiKey.id == key.id).values(values))
