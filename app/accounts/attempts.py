"""Attempts are counted in the database, for every process, and stay counted when the request is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import func, select, text
from starlette.requests import Request

from app.accounts.history import note
from app.accounts.models_access import Attempt
from app.accounts.origin import ip_prefix
from app.accounts.refusals import TooManyAttempts
from app.accounts.sessions import now

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    most: int
    within: timedelta


LIMITS: Final[dict[str, tuple[Limit, ...]]] = {
    "sign_in": (Limit(10, 5 * MINUTE), Limit(60, DAY)),
    "sign_in_network": (Limit(60, 5 * MINUTE),),
    "second_factor": (Limit(5, 5 * MINUTE), Limit(20, HOUR), Limit(50, DAY)),
    "reset": (Limit(5, DAY),),
    "sign_up": (Limit(5, DAY),),
    "mail_network": (Limit(20, HOUR),),
    "email_change": (Limit(5, DAY),),
    "invite": (Limit(100, DAY),),
    "lookup": (Limit(30, 5 * MINUTE),),
}
"""The table of trust.md, section 1.6 (S09). A network is a /24 or a /48: a town hall shares one, hence more room."""


def _subject(door: str, who: str) -> str:
    return sha256(f"{door}\n{who}".encode()).hexdigest()


async def count_attempt(request: Request, door: str, who: str) -> None:
    """Counts one try at `door` by or for `who`; 429 with `Retry-After` when there were too many."""
    subject, moment, limits = _subject(door, who), now(), LIMITS[door]
    async with request.app.state.sessions() as session, session.begin():
        # Two tries at the same instant are counted one after the other.
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:subject))"), {"subject": subject})
        for limit in limits:
            asked = select(func.count(), func.min(Attempt.at)).where(
                Attempt.subject == subject, Attempt.at > moment - limit.within
            )
            seen, oldest = (await session.execute(asked)).one()
            if seen >= limit.most:
                wait = max(1, int((oldest + limit.within - moment).total_seconds()))
                raise TooManyAttempts(_sentence(wait), headers={"Retry-After": str(wait)})
        session.add(Attempt(subject=subject, at=moment))


def _sentence(wait: int) -> str:
    if wait < 90:  # noqa: PLR2004 (seconds)
        return f"Trop de tentatives : réessayez dans {wait} secondes."
    minutes = -(-wait // 60)
    if minutes < 90:  # noqa: PLR2004
        return f"Trop de tentatives : réessayez dans {minutes} minutes."
    return f"Trop de tentatives : réessayez dans {-(-minutes // 60)} heures."


async def count_both(request: Request, door: str, who: str, network_door: str) -> None:
    await count_attempt(request, network_door, ip_prefix(request))
    await count_attempt(request, door, who)


async def note_refusal(request: Request, kind: str, person_ids: Sequence[int]) -> None:
    """A refused try belongs to the history of the account, though the request changes nothing else."""
    async with request.app.state.sessions() as session, session.begin():
        for ident in person_ids:
            note(session, request, kind, person_id=ident)
