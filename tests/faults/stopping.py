"""SIGTERM with requests, an upload and a job under way (F12): all are finished, nothing new is taken, nothing is left.

Seen to bite (`app/serving.py`): with `GRACE = 1`, the upload is cut: « [0, 200, 200] »; with the `Multiprocess` of
uvicorn for `_Supervisor`, the socket of two processes stays open until the upload ends: « refusée après 7.3 s ».
"""

import asyncio
import io
import json
import socket
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from typing import Any

import httpx
import psycopg

from tests.bench.load.mixes import document
from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.site import Site
from tests.faults.upstreams import _letters

SLOW_UPLOAD = 4.0


def _docx() -> bytes:
    from docx import Document  # noqa: PLC0415

    document = Document()
    for number in range(200):
        document.add_paragraph(f"Article {number}. Le titulaire remet les preuves demandées avant chaque livraison.")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


async def _upload(client: httpx.AsyncClient) -> int | str:
    """A file that takes its time to come: the status, and the reason of a refusal."""
    boundary = "limite"
    content = _docx()
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="dce.docx"\r\n'
        "Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()

    async def pieces() -> AsyncIterator[bytes]:
        size = len(body) // 8 + 1
        for start in range(0, len(body), size):
            yield body[start : start + size]
            await asyncio.sleep(SLOW_UPLOAD / 8)

    headers = {"content-type": f"multipart/form-data; boundary={boundary}", "content-length": str(len(body))}
    answer = await client.post("/api/v1/analyses", content=pieces(), headers=headers)
    return answer.status_code if answer.is_success else f"{answer.status_code} {answer.text}"


async def _compose(client: httpx.AsyncClient) -> int:
    """Forty clauses. (A conversion to PDF on a busy machine may outlast the twenty seconds that are left.)"""
    body = json.loads(document().raw.partition(b"\r\n\r\n")[2])
    return (await client.post("/api/v1/documents", json=body)).status_code


async def _told(request: Coroutine[Any, Any, int | str]) -> int | str:
    """The status; 0 for a connection that was cut."""
    try:
        return await request
    except httpx.HTTPError:
        return 0


async def _in_flight(site: Site) -> tuple[list[int | str], float, int, float]:
    """What the requests were answered, seconds until a connection is refused, the exit code, seconds until the exit."""
    async with httpx.AsyncClient(base_url=site.url, timeout=60) as client:
        under_way = [
            asyncio.create_task(_told(_upload(client))),
            *(asyncio.create_task(_told(_compose(client))) for _ in range(2)),
        ]
        await asyncio.sleep(1.5)
        began = time.monotonic()
        ending = asyncio.create_task(asyncio.to_thread(site.stop, 40))
        with suppress(OSError):
            while not ending.done():
                await asyncio.sleep(0.1)
                socket.create_connection(("127.0.0.1", site.port), timeout=1).close()
        closed = time.monotonic() - began
        statuses = list(await asyncio.gather(*under_way))
        code = await ending
    return statuses, closed, code, time.monotonic() - began


def run(*, quick: bool) -> list[Line]:
    del quick
    lines = []
    with Cluster() as cluster:
        for processes in (1, 2):
            site = Site(cluster.url, processes=processes, CLAUSIER_WORKER="true")
            site.start()
            asyncio.run(_letters(cluster.url, 20))
            statuses, closed, code, seconds = asyncio.run(_in_flight(site))
            left = [path.name for path in site.temporary.iterdir()]
            finished = all(status in {200, 201} for status in statuses)
            lines += [
                Line(
                    f"SIGTERM, {processes} processus : envoi et documents en cours", str(statuses), "terminés", finished
                ),
                Line("  nouvelle connexion", f"refusée après {closed:.1f} s", "≤ 2 s", closed <= 2),
                Line(
                    "  sortie",
                    f"code {code} en {seconds:.1f} s",
                    "0 ou 143, ≤ 20 s",
                    code in {0, -15, 143} and seconds <= 20,
                ),
                Line("  fichiers temporaires laissés", str(left or "aucun"), "aucun", not left),
            ]
        with psycopg.connect(cluster.url) as connection:
            doing = connection.execute("SELECT count(*) FROM jobs.procrastinate_jobs WHERE status = 'doing'").fetchone()
        lines.append(Line("  travaux laissés à moitié", str(doing and doing[0]), "0", doing == (0,)))
    return lines
