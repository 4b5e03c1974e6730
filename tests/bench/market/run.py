"""`python -m tests.bench.market.run --firms 10000,100000,1000000`: matching and market depth, in the database process.

Each figure is PostgreSQL's own planning plus execution time (EXPLAIN ANALYZE), over draws of families, departments,
clauses and words; the first page, pages at 50 % and 99 % of the directory, and the growth between sizes.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Select, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from app.database import embedded
from app.database.engine import psycopg_url
from app.database.migrate import migrate
from app.market import matching, queries_depth, walks
from app.market.depth import Scale
from app.market.directory import by_department
from app.market.needs import Demand, Key, Need
from app.market.places import departments
from app.market.queries import today
from app.settings import ROOT
from tests.bench.market import generate, reference

CEILING: Final = 50.0
"""Milliseconds, at the 95th percentile, at a million firms."""
REFERENCE_DRAWS: Final = 8
DEPARTMENTS: Final = sorted(departments())
_EXPLAIN: Final = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a search, with the probe that may come first."""

    need: Need
    after: Key | None = None
    limit: int = 21


@dataclass(frozen=True, slots=True)
class Tally:
    """The count and the facets of a search."""

    need: Need


Wanted = Page | Tally | Select[Any]
Draw = Callable[[random.Random], Wanted]


def _need(**facts: Any) -> Need:
    return Need(today=today(), **facts)


def _family(rng: random.Random) -> str:
    return rng.choice(list(generate.FAMILIES))


def _clause(rng: random.Random) -> Demand:
    return Demand(rng.choice(generate.CLAUSES), 2, Decimal(30), Decimal(20))


def _place(rng: random.Random) -> tuple[str, ...]:
    return (rng.choice(DEPARTMENTS),)


def _word(rng: random.Random, most: int, least: int = 0) -> str:
    return generate.VOCABULARY[rng.randrange(least, most)]


COMMONEST: Final = Demand(generate.CLAUSES[0])


def _searches() -> dict[str, Callable[[random.Random], dict[str, Any]]]:
    return {
        "sourcing: family + department": lambda r: {"family": _family(r), "departments": _place(r)},
        "sourcing: family + 3 departments": lambda r: {
            "family": _family(r), "departments": tuple(r.sample(DEPARTMENTS, 3))
        },
        "sourcing: + lever": lambda r: {
            "family": _family(r), "departments": _place(r), "any_traits": 1 << r.randrange(4, 19)
        },
        "sourcing: + clause at a level": lambda r: {
            "family": _family(r), "departments": _place(r), "demands": (_clause(r),)
        },
        "sourcing: + 3 clauses": lambda r: {
            "family": _family(r), "departments": _place(r), "demands": tuple(_clause(r) for _ in range(3))
        },
        "sourcing: + CPV branch": lambda r: {
            "family": (f := _family(r)), "departments": _place(r), "cpv": r.choice(generate.FAMILIES[f])
        },
        "directory: department + status (0.5 %)": lambda r: {"departments": _place(r), "traits": 4},
        "directory: status (0.5 %), country": lambda _: {"traits": 4},
        "directory: common word, country": lambda r: {"words": (_word(r, 20),)},
        "directory: rare word, country": lambda r: {"words": (_word(r, 3000, 2950),)},
        "directory: two words, country": lambda r: {"words": (_word(r, 100), _word(r, 3000))},
        "directory: word + department": lambda r: {"departments": _place(r), "words": (_word(r, 3000),)},
        "directory: word + family + department": lambda r: {
            "family": _family(r), "departments": _place(r), "words": (_word(r, 500),)
        },
        "directory: clause, country": lambda r: {"demands": (_clause(r),)},
        "directory: clause + word, country": lambda r: {"demands": (_clause(r),), "words": (_word(r, 500),)},
    }  # fmt: skip


def scenarios(keys: dict[str, Key]) -> dict[str, Draw]:
    """Name → what each draw asks; all are held to the ceiling."""
    made: dict[str, Draw] = {
        "directory, first page": lambda _: Page(_need()),
        "directory, page at 50 %": lambda _: Page(_need(), keys["directory 50"]),
        "directory, page at 99 %": lambda _: Page(_need(), keys["directory 99"]),
        "commonest clause, page at 99 %": lambda _: Page(_need(demands=(COMMONEST,)), keys["clause 99"]),
        "commonest word, page at 99 %": lambda _: Page(_need(words=(generate.VOCABULARY[0],)), keys["word 99"]),
        "sourcing: every firm told (20 000 at most)": lambda r: Page(
            _need(family=_family(r), departments=_place(r)), None, 20_000
        ),
        "facets and count: whole directory": lambda _: Tally(_need()),
        "map: firms of a family by department": lambda r: by_department(_family(r)),
    }
    for name, facts in _searches().items():
        made[name] = lambda r, facts=facts: Page(_need(**facts(r)))  # type: ignore[misc]
        made[f"facets and count, {name}"] = lambda r, facts=facts: Tally(_need(**facts(r)))  # type: ignore[misc]
    for where, place in (("department", _place), ("country", lambda _: ())):
        made |= _depths(where, place)
    return made


def _depths(where: str, place: Callable[[random.Random], tuple[str, ...]]) -> dict[str, Draw]:
    scale = Scale("x", "x", "%", Decimal(0), Decimal(100), Decimal(20), at_most=False)

    def basket(rng: random.Random) -> list[tuple[Demand, Demand]]:
        clauses = [_clause(rng) for _ in range(6)]
        return [(one, replace(one, threshold=Decimal(20))) for one in clauses]

    return {
        f"depth: clause, {where}": lambda r: queries_depth.meeting(_clause(r), place(r), today()),
        f"depth: curve, {where}": lambda r: queries_depth.best_values(
            replace(_clause(r), threshold=None), place(r), today(), scale
        ),
        f"depth: trend, {where}": lambda r: queries_depth.over_time(_clause(r), place(r), today()),
        f"depth: basket of 6, {where}": lambda r: queries_depth.masks(basket(r), place(r), today()),
    }


def _timed(connection: Connection, wanted: Wanted) -> float:
    """Of every statement that the search sends."""
    if isinstance(wanted, Select):
        return _explained(connection, wanted)
    asked, spent, held = walks.probe(wanted.need), 0.0, ()
    if asked is not None:
        spent = _explained(connection, asked)
        held = tuple(connection.execute(asked).one())  # type: ignore[assignment]
    by = walks.drive(wanted.need, held)
    if isinstance(wanted, Tally):
        return spent + _explained(connection, matching.tallying(wanted.need, by))
    return spent + _explained(connection, matching.page(wanted.need, wanted.after, wanted.limit, by))


def _explained(connection: Connection, statement: Select[Any]) -> float:
    row = connection.execute(statement, execution_options={"explained": True}).cursor.fetchone()  # type: ignore[union-attr]
    (plan,) = row[0] if isinstance(row[0], list) else json.loads(row[0])
    return float(plan["Planning Time"] + plan["Execution Time"])


def _explain(_: Any, __: Any, statement: str, parameters: Any, context: Any, *___: Any) -> tuple[str, Any]:
    return (_EXPLAIN if context.execution_options.get("explained") else "") + statement, parameters


def measure(url: str, draws: int, only: str) -> dict[str, tuple[float, float]]:
    """Scenario → (p50, p95) in milliseconds, warm."""
    engine = create_engine(psycopg_url(url), poolclass=NullPool)
    found = {}
    with engine.connect() as connection:
        keys = _keys(connection)
        event.listen(engine, "before_cursor_execute", _explain, retval=True)
        for name, draw in scenarios(keys).items():
            if only not in name:
                continue
            rng = random.Random(11)  # noqa: S311 (the same draws each time)
            _timed(connection, draw(random.Random(10)))  # noqa: S311 (to warm up)
            times = sorted(_timed(connection, draw(rng)) for _ in range(draws))
            found[name] = (statistics.median(times), times[int(len(times) * 0.95) - 1])
    engine.dispose()
    return found


def _keys(connection: Connection) -> dict[str, Key]:
    """Where deep pages start."""
    everywhere = walks.walks(_need(), walks.Drive())[0]
    clause = walks.walks(_need(), walks.Drive(demand=COMMONEST))[0]
    word = walks.walks(_need(), walks.Drive(word=generate.VOCABULARY[0]))[0]
    return {
        "directory 50": _key_at(connection, everywhere, 0.5),
        "directory 99": _key_at(connection, everywhere, 0.99),
        "clause 99": _key_at(connection, clause, 0.99),
        "word 99": _key_at(connection, word, 0.99),
    }


def _key_at(connection: Connection, walk: walks.Walk, share: float) -> Key:
    rows = connection.scalar(select(func.count()).select_from(walk.shown().subquery())) or 0
    row = connection.execute(walk.shown().order_by(*walk.order).offset(int(rows * share)).limit(1)).one()
    return (row[0], row[1], row[2])


def compare(url: str, ours: dict[str, tuple[float, float]]) -> None:
    """The same search as Le Marché de l’inclusion asks it, on the same firms, and the ratio."""
    name = "sourcing: family + department"
    if name not in ours:
        return
    rng = random.Random(11)  # noqa: S311 (the same draws)
    with psycopg.connect(url, autocommit=True) as connection:
        reference.made(connection)
        times = sorted(reference.milliseconds(connection, _family(rng), _place(rng)[0]) for _ in range(REFERENCE_DRAWS))
    high, mine = times[-1], ours[name][1] + ours[f"facets and count, {name}"][1]
    print(f"          the reference, page + count: p50 {statistics.median(times):.2f} ms, max {high:.2f} ms")
    print(f"          ours (page + count and facets, p95) {mine:.2f} ms: {high / mine:.0f} times faster", flush=True)


def _admin(server: str) -> URL:
    return make_url(psycopg_url(server)).set(drivername="postgresql")


def _drop(server: str, name: str) -> None:
    with psycopg.connect(_admin(server).render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def _database(server: str, name: str, *, keep: bool) -> tuple[str, bool]:
    """Its address, and whether it was already there."""
    admin = _admin(server)
    address = admin.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(admin.render_as_string(hide_password=False), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    if known and keep:
        return address, True
    _drop(server, name)
    with psycopg.connect(admin.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return address, False


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--firms", default="10000,100000")
    parser.add_argument("--draws", type=int, default=60)
    parser.add_argument("--url", default="", help="a PostgreSQL; else the embedded one, in var/bench")
    parser.add_argument("--keep", action="store_true", help="leave the databases, and use those that are there")
    parser.add_argument("--only", default="", help="the scenarios whose name holds this text")
    asked = parser.parse_args()
    server = asked.url or embedded.start(ROOT / "var" / "bench")
    table: dict[int, dict[str, tuple[float, float]]] = {}
    for many in map(int, asked.firms.split(",")):
        url, there = _database(server, f"market_{many}", keep=asked.keep)
        begun = time.monotonic()
        if not there:
            migrate(url)
            generate.fill(url, many)
        print(f"{many} firms made in {time.monotonic() - begun:.0f} s", flush=True)
        table[many] = measure(url, asked.draws, asked.only)
        for name, (middle, high) in table[many].items():
            print(f"{many:>8}  {name:<42} p50 {middle:8.2f} ms   p95 {high:8.2f} ms", flush=True)
        compare(url, table[many])
        if not asked.keep:
            _drop(server, f"market_{many}")
    return _report(table)


def _report(table: dict[int, dict[str, tuple[float, float]]]) -> int:
    """The growth of p95 from the smallest to the largest, and what passes the ceiling."""
    sizes = sorted(table)
    print("\np95 in ms: " + " → ".join(map(str, sizes)))
    for name in table[sizes[-1]]:
        print(f"{name:<42} " + " → ".join(f"{table[size][name][1]:.2f}" for size in sizes))
    slow = [name for name, (_, high) in table[sizes[-1]].items() if high > CEILING]
    print(f"over {CEILING} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
