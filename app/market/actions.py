"""What a firm does with its own page, each act ending with what it derives."""

from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Member
from app.accounts.models import Organisation, Person
from app.accounts.personal import ERASERS
from app.accounts.sessions import now
from app.market import indexing, queries
from app.market.models import Coverage, Firm
from app.market.rules import TRAITS, ContactMode, CoverageKind, draw_of
from app.market.schemas import CoverageIn, FirmIn
from app.registries.companies import Companies, Establishment, Unreachable
from app.web.problems import FieldError, Invalid, NotFound

NO_PAGE: Final = "Votre organisation n’a pas encore de fiche : créez-la d’abord."


async def make_firm(session: AsyncSession, companies: Companies, organisation: Organisation) -> Firm:
    """The page of a firm, with what the register says; its silence stops nothing."""
    row = Firm(
        organisation_id=organisation.id,
        siret=organisation.siret,
        siren=organisation.siret[:9],
        name=organisation.name,
        department=organisation.department,
        draw=draw_of(organisation.siret),
        listed=True,
    )
    session.add(row)
    await session.flush()
    if row.department:
        session.add(Coverage(organisation_id=row.organisation_id, kind=CoverageKind.DEPARTMENT, code=row.department))
    await refresh(companies, row, organisation)
    await indexing.rebuild(session, row, today=queries.today())
    return row


async def refresh(companies: Companies, row: Firm, organisation: Organisation) -> bool:
    """Reads the register again; False when it is silent."""
    row.name, row.department = organisation.name, organisation.department or row.department
    try:
        found = await companies.find(row.siret)
    except Unreachable:
        return False
    if found is not None:
        _apply(row, found)
    return True


def _apply(row: Firm, found: Establishment) -> None:
    row.official_at = now()
    row.category, row.headcount = found.category, found.headcount
    row.latitude, row.longitude = found.latitude, found.longitude
    row.official_traits = TRAITS["ess"] * found.ess | TRAITS["siae"] * found.siae
    row.department = found.department or row.department
    row.closed_at = None if found.open else (row.closed_at or now())


async def own_firm(session: AsyncSession, member: Member) -> Firm:
    """Held until the end of the act: two of them at once would each rebuild what searches read, and one would fail."""
    row = await session.get(Firm, member.organisation.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(NO_PAGE)
    return row


def _checked(coverages: list[CoverageIn], seat: str) -> list[Coverage]:
    errors = [
        FieldError(pointer=f"/coverages/{n}/code", detail=said)
        for n, one in enumerate(coverages)
        if (said := one.fault())
    ]
    if errors:
        raise Invalid("Un territoire est à corriger.", errors)
    kept = {}
    for one in coverages:
        code = "FR" if one.kind is CoverageKind.COUNTRY else one.code
        code = seat if one.kind is CoverageKind.RADIUS else code
        kept[one.kind, code] = Coverage(kind=one.kind, code=code, radius_km=one.radius_km)
    return list(kept.values())


async def change_firm(session: AsyncSession, member: Member, row: Firm, asked: FirmIn) -> None:
    lines = _checked(asked.coverages, row.department)
    row.description, row.website = asked.description, asked.website
    row.declared_traits = sum({TRAITS[code] for code in asked.declared_statuses})
    row.contact, row.contact_email, row.contact_phone = asked.contact, asked.contact_email, asked.contact_phone
    row.listed, row.updated_at = asked.listed, now()
    await session.execute(delete(Coverage).where(Coverage.organisation_id == row.organisation_id))
    for line in lines:
        line.organisation_id = row.organisation_id
        session.add(line)
    audit.record(session, member, "firm.changed", ("firm", row.organisation_id), {"listed": row.listed})
    await indexing.rebuild(session, row, today=queries.today())


async def _erase(session: AsyncSession, person_id: int) -> None:
    """The contact of a firm that has this person's address is this person: their telephone goes with it."""
    email = select(Person.email).where(Person.id == person_id).scalar_subquery()
    nobody = {"contact": ContactMode.PLATFORM, "contact_email": "", "contact_phone": "", "version": Firm.version + 1}
    await session.execute(update(Firm).where(func.lower(Firm.contact_email) == email).values(nobody))


ERASERS.append(_erase)
