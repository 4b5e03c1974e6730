"""Firms, their territory, offers, capabilities and proofs; programmes of buyers, saved searches.

Revision: market, after mail
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "market"
down_revision = "mail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "firm",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("siret", sa.String(length=14), nullable=False),
        sa.Column("siren", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=3), server_default="", nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("category", sa.String(length=4), server_default="", nullable=False),
        sa.Column("headcount", sa.String(length=2), server_default="", nullable=False),
        sa.Column("official_traits", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("official_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_traits", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("website", sa.String(length=200), server_default="", nullable=False),
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("contact_email", sa.String(length=254), server_default="", nullable=False),
        sa.Column("contact_phone", sa.String(length=30), server_default="", nullable=False),
        sa.Column("families", postgresql.ARRAY(sa.String(length=32)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("levers", postgresql.ARRAY(sa.String(length=32)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("places", postgresql.ARRAY(sa.String(length=3)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("branches", postgresql.ARRAY(sa.String(length=10)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("words", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("draw", sa.BigInteger(), nullable=False),
        sa.Column("listed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_firm_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_firm")),
        sa.UniqueConstraint("siret", name=op.f("uq_firm_siret")),
    )
    op.create_index("ix_firm_branches", "firm", ["branches"], postgresql_using="gin")
    op.create_index("ix_firm_draw", "firm", ["draw", "organisation_id"], postgresql_where=sa.text("listed"))
    op.create_index("ix_firm_siren", "firm", ["siren"])
    op.create_index("ix_firm_words", "firm", ["words"], postgresql_using="gin")
    op.create_table(
        "firm_invitation",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_firm_invitation_invited_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_firm_invitation_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_invitation")),
    )
    op.create_index("uq_firm_invitation", "firm_invitation", ["organisation_id", "email_hash"], unique=True)
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("families", postgresql.ARRAY(sa.String(length=32)), nullable=False),
        sa.Column("levers", postgresql.ARRAY(sa.String(length=32)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("cpv", postgresql.ARRAY(sa.String(length=8)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("departments", postgresql.ARRAY(sa.String(length=3)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("amount_band", sa.String(length=16), server_default="", nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_programme_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_index("ix_programme_families", "programme", ["families"], postgresql_using="gin")
    op.create_index("ix_programme_organisation_id", "programme", ["organisation_id"])
    op.create_index(
        "ix_programme_published", "programme", ["published_at", "id"], postgresql_where=sa.text("status = 'published'")
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("feed", sa.String(length=64), nullable=False),
        sa.Column("by_mail", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index("ix_saved_search_person_id", "saved_search", ["person_id"])
    op.create_index("uq_saved_search_feed", "saved_search", ["feed"], unique=True)
    op.create_table(
        "coverage",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("radius_km", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["firm.organisation_id"],
            name=op.f("fk_coverage_organisation_id_firm"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "kind", "code", name=op.f("pk_coverage")),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("families", postgresql.ARRAY(sa.String(length=32)), nullable=False),
        sa.Column("levers", postgresql.ARRAY(sa.String(length=32)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("cpv", postgresql.ARRAY(sa.String(length=8)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("direction", sa.String(length=8), server_default="", nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("unit", sa.String(length=20), server_default="", nullable=False),
        sa.Column("condition", sa.String(length=200), server_default="", nullable=False),
        sa.Column("place", sa.String(length=200), server_default="", nullable=False),
        sa.Column("department", sa.String(length=3), server_default="", nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("available_until", sa.Date(), nullable=True),
        sa.Column("responsibility", sa.String(length=300), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["firm.organisation_id"],
            name=op.f("fk_offer_organisation_id_firm"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index("ix_offer_flow", "offer", ["id"], postgresql_where=sa.text("kind = 'material_flow'"))
    op.create_index("ix_offer_organisation_id", "offer", ["organisation_id"])
    op.create_table(
        "proof",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("issuer", sa.String(length=150), server_default="", nullable=False),
        sa.Column("number", sa.String(length=80), server_default="", nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("file_name", sa.String(length=150), server_default="", nullable=False),
        sa.Column("media_type", sa.String(length=100), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["firm.organisation_id"],
            name=op.f("fk_proof_organisation_id_firm"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
    )
    op.create_index("ix_proof_expires_on", "proof", ["expires_on"])
    op.create_index("ix_proof_organisation_id", "proof", ["organisation_id"])
    op.create_table(
        "reach",
        sa.Column("family", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=3), nullable=False),
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.Column("draw", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("traits", sa.Integer(), nullable=False),
        sa.Column("distance_km", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("radius_km", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["firm.organisation_id"],
            name=op.f("fk_reach_organisation_id_firm"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "family",
            "place",
            "band",
            "draw",
            "organisation_id",
            name=op.f("pk_reach"),
            postgresql_include=["traits", "distance_km", "radius_km"],
        ),
    )
    op.create_index("ix_reach_organisation_id", "reach", ["organisation_id"])
    op.create_table(
        "capability",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.String(length=9), nullable=False),
        sa.Column("clause_id", sa.String(length=16), nullable=False),
        sa.Column("clause_version", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=4), nullable=True),
        sa.Column("variable", sa.String(length=41), server_default="", nullable=False),
        sa.Column("delay_months", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.Column("territories", postgresql.ARRAY(sa.String(length=3)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("places", postgresql.ARRAY(sa.String(length=3)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.Column("declared_until", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_capability_clause_id_clause")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["firm.organisation_id"],
            name=op.f("fk_capability_organisation_id_firm"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["proof.id"], name=op.f("fk_capability_proof_id_proof"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capability")),
    )
    op.create_index(
        "ix_capability_clause_id",
        "capability",
        ["clause_id", "answer"],
        postgresql_include=["level", "value", "siren", "valid_until", "withdrawn_at", "created_at", "places"],
    )
    op.create_index(
        "ix_capability_proof_id", "capability", ["proof_id"], postgresql_where=sa.text("proof_id IS NOT NULL")
    )
    op.create_index(
        "uq_capability_current",
        "capability",
        ["organisation_id", "clause_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("capability")
    op.drop_table("reach")
    op.drop_table("proof")
    op.drop_table("offer")
    op.drop_table("coverage")
    op.drop_table("saved_search")
    op.drop_table("programme")
    op.drop_table("firm_invitation")
    op.drop_table("firm")
