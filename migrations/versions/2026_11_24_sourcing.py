"""Sourcings: need, versions, recipients, sealed answers, questions, the chained journal, what clauses learn.

Revision: sourcing, after follow_up
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "sourcing"
down_revision = "follow_up"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("mail", sa.Column("unsubscribe", sa.String(length=600), server_default="", nullable=False))
    op.create_table(
        "sourcing",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("need", sa.Text(), server_default="", nullable=False),
        sa.Column("families", ARRAY(sa.String(length=32)), nullable=False),
        sa.Column("cpv", ARRAY(sa.String(length=8)), nullable=False),
        sa.Column("departments", ARRAY(sa.String(length=3)), nullable=False),
        sa.Column("questions", JSONB(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("closes_hour", sa.String(length=8), server_default="18:00:00", nullable=False),
        sa.Column("closes_at", MOMENT, nullable=True),
        sa.Column("launch_date", sa.Date(), nullable=True),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("cap_reason", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("show_count", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=64), server_default="", nullable=False),
        sa.Column("number", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("result", JSONB(), nullable=True),
        sa.Column("outcome", JSONB(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("result_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_sourcing_created_by_person")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["purchase_file.id"], name=op.f("fk_sourcing_file_id_purchase_file"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sourcing_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sourcing")),
    )
    op.create_index("ix_sourcing_families", "sourcing", ["families"], unique=False, postgresql_using="gin")
    op.create_index("ix_sourcing_organisation_id", "sourcing", ["organisation_id", "id"], unique=False)
    op.create_index(
        "ix_sourcing_published", "sourcing", ["id"], unique=False, postgresql_where=sa.text("published_at IS NOT NULL")
    )
    op.create_table(
        "sourcing_version",
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["sourcing_id"], ["sourcing.id"], name=op.f("fk_sourcing_version_sourcing_id_sourcing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sourcing_id", "number", name=op.f("pk_sourcing_version")),
    )
    op.create_table(
        "sourcing_interest",
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("none", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sourcing_interest_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sourcing_id"], ["sourcing.id"], name=op.f("fk_sourcing_interest_sourcing_id_sourcing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sourcing_id", "person_id", name=op.f("pk_sourcing_interest")),
    )
    op.create_table(
        "sourcing_recipient",
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.String(length=9), nullable=False),
        sa.Column("stratum", sa.String(length=40), nullable=False),
        sa.Column("lot", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sourcing_recipient_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["sourcing_id"],
            ["sourcing.id"],
            name=op.f("fk_sourcing_recipient_sourcing_id_sourcing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sourcing_id", "organisation_id", name=op.f("pk_sourcing_recipient")),
    )
    op.create_index(
        "ix_sourcing_recipient_organisation_id", "sourcing_recipient", ["organisation_id", "sourcing_id"], unique=False
    )
    op.create_table(
        "sourcing_refusal",
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sourcing_refusal_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["sourcing_id"], ["sourcing.id"], name=op.f("fk_sourcing_refusal_sourcing_id_sourcing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sourcing_id", "organisation_id", name=op.f("pk_sourcing_refusal")),
    )
    op.create_table(
        "sourcing_answer",
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.String(length=9), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sourcing_answer_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["sourcing_id"], ["sourcing.id"], name=op.f("fk_sourcing_answer_sourcing_id_sourcing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sourcing_id", "organisation_id", name=op.f("pk_sourcing_answer")),
        sa.UniqueConstraint("sourcing_id", "siren", name="uq_sourcing_answer_siren"),
    )
    op.create_table(
        "sourcing_question",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["sourcing_id"], ["sourcing.id"], name=op.f("fk_sourcing_question_sourcing_id_sourcing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sourcing_question")),
    )
    op.create_index("ix_sourcing_question_sourcing_id", "sourcing_question", ["sourcing_id", "id"], unique=False)
    op.create_table(
        "sourcing_event",
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("details", JSONB(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sourcing_id", "seq", name=op.f("pk_sourcing_event")),
    )
    op.create_table(
        "clause_market_feedback",
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(length=16), nullable=False),
        sa.Column("pseudonym", sa.String(length=16), nullable=False),
        sa.Column("clause_version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("feasibility", sa.String(length=16), nullable=False),
        sa.Column("cost", sa.String(length=16), server_default="", nullable=False),
        sa.Column("blocker", sa.String(length=16), server_default="", nullable=False),
        sa.Column("months", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("condition", sa.String(length=1000), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_market_feedback_clause_id_clause")),
        sa.ForeignKeyConstraint(
            ["sourcing_id"],
            ["sourcing.id"],
            name=op.f("fk_clause_market_feedback_sourcing_id_sourcing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sourcing_id", "clause_id", "pseudonym", name=op.f("pk_clause_market_feedback")),
    )
    op.create_index("ix_clause_market_feedback_clause_id", "clause_market_feedback", ["clause_id"], unique=False)
    op.create_table(
        "notice_address",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("unsubscribed_at", MOMENT, nullable=True),
        sa.Column("hard_bounces", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("blocked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_notice_address")),
    )
    op.create_table(
        "sourcing_notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sourcing_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("written_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sourcing_notice_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["sourcing_id"], ["sourcing.id"], name=op.f("fk_sourcing_notice_sourcing_id_sourcing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sourcing_notice")),
    )
    op.create_index(
        "ix_sourcing_notice_organisation_id", "sourcing_notice", ["organisation_id", "written_at"], unique=False
    )
    op.create_index(
        "ix_sourcing_notice_waiting",
        "sourcing_notice",
        ["id"],
        unique=False,
        postgresql_where=sa.text("written_at IS NULL"),
    )

    op.execute("""
        CREATE TRIGGER sourcing_event_is_append_only BEFORE UPDATE OR DELETE ON sourcing_event
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit()
    """)


def downgrade() -> None:

    op.drop_table("sourcing_notice")
    op.drop_table("notice_address")
    op.drop_table("clause_market_feedback")
    op.drop_table("sourcing_event")
    op.drop_table("sourcing_question")
    op.drop_table("sourcing_answer")
    op.drop_table("sourcing_refusal")
    op.drop_table("sourcing_recipient")
    op.drop_table("sourcing_interest")
    op.drop_table("sourcing_version")
    op.drop_table("sourcing")
    op.drop_column("mail", "unsubscribe")
