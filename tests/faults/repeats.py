"""The same demand sent again (F15), two hands on one file (F16), and what thousands of requests leave open (F17).

Seen to bite: with `on_conflict_do_nothing` taken out of `app/accounts/idempotency.py` twins answer 500; with the check
of `If-Match` taken out of `write_file`, updates are lost.
"""

import asyncio
import random
import uuid
from collections import Counter

import httpx
import psutil
import psycopg

from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.site import Site
from tests.faults.writers import new_key
from tests.purchases.makers import draft


async def _same_key(client: httpx.AsyncClient, cluster: Cluster, count: int) -> list[Line]:
    """Each intent: a twin at the same time, a retry afterwards, another body under the same key."""
    seen: Counter[str] = Counter()

    async def intent() -> None:
        key = uuid.uuid4().hex
        asked = {"json": {"title": f"Rejeu {key}", "draft": draft()}, "headers": {"Idempotency-Key": key}}
        one, two = await asyncio.gather(
            client.post("/api/v1/purchases", **asked), client.post("/api/v1/purchases", **asked)
        )
        again = await client.post("/api/v1/purchases", **asked)
        other = await client.post(
            "/api/v1/purchases", json={"title": "Autre", "draft": draft()}, headers=asked["headers"]
        )
        seen["same"] += (
            one.status_code == two.status_code == again.status_code == 201 and one.json() == two.json() == again.json()
        )
        seen["refused"] += other.status_code == 422
        seen["5xx"] += sum(answer.status_code >= 500 for answer in (one, two, again, other))

    for start in range(0, count, 10):
        await asyncio.gather(*(intent() for _ in range(min(10, count - start))))
    (made,) = cluster.rows("SELECT count(*) FROM purchase_file WHERE title LIKE 'Rejeu %'")[0]
    good = made == seen["same"] == seen["refused"] == count and not seen["5xx"]
    found = f"{made} créés, {seen['same']} réponses égales, {seen['refused']} refus"
    return [Line(f"{count} demandes envoyées quatre fois, même clé", found, f"{count} partout", good)]


async def _two_hands(client: httpx.AsyncClient, count: int) -> list[Line]:
    """Writers who hold a version that may be old: each accepted write builds on the one before it."""
    file = (await client.post("/api/v1/purchases", json={"title": "v", "draft": draft()})).json()
    path, chance = f"/api/v1/purchases/{file['id']}", random.Random(7)  # noqa: S311
    accepted, stale, without = [], 0, (await client.put(path, json={"title": "sans"})).status_code

    async def hand(number: int) -> None:
        nonlocal stale
        version, title = file["version"], ""
        for turn in range(count // 8):
            if chance.random() < 0.5:
                now = (await client.get(path)).json()
                version, title = now["version"], now["title"]
            text = f"{number}-{turn}"
            answer = await client.put(path, json={"title": text}, headers={"If-Match": f'"{version}"'})
            if answer.status_code == 200:
                accepted.append((version, text))
                version, title = answer.json()["version"], text
            else:
                stale += answer.status_code == 412
        del title

    await asyncio.gather(*(hand(number) for number in range(8)))
    last = (await client.get(path)).json()
    # Two writes accepted on one version: one of them was lost.
    lost = sum(n > 1 for n in Counter(version for version, _ in accepted).values())
    kept = last["title"] == max(accepted)[1] and last["version"] == file["version"] + len(accepted)
    return [
        Line(
            f"{count} écritures entrelacées sur un dossier",
            f"{len(accepted)} acceptées, {stale} périmées, {lost} perdue",
            "0 perdue",
            lost == 0 and kept and stale > 0,
        ),
        Line("  sans If-Match", str(without), "428", without == 428),
    ]


async def _left_open(client: httpx.AsyncClient, site: Site, cluster: Cluster, count: int) -> list[Line]:
    process = psutil.Process(site.workers()[0].pid)

    async def asked(number: int) -> None:
        kind = number % 6
        if kind == 0:
            await client.get("/api/v1/clauses?q=" + uuid.uuid4().hex[:5])
        elif kind == 1:
            await client.get("/api/v1/nothing")
        elif kind == 2:
            await client.post("/api/v1/purchases", content=b"{not json", headers={"content-type": "application/json"})
        elif kind == 3:
            await client.get("/api/v1/purchases")
        elif kind == 4:
            await client.post("/api/v1/analyses", files={"files": ("x.docx", b"PK\x03\x04 broken")})
        else:
            # An upload given up in the middle.
            reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
            writer.write(
                b"POST /api/v1/analyses HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n"
                b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
            )
            await writer.drain()
            writer.transport.abort()
            del reader

    async def rounds(total: int) -> None:
        for start in range(0, total, 12):
            await asyncio.gather(*(asked(start + n) for n in range(12)))
        await asyncio.sleep(2)

    await rounds(max(count // 10, 60))
    base = process.num_fds(), process.num_threads(), len(list(site.temporary.iterdir())), _connections(cluster)
    await rounds(count)
    now = process.num_fds(), process.num_threads(), len(list(site.temporary.iterdir())), _connections(cluster)
    grown = [after - before for before, after in zip(base, now, strict=True)]
    return [
        Line(
            f"{count} demandes, erreurs et envois abandonnés compris",
            f"de plus : {grown}",
            "≤ 5 descripteurs, fils, fichiers, connexions",
            max(grown) <= 5,
        )
    ]


def _connections(cluster: Cluster) -> int:
    with psycopg.connect(cluster.url) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
        ).fetchone()
    return int(found[0]) if found else 0


async def _all(site: Site, cluster: Cluster, key: str, *, quick: bool) -> list[Line]:
    limits = httpx.Limits(max_connections=40)
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=site.url, timeout=60, headers=headers, limits=limits) as client:
        lines = await _same_key(client, cluster, 50 if quick else 1000)
        lines += await _two_hands(client, 80 if quick else 2000)
        return lines + await _left_open(client, site, cluster, 120 if quick else 10_000)


def run(*, quick: bool) -> list[Line]:
    with Cluster() as cluster:
        site = Site(cluster.url, CLAUSIER_DATABASE_WAIT="20")
        site.start()
        try:
            key = asyncio.run(new_key(cluster.url))
            return asyncio.run(_all(site, cluster, key, quick=quick))
        finally:
            site.stop()
