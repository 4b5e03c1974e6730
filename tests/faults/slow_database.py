"""A slow database, then one that swallows everything (F07): an answer or a 503 in three seconds, never a hang.

Seen to bite: with `PatientRequests` taken out of `create_app`, a request to the black hole is answered by nobody within
30 s (TCP acknowledges: neither `statement_timeout` nor `tcp_user_timeout` sees it).
"""

import asyncio
import time

import httpx
import psutil

from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.lost_database import _write
from tests.faults.proxy import Proxy
from tests.faults.site import Site
from tests.faults.writers import new_key

AT_ONCE = 25
LONGEST = 3.3
"""Three seconds, and what the machine takes to route and to answer twenty-five at once."""


async def _timed(client: httpx.AsyncClient, key: str, kind: int) -> tuple[float, int]:
    began = time.monotonic()
    try:
        if kind % 3 == 0:
            status = (await _write(client, key)).status_code
        elif kind % 3 == 1:
            status = (await client.get("/api/v1/purchases", headers={"Authorization": f"Bearer {key}"})).status_code
        else:
            status = (await client.get("/health/ready")).status_code
    except httpx.HTTPError:
        status = 0
    return time.monotonic() - began, status


async def _round(site: Site, proxy: Proxy, key: str, name: str) -> list[Line]:
    async with httpx.AsyncClient(base_url=site.url, timeout=15, limits=httpx.Limits(max_connections=60)) as client:
        asked = [asyncio.create_task(_timed(client, key, kind)) for kind in range(AT_ONCE)]
        await asyncio.sleep(0.2)
        began = time.monotonic()
        read = (await client.get("/api/v1/clauses?q=mobilier+reconditionne")).status_code
        reading = time.monotonic() - began
        answers = await asyncio.gather(*asked)
        proxy.set("up")
        began = time.monotonic()
        while (await _write(client, key)).status_code != 201:
            await asyncio.sleep(0.02)
        back = time.monotonic() - began
    slowest, statuses = max(seconds for seconds, _ in answers), sorted({status for _, status in answers})
    good = slowest <= LONGEST and set(statuses) <= {200, 201, 503}
    return [
        Line(
            f"{name} : {AT_ONCE} demandes à la fois", f"{statuses}, {slowest:.2f} s au plus", "200 ou 503 en 3 s", good
        ),
        Line(
            "  une lecture pendant ce temps", f"{read} en {reading:.2f} s", "200 en 1 s", read == 200 and reading <= 1
        ),
        Line("  première écriture ensuite", f"{back:.2f} s", "≤ 5 s", back <= 5),
    ]


async def _all(site: Site, proxy: Proxy, key: str) -> list[Line]:
    await _round(site, proxy, key, "base en marche")
    lines = []
    process = psutil.Process(site.workers()[0].pid)
    base = process.num_threads(), process.num_fds()
    for name, mode, delay in (("base à 300 ms", "slow", 0.3), ("base à 2 s", "slow", 2.0), ("base muette", "hole", 0)):
        proxy.set(mode, delay)  # type: ignore[arg-type]
        lines += await _round(site, proxy, key, name)
    await asyncio.sleep(3)
    grown = process.num_threads() - base[0], process.num_fds() - base[1]
    # Fifteen connections of the pool may stay open.
    lines.append(
        Line("  fils et descripteurs de plus ensuite", f"{grown}", "≤ 5 et ≤ 20", grown[0] <= 5 and grown[1] <= 20)
    )
    return lines


def run(*, quick: bool) -> list[Line]:
    del quick
    with Cluster() as cluster:
        proxy = Proxy(cluster.port)
        with Site(cluster.url_at(proxy.port)) as site:
            lines = asyncio.run(_all(site, proxy, asyncio.run(new_key(cluster.url))))
        proxy.close()
    return lines
