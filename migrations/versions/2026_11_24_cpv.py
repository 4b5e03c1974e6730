"""The official CPV nomenclature, loaded by `python -m app cpv import`.

Revision: cpv, after accounts
"""

import sqlalchemy as sa
from alembic import op

revision = "cpv"
down_revision = "accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cpv_code",
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("check", sa.String(1), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_cpv_code")),
    )


def downgrade() -> None:
    op.drop_table("cpv_code")
