"""AGEC article 58 and SPASER, followed by the organisation; the rates that the administrator reads."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Response, status
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import BuyerAdmin, BuyerReader, Member, PlatformAdmin
from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn
from app.accounts.rules import Role, at_least
from app.accounts.sessions import now
from app.charter import queries, spaser
from app.charter.models import AgecRate, SpaserPublication
from app.charter.queries import Figures
from app.charter.routes import CSV, download
from app.charter.routes_progress import OfYear, Year, may_declare
from app.charter.rules import AGEC_AMOUNTS
from app.charter.rules_agec import TIERS, Read, YearOfCategory, year_of
from app.charter.schemas_progress import (
    AgecAmounts,
    AgecCategoryLine,
    AgecTrackingOut,
    AgecVersions,
    AgecYear,
    ObjectiveOut,
    RateIn,
    RateLine,
    RatePage,
    SpaserOut,
)
from app.database.engine import DbSession
from app.law.facts import AgecCategory, Law
from app.law.routes import LawOf
from app.purchases import queries as purchases
from app.purchases.agec import Declaration, table
from app.purchases.indicators import AgecAmount
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/charter", tags=["Charte"])
READS: Final = problems(NotSignedIn, Forbidden, NotFound)
WRITES: Final = READS | problems(CrossSite, Invalid)
Tier = Annotated[int, Path(ge=2024, le=2030)]
Category = Annotated[int, Path(ge=1, le=17)]
Kind = Literal["reuse", "recycled"]


async def _rates(session: AsyncSession) -> dict[tuple[int, int, str], AgecRate]:
    rows = (await session.execute(select(AgecRate))).scalars()
    return {(row.category, row.tier, row.kind): row for row in rows}


async def _years(
    session: AsyncSession, organisation_id: int, law: Law, years: list[int]
) -> tuple[list[list[YearOfCategory]], Figures]:
    """One list per category, in the order of the decree."""
    # Amounts bear the year they were spent in, whenever the file was launched.
    found = await purchases.indicators(session, organisation_id=organisation_id)
    counted = {(one.category, one.year): one for one in found.agec}
    held = await queries.figures(session, organisation_id, years)
    read = {key: row.value for key, row in (await _rates(session)).items()}
    return [[_year(c, year, counted, held, read) for year in years] for c in law.targets.agec], held


def _year(
    category: AgecCategory, year: int, counted: dict[tuple[int, int], AgecAmount], held: Figures, read: Read
) -> YearOfCategory:
    declared = {
        name: row.value
        for name in AGEC_AMOUNTS
        if (row := held.get((f"agec-{category.number}-{name}", str(year)))) is not None
    }
    return year_of(category, year, counted.get((category.number, year)), declared, read)


def _year_out(one: YearOfCategory, held: Figures) -> AgecYear:
    versions = {
        name: row.version if (row := held.get((f"agec-{one.category.number}-{name}", str(one.year)))) else None
        for name in AGEC_AMOUNTS
    }
    return AgecYear(
        year=one.year,
        amounts=AgecAmounts.model_validate(one.line),
        versions=AgecVersions(**versions),
        reuse=one.reuse,
        recycled=one.recycled,
        reuse_objective=ObjectiveOut.model_validate(one.reuse_objective),
        recycled_objective=ObjectiveOut.model_validate(one.recycled_objective),
    )


@router.get("/agec", responses=READS, summary="Le suivi AGEC (article 58), par catégorie, sur trois ans")
async def read_agec(session: DbSession, member: BuyerReader, law: LawOf, year: Year) -> AgecTrackingOut:
    years = [year - 2, year - 1, year]
    found, held = await _years(session, member.organisation.id, law, years)
    return AgecTrackingOut(
        organisation=member.organisation.name,
        years=years,
        items=[
            AgecCategoryLine(
                number=line[0].category.number,
                label=line[0].category.label,
                years=[_year_out(one, held) for one in line],
            )
            for line in found
        ],
        missing=law.targets.agec_missing,
        may=may_declare(member),
    )


@router.get(
    "/agec/{year}.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}, **READS},
    summary="La déclaration annuelle, au schéma de data.gouv.fr",
)
async def read_declaration(session: DbSession, member: BuyerReader, law: LawOf, year: OfYear) -> Response:
    found, _ = await _years(session, member.organisation.id, law, [year])
    lines = [line[0].line for line in found if any(amount is not None for amount in line[0].line.amounts)]
    declaration = Declaration(year, member.organisation.siret, member.organisation.name, tuple(lines))
    return download(table(declaration).encode(), CSV, f"declaration-agec_{member.organisation.siret}_{year}.csv")


@router.get("/agec-rates", responses=READS, summary="Les taux AGEC à lire dans l’annexe du décret")
async def list_rates(session: DbSession, actor: PlatformAdmin, law: LawOf) -> RatePage:
    """Those that the law room does not have: null until somebody reads them."""
    del actor
    read = await _rates(session)
    items = [
        _rate_line(category, tier, kind, read.get((category.number, tier, kind)))
        for category in law.targets.agec
        for tier in TIERS
        for kind in ("reuse", "recycled")
        if _is_missing(category, tier, kind)
    ]
    return RatePage(items=items)


def _is_missing(category: AgecCategory, tier: int, kind: str) -> bool:
    rate = (category.reuse if kind == "reuse" else category.recycled)[tier]
    return rate.value is None and not rate.not_applicable


def _rate_line(category: AgecCategory, tier: int, kind: str, row: AgecRate | None) -> RateLine:
    return RateLine.model_validate(
        {
            "category": category.number,
            "label": category.label,
            "tier": tier,
            "kind": kind,
            "value": row.value if row else None,
            "source": row.source if row else "",
            "version": row.version if row else None,
        }
    )


@router.put(
    "/agec-rates/{category}/{tier}/{kind}",
    responses=WRITES | problems(PreconditionRequired, VersionMismatch),
    summary="Écrire un taux lu dans l’annexe du décret",
)
async def write_rate(  # noqa: PLR0913, PLR0917 (what a rate names)
    session: DbSession,
    actor: PlatformAdmin,
    law: LawOf,
    category: Category,
    tier: Tier,
    kind: Kind,
    asked: RateIn,
    if_match: IfMatch = None,
) -> RateLine:
    found = next(one for one in law.targets.agec if one.number == category)
    if tier not in TIERS or not _is_missing(found, tier, kind):
        raise NotFound("Ce taux est déjà connu, ou n’existe pas pour cette catégorie.")
    row = (await _rates(session)).get((category, tier, kind))
    if row is None:
        row = AgecRate(category=category, tier=tier, kind=kind)
        session.add(row)
    else:
        require_version(if_match, row.version)
    row.value, row.source, row.at, row.by = asked.value, asked.source, now(), actor.person.id
    await session.flush()
    audit.record(session, actor, "charter.agec_rate", row, {"category": category, "tier": tier, "kind": kind})
    return _rate_line(found, tier, kind, row)


def _may(member: Member) -> list[Literal["declare", "publish"]]:
    publishes = member.role is Role.ADMINISTRATOR and member.strong
    return [
        *(["declare"] if at_least(member.role, Role.WRITER) else []),  # type: ignore[list-item]
        *(["publish"] if publishes else []),  # type: ignore[list-item]
    ]


@router.get("/spaser", responses=READS, summary="Mes indicateurs SPASER, sur deux ans")
async def read_spaser(session: DbSession, member: BuyerReader, year: Year) -> SpaserOut:
    return await spaser.two_years(session, member.organisation, year, _may(member))


@router.put("/spaser/{year}/publication", responses=WRITES, summary="Publier mes indicateurs SPASER de ces deux ans")
async def publish_spaser(session: DbSession, member: BuyerAdmin, year: OfYear) -> SpaserOut:
    known = await session.get(SpaserPublication, (member.organisation.id, year))
    if known is None:
        row = SpaserPublication(organisation_id=member.organisation.id, first_year=year, at=now(), by=member.person.id)
        session.add(row)
        await session.flush()
        audit.record(session, member, "charter.spaser_published", ("spaser", year))
    return await spaser.two_years(session, member.organisation, year, _may(member))


@router.delete(
    "/spaser/{year}/publication",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=WRITES,
    summary="Ne plus publier ces indicateurs",
)
async def hide_spaser(session: DbSession, member: BuyerAdmin, year: OfYear) -> None:
    row = await session.get(SpaserPublication, (member.organisation.id, year))
    if row is None:
        raise NotFound("Ces indicateurs ne sont pas publiés.")
    await session.delete(row)
    audit.record(session, member, "charter.spaser_hidden", ("spaser", year))
