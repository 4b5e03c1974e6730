"""SPASER indicators over two years, in number of contracts and in value (CCP, L.2111-3)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from sqlalchemy import Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Organisation
from app.charter import queries
from app.charter.models import SpaserPublication
from app.charter.queries import Figures
from app.charter.rules import SPASER
from app.charter.rules_progress import share
from app.charter.schemas_progress import SpaserCell, SpaserLine, SpaserOut
from app.web.csv_table import table


async def two_years(
    session: AsyncSession,
    organisation: Organisation,
    first_year: int,
    may: Sequence[Literal["declare", "publish"]],
) -> SpaserOut:
    years = (first_year, first_year + 1)
    held = await queries.figures(session, organisation.id, years)
    published = await session.get(SpaserPublication, (organisation.id, first_year))
    return SpaserOut(
        organisation=organisation.name,
        siret=organisation.siret,
        first_year=first_year,
        items=[
            SpaserLine(code=code, label=label, unit=unit, cells=[_cell(held, code, year) for year in years])
            for code, (label, unit) in SPASER.items()
        ],
        published_at=published.at if published else None,
        may=list(may),
    )


def _cell(held: Figures, code: str, year: int) -> SpaserCell:
    row = held.get((f"spaser-{code}", str(year)))
    whole = held.get((f"spaser-{code.partition('-')[0]}", str(year)))
    part = None
    if row is not None and whole is not None and "-" in code and whole.value:
        part = share_of(row.value, whole.value)
    return SpaserCell(year=year, value=row.value if row else None, version=row.version if row else None, share=part)


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    return share(int(part * 100), int(whole * 100))


def to_csv(found: SpaserOut) -> bytes:
    head = ("annee", "siret", "organisme", "indicateur", "unite", "valeur", "part_en_pourcent")
    rows = [
        (cell.year, found.siret, found.organisation, line.label, line.unit, cell.value, cell.share)
        for line in found.items
        for cell in line.cells
    ]
    return table(head, rows)


def published(after: tuple[str, int, int] | None) -> Select[SpaserPublication, Organisation]:
    asked = select(SpaserPublication, Organisation).join(
        Organisation, Organisation.id == SpaserPublication.organisation_id
    )
    if after is not None:
        asked = asked.where(tuple_(Organisation.name, Organisation.id, SpaserPublication.first_year) > after)
    return asked.order_by(Organisation.name, Organisation.id, SpaserPublication.first_year)
