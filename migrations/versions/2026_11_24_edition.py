"""The editorial room: proposals, readings, who writes now; answers to what readers said; where a version comes from.

Revision: edition, after purchases
"""

import sqlalchemy as sa
from alembic import op

revision = "edition"
down_revision = "purchases"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "clause_proposal",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("clause_id", sa.String(16), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("base_version >= 0", name=op.f("ck_clause_proposal_base")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_clause_proposal_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_proposal")),
    )
    op.create_index("ix_clause_proposal_status_id", "clause_proposal", ["status", "id"])
    op.create_index("ix_clause_proposal_clause_id", "clause_proposal", ["clause_id"])
    op.create_index(
        "uq_clause_proposal_new_clause_id",
        "clause_proposal",
        ["clause_id"],
        unique=True,
        postgresql_where=sa.text("base_version = 0 AND status IN ('draft', 'review')"),
    )
    op.create_table(
        "clause_reading",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["clause_proposal.id"], name=op.f("fk_clause_reading_proposal_id_clause_proposal")
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["person.id"], name=op.f("fk_clause_reading_reader_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_reading")),
    )
    op.create_index("ix_clause_reading_proposal_id", "clause_reading", ["proposal_id"])
    op.create_table(
        "clause_pen",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["clause_proposal.id"], name=op.f("fk_clause_pen_proposal_id_clause_proposal")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_clause_pen_person_id_person")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_clause_pen")),
    )
    op.add_column("clause_version", sa.Column("origin", sa.String(8), server_default="file", nullable=False))
    op.add_column("clause_feedback", sa.Column("status", sa.String(16), server_default="received", nullable=False))
    op.add_column("clause_feedback", sa.Column("answer", sa.Text(), server_default="", nullable=False))
    op.add_column("clause_feedback", sa.Column("handled_by", sa.Integer(), nullable=True))
    op.add_column("clause_feedback", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.create_foreign_key(
        op.f("fk_clause_feedback_handled_by_person"), "clause_feedback", "person", ["handled_by"], ["id"]
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_clause_feedback_handled_by_person"), "clause_feedback")
    for column in ("revision", "handled_by", "answer", "status"):
        op.drop_column("clause_feedback", column)
    op.drop_column("clause_version", "origin")
    op.drop_table("clause_pen")
    op.drop_table("clause_reading")
    op.drop_table("clause_proposal")
