"""What follows a file: dates of the procedure, calendars, controls, proofs, AGEC spending; imported past contracts.

Revision: follow_up, after charter
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "follow_up"
down_revision = "charter"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "past_import",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("contracts", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_past_import_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_past_import_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_import")),
    )
    op.create_index("ix_past_import_organisation_id", "past_import", ["organisation_id", "id"], unique=False)
    op.create_table(
        "past_contract",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("buyer", sa.String(length=14), nullable=False),
        sa.Column("ident", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("cpv", sa.String(length=8), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("clause", sa.Boolean(), nullable=True),
        sa.Column("criterion", sa.Boolean(), nullable=True),
        sa.Column("concession", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["past_import.id"], name=op.f("fk_past_contract_import_id_past_import"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_past_contract_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_contract")),
    )
    op.create_index("ix_past_contract_import_id", "past_contract", ["import_id"], unique=False)
    op.create_index(
        "ix_past_contract_organisation_id_notified_on",
        "past_contract",
        ["organisation_id", "notified_on", "id"],
        unique=False,
    )
    op.create_index(
        "uq_past_contract_organisation_id_buyer_ident",
        "past_contract",
        ["organisation_id", "buyer", "ident"],
        unique=True,
    )
    op.create_table(
        "purchase_check",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=1200), nullable=False),
        sa.Column("clause_id", sa.String(length=16), server_default="", nullable=False),
        sa.Column("clause_version", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=32), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("penalty_due", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("recorded_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["purchase_file.id"], name=op.f("fk_purchase_check_file_id_purchase_file"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_purchase_check_recorded_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_check")),
    )
    op.create_index("ix_purchase_check_file_id", "purchase_check", ["file_id", "id"], unique=False)
    op.create_index(
        "uq_purchase_check_file_id_key",
        "purchase_check",
        ["file_id", "key"],
        unique=True,
        postgresql_where=sa.text("due IS NOT NULL"),
    )
    op.create_table(
        "purchase_feed",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_purchase_feed_created_by_person")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["purchase_file.id"], name=op.f("fk_purchase_feed_file_id_purchase_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_feed")),
    )
    op.create_index("ix_purchase_feed_file_id", "purchase_feed", ["file_id"], unique=False)
    op.create_index("uq_purchase_feed_token_hash", "purchase_feed", ["token_hash"], unique=True)
    op.create_table(
        "purchase_spending",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("category", sa.Integer(), nullable=False),
        sa.Column("total", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("reused", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("recycled", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("donated", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("updated_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["purchase_file.id"],
            name=op.f("fk_purchase_spending_file_id_purchase_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name=op.f("fk_purchase_spending_updated_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_spending")),
    )
    op.create_index(
        "uq_purchase_spending_file_id_year_category", "purchase_spending", ["file_id", "year", "category"], unique=True
    )
    op.create_table(
        "purchase_timeline",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("dates", postgresql.JSONB(), nullable=False),
        sa.Column("others", postgresql.JSONB(), nullable=False),
        sa.Column("updated_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["purchase_file.id"],
            name=op.f("fk_purchase_timeline_file_id_purchase_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name=op.f("fk_purchase_timeline_updated_by_person")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_purchase_timeline")),
    )
    op.create_table(
        "purchase_proof",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_purchase_proof_by_person")),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["purchase_check.id"],
            name=op.f("fk_purchase_proof_check_id_purchase_check"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_proof")),
    )
    op.create_index("ix_purchase_proof_check_id", "purchase_proof", ["check_id"], unique=False)


def downgrade() -> None:
    for table in (
        "purchase_proof",
        "purchase_timeline",
        "purchase_spending",
        "purchase_feed",
        "purchase_check",
        "past_contract",
        "past_import",
    ):
        op.drop_table(table)
