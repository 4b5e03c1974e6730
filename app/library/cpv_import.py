"""The official CPV list into the database, whole or not at all; every process reads it with the next generation."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.law.facts import Family
from app.library.cpv import CpvEntry, NomenclatureError, entries_in
from app.library.cpv_words import family_words, write_words
from app.library.load import LOCK
from app.library.models import CpvCode, LibraryGeneration


def read_file(path: Path) -> list[CpvEntry]:
    """The entries of a file; `NomenclatureError` says which line is wrong."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return entries_in(lines)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise NomenclatureError(f"Ligne {line} : le fichier n’est pas en UTF-8.") from error
    except OSError as error:
        raise NomenclatureError(f"Le fichier {path} ne peut pas être lu : {error.strerror}.") from error


async def import_nomenclature(session: AsyncSession, entries: Sequence[CpvEntry]) -> str:
    """Replaces the nomenclature in the caller's transaction, and moves the generation when something changed."""
    await session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    generation = await session.get_one(LibraryGeneration, 1, with_for_update=True)
    rows = await session.execute(select(CpvCode.code, CpvCode.check, CpvCode.label))
    if {(row.code, row.check, row.label) for row in rows} == {(e.code, e.check, e.label) for e in entries}:
        return f"{len(entries)} codes CPV, rien n’a changé."
    await session.execute(delete(CpvCode))
    await session.execute(insert(CpvCode), [{"code": e.code, "check": e.check, "label": e.label} for e in entries])
    generation.number += 1
    generation.changed_at = datetime.now(UTC)
    await session.flush()
    return f"{len(entries)} codes CPV importés (génération {generation.number})."


def write_label_words(root: Path, entries: Sequence[CpvEntry], families: tuple[Family, ...]) -> int:
    """Makes `cpv-words.tsv` from the whole list; gives the number of words."""
    found = family_words(entries, families)
    write_words(root / "cpv-words.tsv", found)
    return len(found)
