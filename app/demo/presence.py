"""Whether a database holds the fictitious region: what every start asks, without reading how the region is made."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Organisation
from app.demo.world import RESERVED


async def is_fictitious(session: AsyncSession) -> bool:
    """Whether invented organisations are in this database."""
    asked = select(Organisation.id).where(Organisation.siret.startswith(RESERVED)).limit(1)
    return await session.scalar(asked) is not None
