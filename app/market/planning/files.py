"""The result of a checked plan as a table: CSV for other tools, XLSX for a desk. Pure."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from app.documents.xlsx import Cell, Column, Sheet, Workbook, workbook
from app.market.planning.reading import COLUMNS
from app.market.planning.schemas import PlanLineOut
from app.web.cells import safe_cell

_NEEDS: Final = {"needed": "conseillé", "useful": "utile", "free": "libre"}
_NATURES: Final = {"works": "travaux", "supplies": "fournitures", "services": "services"}
_COLUMNS: Final = (
    Column("ligne", 8), Column("objet", 44), Column("cpv", 14), Column("nature", 12), Column("montant_ht", 14),
    Column("lancement", 12), Column("departements", 14), Column("familles", 28), Column("obligations", 60),
    Column("a_preciser", 40), Column("clauses_proposees", 60), Column("entreprises_du_metier", 24),
    Column("entreprises_pour_tout", 24), Column("clause_qui_bloque", 44), Column("sourcage", 12),
    Column("sourcage_pourquoi", 60), Column("sourcage_avant_le", 14), Column("charte_tenues", 14),
    Column("charte_manque", 44),
)  # fmt: skip


def _row(line: PlanLineOut) -> tuple[Cell, ...]:
    depth, sourcing = line.depth, line.sourcing
    return (
        line.number,
        line.title,
        ", ".join(line.cpv),
        _NATURES.get(line.nature or "", ""),
        None if line.amount is None else Decimal(str(line.amount)),
        line.launch,
        ", ".join(line.departments) or "France entière",
        ", ".join(family.label for family in line.families),
        " ; ".join(duty.title for duty in line.duties if duty.applies and duty.strength == "binding"),
        " ; ".join(duty.title for duty in line.duties if not duty.applies),
        " ; ".join(f"{clause.id} {clause.title} (niveau {clause.level})" for clause in line.clauses),
        depth.covering.words if depth else "",
        depth.joint.words if depth else "",
        depth.blocking_words if depth else "",
        _NEEDS[sourcing.need] if sourcing else "",
        sourcing.words if sourcing else "",
        sourcing.start_by if sourcing else None,
        f"{line.charter.kept} sur {line.charter.asked}",
        " ; ".join(line.charter.missing),
    )


def as_csv(lines: Sequence[PlanLineOut]) -> str:
    """A cell that a spreadsheet would run as a formula is quoted."""
    made = io.StringIO(newline="")
    sheet = csv.writer(made, delimiter=";", lineterminator="\r\n")
    sheet.writerow(column.title for column in _COLUMNS)
    sheet.writerows([safe_cell(_plain(cell)) for cell in _row(line)] for line in lines)
    return "\ufeff" + made.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def as_xlsx(lines: Sequence[PlanLineOut]) -> bytes:
    rows = tuple(_row(line) for line in lines)
    return workbook(Workbook("Plan d’achats vérifié", "Clausier", (Sheet("Plan vérifié", _COLUMNS, rows),)))


def template() -> bytes:
    """Our columns and two examples, as a workbook."""
    widths = (44, 16, 16, 16, 16, 16, 12)
    examples: tuple[tuple[Cell, ...], ...] = (
        ("Mobilier scolaire reconditionné", "39160000", Decimal(120000), date(2027, 3, 1), "35", "fournitures", 24),
        ("Entretien des espaces verts", "77310000", Decimal(45000), date(2027, 4, 1), "35, 22", "services", 36),
    )
    columns = tuple(Column(name, width) for name, width in zip(COLUMNS, widths, strict=True))
    return workbook(Workbook("Plan d’achats", "Clausier", (Sheet("Achats", columns, examples),)))
