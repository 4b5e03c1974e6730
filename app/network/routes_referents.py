"""The directory of referents over HTTP: found by facets, joined and left by oneself, written to through the site."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response, status
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.actors import Actor, BuyerReader, SignedInBrowser, Visitor
from app.accounts.idempotency import Once
from app.accounts.models import Person
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.library.queries import LibraryNotReady, shelf
from app.market.places import departments
from app.network import referents
from app.network.models_people import NetworkReferent
from app.network.refusals import NotAsked
from app.network.routes_talk import Cursor, Limit
from app.network.rules import Audience, Way
from app.network.schemas_people import (
    FacetCount,
    MyReferentOut,
    ReferentFacets,
    ReferentIn,
    ReferentOut,
    ReferentPage,
    ReferentQuery,
    WriteIn,
)
from app.network.schemas_talk import DoneOut
from app.network.spaces import Spaces
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, NotFound, problems
from app.web.quota import MESSAGES, TooManyRequests, draw
from app.web.site import address_of

router = APIRouter(prefix="/api/v1/network/referents", tags=["Réseau et formation"])
MINE: Final = problems(NotSignedIn, Forbidden, CrossSite, Invalid, LibraryNotReady)


def _buys(actor: Actor | None) -> bool:
    return actor is not None and actor.organisation is not None and not actor.organisation.is_firm


async def _out(session: AsyncSession, rows: list[NetworkReferent], actor: Actor | None) -> list[ReferentOut]:
    found = await session.scalars(select(Person).where(Person.id.in_([row.person_id for row in rows])))
    people = {person.id: person for person in found}
    orgs = await accounts.organisations(session, [row.organisation_id for row in rows])
    fields = ("id", "organisation_id", "about", "families", "departments", "spaces", "way", "rule")
    return [
        ReferentOut(
            **{name: getattr(row, name) for name in fields},
            name=people[row.person_id].name,
            organisation=orgs[row.organisation_id].name,
            address=(people[row.person_id].email or "") if actor and row.way is Way.ADDRESS else "",
            may=["write"] * (actor is not None and row.way is Way.FORM and row.person_id != actor.person.id),
        )
        for row in rows
    ]


async def _facets(session: AsyncSession, actor: Actor | None, spaces: Spaces) -> ReferentFacets:
    found = await referents.facets(session, actor)
    orgs = await accounts.organisations(session, [ident for ident, _ in found["organisations"]])
    words: dict[str, dict[Any, str]] = {
        "families": {code: one.label for code, one in shelf().words.families.items()},
        "departments": {code: one.name for code, one in departments().items()},
        "spaces": {code: one.title for code, one in spaces.items()},
        "organisations": {ident: one.name for ident, one in orgs.items()},
    }
    return ReferentFacets.model_validate(
        {
            name: sorted(
                (
                    FacetCount(code=str(value), label=words[name][value], count=count)
                    for value, count in counted
                    if value in words[name]
                ),
                key=lambda one: one.code if name == "departments" else one.label,
            )
            for name, counted in found.items()
        }
    )


@router.get("", responses=problems(BadCursor, LibraryNotReady), summary="L’annuaire des référents")
async def list_referents(  # noqa: PLR0913, PLR0917 (the filters of a list)
    session: DbSession,
    visitor: Visitor,
    spaces: Spaces,
    family: Annotated[str, Query(max_length=41)] = "",
    space: Annotated[str, Query(max_length=41)] = "",
    department: Annotated[str, Query(max_length=3, description="Code ; rend aussi ceux de tout le pays")] = "",
    organisation: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ReferentPage:
    query = ReferentQuery(family=family, space=space, department=department, organisation=organisation)
    asked = referents.chosen(referents.standing(visitor), query).order_by(NetworkReferent.id)
    if cursor is not None:
        (after,) = key_of(cursor, 1)
        if not isinstance(after, int) or not 0 < after < 2**31:
            raise BadCursor
        asked = asked.where(NetworkReferent.id > after)
    rows = list(await session.scalars(asked.limit(limit + 1)))
    return ReferentPage(
        items=await _out(session, rows[:limit], visitor),
        next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None,
        facets=await _facets(session, visitor, spaces),
        may=["volunteer"] * _buys(visitor),
    )


def _own(row: NetworkReferent | None) -> MyReferentOut:
    if row is None:
        return MyReferentOut(
            listed=False,
            about="",
            families=[],
            departments=[],
            spaces=[],
            audience=Audience.MEMBERS,
            way=Way.FORM,
            rule="",
            consented_at=None,
            version=0,
        )
    return MyReferentOut(listed=True, **{f: getattr(row, f) for f in MyReferentOut.model_fields if f != "listed"})


@router.get("/mine", responses=MINE, summary="Ma fiche de référent")
async def read_mine(response: Response, session: DbSession, actor: SignedInBrowser) -> MyReferentOut:
    row = await referents.mine(session, actor)
    response.headers["Cache-Control"] = "private, no-store"
    tagged(response, row.version if row else 0)
    return _own(row)


def _check(asked: ReferentIn, spaces: Spaces) -> None:
    faults = [
        FieldError(pointer=f"/families/{place}", detail="Choisissez une famille de la liste.")
        for place, code in enumerate(asked.families)
        if code not in shelf().words.families
    ]
    faults += [
        FieldError(pointer=f"/spaces/{place}", detail="Choisissez un espace de la liste.")
        for place, code in enumerate(asked.spaces)
        if code not in spaces
    ]
    if not asked.families and not asked.spaces:
        said = "Choisissez au moins une famille d’achat ou un espace."
        faults.append(FieldError(pointer="/families", detail=said))
    if faults:
        raise Invalid("La fiche ne peut pas être enregistrée ainsi.", faults)


@router.put(
    "/mine",
    responses=MINE | problems(PreconditionRequired, VersionMismatch),
    summary="Devenir référent, ou changer sa fiche",
)
async def save_mine(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    browser: SignedInBrowser,
    member: BuyerReader,
    spaces: Spaces,
    asked: ReferentIn,
    if_match: IfMatch = None,
) -> MyReferentOut:
    """The version of a card that does not exist yet is 0. A key never speaks for somebody."""
    del browser
    _check(asked, spaces)
    row = await referents.mine(session, member)
    require_version(if_match, row.version if row else 0)
    if row is None:
        row = await referents.volunteer(session, member, asked)
    else:
        await referents.change(session, member, row, asked)
    tagged(response, row.version)
    return _own(row)


@router.delete("/mine", responses=MINE, summary="Se retirer de l’annuaire : la fiche est effacée")
async def withdraw(session: DbSession, actor: SignedInBrowser) -> MyReferentOut:
    await referents.withdraw(session, actor)
    return _own(None)


@router.post(
    "/{ident}/messages",
    status_code=status.HTTP_201_CREATED,
    responses=MINE | problems(NotFound, NotAsked, KeyReused, TooManyRequests),
    summary="Écrire à un référent par le site",
)
async def write_to(  # noqa: PLR0913, PLR0917 (who writes to whom, once)
    request: Request, session: DbSession, actor: SignedInBrowser, ident: Ident, once: Once, asked: WriteIn
) -> DoneOut:
    draw(request.scope, MESSAGES)

    async def make() -> DoneOut:
        await referents.send(session, actor, ident, asked, address_of(request))
        return DoneOut()

    return await once(asked, DoneOut, make, salt=str(ident))
