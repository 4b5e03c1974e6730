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
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Select, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from app.database import embedded
from app.database.engine import psycopg_url
from app.database.migrate import migrate
from app.market import matching, queries_depth, spreading, walks
from app.market.needs import Key
from app.market.queries import today
from app.market.queries_depth import Scope
from app.settings import ROOT
from tests.bench.market import generate, reference
from tests.bench.market.asked import COMMONEST, Depth, Spread, Tally, Wanted, family, need, place, scenarios

CEILING: Final = 50.0
"""Milliseconds, at the 95th percentile, at a million firms."""
REFERENCE_DRAWS: Final = 8
_EXPLAIN: Final = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "


def _timed(connection: Connection, wanted: Wanted) -> float:
    """Of every statement that the search sends."""
    if isinstance(wanted, Select):
        return _explained(connection, wanted)
    if isinstance(wanted, Depth):
        return _depth_timed(connection, wanted)
    asked, spent, held = walks.probe(wanted.need), 0.0, ()
    if asked is not None:
        spent = _explained(connection, asked)
        held = tuple(connection.execute(asked).one())  # type: ignore[assignment]
    by = walks.drive(wanted.need, held)
    if isinstance(wanted, Spread):
        return spent + _explained(connection, spreading.by_department(wanted.need, by))
    if isinstance(wanted, Tally):
        return spent + _explained(connection, matching.tallying(wanted.need, by))
    return spent + _explained(connection, matching.page(wanted.need, wanted.after, wanted.limit, by))


def _depth_timed(connection: Connection, wanted: Depth) -> float:
    spent, below = 0.0, None
    if not wanted.departments:
        asked = queries_depth.probing(wanted.clauses)
        spent, below = _explained(connection, asked), queries_depth.sample(tuple(connection.execute(asked).one()))
    return spent + _explained(connection, wanted.statement(Scope(wanted.departments, today(), below)))


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
    everywhere = walks.walks(need(), walks.Drive())[0]
    clause = walks.walks(need(), walks.Drive(demand=COMMONEST))[0]
    word = walks.walks(need(), walks.Drive(word=generate.VOCABULARY[0]))[0]
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
        times = sorted(reference.milliseconds(connection, family(rng), place(rng)[0]) for _ in range(REFERENCE_DRAWS))
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
