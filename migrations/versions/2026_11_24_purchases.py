"""Saved files of organisations: drafts, exports, share links, comments, decisions, approvals.

Revision: purchases, after market
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "purchases"
down_revision = "market"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "purchase_file",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("draft", postgresql.JSONB(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("state_since", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("object", sa.Text(), server_default="", nullable=False),
        sa.Column("families", postgresql.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("cpv", postgresql.ARRAY(sa.String(length=8)), nullable=False),
        sa.Column("launch_date", sa.Date(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("copied_from", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["copied_from"],
            ["purchase_file.id"],
            name=op.f("fk_purchase_file_copied_from_purchase_file"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_purchase_file_created_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_purchase_file_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name=op.f("fk_purchase_file_updated_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_file")),
    )
    op.create_index(
        "ix_purchase_file_organisation_id_state_updated_at",
        "purchase_file",
        ["organisation_id", "state", "updated_at", "id"],
        unique=False,
    )
    op.create_table(
        "purchase_approval",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_purchase_approval_by_person")),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["purchase_file.id"],
            name=op.f("fk_purchase_approval_file_id_purchase_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_approval")),
        sa.UniqueConstraint("file_id", "part", "revision", "by", name="uq_purchase_approval_file_id_part_revision_by"),
    )
    op.create_index("ix_purchase_approval_file_id_id", "purchase_approval", ["file_id", "id"], unique=False)
    op.create_table(
        "purchase_decision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(length=16), nullable=False),
        sa.Column("clause_version", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_purchase_decision_by_person")),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["purchase_file.id"],
            name=op.f("fk_purchase_decision_file_id_purchase_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_decision")),
    )
    op.create_index("ix_purchase_decision_file_id_id", "purchase_decision", ["file_id", "id"], unique=False)
    op.create_table(
        "purchase_export",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("pieces", postgresql.ARRAY(sa.String(length=16)), nullable=False),
        sa.Column("manifest", postgresql.JSONB(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_purchase_export_by_person")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["purchase_file.id"], name=op.f("fk_purchase_export_file_id_purchase_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_export")),
    )
    op.create_index("ix_purchase_export_file_id_id", "purchase_export", ["file_id", "id"], unique=False)
    op.create_table(
        "purchase_share",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("right", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=120), server_default="", nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_purchase_share_created_by_person")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["purchase_file.id"], name=op.f("fk_purchase_share_file_id_purchase_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_share")),
        sa.UniqueConstraint("token_hash", name="uq_purchase_share_token_hash"),
    )
    op.create_index("ix_purchase_share_file_id", "purchase_share", ["file_id"], unique=False)
    op.create_table(
        "purchase_comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("share_id", sa.Integer(), nullable=True),
        sa.Column("signed", sa.String(length=120), server_default="", nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_purchase_comment_by_person")),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["purchase_file.id"],
            name=op.f("fk_purchase_comment_file_id_purchase_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["resolved_by"], ["person.id"], name=op.f("fk_purchase_comment_resolved_by_person")),
        sa.ForeignKeyConstraint(
            ["share_id"],
            ["purchase_share.id"],
            name=op.f("fk_purchase_comment_share_id_purchase_share"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_comment")),
    )
    op.create_index("ix_purchase_comment_file_id_id", "purchase_comment", ["file_id", "id"], unique=False)


def downgrade() -> None:

    op.drop_index("ix_purchase_comment_file_id_id", table_name="purchase_comment")
    op.drop_table("purchase_comment")
    op.drop_index("ix_purchase_share_file_id", table_name="purchase_share")
    op.drop_table("purchase_share")
    op.drop_index("ix_purchase_export_file_id_id", table_name="purchase_export")
    op.drop_table("purchase_export")
    op.drop_index("ix_purchase_decision_file_id_id", table_name="purchase_decision")
    op.drop_table("purchase_decision")
    op.drop_index("ix_purchase_approval_file_id_id", table_name="purchase_approval")
    op.drop_table("purchase_approval")
    op.drop_index("ix_purchase_file_organisation_id_state_updated_at", table_name="purchase_file")
    op.drop_table("purchase_file")
