"""One way to refuse the letters of changed clauses: the pace of « Mes dossiers ».

Revision: one_pace, after purchase_plan
"""

import sqlalchemy as sa
from alembic import op

revision = "one_pace"
down_revision = "purchase_plan"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Whoever had refused these letters goes on refusing them, whatever pace they chose since.
    op.execute(
        "INSERT INTO notice_preference (person_id, kind, pace, at) "
        "SELECT person_id, 'file', 'none', at FROM purchase_alert_refusal "
        "ON CONFLICT (person_id, kind) DO UPDATE SET pace = 'none'"
    )
    op.drop_table("purchase_alert_refusal")


def downgrade() -> None:
    op.create_table(
        "purchase_alert_refusal",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_purchase_alert_refusal_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_purchase_alert_refusal")),
    )
    op.execute(
        "INSERT INTO purchase_alert_refusal (person_id, at) "
        "SELECT person_id, at FROM notice_preference WHERE kind = 'file' AND pace = 'none'"
    )
