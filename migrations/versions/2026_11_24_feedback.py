"""What readers say of a clause.

Revision: feedback, after analysis
"""

import sqlalchemy as sa
from alembic import op

revision = "feedback"
down_revision = "analysis"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "clause_feedback",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("clause_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("idempotency_key", sa.String(128), nullable=True),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.CheckConstraint("email IS NULL OR email <> ''", name=op.f("ck_clause_feedback_email_or_nothing")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_feedback_clause_id_clause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_feedback")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_clause_feedback_idempotency_key")),
    )
    op.create_index("ix_clause_feedback_clause_id", "clause_feedback", ["clause_id"])


def downgrade() -> None:
    op.drop_table("clause_feedback")
