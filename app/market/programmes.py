"""The coming purchases that organisations announce."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.models import Organisation
from app.accounts.sessions import now
from app.library.queries import shelf
from app.market.models import Programme
from app.market.rules import Status
from app.market.schemas_programmes import ProgrammeFilter, ProgrammeIn, ProgrammeOut
from app.web.problems import FieldError, Invalid, NotFound

AMOUNTS: Final = {
    "": "montant non précisé",
    "under-25k": "moins de 25 000 € HT",
    "25k-100k": "de 25 000 à 100 000 € HT",
    "100k-221k": "de 100 000 à 221 000 € HT",
    "221k-1m": "de 221 000 € à 1 M€ HT",
    "over-1m": "plus de 1 M€ HT",
}
GONE: Final = "Cet achat programmé n’existe pas ou n’est plus publié."


def shown(row: Programme, organisation: Organisation | None, *, own: bool) -> ProgrammeOut:
    return ProgrammeOut(
        id=row.id,
        organisation=organisation.name if organisation else "",
        organisation_siret=organisation.siret if organisation else "",
        title=row.title,
        description=row.description,
        families=row.families,
        levers=row.levers,
        cpv=row.cpv,
        departments=row.departments,
        amount_band=row.amount_band,
        amount_words=AMOUNTS.get(row.amount_band, ""),
        expected_on=row.expected_on,
        status=row.status,
        published_at=row.published_at,
        version=row.version,
        may=["read", "edit"] if own else ["read"],
    )


def published(asked: ProgrammeFilter) -> Select[Any]:
    """A purchase without department concerns the whole country: every follower of a department sees it."""
    wanted = select(Programme).where(Programme.status == Status.PUBLISHED)
    if asked.family:
        wanted = wanted.where(Programme.families.overlap(asked.family))
    if asked.department:
        anywhere = Programme.departments == []
        wanted = wanted.where(or_(anywhere, Programme.departments.overlap(asked.department)))
    return wanted


async def page(
    session: AsyncSession, asked: ProgrammeFilter, after: tuple[datetime, int] | None, limit: int
) -> list[Programme]:
    wanted = published(asked).order_by(Programme.published_at.desc(), Programme.id.desc()).limit(limit)
    if after:
        wanted = wanted.where(tuple_(Programme.published_at, Programme.id) < tuple_(*after))
    return list(await session.scalars(wanted))


async def since(session: AsyncSession, asked: ProgrammeFilter, moment: datetime) -> list[Programme]:
    wanted = published(asked).where(Programme.published_at > moment).order_by(Programme.published_at.desc()).limit(50)
    return list(await session.scalars(wanted))


async def with_names(session: AsyncSession, rows: list[Programme], own: int | None = None) -> list[ProgrammeOut]:
    names = await accounts.organisations(session, [row.organisation_id for row in rows])
    return [shown(row, names.get(row.organisation_id), own=row.organisation_id == own) for row in rows]


async def of_organisation(session: AsyncSession, organisation_id: int) -> list[Programme]:
    wanted = select(Programme).where(Programme.organisation_id == organisation_id)
    return list(await session.scalars(wanted.order_by(Programme.expected_on, Programme.id).limit(500)))


async def own(session: AsyncSession, ident: int, organisation_id: int) -> Programme:
    row = await session.get(Programme, ident)
    if row is None or row.organisation_id != organisation_id:
        raise NotFound(GONE)
    return row


def fill(row: Programme, asked: ProgrammeIn, today: date) -> None:
    words = shelf().words
    errors = [
        FieldError(pointer=f"/{name}/{n}", detail="Ce code n’existe pas.")
        for name, codes, known in (("families", asked.families, words.families), ("levers", asked.levers, words.levers))
        for n, code in enumerate(codes)
        if code not in known
    ]
    month = asked.expected_on.replace(day=1)
    if asked.status is Status.PUBLISHED and month < today.replace(day=1) and row.published_at is None:
        errors.append(FieldError(pointer="/expected_on", detail="Ce mois est passé : annoncez un achat à venir."))
    if errors:
        raise Invalid("Un champ est à corriger." if len(errors) == 1 else "Des champs sont à corriger.", errors)
    for name, value in asked.model_dump(exclude={"expected_on", "status"}).items():
        setattr(row, name, value)
    row.expected_on, row.status = month, asked.status
    if row.status is Status.PUBLISHED and row.published_at is None:
        row.published_at = now()
