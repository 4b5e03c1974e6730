"""What everybody may read: the dashboard and the SPASER indicators that organisations publish."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Response

from app.accounts import queries as accounts
from app.accounts.models import Organisation
from app.charter import dashboard, spaser
from app.charter.dashboard import Dimension
from app.charter.models import SpaserPublication
from app.charter.routes import CSV, Cursor, Limit, download
from app.charter.routes_progress import OfYear
from app.charter.schemas_progress import DashboardOut, PublishedLine, PublishedPage, SpaserOut
from app.database.engine import DbSession
from app.law.routes import today_in_paris
from app.web.csv_table import table
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Tableau de bord"])
Siret = Annotated[str, Path(pattern=r"^\d{14}$")]
Since = Annotated[int | None, Query(ge=2020, le=2060, description="Première année comptée")]
WITHHELD: Final = "non diffusé"


def _since(year: int | None) -> date:
    return date(year or today_in_paris().year - 1, 1, 1)


@router.get("/dashboard", summary="Les clauses utilisées, par levier, famille et département")
async def read_dashboard(session: DbSession, since: Since = None) -> DashboardOut:
    """Nothing is shown under five contributing organisations."""
    return await dashboard.dashboard(session, _since(since))


@router.get(
    "/dashboard/{dimension}.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
    summary="Un tableau du tableau de bord, en CSV",
)
async def read_dashboard_csv(session: DbSession, dimension: Dimension, since: Since = None) -> Response:
    rows = await dashboard.rows_of(session, dimension, _since(since))
    told = [[row.code, row.label, *(_said(n) for n in (row.clauses, row.files, row.organisations))] for row in rows]
    content = table(("code", "libelle", "clauses", "dossiers", "organismes"), told)
    return download(content, CSV, f"tableau-de-bord-{dimension}.csv")


def _said(count: int | None) -> str:
    return WITHHELD if count is None else str(count)


@router.get("/spaser", responses=problems(BadCursor), summary="Les indicateurs SPASER publiés")
async def list_published(session: DbSession, limit: Limit = 50, cursor: Cursor = None) -> PublishedPage:
    rows = (await session.execute(spaser.published(_after(cursor)).limit(limit + 1))).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return PublishedPage(
        items=[_line(organisation, row) for row, organisation in rows[:limit]],
        next=cursor_of(last[1].name, last[1].id, last[0].first_year) if last else None,
    )


def _line(organisation: Organisation, row: SpaserPublication) -> PublishedLine:
    return PublishedLine(
        organisation=organisation.name, siret=organisation.siret, first_year=row.first_year, published_at=row.at
    )


def _after(cursor: str | None) -> tuple[str, int, int] | None:
    if cursor is None:
        return None
    name, ident, year = key_of(cursor, 3)
    numbers = all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 2**31 for n in (ident, year))
    if not isinstance(name, str) or "\x00" in name or not numbers:
        raise BadCursor
    return name, ident, year


async def _published(session: DbSession, siret: str, first_year: int) -> SpaserOut:
    organisation = await accounts.organisation_by_siret(session, siret)
    key = (organisation.id if organisation else 0, first_year)
    if organisation is None or await session.get(SpaserPublication, key) is None:
        raise NotFound("Cet organisme n’a pas publié d’indicateurs pour ces deux années.")
    return await spaser.two_years(session, organisation, first_year, [])


@router.get("/spaser/{siret}/{year}", responses=problems(NotFound), summary="Les indicateurs SPASER d’un organisme")
async def read_published(session: DbSession, siret: Siret, year: OfYear) -> SpaserOut:
    return await _published(session, siret, year)


@router.get(
    "/spaser/{siret}/{year}/csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}, **problems(NotFound)},
    summary="Les indicateurs SPASER d’un organisme, en CSV",
)
async def read_published_csv(session: DbSession, siret: Siret, year: OfYear) -> Response:
    return download(spaser.to_csv(await _published(session, siret, year)), CSV, f"spaser-{siret}-{year}.csv")
