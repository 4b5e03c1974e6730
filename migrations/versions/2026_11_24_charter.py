"""The charter: its versions, adhesions, exceptions of files, declared figures, AGEC rates.

Revision: charter, after edition
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "charter"
down_revision = "edition"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "charter_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_charter_version")),
        sa.UniqueConstraint("content_hash", name="uq_charter_version_content_hash"),
    )
    op.create_table(
        "agec_rate",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("category", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_agec_rate_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agec_rate")),
        sa.UniqueConstraint("category", "tier", "kind", name="uq_agec_rate_category_tier_kind"),
    )
    op.create_table(
        "charter_adhesion",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("charter_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("deliberation", sa.String(length=200), server_default="", nullable=False),
        sa.Column("deliberated_on", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawal", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_charter_adhesion_asked_by_person")),
        sa.ForeignKeyConstraint(
            ["charter_version"],
            ["charter_version.number"],
            name=op.f("fk_charter_adhesion_charter_version_charter_version"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_charter_adhesion_decided_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_charter_adhesion_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["person.id"], name=op.f("fk_charter_adhesion_withdrawn_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_adhesion")),
    )
    op.create_index("ix_charter_adhesion_organisation_id", "charter_adhesion", ["organisation_id"], unique=False)
    op.create_index("ix_charter_adhesion_state_id", "charter_adhesion", ["state", "id"], unique=False)
    op.create_index(
        "uq_charter_adhesion_open",
        "charter_adhesion",
        ["organisation_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'accepted')"),
    )
    op.create_table(
        "charter_figure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=2), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("proof_name", sa.String(length=140), server_default="", nullable=False),
        sa.Column("proof_media", sa.String(length=100), server_default="", nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_charter_figure_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_charter_figure_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_figure")),
        sa.UniqueConstraint("organisation_id", "code", "period", name="uq_charter_figure_organisation_id_code_period"),
    )
    op.create_table(
        "spaser_publication",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_spaser_publication_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_spaser_publication_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "first_year", name=op.f("pk_spaser_publication")),
    )
    op.create_table(
        "charter_exception",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("modality", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_charter_exception_by_person")),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["purchase_file.id"],
            name=op.f("fk_charter_exception_file_id_purchase_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["removed_by"], ["person.id"], name=op.f("fk_charter_exception_removed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_exception")),
    )
    op.create_index(
        "uq_charter_exception_open",
        "charter_exception",
        ["file_id", "modality"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_charter_exception_open", table_name="charter_exception", postgresql_where=sa.text("removed_at IS NULL")
    )
    op.drop_table("charter_exception")
    op.drop_table("spaser_publication")
    op.drop_table("charter_figure")
    op.drop_index(
        "uq_charter_adhesion_open",
        table_name="charter_adhesion",
        postgresql_where=sa.text("state IN ('asked', 'accepted')"),
    )
    op.drop_index("ix_charter_adhesion_state_id", table_name="charter_adhesion")
    op.drop_index("ix_charter_adhesion_organisation_id", table_name="charter_adhesion")
    op.drop_table("charter_adhesion")
    op.drop_table("agec_rate")
    op.drop_table("charter_version")
