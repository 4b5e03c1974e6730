"""From what the editorial room published back to files of `clauses/`, byte for byte."""

import io
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from app.library.load import newest_versions, published_here
from app.library.models import ClauseVersion


async def to_export(session: AsyncSession, root: Path) -> list[ClauseVersion]:
    """Current versions that no file of `root` holds yet."""
    published = await published_here(session, await newest_versions(session))
    current = [versions[0] for _, versions in sorted(published.items())]
    return [version for version in current if _on_disk(root / version.path) != version.content_hash]


def _on_disk(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def archive(versions: Sequence[ClauseVersion]) -> bytes:
    """The files at their places below `clauses/`; the same versions give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for version in versions:
            packed.writestr(zipfile.ZipInfo(f"clauses/{version.path}"), version.source)
    return held.getvalue()


async def write_files(session: AsyncSession, root: Path) -> str:
    """Writes them below `root` and says what it did: `python -m app export`."""
    versions = await to_export(session, root)
    for version in versions:
        path = root / version.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(version.source)
    if not versions:
        return "Rien à exporter : les fichiers disent ce qui est publié."
    names = ", ".join(f"{version.clause_id} (version {version.number})" for version in versions)
    return f"{len(versions)} fichier(s) écrit(s) : {names}."
