"""The doors of the demonstration: whom a visitor may become, in one click, where the operator opened it."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import select

from app.accounts.entering import enter
from app.accounts.models import Membership, Organisation, Person
from app.accounts.origin import settings_of
from app.accounts.refusals import CrossSite
from app.accounts.routes_session import session_out
from app.accounts.routes_sign_in import FROM_HERE
from app.accounts.schemas import SessionOut, Strict
from app.accounts.schemas_sign_in import Name
from app.database.engine import DbSession
from app.demo.people import READY
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/demo", tags=["Comptes"])


class DemoAccount(BaseModel):
    key: str
    name: str
    what: str
    """What the account may do, in a few words."""
    organisation: str
    """Empty for the team of the platform."""


class DemoAccounts(BaseModel):
    items: list[DemoAccount]


class DemoEntryIn(Strict):
    key: Name


def _require_demo(request: Request) -> None:
    if not settings_of(request).demo:
        raise NotFound("Ce site n’est pas en démonstration.")


@router.get("/accounts", responses=problems(NotFound), summary="Les comptes fictifs prêts à essayer")
async def accounts(request: Request, session: DbSession) -> DemoAccounts:
    _require_demo(request)
    asked = (
        select(Person.email, Organisation.name)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.email.in_([one.email for one in READY]))
    )
    homes = {email: name or "" for email, name in (await session.execute(asked)).all()}
    return DemoAccounts(
        items=[
            DemoAccount(
                key=one.key,
                name=f"{one.given_name} {one.family_name}",
                what=one.what,
                organisation=homes[one.email],
            )
            for one in READY
            if one.email in homes
        ]
    )


@router.post(
    "/session",
    dependencies=FROM_HERE,
    responses=problems(NotFound, CrossSite, Invalid),
    summary="Entrer comme une personne fictive",
)
async def enter_as(request: Request, response: Response, session: DbSession, asked: DemoEntryIn) -> SessionOut:
    """No secret: the setting is refused on an address that others reach (`app.settings.danger`)."""
    _require_demo(request)
    email = next((one.email for one in READY if one.key == asked.key), "")
    person = (await session.execute(select(Person).where(Person.email == email))).scalar_one_or_none()
    if person is None:
        raise NotFound("Ce compte fictif n’existe pas.")
    actor = await enter(session, request, response, person, method="demo", strong=True)
    return await session_out(session, request, actor)
