"""Tenders that an organisation keeps with their analysis; the choices of each finding.

Revision: kept, after outbound
"""

import sqlalchemy as sa
from alembic import op

revision = "kept"
down_revision = "outbound"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# What was analysed before today goes on being read: its findings have no other clause to choose, its map no list.
CHOICES = """
UPDATE analysis SET result = jsonb_set(result || '{"proposals": []}', '{findings}', coalesce(
    (SELECT jsonb_agg(found || '{"choices": []}') FROM jsonb_array_elements(result->'findings') AS found), '[]'))
WHERE jsonb_typeof(result) = 'object'
"""
MAP = """
UPDATE analysis SET result = jsonb_set(result, '{coverage,rows}', coalesce(
    (SELECT jsonb_agg(jsonb_set(line, '{cells}', coalesce(
        (SELECT jsonb_agg(cell || jsonb_build_object('paragraphs', jsonb_build_array(cell->'paragraph')))
         FROM jsonb_array_elements(line->'cells') AS cell), '[]')))
     FROM jsonb_array_elements(result#>'{coverage,rows}') AS line), '[]'))
WHERE jsonb_typeof(result) = 'object'
"""


def upgrade() -> None:
    op.execute(CHOICES)
    op.execute(MAP)
    op.alter_column("analysis", "expires_at", existing_type=MOMENT, nullable=True)
    op.add_column("analysis", sa.Column("organisation_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_analysis_organisation_id_organisation"), "analysis", "organisation", ["organisation_id"], ["id"]
    )
    op.create_table(
        "kept_tender",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("analysis", sa.String(length=43), nullable=False),
        sa.Column("analysed_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_kept_tender_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["purchase_file.id"],
            name=op.f("fk_kept_tender_file_id_purchase_file"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_kept_tender_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_tender")),
    )
    op.create_index("ix_kept_tender_organisation_id", "kept_tender", ["organisation_id", "id"])
    op.create_index("ix_kept_tender_file_id", "kept_tender", ["file_id"])
    op.create_table(
        "kept_tender_document",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tender_id"],
            ["kept_tender.id"],
            name=op.f("fk_kept_tender_document_tender_id_kept_tender"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_tender_document")),
    )
    op.create_index("ix_kept_tender_document_tender_id", "kept_tender_document", ["tender_id"])


def downgrade() -> None:
    op.drop_table("kept_tender_document")
    op.drop_table("kept_tender")
    op.execute("DELETE FROM analysis WHERE organisation_id IS NOT NULL OR expires_at IS NULL")
    op.drop_constraint(op.f("fk_analysis_organisation_id_organisation"), "analysis", type_="foreignkey")
    op.drop_column("analysis", "organisation_id")
    op.alter_column("analysis", "expires_at", existing_type=MOMENT, nullable=False)
