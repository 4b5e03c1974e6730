"""Spaces as set by an administrator, referents, appeals and the journal of moderation.

Revision: network_people, after kept
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "network_people"
down_revision = "kept"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "network_referent",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("families", postgresql.ARRAY(sa.String(length=41)), nullable=False),
        sa.Column("departments", postgresql.ARRAY(sa.String(length=3)), nullable=False),
        sa.Column("spaces", postgresql.ARRAY(sa.String(length=41)), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=300), server_default="", nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_network_referent_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_network_referent_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_referent")),
    )
    op.create_index(
        "ix_network_referent_departments", "network_referent", ["departments"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_network_referent_families", "network_referent", ["families"], unique=False, postgresql_using="gin"
    )
    op.create_index("ix_network_referent_spaces", "network_referent", ["spaces"], unique=False, postgresql_using="gin")
    op.create_index("uq_network_referent_person_id", "network_referent", ["person_id"], unique=True)
    op.create_table(
        "network_ruling",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("space", sa.String(length=41), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_network_ruling_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_ruling")),
    )
    op.create_index("ix_network_ruling_space_id", "network_ruling", ["space", "id"], unique=False)
    op.create_index("ix_network_ruling_target", "network_ruling", ["kind", "target_id", "id"], unique=False)
    op.create_table(
        "network_space",
        sa.Column("code", sa.String(length=41), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("read_first", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_network_space_by_person")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_network_space")),
    )
    op.create_table(
        "network_appeal",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("experience_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(question_id, answer_id, experience_id) = 1", name=op.f("ck_network_appeal_one_target")
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["network_answer.id"],
            name=op.f("fk_network_appeal_answer_id_network_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_network_appeal_by_person")),
        sa.ForeignKeyConstraint(
            ["experience_id"],
            ["clause_experience.id"],
            name=op.f("fk_network_appeal_experience_id_clause_experience"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["network_question.id"],
            name=op.f("fk_network_appeal_question_id_network_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_appeal")),
    )
    op.create_index("ix_network_appeal_answer_id", "network_appeal", ["answer_id"], unique=False)
    op.create_index("ix_network_appeal_experience_id", "network_appeal", ["experience_id"], unique=False)
    op.create_index("ix_network_appeal_question_id", "network_appeal", ["question_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_network_appeal_question_id", table_name="network_appeal")
    op.drop_index("ix_network_appeal_experience_id", table_name="network_appeal")
    op.drop_index("ix_network_appeal_answer_id", table_name="network_appeal")
    op.drop_table("network_appeal")
    op.drop_table("network_space")
    op.drop_index("ix_network_ruling_target", table_name="network_ruling")
    op.drop_index("ix_network_ruling_space_id", table_name="network_ruling")
    op.drop_table("network_ruling")
    op.drop_index("uq_network_referent_person_id", table_name="network_referent")
    op.drop_index("ix_network_referent_spaces", table_name="network_referent", postgresql_using="gin")
    op.drop_index("ix_network_referent_families", table_name="network_referent", postgresql_using="gin")
    op.drop_index("ix_network_referent_departments", table_name="network_referent", postgresql_using="gin")
    op.drop_table("network_referent")
