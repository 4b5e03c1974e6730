"""What was told of the clauses that change in saved files, and who does not want to be told.

Revision: change_letters, after network_people
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "change_letters"
down_revision = "network_people"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "purchase_alert",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("told", postgresql.ARRAY(sa.String(40)), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["purchase_file.id"],
            name=op.f("fk_purchase_alert_file_id_purchase_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_purchase_alert")),
    )
    op.create_table(
        "purchase_alert_refusal",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_purchase_alert_refusal_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_purchase_alert_refusal")),
    )


def downgrade() -> None:
    op.drop_table("purchase_alert_refusal")
    op.drop_table("purchase_alert")
