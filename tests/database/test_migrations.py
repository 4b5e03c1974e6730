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


_OLD_REFUSALS = """
INSERT INTO person (email) VALUES ('refuse@exemple.test'), ('quotidien@exemple.test'), ('sans-avis@exemple.test');
INSERT INTO notice_preference (person_id, kind, pace, at)
  SELECT id, 'file', 'daily', now() FROM person WHERE email = 'quotidien@exemple.test';
INSERT INTO notice_preference (person_id, kind, pace, at)
  SELECT id, 'answer', 'daily', now() FROM person WHERE email = 'refuse@exemple.test';
INSERT INTO purchase_alert_refusal (person_id, at)
  SELECT id, '2026-03-01T08:00:00Z' FROM person WHERE email <> 'sans-avis@exemple.test'
"""
_PACES = "SELECT p.email, n.kind, n.pace FROM notice_preference n JOIN person p ON p.id = n.person_id ORDER BY 1, 2"


def test_who_refused_the_letters_of_changed_clauses_still_does_after_the_migration(empty_database_url: str) -> None:
    """Filled at the old schema: a refusal is carried over, whatever pace was chosen since, and back by a downgrade."""
    migrate(empty_database_url)
    with create_engine(psycopg_url(empty_database_url), poolclass=NullPool).connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "purchase_plan")
        connection.exec_driver_sql(_OLD_REFUSALS)
        connection.commit()
        command.upgrade(config, "one_pace")
        connection.commit()
        assert [tuple(row) for row in connection.exec_driver_sql(_PACES)] == [
            ("quotidien@exemple.test", "file", "none"),
            ("refuse@exemple.test", "answer", "daily"),
            ("refuse@exemple.test", "file", "none"),
        ]
        command.downgrade(config, "purchase_plan")
        back = connection.exec_driver_sql("SELECT count(*) FROM purchase_alert_refusal").scalar_one()
        connection.exec_driver_sql("DELETE FROM person")
        connection.commit()
        assert back == 2
        command.upgrade(config, "head")
        connection.commit()
