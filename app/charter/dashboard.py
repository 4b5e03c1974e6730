"""The public dashboard: clauses used by lever, family and territory, each with its finding in a sentence."""

from datetime import date
from typing import Final, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from app.charter.rules_public import LEAST, Shown, guarded
from app.charter.schemas_progress import DashboardOut, DashboardPart, DashboardRow
from app.library import queries as library
from app.market.places import departments
from app.purchases import queries as purchases

Dimension = Literal["lever", "family", "department"]
DIMENSIONS: Final[tuple[Dimension, ...]] = ("lever", "family", "department")
_WORDS: Final = {
    "lever": ("levier", "Le levier le plus utilisé est"),
    "family": ("famille d’achat", "La famille qui reçoit le plus de clauses est"),
    "department": ("département", "Le département qui utilise le plus de clauses est"),
}
_PLURALS: Final = {"lever": "leviers", "family": "familles d’achat", "department": "départements"}


async def rows_of(session: AsyncSession, dimension: Dimension, since: date) -> list[Shown]:
    """The most used first; what is hidden comes last, by its label."""
    found = await purchases.indicators(session, by=(dimension,), since=since)
    words = library.shelf().words
    labels = {
        "lever": {code: lever.label for code, lever in words.levers.items()},
        "family": {code: family.label for code, family in words.families.items()},
        "department": {code: one.name for code, one in departments().items()},
    }[dimension]
    rows = [
        Shown(code, labels.get(code, code), group.files, group.clauses, group.organisations)
        for group in found.groups
        if (code := getattr(group, dimension)) and group.clauses
    ]
    return sorted(guarded(rows), key=lambda row: (row.clauses is None, -(row.clauses or 0), row.label))


def part(dimension: Dimension, rows: list[Shown]) -> DashboardPart:
    shown = [row for row in rows if row.clauses is not None]
    hidden = len(rows) - len(shown)
    word, most = _WORDS[dimension]
    if not rows:
        title = f"Aucune clause n’est encore comptée par {word}"
    elif not shown:
        title = f"Par {word}, trop peu d’organismes contribuent pour diffuser un chiffre"
    else:
        name = f"{shown[0].label} ({shown[0].code})" if dimension == "department" else f"«\u00a0{shown[0].label}\u00a0»"
        title = f"{most} {name}, avec {shown[0].clauses} clauses"
    counted = len(rows)
    plural = _PLURALS[dimension] if counted > 1 else word
    summary = (
        f"{counted} {plural}, dont {hidden} non diffusé{'s' if hidden > 1 else ''} (moins de cinq organismes)."
        if hidden
        else f"{counted} {plural}, comptés dans les dossiers des organismes."
    )
    return DashboardPart(
        dimension=dimension,
        title=title,
        summary=summary if rows else "Les chiffres viennent des dossiers que les organismes enregistrent.",
        rows=[DashboardRow.model_validate(row) for row in rows],
    )


async def dashboard(session: AsyncSession, since: date) -> DashboardOut:
    parts = [part(dimension, await rows_of(session, dimension, since)) for dimension in DIMENSIONS]
    return DashboardOut(least=LEAST, since=since.isoformat(), parts=parts)
