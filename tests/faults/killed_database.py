"""kill -9 of PostgreSQL under writes (F02): nothing acknowledged is lost, the application comes back by itself.

The control says whether the test can see a loss: the same with `synchronous_commit=off` must lose something, over raw
connections (through the application, a commit each few milliseconds leaves little to lose).
"""

import asyncio
import threading
import time

import psycopg

from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.site import Site
from tests.faults.writers import Writers, compare, new_key


async def _under_writes(cluster: Cluster, writers: Writers, kills: int) -> tuple[float, float]:
    task = asyncio.create_task(writers.run())
    started = served = 0.0
    for _ in range(kills):
        await asyncio.sleep(0.7)
        cluster.kill()
        began = time.monotonic()
        started = max(started, await asyncio.to_thread(cluster.start))
        before = len(writers.told.acknowledged)
        while len(writers.told.acknowledged) == before:
            await asyncio.sleep(0.02)
        served = max(served, time.monotonic() - began)
    writers.stopping = True
    await task
    return started, served


def _raw(url: str, acknowledged: set[int], number: int) -> None:
    """Commits as fast as it can, and notes each."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            for value in range(number * 10**7, (number + 1) * 10**7):
                connection.execute("INSERT INTO t VALUES (%s)", (value,))
                acknowledged.add(value)
    except psycopg.OperationalError:
        return


def _lost_raw(kills: int, synchronous: str) -> tuple[int, int]:
    """Acknowledged and lost, over raw connections."""
    with Cluster(synchronous_commit=synchronous, wal_writer_delay="10s") as cluster:
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE t (value bigint PRIMARY KEY)")
        acknowledged: set[int] = set()
        for kill in range(kills):
            numbers = range(kill * 4, kill * 4 + 4)
            threads = [threading.Thread(target=_raw, args=(cluster.url, acknowledged, one)) for one in numbers]
            for thread in threads:
                thread.start()
            time.sleep(1)
            cluster.kill()
            for thread in threads:
                thread.join()
            cluster.start()
        held = {int(str(value)) for (value,) in cluster.rows("SELECT value FROM t")}
    return len(acknowledged), len(acknowledged - held)


def run(*, quick: bool) -> list[Line]:
    kills = 3 if quick else 20
    with Cluster() as cluster, Site(cluster.url) as site:
        writers = Writers(site.url, asyncio.run(new_key(cluster.url)))
        started, served = asyncio.run(_under_writes(cluster, writers, kills))
        lost, twice = compare(cluster, writers.told)
    raw, raw_lost = _lost_raw(3 if quick else 5, "on")
    loose, loose_lost = _lost_raw(3 if quick else 5, "off")
    done = len(writers.told.acknowledged)
    return [
        Line(
            f"{kills} × kill -9 de PostgreSQL",
            f"{done} enregistrés, {lost} perdu, {twice} double",
            "0 perdu, 0 double",
            lost == twice == 0 and done > kills,
        ),
        Line("  PostgreSQL répond de nouveau", f"{started:.1f} s au plus", "≤ 10 s", started <= 10),
        Line(
            "  l’application enregistre de nouveau, sans redémarrer", f"{served:.1f} s au plus", "≤ 10 s", served <= 10
        ),
        Line("  sans l’application, synchronous_commit=on", f"{raw} enregistrés, {raw_lost} perdu", "0", raw_lost == 0),
        Line(
            "  témoin : synchronous_commit=off perd", f"{loose} enregistrés, {loose_lost} perdus", "> 0", loose_lost > 0
        ),
    ]
