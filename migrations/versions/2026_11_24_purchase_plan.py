"""Purchasing plans checked in bulk.

Revision: purchase_plan, after market_postings
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "purchase_plan"
down_revision = "market_postings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "purchase_plan",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("buyer_kind", sa.String(length=24), nullable=False),
        sa.Column("count", sa.SmallInteger(), nullable=False),
        sa.Column("ignored", postgresql.JSONB(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("programmes", postgresql.JSONB(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_purchase_plan_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_purchase_plan_created_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_plan")),
    )
    op.create_index("ix_purchase_plan_organisation_id", "purchase_plan", ["organisation_id", "id"])


def downgrade() -> None:
    op.drop_table("purchase_plan")
