"""The database away for half a minute (F06): reading goes on, writing is refused politely, and it comes back alone.

Seen to bite: with `pool_pre_ping=False` the first write after the return fails; with the follower of the library
emptied on error (`_Held.shelf = None` in `look`), every read answers 503.
"""

import asyncio
import time

import httpx

from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.proxy import Proxy
from tests.faults.reading import COMPUTED, asked_all
from tests.faults.site import Site
from tests.faults.writers import new_key
from tests.purchases.makers import draft


async def _write(client: httpx.AsyncClient, key: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return await client.post("/api/v1/purchases", json={"title": "Essai", "draft": draft()}, headers=headers)


async def _away(site: Site, proxy: Proxy, key: str, seconds: float) -> list[Line]:
    async with httpx.AsyncClient(base_url=site.url, timeout=60) as client:
        for path, status in (await asked_all(client)).items():
            assert status == 200, (path, status)
        proxy.set("down")
        gone = time.monotonic()
        while (ready := await client.get("/health/ready")).status_code == 200:
            await asyncio.sleep(0.02)
        noticed = time.monotonic() - gone
        reads: dict[str, int] = {}
        alive, refused = True, True
        while time.monotonic() - gone < seconds:
            for path, status in (await asked_all(client)).items():
                reads[path] = max(status, reads.get(path, 0))
            # The same reader with an account: nobody can say who it is, and reading needs nobody.
            signed = await client.post(
                "/api/v1/check",
                json=COMPUTED["/api/v1/check"],
                headers={"Authorization": f"Bearer {key}"},
            )
            reads["POST /api/v1/check, connecté"] = max(signed.status_code, reads.get("", 0))
            alive = alive and (await client.get("/health/live")).status_code == 200
            answer = await _write(client, key)
            refused = refused and answer.status_code == 503 and "retry-after" in answer.headers
        proxy.set("up")
        back = time.monotonic()
        while (await _write(client, key)).status_code != 201:
            await asyncio.sleep(0.02)
        recovered = time.monotonic() - back
        while (await client.get("/health/ready")).status_code != 200:
            await asyncio.sleep(0.02)
        again = time.monotonic() - back
    wrong = {path: status for path, status in reads.items() if status != 200}
    said = str(ready.json().get("detail", ""))
    return [
        Line(
            f"base absente {seconds:.0f} s : lectures et calculs",
            f"{len(reads)} adresses, en panne : {wrong or 'aucune'}",
            "200",
            not wrong,
        ),
        Line("  écritures", "503 + Retry-After" if refused else str(answer), "503 + Retry-After", refused),
        Line("  /health/live", "200" if alive else "en panne", "200", alive),
        Line(
            "  /health/ready",
            f"503 en {noticed:.2f} s : {said}",
            "≤ 2 s, avec la raison",
            noticed <= 2 and "base de données" in said,
        ),
        Line("  première écriture après le retour", f"{recovered:.2f} s", "≤ 5 s", recovered <= 5),
        Line("  /health/ready après le retour", f"{again:.2f} s", "≤ 5 s", again <= 5),
    ]


def run(*, quick: bool) -> list[Line]:
    with Cluster() as cluster:
        proxy = Proxy(cluster.port)
        with Site(cluster.url_at(proxy.port), CLAUSIER_WORKER="true") as site:
            key = asyncio.run(new_key(cluster.url))
            lines = asyncio.run(_away(site, proxy, key, 6 if quick else 30))
        proxy.close()
    return lines
