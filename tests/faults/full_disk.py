"""A full disk (F04): writes are refused in a second, reads go on, and it comes back when room does.

The tables of the site live in a tablespace of 96 MiB in memory, that a ballast then fills. Needs root (a mount).
Seen to bite: with `OperationalError` without its handler in `app/web/problems.py`, writes answer 500.
"""

import asyncio
import os
import pwd
import subprocess
import time
from pathlib import Path

import httpx
import psycopg

from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.lost_database import _write
from tests.faults.reading import asked_all
from tests.faults.site import Site
from tests.faults.writers import new_key


def _ballast(folder: Path) -> Path:
    """All that is left, eaten."""
    path = folder / "ballast"
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65536)
        except OSError:
            return path


async def _filled(site: Site, folder: Path, key: str) -> list[Line]:
    async with httpx.AsyncClient(base_url=site.url, timeout=60) as client:
        acknowledged = [(await _write(client, key)).status_code for _ in range(20)].count(201)
        ballast = _ballast(folder)
        statuses: set[int] = set()
        slowest, tries = 0.0, 0
        while 503 not in statuses and tries < 3000:
            # Free room inside the pages of the tables is used first.
            began = time.monotonic()
            answer = await _write(client, key)
            acknowledged += answer.status_code == 201
            statuses.add(answer.status_code)
            slowest, tries = max(slowest, time.monotonic() - began), tries + 1
        reads = {path: status for path, status in (await asked_all(client)).items() if status != 200}
        ready = (await client.get("/health/ready")).json()
        ballast.unlink()
        began = time.monotonic()
        while (await _write(client, key)).status_code != 201:
            await asyncio.sleep(0.05)
        back = time.monotonic() - began
        acknowledged += 1
    said = f"{ready.get('status')} {ready.get('reasons')}"
    return [
        Line(
            "disque plein : écritures",
            f"{sorted(statuses)}, {slowest:.2f} s au plus",
            "503 en 1 s",
            statuses <= {201, 503} and 503 in statuses and slowest <= 1,
        ),
        Line("  lectures", f"en panne : {reads or 'aucune'}", "200", not reads),
        Line("  /health/ready", said, "degraded, avec la raison", "Mio" in said and "degraded" in said),
        Line("  première écriture quand la place revient", f"{back:.2f} s", "≤ 5 s", back <= 5),
        Line("  enregistrés", str(acknowledged), "autant de lignes", True),
    ]


def run(*, quick: bool) -> list[Line]:
    del quick
    if os.geteuid() != 0:
        return [Line("disque plein", "non essayé : il faut être root pour monter un disque en mémoire", "", good=True)]
    with Cluster() as cluster:
        small = cluster.folder / "small"
        small.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m,mode=0777", "tmpfs", str(small)], check=True)
        try:
            return _on(cluster, small)
        finally:
            cluster.stop()
            subprocess.run(["umount", "-l", str(small)], check=True)


def _on(cluster: Cluster, small: Path) -> list[Line]:
    space = small / "space"
    space.mkdir()
    if cluster.user:
        owner = pwd.getpwnam(cluster.user)
        os.chown(space, owner.pw_uid, owner.pw_gid)
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{space}'".encode())
        connection.execute("CREATE DATABASE clausier TABLESPACE small")
    cluster.database = "clausier"
    with Site(cluster.url, CLAUSIER_VAR=str(small / "var")) as site:
        lines = asyncio.run(_filled(site, small, asyncio.run(new_key(cluster.url))))
    (count,) = cluster.rows("SELECT count(*) FROM purchase_file")[0]
    said = lines[-1]
    return [
        *lines[:-1],
        Line(said.what, f"{said.found} acceptés, {count} lignes", said.bound, said.found == str(count)),
    ]
