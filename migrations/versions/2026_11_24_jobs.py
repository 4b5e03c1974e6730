"""The tables of the background jobs, as Procrastinate 3.10 ships them, in a schema of their own.

Revision: jobs, the first one
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "jobs"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("CREATE SCHEMA jobs")
    connection.exec_driver_sql("SET LOCAL search_path TO jobs")
    connection.exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))  # psycopg reads % as a placeholder
    connection.exec_driver_sql("SET LOCAL search_path TO DEFAULT")


def downgrade() -> None:
    op.execute("DROP SCHEMA jobs CASCADE")
