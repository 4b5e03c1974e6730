"""The data of the measures: 10,000 versions of 2,000 clauses, 20,000 firms, 5,000 saved files, by COPY; seeded."""

import asyncio
import json
from hashlib import sha256

import psycopg

from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.library.load import load
from app.library.published import PublishedClause
from app.settings import ROOT
from tests.bench.library_synthetic import varied
from tests.bench.market import generate
from tests.faults.writers import new_key

CLAUSES, VERSIONS, FIRMS, FILES, BUYERS = 2000, 5, 20_000, 5000, 50
_FIRST_FILE = 1_000_000
"""Ids of the files made here, away from those of the sequence."""


async def _library(url: str) -> None:
    engine = connect(url)
    async with sessions(engine)() as session, session.begin():
        await load(session, ROOT / "clauses")
    await engine.dispose()


def _named(one: PublishedClause, number: int) -> PublishedClause:
    """Under an id of the usual form, that no real clause has."""
    letters = f"Q{chr(65 + number // 1000 // 26)}{chr(65 + number // 1000 % 26)}"
    record = one.record.model_copy(update={"id": f"CEC-{letters}-{number % 1000:03d}"})
    return PublishedClause(record, 1, "", one.published_at)


def clauses(url: str, count: int, versions: int) -> None:
    """Varied clauses beside the real ones, then older versions of all of them."""
    with psycopg.connect(url) as connection:
        held = connection.execute("SELECT count(*) FROM clause").fetchone()
        made = [_named(one, n) for n, one in enumerate(varied(max(count - (held[0] if held else 0), 0)))]
        with connection.cursor() as cursor:
            with cursor.copy("COPY clause (id) FROM STDIN") as copy:
                for one in made:
                    copy.write_row((one.record.id,))
            columns = "clause_id, number, content_hash, path, source, record"
            with cursor.copy(f"COPY clause_version ({columns}) FROM STDIN".encode()) as copy:
                for one in made:
                    record = json.dumps(one.record.model_dump(mode="json"))
                    digest = sha256(record.encode()).hexdigest()
                    copy.write_row((one.record.id, 1, digest, "bench", record.encode(), record))
        connection.execute(
            f"INSERT INTO clause_version ({columns}) SELECT clause_id, n, md5(clause_id || n), path, source, record "
            "FROM clause_version, generate_series(2, %s) n WHERE number = 1".encode(),
            (versions,),
        )
        connection.execute("UPDATE library_generation SET number = number + 1")


def files(url: str, count: int) -> None:
    """Copies of the one file that the API made, spread over fifty buyers; more of them at each call."""
    columns = [
        "draft", "revision", "state", "object", "families", "cpv", "launch_date", "amount", "created_by", "updated_by",
    ]  # fmt: skip
    names = ", ".join(columns)
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO organisation (siret, kind, name, department, verification) "
            "SELECT lpad((70000000000000 + n)::text, 14, '0'), 'local_authority', 'Acheteur ' || n, '69', 'verified' "
            "FROM generate_series(1, %s) n ON CONFLICT DO NOTHING",
            (BUYERS - 1,),
        )
        connection.execute(
            f"""
            WITH model AS (SELECT * FROM purchase_file WHERE id < {_FIRST_FILE} ORDER BY id LIMIT 1),
                 buyer AS (SELECT id, row_number() OVER (ORDER BY id) - 1 r
                           FROM organisation WHERE name LIKE 'Acheteur %%' OR id = (SELECT organisation_id FROM model)),
                 held AS (SELECT count(*) c FROM purchase_file WHERE id >= {_FIRST_FILE})
            INSERT INTO purchase_file (id, organisation_id, title, updated_at, {names}) OVERRIDING SYSTEM VALUE
            SELECT {_FIRST_FILE} + n, buyer.id, 'Achat ' || n, now() - n * interval '1 second',
                   {", ".join(f"model.{name}" for name in columns)}
            FROM model, held, generate_series(held.c, %s - 1) n JOIN buyer ON buyer.r = n %% {BUYERS}
            """.encode(),
            (count,),
        )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def fill(url: str, *, firms: int = FIRMS, clauses_count: int = CLAUSES, versions: int = VERSIONS) -> str:
    """An empty base becomes a site in use; the key of a buyer who writes."""
    migrate(url)
    asyncio.run(_library(url))
    generate.fill(url, firms)
    clauses(url, clauses_count, versions)
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT setval(pg_get_serial_sequence('organisation', 'id'), (SELECT max(id) FROM organisation))"
        )
    return asyncio.run(new_key(url))
