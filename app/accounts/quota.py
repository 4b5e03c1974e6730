"""Whose an API key is, for the limits of every caller (`app.web.quota`), which remembers it half a minute."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.accounts.models_access import ApiKey
from app.accounts.sessions import now
from app.accounts.tokens import KEY_FORM, hash_of
from app.web.quota import KeyHolder


def key_holder(sessions: async_sessionmaker[AsyncSession]) -> KeyHolder:
    """The organisation of a living key: all its keys share one allowance."""

    async def holder_of(key: str) -> str | None:
        if not KEY_FORM.fullmatch(key):
            return None
        living = select(ApiKey.organisation_id).where(
            ApiKey.key_hash == hash_of(key), ApiKey.revoked_at.is_(None), ApiKey.expires_at > now()
        )
        async with sessions() as session:
            found = (await session.execute(living)).scalar_one_or_none()
        return None if found is None else str(found)

    return holder_of
