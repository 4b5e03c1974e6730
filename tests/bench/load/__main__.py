"""`python -m tests.bench.load --all`: one table, and the figures of docs/capacity.md. About seventeen minutes.

`--short` is two minutes of the same, to try the script; `--soak SECONDS` changes the endurance; `--no-write` leaves
docs/capacity.md as it is. Capacity and overload: the server and its PostgreSQL on one core, the generator on another.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.settings import ROOT
from tests.bench.load import data, mixes
from tests.bench.load.generator import Ask, closed, run
from tests.bench.load.phases import Figure, growth, growth_of_market, growth_of_search, overload, soak
from tests.bench.load.site import CORES, GENERATOR, SERVER, LoadSite
from tests.faults.cluster import Cluster

PAGE = ROOT / "docs" / "capacity.md"
BEGIN, END = "<!-- mesures : écrites par python -m tests.bench.load --all -->", "<!-- fin des mesures -->"
RATE = 60.0
"""Requests per second of the nominal mix and of the soak: three DOCX of forty clauses and three writes each second."""

LATE = 15 * 60


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if "model name" in line]
    return f"{names[0] if names else platform.machine()}, {len(CORES)} cœurs, charge au départ {os.getloadavg()[0]:.1f}"


def _kinds(url: str, key: str) -> list[tuple[str, list[Ask], float]]:
    """What is pushed past its capacity: name, requests, and seconds of the slowest accepted answer."""
    return [
        ("clauses", mixes.clauses(url), 1.5),
        ("recherche", mixes.searches(20_000), 1.5),
        ("écriture d’un dossier", mixes.creations(key, 50), 1.5),
        ("DOCX de 40 clauses", [mixes.document()], 6.0),
    ]


def _rush(cluster: Cluster, key: str, *, kind: str, short: bool) -> list[Figure]:
    """Each kind of request alone, on one core, up to twice its capacity."""
    os.sched_setaffinity(0, GENERATOR)
    lines = []
    try:
        for name, mix, slowest in _kinds(cluster.url, key):
            if kind in name:
                # A process each, so that none finds the caches of the one before.
                with LoadSite(cluster, processes=1, cores=SERVER) as site:
                    lines += run(overload(site.port, name, mix, slowest, short=short))
    finally:
        os.sched_setaffinity(0, set(CORES))
    return lines


def _life(cluster: Cluster, key: str, seconds: float, rate: float, *, short: bool) -> list[Figure]:
    with LoadSite(cluster, processes=2, cores=set(CORES)) as site:
        lines = run(soak(site, mixes.nominal(cluster.url, key), rate, seconds))
        return lines + growth(cluster, site, key, short=short)


def _table(lines: list[Figure]) -> str:
    held = ["" if not line.target else "oui" if line.good else "**non**" for line in lines]
    rows = [
        f"| {line.what.strip()} | {line.value} | {line.target} | {kept} |"
        for line, kept in zip(lines, held, strict=True)
    ]
    return "\n".join(["| mesure | valeur | cible | tenue |", "|---|---|---|---|", *rows])


def _write(lines: list[Figure], machine: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    said = f"{time.strftime('%d/%m/%Y %H:%M')}, {machine}."
    PAGE.write_text(f"{head}{BEGIN}\n\n{said}\n\n{_table(lines)}\n\n{END}{tail}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every measure, and write docs/capacity.md")
    parser.add_argument("--short", action="store_true", help="seconds instead of minutes; writes nothing")
    parser.add_argument("--soak", type=float, default=600, help="seconds of endurance (600)")
    parser.add_argument("--rate", type=float, default=RATE, help="requests per second of the nominal mix (60)")
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--only", choices=("rush", "life", "growth"), help="one part: overload, nominal mix, growth")
    parser.add_argument("--kind", default="", help="of the overload, only the kinds whose name holds this")
    asked = parser.parse_args()
    machine, began = _machine(), time.monotonic()
    lines = _measure(asked, began)
    bad = [line for line in lines if not line.good]
    print(f"{len(lines)} mesures en {(time.monotonic() - began) / 60:.1f} min, {len(bad)} hors cible")
    if asked.all and not asked.short and not asked.no_write:
        _write(lines, machine)
    return 1 if bad else 0


def _measure(asked: argparse.Namespace, began: float) -> list[Figure]:
    short = asked.short
    lines: list[Figure] = []

    def phase(part: str, name: str, action: Callable[[], list[Figure]]) -> None:
        if asked.only not in {None, part}:
            return
        begun = time.monotonic()
        found = action()
        print(f"— {name} ({time.monotonic() - begun:.0f} s)", *found, sep="\n", flush=True)
        lines.extend(found)

    if asked.only != "growth":
        with Cluster(shared_buffers="256MB") as cluster:
            key = _filled(cluster, short=short)
            print(f"données prêtes en {time.monotonic() - began:.0f} s", flush=True)
            phase("rush", "surcharge", lambda: _rush(cluster, key, kind=asked.kind, short=short))
            seconds = min(asked.soak, 20) if short else asked.soak
            phase("life", "mélange et endurance", lambda: _life(cluster, key, seconds, asked.rate, short=short))
    phase("growth", "croissance de la bibliothèque", lambda: growth_of_search(short=short))
    # A slow machine keeps to its eighteen minutes with the smaller sizes.
    late = time.monotonic() - began > LATE
    phase("growth", "croissance du marché", lambda: growth_of_market(short=short or late))
    return lines


def _filled(cluster: Cluster, *, short: bool) -> str:
    """The data of a site in use; the key of a buyer."""
    key = data.fill(cluster.url, firms=1000 if short else data.FIRMS, clauses_count=400 if short else data.CLAUSES)
    with LoadSite(cluster, processes=1, cores=set(CORES)) as site:
        run(_first_file(site, key))
    data.files(cluster.url, 500 if short else data.FILES)
    return key


async def _first_file(site: LoadSite, key: str) -> None:
    seen = await closed(site.port, mixes.creations(key, 1), 1, 0.01)
    if not seen.good:
        raise SystemExit(f"le premier dossier n’a pas été créé : {seen.wrong or seen.refused}")


if __name__ == "__main__":
    sys.exit(main())
