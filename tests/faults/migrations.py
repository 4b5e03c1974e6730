"""The schema up, down and up again on a filled database, and the previous version at work during the change (F13).

The database is the fictitious region of `make demo` (60 buyers, 400 firms, 150 files). Going down loses what the newer
tables held, so rows are compared after a step down and up for the tables that both sides have.
Seen to bite: a migration whose `downgrade` forgets a column, or that rewrites a value, changes the print of its table.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import httpx
import psycopg
from alembic import command
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.database.engine import psycopg_url
from app.database.migrate import alembic_config, migrate, revisions
from app.settings import ROOT
from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.lost_database import _write
from tests.faults.site import Site
from tests.faults.writers import new_key


def _fill(cluster: Cluster) -> None:
    """The demonstration's own command, which fills and goes."""
    folder = tempfile.mkdtemp(prefix="clausier-demo-")
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "app", "demo", "--fill-only"], cwd=ROOT, check=True, capture_output=True,
        env={**Site(cluster.url).environment, "CLAUSIER_VAR": folder, "DATABASE_URL": cluster.url},
    )  # fmt: skip


def _prints(url: str) -> dict[str, tuple[int, str]]:
    """Table → number of rows, and a print of their content that ignores the order of rows and of columns."""
    found = {}
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in names:
            rows = connection.execute(sql.SQL("SELECT to_jsonb(t)::text FROM {} t").format(sql.Identifier(name)))
            texts = sorted(text for (text,) in rows)
            found[name] = (len(texts), sha256("\n".join(texts).encode()).hexdigest())
    del found["alembic_version"]
    return found


def _move(url: str, revision: str) -> float:
    began = time.monotonic()
    with create_engine(psycopg_url(url), poolclass=NullPool).connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        step = command.downgrade if revision != "head" else command.upgrade
        step(config, revision)
        connection.commit()
    return time.monotonic() - began


def _up_and_down(cluster: Cluster, steps: int) -> list[Line]:
    changed: set[str] = set()
    slowest = 0.0
    whole = _prints(cluster.url)
    for revision in revisions()[1 : steps + 1]:
        before = _prints(cluster.url)
        slowest = max(slowest, _move(cluster.url, revision))
        between = _prints(cluster.url)
        slowest = max(slowest, _move(cluster.url, "head"))
        after = _prints(cluster.url)
        # What exists on both sides of the step keeps its rows; what also kept its columns keeps its content.
        changed |= {t for t in between.keys() & before.keys() if after[t][0] != between[t][0]}
    _move(cluster.url, "base")
    migrate(cluster.url)
    empty = sum(count for count, _ in _prints(cluster.url).values())
    total = sum(count for count, _ in whole.values())
    return [
        Line(
            f"{steps} révisions, bas puis haut, sur {total} lignes",
            f"tables changées : {sorted(changed) or 'aucune'}",
            "aucune",
            not changed,
        ),
        Line("  la plus lente", f"{slowest:.1f} s", "≤ 30 s", slowest <= 30),
        Line("  tout en bas, puis tout en haut", f"{empty} lignes restent", "schéma neuf", empty <= 5),
    ]


def _previous(folder: Path) -> str:
    """The tree of the commit before the newest migration, and that migration's name; empty without a history."""
    newest = max(
        (ROOT / "migrations" / "versions").glob("*.py"),
        key=lambda p: (
            f'revision = "{revisions()[0]}"' in p.read_text() or f'revision: str = "{revisions()[0]}"' in p.read_text()
        ),
    )
    asked = ["git", "log", "--diff-filter=A", "--format=%H", "-1", "--", str(newest.relative_to(ROOT))]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    if not commit:
        return ""
    packed = subprocess.run(["git", "archive", f"{commit}~1"], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        return ""
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return newest.stem


async def _during(old: Site, url: str, key: str) -> tuple[int, int, list[int]]:
    """Writes and reads of the previous version while the schema moves beneath it."""
    statuses: list[int] = []
    async with httpx.AsyncClient(base_url=old.url, timeout=60) as client:
        moving = asyncio.create_task(asyncio.to_thread(migrate, url))
        until = time.monotonic() + 5
        while not moving.done() or time.monotonic() < until:
            statuses.append((await _write(client, key)).status_code)
            statuses.append(
                (await client.get("/api/v1/purchases", headers={"Authorization": f"Bearer {key}"})).status_code
            )
            await asyncio.sleep(0.05)
        await moving
        ready = (await client.get("/health/live")).status_code
    return len(statuses), ready, sorted({s for s in statuses if s not in {200, 201}})


def _with_previous() -> list[Line]:
    folder = Path(tempfile.mkdtemp(prefix="clausier-previous-"))
    folder.chmod(0o755)
    name = _previous(folder)
    if not name:
        return [Line("version précédente pendant la migration", "non essayé : pas d’historique git", "", good=True)]
    with Cluster() as cluster:
        old = Site(cluster.url)
        old.folder = folder
        old.start()
        key = asyncio.run(new_key(cluster.url))
        asked, live, wrong = asyncio.run(_during(old, cluster.url, key))
        old.stop()
    return [
        Line(
            f"version d’avant {name[11:]} pendant la migration",
            f"{asked} demandes, mauvaises : {wrong or 'aucune'}, vif {live}",
            "200, 201",
            not wrong,
        )
    ]


def run(*, quick: bool) -> list[Line]:
    with Cluster() as cluster:
        _fill(cluster)
        lines = _up_and_down(cluster, 2 if quick else len(revisions()) - 1)
    return lines + _with_previous()
