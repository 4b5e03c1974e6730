"""The server of the measures: a cluster and an application of its own, held to chosen cores."""

import os
import sys
from contextlib import suppress

import psutil

from app.settings import ROOT
from tests.faults.cluster import Cluster
from tests.faults.site import Site

CORES = sorted(os.sched_getaffinity(0))
SERVER = {CORES[0]}
GENERATOR = {CORES[-1]}


def pin(pid: int, cores: set[int]) -> None:
    """The process and all that it started."""
    process = psutil.Process(pid)
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):  # a backend of PostgreSQL whose client has just left
            one.cpu_affinity(sorted(cores))


class LoadSite(Site):
    """Served by uvicorn itself: `serve` would take the varied clauses out of the library, having no file for them."""

    def __init__(self, cluster: Cluster, *, processes: int, cores: set[int]) -> None:
        super().__init__(cluster.url, processes=processes)
        self.environment |= {"PYTHONPATH": str(ROOT)}
        self.command = [
            "taskset", "-c", ",".join(map(str, sorted(cores))),
            sys.executable, "-W", "ignore", "-c", _SERVE, str(self.port), str(processes),
        ]  # fmt: skip
        assert cluster.server is not None
        pin(cluster.server.pid, cores)


_SERVE = """
import sys
from app import serving
from app.settings import get_settings
settings = get_settings()
serving.logs.install()
serving.serve(settings, settings.database_url, "127.0.0.1", int(sys.argv[1]), int(sys.argv[2]))
"""
