"""The end of every way in: one session, for the right organisation, told in the history."""

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import flows, queries
from app.accounts.actors import Actor
from app.accounts.authentication import identify
from app.accounts.factors import second_factors
from app.accounts.history import note
from app.accounts.models import Person
from app.accounts.sessions import open_session, token_of


async def enter(  # noqa: PLR0913 (each says something of the session)
    session: AsyncSession,
    request: Request,
    response: Response,
    person: Person,
    *,
    method: str,
    strong: bool,
    organisation_id: int | None = None,
    id_token: str | None = None,
) -> Actor:
    """Opens the session; the active organisation is the asked one, or the person's only or first one."""
    mine = [row[0].id for row in await queries.memberships(session, person.id)]
    active = organisation_id if organisation_id in mine else next(iter(mine), None)
    await open_session(
        session,
        request,
        response,
        person,
        method=method,
        strong=strong,
        organisation_id=active,
        id_token=id_token,
    )
    how = {"method": method, "strong": strong}
    note(session, request, "signed_in", person_id=person.id, organisation_id=active, **how)
    await session.flush()
    known = await identify(session, token_of(request))
    assert known is not None  # noqa: S101 (we have just opened it)
    return Actor(known.person, known.platform, known.organisation, known.role, known.session, None)


async def enter_or_ask(  # noqa: PLR0913 (each says something of the session)
    session: AsyncSession,
    request: Request,
    response: Response,
    person: Person,
    *,
    method: str,
    organisation_id: int | None = None,
    id_token: str | None = None,
) -> Actor | None:
    """After a first factor: None while the second one is awaited (`POST /sign-in/second-factor`)."""
    facts = {"method": method, "organisation_id": organisation_id, "id_token": id_token}
    if not await second_factors(session, person.id):
        return await enter(session, request, response, person, strong=False, **facts)  # type: ignore[arg-type]
    await flows.begin(session, request, response, {"second_factor": {"person": person.id, **facts}})
    return None
