"""Server-side sessions: opened, followed, closed. The cookie is the only place where the token lives."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from app.accounts import rules
from app.accounts.models import Person
from app.accounts.models_access import UserSession
from app.accounts.origin import ip_prefix, settings_of, user_agent
from app.accounts.tokens import hash_of, new_token

TOUCH_EVERY: Final = timedelta(minutes=1)
FLOW_LIFE: Final = timedelta(minutes=15)
"""How long a sign-in may take."""


def now() -> datetime:
    return datetime.now(UTC)


def cookie_name(request: HTTPConnection) -> str:
    """`__Host-` binds the cookie to this host over HTTPS; plain HTTP is for one's own machine only."""
    return "__Host-session" if _is_https(request) else "session"


def _is_https(request: HTTPConnection) -> bool:
    return settings_of(request).public_url.startswith("https://")


def token_of(request: HTTPConnection) -> str:
    """The token of this browser; after a sign-in in this very request, the new one."""
    fresh: str | None = getattr(request.state, "session_token", None)
    return fresh if fresh is not None else request.cookies.get(cookie_name(request), "")


def set_cookie(request: Request, response: Response, token: str, *, lifetime: timedelta = rules.ABSOLUTE) -> None:
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=int(lifetime.total_seconds()),
        path="/",
        secure=_is_https(request),
        httponly=True,
        samesite="lax",
    )


def clear_cookie(request: Request, response: Response) -> None:
    response.delete_cookie(cookie_name(request), path="/", secure=_is_https(request), httponly=True, samesite="lax")


async def open_session(  # noqa: PLR0913 (each says something of the session)
    session: AsyncSession,
    request: Request,
    response: Response,
    person: Person,
    *,
    method: str,
    strong: bool,
    organisation_id: int | None,
    id_token: str | None = None,
) -> UserSession:
    """A new token at each sign-in and at each rise of level: one fixed beforehand opens nothing."""
    await forget(session, token_of(request))
    token, moment = new_token(), now()
    opened = UserSession(
        token_hash=hash_of(token),
        person_id=person.id,
        organisation_id=organisation_id,
        method=method,
        strong=strong,
        created_at=moment,
        seen_at=moment,
        proved_at=moment,
        expires_at=moment + rules.ABSOLUTE,
        ip_prefix=ip_prefix(request),
        user_agent=user_agent(request),
        id_token=id_token,
    )
    session.add(opened)
    person.last_login_at, person.notified_at = moment, None
    await session.flush()
    set_cookie(request, response, token)
    request.state.session_token = token
    return opened


def rotate(request: Request, response: Response, opened: UserSession, *, strong: bool | None = None) -> None:
    """A new token for a session that has just proved more: the one before opens nothing."""
    token = new_token()
    opened.token_hash, opened.proved_at = hash_of(token), now()
    if strong is not None:
        opened.strong = opened.strong or strong
    set_cookie(request, response, token, lifetime=opened.expires_at - now())
    # The rest of this request speaks of the new token (the CSRF token that it answers, for one).
    request.state.session_token = token


async def forget(session: AsyncSession, token: str) -> None:
    """The session of this cookie, if any, is over."""
    if token:
        await session.execute(delete(UserSession).where(UserSession.token_hash == hash_of(token)))


async def close_others(session: AsyncSession, person_id: int, *, keep: int | None) -> None:
    """After a change of passphrase or of factors, only the session that did it goes on."""
    gone = delete(UserSession).where(UserSession.person_id == person_id)
    await session.execute(gone if keep is None else gone.where(UserSession.id != keep))
