"""The directory and the pages of firms."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, status

from app.accounts import queries as accounts
from app.accounts.actors import Actor, FirmWriter, Visitor
from app.accounts.idempotency import Once
from app.accounts.refusals import AlreadyThere, CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.rules import Role, at_least
from app.database.engine import DbSession
from app.library.queries import LibraryNotReady
from app.market import actions, directory, indexing, matching, queries, shaping
from app.market.models import Firm
from app.market.needs import Key
from app.market.places import REGIONS, departments
from app.market.rules import completeness
from app.market.schemas import (
    DepartmentOut,
    FirmFacets,
    FirmIn,
    FirmListQuery,
    FirmMap,
    FirmOut,
    FirmPage,
    FirmQuery,
    Places,
)
from app.registries.companies import Companies
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import Invalid, NotFound, UnknownParameter, problems

router = APIRouter(prefix="/api/v1", tags=["Entreprises"])
Siret = Annotated[str, Path(pattern=r"^\d{14}$", description="SIRET, quatorze chiffres")]


def _key(cursor: str | None) -> Key | None:
    if cursor is None:
        return None
    band, draw, ident = key_of(cursor, 3)
    whole = (band, draw, ident)
    if not all(isinstance(part, int) and 0 <= part < 1 << 62 for part in whole) or band > 3 or ident >= 1 << 31:  # noqa: PLR2004
        raise BadCursor
    return whole


def companies_of(request: Request) -> Companies:
    companies: Companies = request.app.state.companies
    return companies


@router.get(
    "/firms",
    responses=problems(UnknownParameter, BadCursor, Invalid, LibraryNotReady),
    summary="L’annuaire des entreprises, avec la raison de chaque résultat",
)
async def list_firms(session: DbSession, asked: Annotated[FirmListQuery, Query()]) -> FirmPage:
    need = directory.need_of(asked)
    found = await matching.find(session, need, after=_key(asked.cursor), limit=asked.limit)
    items = await directory.summaries(session, need, found.matches)
    return FirmPage(items=items, next=cursor_of(*found.next) if found.next else None)


@router.get(
    "/firms/facets",
    responses=problems(UnknownParameter, Invalid, LibraryNotReady),
    summary="Combien d’entreprises répondent à une recherche, par levier et par statut",
)
async def firm_facets(session: DbSession, asked: Annotated[FirmQuery, Query()]) -> FirmFacets:
    return await directory.facets(session, directory.need_of(asked))


@router.get(
    "/firms/map",
    responses=problems(UnknownParameter, Invalid, LibraryNotReady),
    summary="Combien d’entreprises d’une recherche interviennent dans chaque département",
)
async def firm_map(session: DbSession, asked: Annotated[FirmQuery, Query()]) -> FirmMap:
    """Of every department: one that is asked for only says where the list looks."""
    return FirmMap(items=await directory.departments_of(session, directory.need_of(asked)))


@router.get("/departments", summary="Les départements, leur région et leur centre")
async def list_departments() -> Places:
    return Places(
        items=[
            DepartmentOut(
                code=one.code,
                name=one.name,
                region=one.region,
                region_name=REGIONS[one.region],
                latitude=one.latitude,
                longitude=one.longitude,
            )
            for one in departments().values()
        ]
    )


def _is_own(visitor: Actor | None, row: Firm) -> bool:
    return visitor is not None and visitor.organisation is not None and visitor.organisation.id == row.organisation_id


async def shown(session: DbSession, row: Firm, visitor: Actor | None) -> FirmOut:
    own, today = _is_own(visitor, row), queries.today()
    ident = row.organisation_id
    organisation = await accounts.organisation(session, ident)
    proofs = await queries.proofs_of(session, ident)
    offers = [shaping.offer(one, row, today) for one in await queries.offers_of(session, ident)]
    done, left = completeness(await queries.progress(session, row))
    email, phone = shaping.contact(row, own=own)
    writes = own and visitor is not None and visitor.role is not None and at_least(visitor.role, Role.WRITER)
    return FirmOut(
        siret=row.siret,
        siren=row.siren,
        name=row.name,
        official=shaping.official(row, organisation),
        description=row.description,
        website=row.website,
        statuses=shaping.statuses(row),
        contact=row.contact,
        contact_email=email,
        contact_phone=phone,
        listed=row.listed,
        families=row.families,
        levers=row.levers,
        coverages=[shaping.coverage(one) for one in await indexing.coverages_of(session, ident)],
        departments=row.places,
        offers=offers if own else [one for one in offers if one.current],
        capabilities=shaping.capabilities(await queries.capabilities_of(session, ident), proofs, today, own=own),
        proofs=[shaping.proof(one, today, own=own) for one in proofs if own or (one.expires_on or today) >= today],
        completeness=done if own else 0,
        to_do=left if own else [],
        updated_at=row.updated_at,
        version=row.version,
        may=["read", "edit"] if writes else ["read"],
    )


@router.post(
    "/firms",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotSignedIn, Forbidden, CrossSite, AlreadyThere, KeyReused, LibraryNotReady),
    summary="Créer la fiche de mon entreprise",
)
async def make_firm(
    request: Request, response: Response, session: DbSession, member: FirmWriter, once: Once
) -> FirmOut:
    async def make() -> FirmOut:
        if await queries.firm(session, member.organisation.id):
            raise AlreadyThere("Votre entreprise a déjà sa fiche.")
        organisation = await accounts.organisation(session, member.organisation.id)
        row = await actions.make_firm(session, companies_of(request), organisation)
        return await shown(session, row, member)

    made = await once("firm", FirmOut, make)
    tagged(response, made.version)
    return made


@router.get("/firms/{siret}", responses=problems(NotFound), summary="La fiche d’une entreprise")
async def read_firm(response: Response, session: DbSession, visitor: Visitor, siret: Siret) -> FirmOut:
    row = await queries.firm_by_siret(session, siret)
    if row is None or not (row.listed or _is_own(visitor, row)):
        raise NotFound(queries.NO_FIRM)
    tagged(response, row.version)
    return await shown(session, row, visitor)


@router.put(
    "/firms/{siret}",
    responses=problems(
        NotSignedIn, Forbidden, CrossSite, NotFound, Invalid, PreconditionRequired, VersionMismatch, LibraryNotReady
    ),
    summary="Modifier la fiche de mon entreprise",
)
async def change_firm(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response, session: DbSession, member: FirmWriter, siret: Siret, asked: FirmIn, if_match: IfMatch = None
) -> FirmOut:
    row = await actions.own_firm(session, member)
    if row.siret != siret:
        raise NotFound("Cette fiche n’est pas celle de votre entreprise.")
    require_version(if_match, row.version)
    await actions.change_firm(session, member, row, asked)
    tagged(response, row.version)
    return await shown(session, row, member)


@router.post(
    "/firms/{siret}/refresh",
    responses=problems(NotSignedIn, Forbidden, CrossSite, NotFound, LibraryNotReady),
    summary="Relire le registre public pour ma fiche",
)
async def refresh_firm(
    request: Request, response: Response, session: DbSession, member: FirmWriter, siret: Siret
) -> FirmOut:
    row = await actions.own_firm(session, member)
    if row.siret != siret:
        raise NotFound("Cette fiche n’est pas celle de votre entreprise.")
    await actions.refresh(companies_of(request), row, await accounts.organisation(session, row.organisation_id))
    await indexing.rebuild(session, row, today=queries.today())
    tagged(response, row.version)
    return await shown(session, row, member)
