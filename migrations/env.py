"""Alembic: the models of every room, on the database of the settings or of the connection that a test hands over."""

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

import app.main  # noqa: F401 (imports every room, so that the metadata is whole)
from app.database.engine import Base, psycopg_url
from app.settings import get_settings


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True)
    with context.begin_transaction():
        context.execute("SET LOCAL lock_timeout = '4s'")
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    url = context.config.attributes.get("url") or get_settings().database_url
    with create_engine(psycopg_url(url), poolclass=NullPool).connect() as own:
        migrate(own)
