"""Clauses, their immutable versions, the journal of loads and the library's generation.

Revision: library, after jobs
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "library"
down_revision = "jobs"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "library_generation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_library_generation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_generation")),
    )
    op.execute("INSERT INTO library_generation (id, number) VALUES (1, 0)")
    op.create_table(
        "clause",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
    )
    op.create_table(
        "clause_version",
        sa.Column("clause_id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("record", postgresql.JSONB(), nullable=False),
        sa.Column("published_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_version_clause_id_clause")),
        sa.PrimaryKeyConstraint("clause_id", "number", name=op.f("pk_clause_version")),
    )
    op.create_table(
        "library_change",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_library_change_clause_id_clause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_change")),
    )
    op.create_index("ix_library_change_clause_id", "library_change", ["clause_id"])
    # A version is what a signed tender refers to: the database itself refuses to change or lose one.
    op.execute("""
        CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a clause version is immutable'; END $$
    """)
    op.execute("""
        CREATE TRIGGER clause_version_is_immutable BEFORE UPDATE OR DELETE ON clause_version
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version()
    """)


def downgrade() -> None:
    op.drop_table("library_change")
    op.drop_table("clause_version")
    op.execute("DROP FUNCTION refuse_change_of_version()")
    op.drop_table("clause")
    op.drop_table("library_generation")
