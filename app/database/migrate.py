"""The schema brought to the newest version, under a lock so that two processes never migrate at once."""

from functools import lru_cache
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from app.database.engine import psycopg_url
from app.settings import ROOT

_LOCK: Final = 7_224_411
_APPLIED: Final = text("SELECT version_num FROM alembic_version")


class SchemaError(RuntimeError):
    """Why the schema cannot be brought up to date, in one sentence for the operator."""


def alembic_config() -> Config:
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


@lru_cache
def revisions() -> tuple[str, ...]:
    """Every revision that this version knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions())


def migrate(url: str, revision: str = "head") -> None:
    engine = create_engine(psycopg_url(url), poolclass=NullPool, connect_args={"connect_timeout": 5})
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        connection.commit()
        there = connection.scalar(text("SELECT to_regclass('alembic_version')"))
        applied = connection.scalar(_APPLIED) if there else None
        if applied and applied not in revisions():
            raise SchemaError(
                f"le schéma de la base ({applied}) est plus récent que cette version de Clausier : "
                "prenez la version qui l’a créé, ou restaurez une sauvegarde d’avant."
            )
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
        connection.commit()


async def _applied(connection: AsyncConnection) -> str:
    try:
        return str(await connection.scalar(_APPLIED) or "")
    except ProgrammingError:
        return ""


async def schema_is_old(connection: AsyncConnection) -> str:
    """Why this version cannot work on this schema, or nothing."""
    applied = await _applied(connection)
    if applied == revisions()[0] or (applied and applied not in revisions()):
        return ""
    return (
        f"le schéma de la base est à {applied or 'rien'}, cette version attend {revisions()[0]} (python -m app migrate)"
    )


async def schema_is_new(connection: AsyncConnection) -> str:
    """A schema that this version does not know: it goes on working during an upgrade, and should be replaced."""
    applied = await _applied(connection)
    if not applied or applied in revisions():
        return ""
    return f"le schéma de la base ({applied}) est plus récent que cette version : mettez ce processus à jour"
