"""What a sign-in under way must remember, in the session row of the browser: one cookie, never two."""

from typing import Any

from fastapi import Request, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models_access import UserSession
from app.accounts.origin import ip_prefix, user_agent
from app.accounts.sessions import FLOW_LIFE, forget, now, set_cookie, token_of
from app.accounts.tokens import hash_of, new_token


async def begin(session: AsyncSession, request: Request, response: Response, flow: dict[str, Any]) -> None:
    """Remembers `flow` for this browser, before anybody is known; the token is new each time."""
    await forget_flow(session, request)
    token, moment = new_token(), now()
    session.add(
        UserSession(
            token_hash=hash_of(token),
            created_at=moment,
            seen_at=moment,
            expires_at=moment + FLOW_LIFE,
            ip_prefix=ip_prefix(request),
            user_agent=user_agent(request),
            flow=flow,
        )
    )
    set_cookie(request, response, token, lifetime=FLOW_LIFE)


async def current(session: AsyncSession, request: Request) -> UserSession | None:
    """The living session row of this browser, signed in or not, locked: what it remembers serves once."""
    token = token_of(request)
    if not token:
        return None
    asked = select(UserSession).where(UserSession.token_hash == hash_of(token)).with_for_update()
    found = (await session.execute(asked)).scalar_one_or_none()
    return found if found and found.expires_at > now() else None


async def take(session: AsyncSession, request: Request, name: str) -> Any:  # noqa: ANN401 (whatever the flow kept)
    """What the flow kept under `name`, and forgets now; None when it kept nothing."""
    row = await current(session, request)
    if row is None or not row.flow or name not in row.flow:
        return None
    kept = row.flow[name]
    row.flow = {key: value for key, value in row.flow.items() if key != name} or None
    return kept


async def forget_flow(session: AsyncSession, request: Request) -> None:
    """Only a row without a person: starting a sign-in does not sign anybody out."""
    row = await current(session, request)
    if row is not None and row.person_id is None:
        await forget(session, token_of(request))
