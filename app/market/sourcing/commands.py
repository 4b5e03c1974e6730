"""`python -m app verify-journal` and `verify-draw`: what anybody runs to check us."""

import json
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from app.market.sourcing import draw, journal


async def verify_journal(session: AsyncSession, sourcing_id: int | None) -> tuple[bool, str]:
    count, faults = await journal.verify(session, sourcing_id)
    if faults:
        said = ", ".join(f"sourçage {ident} à la ligne {line}" for ident, line in faults)
        return False, f"Journal rompu : {said}."
    return True, f"Journal intact : {count} lignes vérifiées."


def verify_draw(path: Path) -> tuple[bool, str]:
    """Of a file saved from `/api/v1/sourcings/{id}/draw`."""
    try:
        published = json.loads(path.read_text(encoding="utf-8"))
        faults = draw.faults(published)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return False, f"Ce fichier n’est pas un tirage publié : {error}."
    if faults:
        return False, "\n".join(faults)
    told = sum(row["told"] for row in published["lots"])
    return True, f"Tirage conforme : {told} entreprises prévenues sur {len(published['lots'])}."
