"""The first operator, and the roles of the platform: given from the command line, told in the trail."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.links import make_link
from app.accounts.models import Person, PlatformRole
from app.accounts.rules import PlatformRoleName
from app.settings import Settings


async def create_admin(session: AsyncSession, settings: Settings, email: str) -> str:
    """The one-time link that opens the account of a platform administrator, who then adds a second factor."""
    address = email.strip().lower()
    person = (await session.execute(select(Person).where(Person.email == address))).scalar_one_or_none()
    if person is None:
        person = Person(email=address)
        session.add(person)
        await session.flush()
    await session.merge(PlatformRole(person_id=person.id, role=PlatformRoleName.PLATFORM_ADMIN))
    audit.record(session, None, "platform_role.given", person, {"role": PlatformRoleName.PLATFORM_ADMIN})
    return await make_link(session, settings, "operator", address, person.id)
