"""Organisations by SIRET: made, looked up in the register, checked again later when it was silent."""

from typing import Final

from procrastinate import Blueprint, JobContext
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.models import Organisation
from app.accounts.rules import OrganisationKind, Verification
from app.accounts.sessions import now
from app.outbound.defer import defer
from app.registries.companies import Companies, Establishment, Unreachable

jobs = Blueprint()
VERIFY: Final = "accounts:verify_organisation"
_BATCH: Final = 50


def kind_of(found: Establishment) -> OrganisationKind | None:
    """A suggestion from the legal form (INSEE's catégories juridiques); None: it says nothing sure."""
    form = found.legal_form
    if form.startswith("71"):
        return OrganisationKind.STATE
    if form.startswith("72") or form in {"7343", "7344", "7345", "7346", "7347", "7348", "7354", "7355"}:
        return OrganisationKind.LOCAL_AUTHORITY
    if form.startswith(("73", "74", "411", "412")):
        return OrganisationKind.PUBLIC_ESTABLISHMENT
    return None if found.administration else OrganisationKind.FIRM


def apply(organisation: Organisation, found: Establishment | None) -> None:
    """Writes what the register said; a name typed by hand gives way to the official one."""
    organisation.checked_at = now()
    if found is None or not found.open:
        organisation.verification = Verification.UNKNOWN
        return
    organisation.verification, organisation.verified_at = Verification.VERIFIED, now()
    organisation.name = found.name or organisation.name
    organisation.address, organisation.naf = found.address, found.naf
    organisation.department = found.department or organisation.department
    organisation.region = found.region


async def verify(session: AsyncSession, companies: Companies, organisation: Organisation) -> bool:
    """Asks the register; False when it is silent: the organisation stays « à vérifier »."""
    try:
        found = await companies.find(organisation.siret)
    except Unreachable:
        return False
    apply(organisation, found)
    audit.record(session, None, "organisation.checked", organisation, {"verification": organisation.verification})
    return True


async def ask_later(session: AsyncSession, organisation: Organisation) -> None:
    await defer(session, VERIFY, organisation_id=organisation.id)


def _companies(context: JobContext) -> Companies:
    given: Companies | None = context.additional_context.get("companies")
    return given or Companies(context.additional_context["settings"].companies_url)


@jobs.task(name="verify_organisation", pass_context=True)
async def verify_organisation(context: JobContext, organisation_id: int) -> None:
    async with context.additional_context["sessions"]() as session, session.begin():
        organisation = await session.get(Organisation, organisation_id)
        if organisation and organisation.verification is Verification.PENDING:
            await verify(session, _companies(context), organisation)


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="verify_pending", queueing_lock="verify_pending", pass_context=True)
async def verify_pending(context: JobContext, timestamp: int) -> None:
    """The organisations that wait for the register, the longest waiting first; stops at its first silence."""
    del timestamp
    async with context.additional_context["sessions"]() as session, session.begin():
        asked = (
            select(Organisation)
            .where(Organisation.verification == Verification.PENDING)
            .order_by(Organisation.checked_at.nulls_first(), Organisation.id)
            .limit(_BATCH)
        )
        for organisation in (await session.execute(asked)).scalars().all():
            if not await verify(session, _companies(context), organisation):
                return
