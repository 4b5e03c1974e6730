"""Saved searches with their alerts, and invitations of firms."""

import secrets
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response, status
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.accounts import audit
from app.accounts.actors import BuyerWriter, Signed
from app.accounts.idempotency import Once
from app.accounts.refusals import AlreadyThere, CrossSite, Forbidden, KeyReused, NotSignedIn, TooManyAttempts
from app.accounts.schemas import Ident
from app.accounts.sessions import now
from app.accounts.tokens import hash_of
from app.database.engine import DbSession
from app.library.feed import MEDIA_TYPE
from app.market import alerts, feeds, letters
from app.market.models import FirmInvitation, SavedSearch
from app.market.routes_programmes import ATOM
from app.market.schemas import FirmInvitationIn, Said
from app.market.schemas_programmes import SavedSearches, SavedSearchIn, SavedSearchOut, SourcingFollowed
from app.market.sourcing.queries import published
from app.outbound.mail import write
from app.web.problems import Invalid, NotFound, problems
from app.web.site import address_of

router = APIRouter(prefix="/api/v1", tags=["Alertes"])
MOST = 50
PER_DAY = 50
Secret = Annotated[str, Path(pattern=r"^[\w-]{20,64}$", description="L’adresse secrète du flux")]


def _out(row: SavedSearch, base: str) -> SavedSearchOut:
    return SavedSearchOut.model_validate(
        {
            "id": row.id,
            "subject": row.subject,
            "name": row.name,
            "query": row.query,
            "page": alerts.page_of(row.subject, row.query),
            "feed": f"{base}/api/v1/saved-searches/feed/{row.feed}",
            "by_mail": row.by_mail,
            "created_at": row.created_at,
        }
    )


@router.get("/saved-searches", responses=problems(NotSignedIn), summary="Mes recherches enregistrées")
async def list_searches(request: Request, session: DbSession, actor: Signed) -> SavedSearches:
    asked = select(SavedSearch).where(SavedSearch.person_id == actor.person.id).order_by(SavedSearch.id)
    base = address_of(request)
    return SavedSearches(items=[_out(row, base) for row in await session.scalars(asked)])


@router.post(
    "/saved-searches",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotSignedIn, CrossSite, Invalid, KeyReused, NotFound),
    summary="Enregistrer une recherche, ou suivre un sourçage, et être prévenu de ce qui est nouveau",
)
async def save_search(
    request: Request, session: DbSession, actor: Signed, once: Once, asked: SavedSearchIn
) -> SavedSearchOut:
    async def make() -> SavedSearchOut:
        wanted = alerts.read(asked.subject, asked.query)
        if isinstance(wanted, SourcingFollowed):
            await published(session, wanted.sourcing)
        mine = select(func.count()).where(SavedSearch.person_id == actor.person.id)
        if (await session.scalar(mine) or 0) >= MOST:
            raise Invalid("Vous avez déjà cinquante recherches enregistrées : retirez-en une d’abord.")
        row = SavedSearch(person_id=actor.person.id, feed=secrets.token_urlsafe(24), **asked.model_dump())
        session.add(row)
        await session.flush()
        await session.refresh(row)
        return _out(row, address_of(request))

    return await once(asked, SavedSearchOut, make)


@router.delete(
    "/saved-searches/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, CrossSite, NotFound),
    summary="Retirer une recherche enregistrée et ses alertes",
)
async def remove_search(session: DbSession, actor: Signed, ident: Ident) -> None:
    row = await session.get(SavedSearch, ident)
    if row is None or row.person_id != actor.person.id:
        raise NotFound("Cette recherche enregistrée n’existe pas.")
    await session.delete(row)


@router.get(
    "/saved-searches/feed/{feed}",
    response_class=Response,
    responses={**ATOM, **problems(NotFound)},
    summary="Le flux Atom d’une recherche enregistrée",
)
async def search_feed(request: Request, session: DbSession, feed: Secret) -> Response:
    row = (await session.execute(select(SavedSearch).where(SavedSearch.feed == feed))).scalar_one_or_none()
    if row is None:
        raise NotFound("Ce flux n’existe plus.")
    base = address_of(request)
    entries = await alerts.news(session, row, alerts.feed_since(), base)
    page = f"{base}{alerts.page_of(row.subject, row.query)}"
    body = feeds.atom(row.name, f"search/{row.id}", f"{base}/api/v1/saved-searches/feed/{feed}", page, entries)
    return Response(body, media_type=MEDIA_TYPE, headers={"Cache-Control": "private, max-age=900"})


@router.post(
    "/firm-invitations",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotSignedIn, Forbidden, CrossSite, Invalid, AlreadyThere, TooManyAttempts),
    summary="Inviter une entreprise à créer sa fiche",
)
async def invite_firm(request: Request, session: DbSession, member: BuyerWriter, asked: FirmInvitationIn) -> Said:
    """Once per address and organisation, fifty a day: an invitation is no mailing."""
    today = select(func.count()).where(
        FirmInvitation.organisation_id == member.organisation.id, FirmInvitation.at > now() - timedelta(days=1)
    )
    if (await session.scalar(today) or 0) >= PER_DAY:
        raise TooManyAttempts("Votre organisation a envoyé cinquante invitations en un jour : reprenez demain.")
    first = await session.execute(
        insert(FirmInvitation)
        .values(organisation_id=member.organisation.id, invited_by=member.person.id, email_hash=hash_of(asked.email))
        .on_conflict_do_nothing()
        .returning(FirmInvitation.id)
    )
    ident = first.scalar_one_or_none()
    if ident is None:
        raise AlreadyThere("Votre organisation a déjà invité cette adresse.")
    letter = letters.firm_invited(member.organisation.name, f"{address_of(request)}/ma-fiche")
    await write(session, asked.email, letter)
    audit.record(session, member, "firm.invited", ("firm_invitation", ident))
    return Said(detail="L’invitation part dans la minute.")
