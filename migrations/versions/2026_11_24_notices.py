"""What people want to be told, and what waits for the digest; refusals of sourcing notices become preferences.

Revision: notices, after change_letters
"""

import sqlalchemy as sa
from alembic import op

revision = "notices"
down_revision = "change_letters"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "notice_preference",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("pace", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_preference_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_notice_preference")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("page", sa.String(300), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("written_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_notice_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_organisation_id", "notice", ["organisation_id", "written_at"])
    op.create_index("ix_notice_person_id", "notice", ["person_id", "written_at"])
    op.create_index("ix_notice_waiting", "notice", ["person_id", "id"], postgresql_where=sa.text("written_at IS NULL"))
    # Whoever refused these letters by address keeps their refusal; the hash is the one of `notice_address`.
    op.execute(
        "INSERT INTO notice_preference (person_id, kind, pace) SELECT p.id, 'sourcing', 'none' FROM person p "
        "JOIN notice_address a ON a.address_hash = encode(sha256(convert_to(lower(p.email), 'UTF8')), 'hex') "
        "WHERE a.unsubscribed_at IS NOT NULL"
    )
    op.drop_table("notice_address")


def downgrade() -> None:
    op.create_table(
        "notice_address",
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("unsubscribed_at", MOMENT, nullable=True),
        sa.Column("hard_bounces", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("blocked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_notice_address")),
    )
    op.execute(
        "INSERT INTO notice_address (address_hash, unsubscribed_at) "
        "SELECT encode(sha256(convert_to(lower(p.email), 'UTF8')), 'hex'), n.at FROM notice_preference n "
        "JOIN person p ON p.id = n.person_id WHERE n.kind = 'sourcing' AND n.pace = 'none' AND p.email IS NOT NULL"
    )
    op.drop_table("notice")
    op.drop_table("notice_preference")
