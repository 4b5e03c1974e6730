"""A market of any size by COPY: firms with families, territories, words, CPV branches and capabilities; seeded."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import psycopg

from app.law.catalogue import load_law
from app.market import places, postings
from app.market.rules import EVERYWHERE, Coverage, CoverageKind, branches_of, draw_of
from app.settings import ROOT

FAMILIES: Final = {f.code: [c.ljust(8, "0") for c in f.cpv] for f in load_law(ROOT / "clauses").families if f.cpv}
CLAUSES: Final = sorted(path.name[:11] for path in (ROOT / "clauses" / "library").glob("*/CEC-*.md"))
VOCABULARY: Final = [f"mot{n}" for n in range(3000)]
_DEPARTMENTS: Final = sorted(places.departments())
_INDEXES: Final = (
    "ix_firm_draw", "ix_firm_siren", "ix_reach_organisation_id", "uq_capability_current",
    "ix_capability_clause_id", "ix_capability_proof_id", "ix_able_organisation_id", "ix_firm_word_organisation_id",
)  # fmt: skip
_KNOWN: dict[tuple[str, int], list[str]] = {}


def _skewed(rng: random.Random, many: int) -> int:
    """Few are common, most are rare."""
    return int(many * rng.random() ** 3)


def _places(rng: random.Random, seat: str) -> list[str]:
    kind = rng.random()
    if kind < 0.05:
        return [EVERYWHERE]
    if kind < 0.12:
        return sorted({seat, *places.of_region(places.departments()[seat].region)})
    if kind < 0.45:
        radius = rng.choice((30, 60, 100, 150))
        if (seat, radius) not in _KNOWN:
            reached = places.reached([Coverage(CoverageKind.RADIUS, seat, radius)], seat, places.centre_of(seat))
            _KNOWN[seat, radius] = places.places_of(reached)
        return _KNOWN[seat, radius]
    return sorted({seat, *(rng.choice(_DEPARTMENTS) for _ in range(rng.randrange(3)))})


def firms(many: int, seed: int) -> Iterator[dict[str, Any]]:
    rng = random.Random(seed)  # noqa: S311 (a seeded draw)
    codes = list(FAMILIES)
    for ident in range(1, many + 1):
        siren = f"{ident:09d}"
        seat = _DEPARTMENTS[_skewed(rng, len(_DEPARTMENTS))]
        families = rng.sample(codes, rng.choice((1, 1, 1, 2, 2, 3)))
        yield {
            "id": ident,
            "siret": siren + "00010",
            "siren": siren,
            "seat": seat,
            "families": families,
            "places": _places(rng, seat),
            "branches": branches_of([rng.choice(FAMILIES[family]) for family in families]),
            "words": sorted({VOCABULARY[_skewed(rng, len(VOCABULARY))] for _ in range(10)}),
            "statuses": (rng.random() < 0.08) | (rng.random() < 0.02) << 1 | (rng.random() < 0.005) << 2,
            "levers": sum(1 << (4 + rng.randrange(15)) for _ in range(2)) & ((1 << 19) - 1),
            "clauses": {CLAUSES[_skewed(rng, len(CLAUSES))] for _ in range(rng.randrange(7))},
            "rng": rng,
        }


def _array(values: list[str]) -> str:
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


def fill(url: str, many: int, seed: int = 7) -> None:
    """An empty, migrated database becomes a market; indexes are made once the rows are in."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET maintenance_work_mem = '512MB'")
        made = [
            connection.execute("SELECT pg_get_indexdef(%s::regclass)", (name,)).fetchone()[0]  # type: ignore[index]
            for name in _INDEXES
        ]
        for name in _INDEXES:
            connection.execute(f"DROP INDEX {name}".encode())
        keys = [
            connection.execute(
                "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
                (name,),
            ).fetchone()
            for name in ("pk_reach", "pk_able", "pk_firm_word")
        ]
        for table, name, _ in keys:  # type: ignore[misc]
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())
        connection.execute("CREATE UNLOGGED TABLE trait (id int, bits int)")
        _copy(connection, many, seed)
        _reach(connection)
        connection.execute("CREATE INDEX bench_reach ON reach (organisation_id, family, place)")
        connection.execute("ANALYZE")
        for statement in (postings.able(), postings.words()):
            connection.execute(statement.encode())
        connection.execute("DROP INDEX bench_reach")
        for table, name, definition in keys:  # type: ignore[misc]
            connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}".encode())
        for statement in made:
            connection.execute(statement)
        connection.execute("VACUUM ANALYZE")


def _copy(connection: psycopg.Connection, many: int, seed: int) -> None:
    """Three passes over the same seeded firms: organisations, firms, capabilities."""
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY organisation (id, siret, kind, name, department, verification) FROM STDIN") as copy,
    ):
        for one in firms(many, seed):
            copy.write_row((one["id"], one["siret"], "firm", f"Firme {one['id']}", one["seat"], "verified"))
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY firm (organisation_id, siret, siren, name, department, official_traits, contact, families, places,"
            " branches, words, draw, listed, category) FROM STDIN"
        ) as copy,
    ):
        for one in firms(many, seed):
            arrays = [_array(one[name]) for name in ("families", "places", "branches", "words")]
            copy.write_row(
                (
                    one["id"],
                    one["siret"],
                    one["siren"],
                    f"Firme {one['id']}",
                    one["seat"],
                    int(one["statuses"]),
                    "platform",
                    *arrays,
                    draw_of(one["siret"]),
                    True,
                    "PME",
                )
            )
    with connection.cursor() as cursor, cursor.copy("COPY trait (id, bits) FROM STDIN") as copy:
        for one in firms(many, seed):
            copy.write_row((one["id"], int(one["statuses"]) | one["levers"]))
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY capability (organisation_id, siren, clause_id, clause_version, requirement, answer, level, value,"
            " places, valid_until) FROM STDIN"
        ) as copy,
    ):
        rng = random.Random(seed + 1)  # noqa: S311
        for one in firms(many, seed):
            where = _array(one["places"])
            for clause in one["clauses"]:
                until = date(2020, 1, 1) if rng.random() < 0.1 else date.max
                copy.write_row(
                    (
                        one["id"],
                        one["siren"],
                        clause,
                        1,
                        "x.y",
                        "met",
                        rng.choice((1, 1, 2, 3)),
                        rng.randrange(10, 101, 5),
                        where,
                        until,
                    )
                )


def _reach(connection: psycopg.Connection) -> None:
    """The inverted table, from the firms, in the order of its key."""
    connection.execute("SET work_mem = '512MB'")
    connection.execute(
        """
        INSERT INTO reach (family, place, band, draw, organisation_id, traits, distance_km, radius_km)
        SELECT f, p, CASE p WHEN department THEN 0 WHEN 'FR' THEN 3 WHEN '*' THEN 1 ELSE 1 + draw % 2 END,
               draw, organisation_id, bits, 0, 0
        FROM firm JOIN trait ON id = organisation_id, unnest(families || '{*}') f, unnest(places || '{*}') p
        """
    )
