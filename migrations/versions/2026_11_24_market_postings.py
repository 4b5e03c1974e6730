"""The searches of firms by clause and by word as inverted tables; the GIN indexes go.

Revision: market_postings, after notices
"""

import sqlalchemy as sa
from alembic import op

revision = "market_postings"
down_revision = "notices"
branch_labels = None
depends_on = None

_FAMILIES = (
    "mobilier", "textile", "informatique", "papier-imprimerie", "restauration", "batiment", "voirie-vrd",
    "espaces-verts", "nettoyage", "vehicules", "dechets", "biodechets", "jouets-puericulture", "evenementiel",
    "emballages", "fournitures-bureau", "energie-eclairage", "equipements-medicaux", "prestations-intellectuelles",
    "demolition-deconstruction", "financement-public", "toutes-familles",
)  # fmt: skip
_CODES = ", ".join(f"'{code}'" for code in _FAMILIES)
_OF_FIRM = f"""
    SELECT f.organisation_id, f.siren, f.draw, f.words || f.branches AS words, r.traits,
           (SELECT coalesce(bit_or(1 << (array_position(ARRAY[{_CODES}], code::text) - 1)), 0)
            FROM unnest(f.families) code) AS families
    FROM firm f JOIN reach r ON r.organisation_id = f.organisation_id AND r.family = '*' AND r.place = '*'
"""  # noqa: S608 (a constant)


def upgrade() -> None:
    op.create_table(
        "able",
        sa.Column("clause_id", sa.String(length=11), nullable=False),
        sa.Column("place", sa.String(length=3), nullable=False),
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.Column("draw", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=4), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("traits", sa.Integer(), nullable=False),
        sa.Column("distance_km", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("radius_km", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["firm.organisation_id"], name=op.f("fk_able_organisation_id_firm"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "clause_id", "place", "band", "draw", "organisation_id",
            name=op.f("pk_able"),
            postgresql_include=[
                "siren", "level", "value", "valid_until", "families", "traits", "distance_km", "radius_km",
            ],
        ),
    )  # fmt: skip
    op.create_table(
        "firm_word",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("draw", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("traits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["firm.organisation_id"],
            name=op.f("fk_firm_word_organisation_id_firm"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "word", "draw", "organisation_id", name=op.f("pk_firm_word"), postgresql_include=["families", "traits"]
        ),
    )
    op.execute(f"""
        INSERT INTO able (clause_id, place, band, draw, organisation_id, siren, level, value, valid_until, families,
                          traits, distance_km, radius_km)
        SELECT c.clause_id, p.place, coalesce(r.band, 3), o.draw, o.organisation_id, o.siren::int, c.level, c.value,
               c.valid_until, o.families, o.traits, coalesce(r.distance_km, 0), coalesce(r.radius_km, 0)
        FROM ({_OF_FIRM}) o
        JOIN capability c ON c.organisation_id = o.organisation_id AND c.withdrawn_at IS NULL
             AND c.answer IN ('met', 'met_with_delay') AND cardinality(c.places) > 0
        CROSS JOIN unnest(c.places || '{{*}}') AS p(place)
        LEFT JOIN reach r ON r.organisation_id = o.organisation_id AND r.family = '*' AND r.place = p.place
    """)  # noqa: S608 (a constant)
    op.execute(f"""
        INSERT INTO firm_word (word, draw, organisation_id, families, traits)
        SELECT w.word, o.draw, o.organisation_id, o.families, o.traits
        FROM ({_OF_FIRM}) o CROSS JOIN unnest(o.words) AS w(word)
    """)  # noqa: S608 (a constant)
    op.create_index("ix_able_organisation_id", "able", ["organisation_id"])
    op.create_index("ix_firm_word_organisation_id", "firm_word", ["organisation_id"])
    op.drop_index("ix_firm_words", table_name="firm")
    op.drop_index("ix_firm_branches", table_name="firm")


def downgrade() -> None:
    op.create_index("ix_firm_branches", "firm", ["branches"], postgresql_using="gin")
    op.create_index("ix_firm_words", "firm", ["words"], postgresql_using="gin")
    op.drop_table("firm_word")
    op.drop_table("able")
