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
from decimal import Decimal
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Select, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from app.database import embedded
from app.database.engine import psycopg_url
from app.database.migrate import migrate
from app.market import matching, queries_depth
from app.market.matching import Demand, Need
from app.market.models import Capability, Reach
from app.market.places import departments
from app.market.queries import today
from app.settings import ROOT
from tests.bench.market import generate

CEILING: Final = 50.0
"""Milliseconds, at the 95th percentile, at a million firms."""
DEPARTMENTS: Final = sorted(departments())
Wanted = Need | Select[Any]
Draw = Callable[[random.Random], Wanted]
_EXPLAIN: Final = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "


def _need(**facts: Any) -> Need:
    return Need(today=today(), **facts)


def _family(rng: random.Random) -> str:
    return rng.choice(list(generate.FAMILIES))


def _clause(rng: random.Random) -> Demand:
    return Demand(rng.choice(generate.CLAUSES), 2, Decimal(30), Decimal(20))


def scenarios(keys: list[matching.Key]) -> dict[str, Draw]:
    """Name → a statement per draw. Those of `BOUND` are held to the ceiling."""

    def place(rng: random.Random) -> tuple[str, ...]:
        return (rng.choice(DEPARTMENTS),)

    return {
        "directory, first page": lambda _: _need(),
        "directory, page at 50 %": lambda _: matching.page(_need(), keys[0], 21),
        "directory, page at 99 %": lambda _: matching.page(_need(), keys[1], 21),
        "sourcing: family + department": lambda r: _need(family=_family(r), departments=place(r)),
        "sourcing: family + 3 departments": lambda r: _need(
            family=_family(r), departments=tuple(r.sample(DEPARTMENTS, 3))
        ),
        "sourcing: + lever": lambda r: _need(
            family=_family(r), departments=place(r), any_traits=1 << r.randrange(4, 19)
        ),
        "sourcing: + clause at a level": lambda r: _need(
            family=_family(r), departments=place(r), demands=(_clause(r),)
        ),
        "sourcing: + CPV branch": lambda r: _need(
            family=(f := _family(r)), departments=place(r), cpv=r.choice(generate.FAMILIES[f])
        ),
        "directory: department + status (0.5 %)": lambda r: _need(departments=place(r), traits=4),
        "directory: status (0.5 %), country": lambda _: _need(traits=4),
        "directory: common word, country": lambda r: _need(words=(generate.VOCABULARY[r.randrange(20)],)),
        "directory: rare word, country": lambda r: _need(words=(generate.VOCABULARY[-1 - r.randrange(50)],)),
        "directory: word + family + department": lambda r: _need(
            family=_family(r), departments=place(r), words=(generate.VOCABULARY[r.randrange(500)],)
        ),
        "directory: clause, country": lambda r: _need(demands=(_clause(r),)),
        "count: family + department": lambda r: matching.counting(_need(family=_family(r), departments=place(r))),
        "count: whole directory": lambda _: matching.counting(_need()),
        "depth: clause + department": lambda r: select(func.count(Capability.siren.distinct())).where(
            _clause(r).met(today()), queries_depth.in_places(place(r))
        ),
        "depth: basket of 6 + department": lambda r: queries_depth.masks(
            [((d := _clause(r)), d) for _ in range(6)], place(r), today()
        ),
    }


def _timed(connection: Connection, wanted: Wanted) -> float:
    """Of one statement, or of the two of a page that first looks whether few firms hold what is asked."""
    if not isinstance(wanted, Need):
        return _explained(connection, wanted)
    few, spent, among = matching.probe(wanted), 0.0, None
    if few is not None:
        spent = _explained(connection, few)
        holders = list(connection.scalars(few))
        among = holders if len(holders) <= matching.FEW else None
    return spent + _explained(connection, matching.page(wanted, None, 21, among))


def _explained(connection: Connection, statement: Select[Any]) -> float:
    row = connection.execute(statement, execution_options={"explained": True}).cursor.fetchone()  # type: ignore[union-attr]
    (plan,) = row[0] if isinstance(row[0], list) else json.loads(row[0])
    return float(plan["Planning Time"] + plan["Execution Time"])


def _explain(_: Any, __: Any, statement: str, parameters: Any, context: Any, *___: Any) -> tuple[str, Any]:
    return (_EXPLAIN if context.execution_options.get("explained") else "") + statement, parameters


def measure(url: str, draws: int) -> dict[str, tuple[float, float]]:
    """Scenario → (p50, p95) in milliseconds, warm."""
    engine = create_engine(psycopg_url(url), poolclass=NullPool)
    found = {}
    with engine.connect() as connection:
        keys = [_key_at(connection, share) for share in (0.5, 0.99)]
        event.listen(engine, "before_cursor_execute", _explain, retval=True)
        for name, draw in scenarios(keys).items():
            rng = random.Random(11)  # noqa: S311 (the same draws each time)
            times = sorted(_timed(connection, draw(rng)) for _ in range(draws))
            found[name] = (statistics.median(times), times[int(len(times) * 0.95) - 1])
    engine.dispose()
    return found


def _key_at(connection: Connection, share: float) -> matching.Key:
    rows = connection.scalar(select(func.count()).where(Reach.family == "*", Reach.place == "*")) or 0
    asked = select(Reach.band, Reach.draw, Reach.organisation_id).where(Reach.family == "*", Reach.place == "*")
    row = connection.execute(
        asked.order_by(Reach.band, Reach.draw, Reach.organisation_id).offset(int(rows * share)).limit(1)
    ).one()
    return (row[0], row[1], row[2])


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
        table[many] = measure(url, asked.draws)
        for name, (middle, high) in table[many].items():
            print(f"{many:>8}  {name:<42} p50 {middle:8.2f} ms   p95 {high:8.2f} ms", flush=True)
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
