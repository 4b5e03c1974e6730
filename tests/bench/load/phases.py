"""Each measure, and the lines it gives."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from multiprocessing import get_context

import psutil
import psycopg

from app.library.schemas import ClauseQuery
from app.library.search import Request
from app.library.shelf import make_shelf
from tests.bench.library_search import QUERIES
from tests.bench.library_synthetic import FOLDER, varied
from tests.bench.load import data, mixes
from tests.bench.load.generator import Ask, Connection, Seen, ask, closed, one, paced, run
from tests.bench.load.site import SERVER, LoadSite
from tests.faults.cluster import Cluster

RUSH = 400
"""Connections of the overload."""


@dataclass(frozen=True)
class Figure:
    what: str
    value: str
    target: str = ""
    good: bool = True

    def __str__(self) -> str:
        mark = "  " if not self.target else "ok" if self.good else "!!"
        return f"{mark} {self.what:<52} {self.value:<38} {self.target}"


async def capacity(port: int, mix: Sequence[Ask], seconds: float, ladder: Sequence[int]) -> float:
    """The best goodput over a ladder of connections, each a median of three."""
    found = []
    for connections in ladder:
        runs = [await closed(port, mix, connections, seconds, seed) for seed in (1, 2, 3)]
        found.append(statistics.median(run.goodput for run in runs))
        if not found[-1]:
            raise RuntimeError(f"nothing was answered: {runs[0].wrong} {runs[0].refused}")
    return max(found)


def _health(port: int, seconds: float) -> list[float]:
    """The seconds of each answer, four a second; in a process of its own, away from the generator's loop."""
    spent = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.request("GET", "/health/live")
            if connection.getresponse().status != 200:
                raise RuntimeError("/health/live")
        spent.append(time.perf_counter() - began)
        time.sleep(0.25)
    return sorted(spent)


async def overload(port: int, name: str, mix: Sequence[Ask], slowest: float, *, short: bool) -> list[Figure]:
    """Capacity, then twice as much."""
    step, rush = (1.0, 5.0) if short else (4.0, 20.0)
    ladder = (8, 32) if name == "DOCX de 40 clauses" else (16, 64)
    best = await capacity(port, mix, step, ladder)
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        await loop.run_in_executor(other, _health, port, 0)
        healthy = loop.run_in_executor(other, _health, port, rush - 1)
        seen = await paced(port, mix, 2 * best, RUSH, rush)
        health = await healthy
    after = await closed(port, mix, 4, min(step, 2))
    return [Figure(f"{name} : capacité C d’un cœur", f"{best:.0f}/s, {1000 / best:.1f} ms de cœur")] + [
        Figure(f"{name} : {figure.what}", figure.value, figure.target, figure.good)
        for figure in _under_rush(seen, best, slowest, health, after)
    ]


def _under_rush(seen: Seen, best: float, slowest: float, health: list[float], after: Seen) -> list[Figure]:
    share, p99, live = seen.goodput / best, seen.quantile(0.99) / 1000, health[int(len(health) * 0.99)]
    return [
        Figure("demandés", f"{seen.asked / seen.seconds:.0f}/s, soit {seen.asked / seen.seconds / best:.1f} C"),
        Figure("utile", f"{seen.goodput:.0f}/s, soit {share:.0%} de C", "≥ 70 %", share >= 0.7),
        Figure("refusés poliment", f"{seen.refused.total() / seen.seconds:.0f}/s"),
        Figure("connexions coupées, autres réponses", str(dict(seen.wrong) or 0), "0", not seen.wrong),
        Figure("p99 des acceptés", f"{p99:.2f} s", f"≤ {slowest} s", p99 <= slowest),
        Figure("/health/live p99", f"{live * 1000:.0f} ms", "≤ 100 ms", live <= 0.1),
        Figure("p95 aussitôt après", f"{after.quantile(0.95):.0f} ms"),
    ]


NOMINAL = {"recherche": 150, "clause": 80, "écriture": 200, "docx": 1000, "liste": 200, "dossier": 200, "page": 150}
"""p95 in milliseconds."""


def nominal_figures(seen: Seen, rate: float) -> list[Figure]:
    lines = [
        Figure(
            "mélange nominal, 2 cœurs",
            f"{seen.goodput:.0f}/s servis pour {rate:.0f}/s demandés",
            "tout",
            seen.goodput >= 0.97 * rate and not seen.wrong,
        )
    ]
    for kind, most in NOMINAL.items():
        p50, p95, p99 = (seen.quantile(share, kind) for share in (0.5, 0.95, 0.99))
        lines.append(
            Figure(f"  {kind}", f"p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms", f"p95 ≤ {most} ms", p95 <= most)
        )
    lost = {**seen.wrong, **seen.refused}
    lines.append(Figure("  refus et erreurs", str(lost or 0), "0", not lost))
    return lines


def _memory(processes: Sequence[psutil.Process]) -> tuple[float, int]:
    """MiB and descriptors of all the workers."""
    return sum(p.memory_info().rss for p in processes) / 2**20, sum(p.num_fds() for p in processes)


async def soak(site: LoadSite, mix: Sequence[Ask], rate: float, seconds: float) -> list[Figure]:
    """Hours in small: the mix at a fixed rate, memory and descriptors read each ten seconds."""
    processes = site.workers()
    samples: list[tuple[float, float, int]] = []
    began = time.monotonic()

    async def watch() -> None:
        while time.monotonic() - began < seconds:
            await asyncio.sleep(min(10, seconds / 6))
            samples.append((time.monotonic() - began, *_memory(processes)))

    seen, _ = await asyncio.gather(paced(site.port, mix, rate, 64, seconds), watch())
    # The caches fill first: the slope is that of the second half.
    late = samples[len(samples) // 2 :]
    minutes = [at / 60 for at, _, _ in late]
    slope = statistics.linear_regression(minutes, [mib for _, mib, _ in late]).slope if len(late) > 1 else 0.0
    fds = [count for _, _, count in late]
    return [
        Figure(
            f"endurance de {seconds / 60:.0f} min à {rate:.0f}/s : mémoire",
            f"{samples[0][1]:.0f} → {samples[-1][1]:.0f} Mio, pente {slope:+.2f} Mio/min",
            "≤ 1 Mio/min",
            slope <= 1,
        ),
        Figure("  descripteurs", f"{min(fds)} à {max(fds)}", "stables (± 20)", max(fds) - min(fds) <= 20),
        Figure("  erreurs", str(dict(seen.wrong) or 0), "0", not seen.wrong),
        *nominal_figures(seen, rate),
    ]


async def _p95(port: int, asks: Sequence[Ask], count: int) -> float:
    seen = Seen(seconds=1)
    connection = Connection(port)
    for number in range(count):
        await one(connection, asks[number % len(asks)], seen)
    connection.close()
    if seen.wrong or seen.refused:
        raise RuntimeError(f"{asks[0].raw[:80]!r}: {seen.wrong} {seen.refused}")
    return seen.quantile(0.95)


def growth(cluster: Cluster, site: LoadSite, key: str, *, short: bool) -> list[Figure]:
    """p95 of one caller, at the base, ten times and a hundred times the data."""
    lines = []
    base, count = (50, 20) if short else (500, 60)
    rows: dict[str, list[float]] = {"liste des dossiers": [], "création d’un dossier": []}
    sizes = [base, base * 10, base * 100]
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute(f"DELETE FROM purchase_file WHERE id >= {data._FIRST_FILE}".encode())
    for size in sizes:
        data.files(cluster.url, size)
        rows["liste des dossiers"].append(
            run(_p95(site.port, [ask("liste", "/api/v1/purchases?limit=20", key=key)], count))
        )
        rows["création d’un dossier"].append(run(_p95(site.port, mixes.creations(key, 10), count)))
    for name, found in rows.items():
        lines.append(_curve(f"{name} ({'/'.join(f'{s:,}'.replace(',', ' ') for s in sizes)} dossiers)", found))
    lines.append(Figure("  un dossier sur le disque", _bytes_each(cluster.url, ["purchase_file"], sizes[-1])))
    return lines


def _bytes_each(url: str, tables: Sequence[str], count: int) -> str:
    """What one more takes on the disk, indexes included."""
    with psycopg.connect(url) as connection:
        sizes = [
            connection.execute("SELECT pg_total_relation_size(%s::regclass)", (table,)).fetchone() for table in tables
        ]
    return f"{sum(size[0] for size in sizes if size) / count:.0f} octets"


def _curve(name: str, found: Sequence[float]) -> Figure:
    ratio = found[-1] / max(found[0], 0.1)
    said = " → ".join(f"{one:.1f}" for one in found)
    return Figure(f"croissance, p95 : {name}", f"{said} ms (× {ratio:.1f})", "× 10 au plus pour × 100", ratio <= 10)


def growth_of_search(*, short: bool) -> list[Figure]:
    """The library is in memory: the search alone, and what a process holds and takes to start."""
    sizes = (300, 3000) if short else (300, 3000, 30_000)
    found, started = [], []
    before = psutil.Process().memory_info().rss
    for size in sizes:
        began = time.perf_counter()
        shelf = make_shelf(1, varied(size), FOLDER, [], date(2026, 11, 24))
        started.append(time.perf_counter() - began)
        times = []
        for query in QUERIES * 3:
            wanted = Request(q=ClauseQuery(q=query).q, filters={})
            begun = time.perf_counter()
            shelf.index.search(wanted)
            times.append((time.perf_counter() - begun) * 1000)
        found.append(sorted(times)[int(len(times) * 0.95)])
    held = (psutil.Process().memory_info().rss - before) / 2**20
    return [
        _curve(f"recherche ({'/'.join(map(str, sizes))} clauses)", found),
        Figure("  lecture de la bibliothèque au démarrage", " → ".join(f"{one:.1f}" for one in started) + " s"),
        Figure("  mémoire des trois ensemble", f"{held:.0f} Mio"),
    ]


def growth_of_market(*, short: bool) -> list[Figure]:
    """Firms: the directory and the depth of a clause, each size on a base of its own."""
    from app.database.migrate import migrate  # noqa: PLC0415
    from tests.bench.market import generate  # noqa: PLC0415

    sizes = (200, 2000) if short else (2000, 20_000, 200_000)
    each = ""
    rows: dict[str, list[float]] = {"annuaire": [], "profondeur d’une clause": []}
    for size in sizes:
        with Cluster() as cluster:
            migrate(cluster.url)
            asyncio.run(data._library(cluster.url))
            generate.fill(cluster.url, size)
            with LoadSite(cluster, processes=1, cores=SERVER) as site:
                directory = [
                    ask("a", f"/api/v1/firms?department={d}&family=mobilier&limit=20") for d in ("69", "13", "33", "59")
                ]
                depth = [ask("p", f"/api/v1/market/depth?clause=CEC-MOB-00{n}&department=69") for n in (1, 2, 3, 4)]
                rows["annuaire"].append(run(_p95(site.port, directory, 40)))
                rows["profondeur d’une clause"].append(run(_p95(site.port, depth, 40)))
            each = _bytes_each(cluster.url, ["organisation", "firm", "reach", "capability"], size)
    curves = [_curve(f"{name} ({'/'.join(map(str, sizes))} entreprises)", found) for name, found in rows.items()]
    return [*curves, Figure("  une entreprise sur le disque", each)]
