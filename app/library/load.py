"""From `clauses/library/` to the database: idempotent by content hash, one transaction, nothing ever deleted."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from app.library.edition.rules import winner
from app.library.files import BadClauseFile, ClauseFile, Trouble, clause_paths, read_all
from app.library.models import Clause, ClauseVersion, LibraryChange, LibraryGeneration
from app.outbound.announce import announce
from app.outbound.defer import defer

LOCK: Final = 7_224_412
TELL_FILES: Final = "files:tell_changes"
"""The task of the room that keeps files: it says to each which of its clauses changed."""
_FRENCH: Final = {"created": "nouvelle", "changed": "modifiée", "withdrawn": "retirée", "restored": "rétablie"}


@dataclass(slots=True)
class LoadReport:
    """What a load did: clause id → version number, per kind of move."""

    read: int = 0
    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)
    ahead: dict[str, int] = field(default_factory=dict)
    """Published in the editorial room since: the file is behind, the published version stays."""
    conflicts: dict[str, int] = field(default_factory=dict)
    """The file was changed without the published change: the published version stays, somebody must merge."""
    generation: int = 0

    @property
    def moves(self) -> dict[str, dict[str, int]]:
        return {
            "created": self.created,
            "changed": self.changed,
            "withdrawn": self.withdrawn,
            "restored": self.restored,
        }

    def __bool__(self) -> bool:
        """Whether anything moved."""
        return any(self.moves.values())

    def __str__(self) -> str:
        kept = ""
        if self.ahead:
            kept += f" {len(self.ahead)} en avance sur le dossier (« python -m app export »)."
        if self.conflicts:
            kept += f" {len(self.conflicts)} en conflit, version publiée gardée : {', '.join(sorted(self.conflicts))}."
        return self._told() + kept

    def _told(self) -> str:
        if not self:
            return f"{self.read} clauses lues, rien n’a changé (génération {self.generation})."
        told = ", ".join(
            f"{len(moved)} {_FRENCH[kind]}{'s' if len(moved) > 1 else ''}"
            for kind, moved in self.moves.items()
            if moved
        )
        return f"{self.read} clauses lues : {told} (génération {self.generation})."


Folder = tuple[list[ClauseFile], list[Trouble]]
"""What the files say, and what is wrong with some."""


def read_folder(root: Path) -> Folder:
    return read_all(clause_paths(root), root)


async def load(session: AsyncSession, root: Path, read: Folder | None = None) -> LoadReport:
    """Brings the database to what the folder says, in the caller's transaction; `read`: the folder, read beforehand.

    Raises `BadClauseFile` with every trouble when a file cannot be read: then nothing changes.
    """
    files, troubles = read or read_folder(root)
    seen: dict[str, ClauseFile] = {}
    for file in files:
        if file.record.id in seen:
            raise BadClauseFile([*troubles, _twice(file, seen[file.record.id])])
        seen[file.record.id] = file
    if troubles:
        raise BadClauseFile(troubles)
    await hold(session)
    return await _apply(session, seen)


async def hold(session: AsyncSession) -> None:
    """One writer of the library at a time: the second one waits, then sees what the first one did."""
    await session.execute(text("SET LOCAL lock_timeout = '60s'"))
    await session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _twice(file: ClauseFile, first: ClauseFile) -> Trouble:
    return Trouble(file.path, "id", "duplicate-id", f"L’identifiant {file.record.id} est déjà celui de {first.path}.")


async def _apply(session: AsyncSession, files: dict[str, ClauseFile]) -> LoadReport:
    generation = await session.get_one(LibraryGeneration, 1, with_for_update=True)
    clauses = {clause.id: clause for clause in await session.scalars(select(Clause))}
    newest = await newest_versions(session)
    published = await published_here(session, newest)
    report = LoadReport(read=len(files))
    versions: list[ClauseVersion] = []
    for ident, file in files.items():
        number, known = newest.get(ident, (0, ""))
        digest = sha256(file.source).hexdigest()
        clause = clauses.get(ident)
        if ident in published and _stays(file, digest, published[ident], report):
            continue
        if clause is None:
            session.add(Clause(id=ident))
            report.created[ident] = 1
        elif digest != known:
            report.changed[ident] = number + 1
        elif clause.withdrawn_at is not None:
            report.restored[ident] = number
        if clause is not None:
            clause.withdrawn_at = None
        if digest != known:
            versions.append(version_of(file, number + 1))
    _withdraw(clauses, files.keys() | published.keys(), newest, report)
    await session.flush()  # clauses before their versions
    session.add_all(versions)
    await write_journal(session, report, generation)
    return report


def _withdraw(
    clauses: dict[str, Clause], kept: AbstractSet[str], newest: dict[str, tuple[int, str]], report: LoadReport
) -> None:
    for ident, clause in clauses.items():
        if ident not in kept and clause.withdrawn_at is None:
            clause.withdrawn_at = datetime.now(UTC)
            report.withdrawn[ident] = newest[ident][0]


async def write_journal(session: AsyncSession, report: LoadReport, generation: LibraryGeneration) -> None:
    if report:
        generation.number += 1
        generation.changed_at = datetime.now(UTC)
        await session.flush()
        session.add_all(
            LibraryChange(generation=generation.number, clause_id=ident, kind=kind, version=number)
            for kind, moved in report.moves.items()
            for ident, number in moved.items()
        )
        await session.flush()
        await _tell(session, report, generation.number)
    report.generation = generation.number


async def _tell(session: AsyncSession, report: LoadReport, generation: int) -> None:
    """Other systems, and the files that hold what changed."""
    for kind, moved in report.moves.items():
        event = "clause.withdrawn" if kind == "withdrawn" else "clause.published"
        for ident, number in moved.items():
            said = {"id": ident, "version": number, "kind": kind, "resource": f"/api/v1/clauses/{ident}"}
            await announce(session, event, said)
    if report.changed or report.withdrawn:
        await defer(session, TELL_FILES, generation=generation)


async def newest_versions(session: AsyncSession) -> dict[str, tuple[int, str]]:
    """Clause id → number and hash of its current version."""
    rows = await session.execute(
        select(ClauseVersion.clause_id, ClauseVersion.number, ClauseVersion.content_hash)
        .ext(distinct_on(ClauseVersion.clause_id))
        .order_by(ClauseVersion.clause_id, ClauseVersion.number.desc())
    )
    return {ident: (number, digest) for ident, number, digest in rows}


async def published_here(session: AsyncSession, newest: dict[str, tuple[int, str]]) -> dict[str, list[ClauseVersion]]:
    """Clause id → its versions, the newest first, for those whose current version comes from the editorial room."""
    rows = await session.scalars(
        select(ClauseVersion)
        .where(ClauseVersion.clause_id.in_(select(ClauseVersion.clause_id).where(ClauseVersion.origin == "edition")))
        .order_by(ClauseVersion.clause_id, ClauseVersion.number.desc())
    )
    found: dict[str, list[ClauseVersion]] = {}
    for version in rows:
        found.setdefault(version.clause_id, []).append(version)
    return {ident: versions for ident, versions in found.items() if versions[0].origin == "edition" and ident in newest}


def _stays(file: ClauseFile, digest: str, versions: list[ClauseVersion], report: LoadReport) -> bool:
    """Whether the version published in the editorial room stays, whatever the file says; the report tells why."""
    current, *older = versions
    journal = [change.model_dump(mode="json") for change in file.record.changelog]
    behind = {version.content_hash for version in older}
    found = winner(digest, journal, current.content_hash, behind, current.record["changelog"])
    if found == "database":
        report.ahead[file.record.id] = current.number
    elif found == "conflict":
        report.conflicts[file.record.id] = current.number
    return found in {"database", "conflict"}


def version_of(file: ClauseFile, number: int, origin: Literal["file", "edition"] = "file") -> ClauseVersion:
    return ClauseVersion(
        clause_id=file.record.id,
        number=number,
        content_hash=sha256(file.source).hexdigest(),
        path=file.path,
        source=file.source,
        record=file.record.model_dump(mode="json"),
        origin=origin,
    )
