"""Analyses of files that come back: findings for a day, never the file.

Revision: analysis, after cpv
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "analysis"
down_revision = "cpv"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "analysis",
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("moved_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("files", postgresql.JSONB(), nullable=False),
        sa.Column("asked", postgresql.JSONB(), nullable=True),
        sa.Column("text", postgresql.JSONB(), nullable=True),
        sa.Column("result", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("secret", name=op.f("pk_analysis")),
    )
    op.create_index("ix_analysis_expires_at", "analysis", ["expires_at"])


def downgrade() -> None:
    op.drop_table("analysis")
