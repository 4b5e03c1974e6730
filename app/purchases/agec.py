"""The yearly declaration of reused and recycled goods (OB-44), as data.gouv.fr takes it. Pure.

What was not declared stays blank, never zero: a zero says that nothing was bought.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.text.typography import plain
from app.web.cells import safe_cell

COLUMNS: Final = (
    "annee",
    "siret",
    "raison_sociale",
    "type_produit_acquis",
    "montant_total",
    "montant_reemploi_et_reutilisation",
    "montant_produits_issus_don",
    "montant_produits_recycles",
    "commentaires",
)
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Line:
    """A category of decree 2024-134; euros excluding VAT over the year, None where nothing was declared."""

    category: str
    total: Decimal | None = None
    reused: Decimal | None = None
    donated: Decimal | None = None
    recycled: Decimal | None = None
    comment: str = ""

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        return (self.total, self.reused, self.donated, self.recycled)


@dataclass(frozen=True, slots=True)
class Declaration:
    year: int
    siret: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """Percent of the spending of the category; None where an amount is missing."""

    category: str
    reuse: Decimal | None
    recycled: Decimal | None


def table(declaration: Declaration) -> str:
    """The CSV of schema v0.1.0: commas, decimal points, UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in declaration.lines:
        # The category as the published list types it, with its straight apostrophe.
        head = (str(declaration.year), declaration.siret, safe_cell(declaration.name), plain(line.category))
        writer.writerow((*head, *map(_plain, line.amounts), safe_cell(line.comment)))
    return out.getvalue()


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def rates(line: Line) -> Rates:
    """Donated goods count as reused; the two rates stay apart (droit.md, section 1.6)."""
    if not line.total:
        return Rates(line.category, None, None)
    reused = None if line.reused is None else line.reused + (line.donated or 0)
    return Rates(line.category, _percent(reused, line.total), _percent(line.recycled, line.total))


def _percent(part: Decimal | None, total: Decimal) -> Decimal | None:
    return None if part is None else (part / total * 100).quantize(_TENTH, rounding=ROUND_HALF_UP)


def left_blank(lines: Sequence[Line]) -> list[str]:
    """The categories where data.gouv.fr will ask for an amount that is not there."""
    return [line.category for line in lines if None in line.amounts]
