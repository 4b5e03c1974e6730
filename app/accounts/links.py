"""One-time links: the token goes by mail, after the `#` of an address (a server never sees it), its hash stays here."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models_access import OneTimeLink
from app.accounts.refusals import LinkOver
from app.accounts.sessions import now
from app.accounts.tokens import hash_of, new_token
from app.settings import Settings

LIVES: Final = {
    "sign_up": timedelta(hours=24),
    "reset": timedelta(minutes=30),
    "email": timedelta(hours=2),
    "operator": timedelta(hours=24),
}
PAGES: Final = {
    "sign_up": "/creer-un-compte/confirmer",
    "reset": "/mot-de-passe-oublie/choisir",
    "email": "/mon-compte/adresse",
    "operator": "/creer-un-compte/confirmer",
}


def page(settings: Settings, path: str) -> str:
    return settings.public_url.rstrip("/") + path


async def make_link(
    session: AsyncSession, settings: Settings, purpose: str, email: str, person_id: int | None = None
) -> str:
    """A new link; the older ones of the same purpose for this address open nothing more."""
    await session.execute(delete(OneTimeLink).where(OneTimeLink.email == email, OneTimeLink.purpose == purpose))
    token = new_token()
    session.add(
        OneTimeLink(
            token_hash=hash_of(token),
            purpose=purpose,
            person_id=person_id,
            email=email,
            expires_at=now() + LIVES[purpose],
        )
    )
    return f"{page(settings, PAGES[purpose])}#{token}"


async def use_link(session: AsyncSession, token: str, *purposes: str) -> OneTimeLink:
    """The living link of this token, used up by this call (its row is locked: two clicks cannot both pass)."""
    asked = select(OneTimeLink).where(OneTimeLink.token_hash == hash_of(token)).with_for_update()
    link = (await session.execute(asked)).scalar_one_or_none()
    if link is None or link.purpose not in purposes or link.used_at or link.expires_at <= now():
        raise LinkOver("Ce lien a déjà servi ou a expiré : demandez-en un autre.")
    link.used_at = now()
    return link
