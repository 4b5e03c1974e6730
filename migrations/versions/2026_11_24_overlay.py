"""An organisation's own wording of a clause.

Revision: overlay, after sourcing
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "overlay"
down_revision = "sourcing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clause_overlay",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(16), nullable=False),
        sa.Column("parent_version", sa.Integer(), nullable=False),
        sa.Column("wordings", postgresql.JSONB(), nullable=False),
        sa.Column("defaults", postgresql.JSONB(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_overlay_clause_id_clause")),
        sa.ForeignKeyConstraint(
            ["clause_id", "parent_version"],
            ["clause_version.clause_id", "clause_version.number"],
            name=op.f("fk_clause_overlay_clause_id_clause_version"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_clause_overlay_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name=op.f("fk_clause_overlay_updated_by_person")),
        sa.PrimaryKeyConstraint("organisation_id", "clause_id", name=op.f("pk_clause_overlay")),
    )


def downgrade() -> None:
    op.drop_table("clause_overlay")
