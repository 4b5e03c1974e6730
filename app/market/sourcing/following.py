"""What is new in a published sourcing, for whoever follows it: what everybody may read, and nothing else."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.market.feeds import Entry
from app.market.sourcing import queries
from app.market.sourcing.models import Sourcing
from app.web.problems import NotFound


async def news(session: AsyncSession, ident: int, since: datetime, base: str) -> list[Entry]:
    """Corrections, answers to questions, the result, what became of it; the newest first."""
    try:
        row = await queries.published(session, ident)
    except NotFound:
        return []
    told = [(f"version/{one.number}", f"Nouvelle version : {one.reason}", one.at)
            for one in await queries.versions_of(session, ident) if one.number > 1]  # fmt: skip
    told += [(f"question/{one.id}", "L’acheteur a répondu à une question", one.answered_at)
             for one in await queries.questions_of(session, ident) if one.answered_at]  # fmt: skip
    told += [(name, said, at) for name, said, at in _ends(row) if at]
    address = f"{base}/sourcages/{ident}"
    found = [Entry(f"sourcing/{ident}/{name}", row.title, said, address, at) for name, said, at in told if at > since]
    return sorted(found, key=lambda one: one.updated, reverse=True)


def _ends(row: Sourcing) -> list[tuple[str, str, datetime | None]]:
    ended = datetime.fromisoformat(row.outcome["at"]) if row.outcome else None
    return [
        ("result", "La synthèse, sans aucun nom, est publiée", row.result_at),
        ("outcome", "L’acheteur dit la suite donnée à la consultation", ended),
        ("withdrawn", "Le sourçage est retiré", row.withdrawn_at),
    ]
