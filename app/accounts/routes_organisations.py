"""Organisations: found by SIRET, made or joined, read and changed by their members."""

from typing import Final

from fastapi import APIRouter, Request, Response, status
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts import audit, letters, queries, rules
from app.accounts.actors import Member, OrgAdmin, OrgReader, SignedInBrowser
from app.accounts.attempts import count_attempt
from app.accounts.history import note
from app.accounts.idempotency import Once
from app.accounts.invitations import join
from app.accounts.links import page
from app.accounts.models import JoinRequest, OidcIdentity, Organisation
from app.accounts.organisations import ask_later, kind_of, verify
from app.accounts.origin import settings_of
from app.accounts.refusals import (
    AlreadyThere,
    CrossSite,
    Forbidden,
    KeyReused,
    NoOrganisation,
    NotSignedIn,
    OrganisationExists,
    SecondFactorMissing,
    TooManyAttempts,
)
from app.accounts.rules import Role, Verification
from app.accounts.schemas import Ident
from app.accounts.schemas_organisations import (
    JoinIn,
    JoinOut,
    LookupOut,
    OrganisationChange,
    OrganisationIn,
    OrganisationOut,
    Siret,
)
from app.database.engine import DbSession
from app.outbound.mail import write
from app.registries.companies import Companies, Unreachable
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/organisations", tags=["Organisations"])
ASKED: Final = JoinOut(detail="Votre demande est envoyée aux administrateurs de l’organisation.")


def own(member: Member, ident: int) -> Organisation:
    """The active organisation, when it is the one of the address; another one does not exist for this person."""
    if member.organisation.id != ident:
        raise NotFound("Cette organisation n’existe pas, ou n’est pas l’organisation active.")
    return member.organisation


def _out(row: Organisation, role: Role) -> OrganisationOut:
    return OrganisationOut(
        id=row.id,
        siret=row.siret,
        kind=row.kind,
        name=row.name,
        address=row.address,
        department=row.department,
        region=row.region,
        naf=row.naf,
        verification=row.verification,
        verified_at=row.verified_at,
        checked_at=row.checked_at,
        created_at=row.created_at,
        version=row.version,
        may=rules.may_on_organisation(role),
    )


def _companies(request: Request) -> Companies:
    companies: Companies = request.app.state.companies
    return companies


@router.get(
    "/lookup",
    responses=problems(NotSignedIn, Invalid, TooManyAttempts),
    summary="Ce que le registre public dit d’un SIRET",
)
async def look_up(request: Request, session: DbSession, actor: SignedInBrowser, siret: Siret) -> LookupOut:
    await count_attempt(request, "lookup", str(actor.person.id))
    registered = await queries.organisation_by_siret(session, siret) is not None
    nothing = {"name": "", "address": "", "kind": None}
    try:
        found = await _companies(request).find(siret)
    except Unreachable:
        return LookupOut(siret=siret, status="unreachable", registered=registered, **nothing)
    if found is None:
        return LookupOut(siret=siret, status="unknown", registered=registered, **nothing)
    if not found.open:
        closed = {"name": found.name, "address": found.address, "kind": None}
        return LookupOut(siret=siret, status="closed", registered=registered, **closed)
    return LookupOut(
        siret=siret,
        status="found",
        registered=registered,
        name=found.name,
        address=found.address,
        kind=kind_of(found),
    )


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotSignedIn, CrossSite, Invalid, OrganisationExists, KeyReused),
    summary="Inscrire mon organisation : j’en deviens administrateur",
)
async def make_organisation(  # noqa: PLR0913, PLR0917 (what a creation names)
    request: Request, response: Response, session: DbSession, actor: SignedInBrowser, once: Once, asked: OrganisationIn
) -> OrganisationOut:
    async def make() -> OrganisationOut:
        if await queries.organisation_by_siret(session, asked.siret):
            raise OrganisationExists("Cette organisation est déjà inscrite : demandez à la rejoindre.")
        row = Organisation(siret=asked.siret, kind=asked.kind, name=asked.name, verification=Verification.PENDING)
        session.add(row)
        try:
            await session.flush()
        except IntegrityError as error:
            raise OrganisationExists("Cette organisation vient d’être inscrite par quelqu’un d’autre.") from error
        if not await verify(session, _companies(request), row):
            await ask_later(session, row)
        note(session, request, "organisation_created", person_id=actor.person.id, organisation_id=row.id)
        audit.record(session, actor, "organisation.created", row, {"kind": row.kind})
        await join(session, request, actor.person, row.id, Role.ADMINISTRATOR)
        actor.session.organisation_id = row.id
        await session.flush()
        await session.refresh(row)
        return _out(row, Role.ADMINISTRATOR)

    made = await once(asked, OrganisationOut, make)
    tagged(response, made.version)
    return made


@router.post(
    "/join",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotSignedIn, CrossSite, Invalid, NotFound, AlreadyThere, TooManyAttempts),
    summary="Demander à rejoindre une organisation inscrite",
)
async def ask_to_join(request: Request, session: DbSession, actor: SignedInBrowser, asked: JoinIn) -> JoinOut:
    """Who came by ProConnect from this very establishment needs nobody's leave: ProConnect vouches for it."""
    await count_attempt(request, "lookup", str(actor.person.id))
    row = await queries.organisation_by_siret(session, asked.siret)
    if row is None:
        raise NotFound("Aucune organisation n’est inscrite avec ce SIRET.")
    if any(mine.id == row.id for mine, _ in await queries.memberships(session, actor.person.id)):
        raise AlreadyThere("Vous êtes déjà membre de cette organisation.")
    vouched = select(func.count()).where(
        OidcIdentity.person_id == actor.person.id, OidcIdentity.siret == asked.siret, OidcIdentity.siret != ""
    )
    if await session.scalar(vouched):
        await join(session, request, actor.person, row.id, Role.READER)
        return JoinOut(detail="ProConnect atteste que vous en faites partie : vous en êtes membre.")
    waiting = select(JoinRequest).where(
        JoinRequest.person_id == actor.person.id,
        JoinRequest.organisation_id == row.id,
        JoinRequest.answered_at.is_(None),
    )
    if (await session.execute(waiting)).first():
        return ASKED
    session.add(JoinRequest(person_id=actor.person.id, organisation_id=row.id))
    link = page(settings_of(request), "/mon-organisation")
    for address in await queries.addresses_of(session, row.id, (Role.ADMINISTRATOR,)):
        await write(session, address, letters.asks_to_join(actor.person.name, actor.person.email or "", row.name, link))
    return ASKED


@router.get("/{ident}", responses=problems(NotSignedIn, NoOrganisation, NotFound), summary="Mon organisation")
async def read_organisation(response: Response, member: OrgReader, ident: Ident) -> OrganisationOut:
    row = own(member, ident)
    tagged(response, row.version)
    return _out(row, member.role)


@router.put(
    "/{ident}",
    responses=problems(
        NotSignedIn, SecondFactorMissing, CrossSite, NotFound, Invalid, PreconditionRequired, VersionMismatch
    ),
    summary="Changer le nom ou la nature de mon organisation",
)
async def change_organisation(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    member: OrgAdmin,
    ident: Ident,
    asked: OrganisationChange,
    if_match: IfMatch = None,
) -> OrganisationOut:
    row = own(member, ident)
    require_version(if_match, row.version)
    if row.verification is Verification.VERIFIED and asked.name != row.name:
        raise Forbidden("Le nom vient du registre public : il s’y corrige.")
    if (asked.kind == "firm") != row.is_firm:
        raise Forbidden("Une entreprise ne devient pas un acheteur public, ni l’inverse : inscrivez l’autre SIRET.")
    row.name, row.kind = asked.name, asked.kind
    audit.record(session, member, "organisation.changed", row, {"kind": asked.kind})
    await session.flush()
    tagged(response, row.version)
    return _out(row, member.role)


@router.post(
    "/{ident}/verification",
    responses=problems(NotSignedIn, SecondFactorMissing, CrossSite, NotFound, TooManyAttempts),
    summary="Redemander au registre public de vérifier mon organisation",
)
async def verify_again(request: Request, session: DbSession, member: OrgAdmin, ident: Ident) -> OrganisationOut:
    await count_attempt(request, "lookup", str(member.person.id))
    row = own(member, ident)
    if row.verification is not Verification.VERIFIED and not await verify(session, _companies(request), row):
        await ask_later(session, row)
    await session.flush()
    await session.refresh(row)
    return _out(row, member.role)
