"""kill -9 of a worker of the application under writes (F03): nothing acknowledged is lost, nothing is done twice.

Seen to bite: with `Idempotency-Key` left out of `writers.py`, 100 kills made 3 files twice; with the commit moved after
the answer (`scope="request"` in `DbSession`), files were lost.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.site import Site
from tests.faults.writers import Writers, compare, new_key


@dataclass
class Seen:
    served_again: float = 0
    """Seconds until a write was acknowledged after a kill, at worst: the other process goes on."""
    whole_again: float = 0
    """Seconds until both processes served again, at worst."""


async def _until(true: Callable[[], bool], within: float = 120) -> float:
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > within:
            raise TimeoutError
        await asyncio.sleep(0.02)
    return time.monotonic() - began


async def _under_writes(site: Site, writers: Writers, kills: int) -> Seen:
    task = asyncio.create_task(writers.run())
    seen = Seen()
    for number in range(kills):
        await asyncio.sleep(0.3)
        before = len(writers.told.acknowledged)
        site.kill_worker()
        again = await _until(lambda: len(writers.told.acknowledged) > before)  # noqa: B023 (used at once)
        seen.served_again = max(seen.served_again, again)
        whole = again + await _until(lambda: site.started() >= number + 3)  # noqa: B023
        seen.whole_again = max(seen.whole_again, whole)
    writers.stopping = True
    await task
    return seen


def run(*, quick: bool) -> list[Line]:
    kills = 5 if quick else 100
    with Cluster() as cluster, Site(cluster.url, processes=2) as site:
        key = asyncio.run(new_key(cluster.url))
        writers = Writers(site.url, key)
        seen = asyncio.run(_under_writes(site, writers, kills))
        lost, twice = compare(cluster, writers.told)
    told = writers.told
    return [
        Line(
            f"{kills} × kill -9 d’un processus de l’application",
            f"{len(told.acknowledged)} enregistrés, {lost} perdu, {twice} double",
            "0 perdu, 0 double",
            lost == twice == 0 and len(told.acknowledged) > kills,
        ),
        Line(
            "  demandes interrompues, puis renvoyées",
            f"{sum(told.failed.values())} ({told.replayed} rejouées)",
            "> 0",
            sum(told.failed.values()) > 0,
        ),
        Line(
            "  une écriture est acceptée de nouveau",
            f"{seen.served_again:.1f} s au plus",
            "≤ 2 s",
            seen.served_again <= 2,
        ),
        Line(
            "  les deux processus servent de nouveau",
            f"{seen.whole_again:.1f} s au plus",
            "≤ 10 s",
            seen.whole_again <= 10,
        ),
    ]
