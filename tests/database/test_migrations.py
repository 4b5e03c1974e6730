"""The schema goes up, down and up again, and ends where the models say."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import app.main  # noqa: F401 (imports every room's models)
from app.database.engine import Base, psycopg_url
from app.database.migrate import alembic_config, migrate


def test_migrations_go_up_down_up_and_agree_with_the_models(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with create_engine(psycopg_url(empty_database_url), poolclass=NullPool).connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
        left = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE relkind = 'r' AND nspname IN ('public', 'jobs') AND relname <> 'alembic_version'"
        ).scalar_one()
        assert left == 0
        command.upgrade(config, "head")
        connection.commit()
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_there_is_one_head() -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1
