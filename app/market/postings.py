"""`able` and `firm_word`, made from the declarations and from `reach`, which must be there: one statement each.

The same statements serve a firm that changes (`only`), the benches and a rebuild of everything.
"""

from typing import Final

from app.market.rules import FAMILIES

_FAMILIES: Final = ", ".join(f"'{code}'" for code in FAMILIES)
_OF_FIRM: Final = f"""
    SELECT f.organisation_id, f.siren, f.draw, f.words || f.branches AS words, r.traits,
           (SELECT coalesce(bit_or(1 << (array_position(ARRAY[{_FAMILIES}], code::text) - 1)), 0)
            FROM unnest(f.families) code) AS families
    FROM firm f JOIN reach r ON r.organisation_id = f.organisation_id AND r.family = '*' AND r.place = '*'
"""  # noqa: S608 (made of the code's own words, of nobody's)
"""Firms that are shown: `reach` holds no other."""


def able(only: str = "") -> str:
    """A declaration limited to departments by a firm of the whole country is as far as the country is (band 3)."""
    return f"""
    INSERT INTO able (clause_id, place, band, draw, organisation_id, siren, level, value, valid_until, families,
                      traits, distance_km, radius_km)
    SELECT c.clause_id, p.place, coalesce(r.band, 3), o.draw, o.organisation_id, o.siren::int, c.level, c.value,
           c.valid_until, o.families, o.traits, coalesce(r.distance_km, 0), coalesce(r.radius_km, 0)
    FROM ({_OF_FIRM} {only}) o
    JOIN capability c ON c.organisation_id = o.organisation_id AND c.withdrawn_at IS NULL
         AND c.answer IN ('met', 'met_with_delay') AND cardinality(c.places) > 0
    CROSS JOIN unnest(c.places || '{{*}}') AS p(place)
    LEFT JOIN reach r ON r.organisation_id = o.organisation_id AND r.family = '*' AND r.place = p.place
    """  # noqa: S608 (idem)


def words(only: str = "") -> str:
    return f"""
    INSERT INTO firm_word (word, draw, organisation_id, families, traits)
    SELECT w.word, o.draw, o.organisation_id, o.families, o.traits
    FROM ({_OF_FIRM} {only}) o CROSS JOIN unnest(o.words) AS w(word)
    """  # noqa: S608 (idem)


OF_ONE: Final = "WHERE f.organisation_id = :firm"
