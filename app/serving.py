"""Starting to serve: the database awaited, one process or several, one sentence when it cannot be."""

import asyncio
import errno
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import uvicorn
from fastapi import FastAPI
from uvicorn import _subprocess
from uvicorn.supervisors import Multiprocess

from app.main import create_app, run_jobs
from app.settings import Settings, get_settings
from app.web import logs

T = TypeVar("T")
GRACE: Final = 15
"""Seconds left to the requests under way when the service must stop; its jobs then have four, to end in twenty."""
PATIENCE: Final = 120.0
"""Seconds that a start waits for its database: the two often start together."""
_COUNTERS: Final = "PROMETHEUS_MULTIPROC_DIR"


def awaited(action: Callable[[], T], unreachable: Callable[[Exception], str], say: Callable[[str], None]) -> T:
    """What the action returns, tried again while the database is `unreachable` (its reason, or nothing)."""
    pause, until, said = 0.2, time.monotonic() + PATIENCE, False
    while True:
        try:
            return action()
        except Exception as error:
            reason = unreachable(error)
            if not reason or time.monotonic() + pause > until:
                raise
            if not said:
                say(f"La base de données ne répond pas encore ({reason}). Nouveaux essais pendant deux minutes.")
                said = True
        time.sleep(pause)
        pause = min(pause * 2, 1.0)


def refusal_of(error: Exception) -> str:
    """Why the database cannot be joined yet; nothing when it answered, and trying again would change nothing."""
    lines = [line for line in str(getattr(error, "orig", error)).splitlines() if line]
    last = lines[-1] if lines else type(error).__name__
    answered = any("FATAL" in line for line in lines)
    starting = any("starting up" in line or "shutting down" in line or "recovery" in line for line in lines)
    return last if starting or not answered else ""


_WHY_NOT = {
    errno.EADDRINUSE: "n’est pas libre : un autre programme s’en sert",
    errno.EACCES: "demande des droits d’administration",
    errno.EADDRNOTAVAIL: "n’existe pas : cette adresse n’est pas celle de la machine",
}


def why_closed(host: str, port: int) -> str:
    """Why nothing can listen there, or nothing."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return _WHY_NOT.get(error.errno or 0, "ne s’ouvre pas")
    return ""


async def _beat(folder: Path) -> None:
    """Says each five seconds that the loop turns: what the health check of a container reads, without the database."""
    while True:
        _touch(folder)
        await asyncio.sleep(5)


def _touch(folder: Path) -> None:
    with suppress(OSError):  # a full disk stops no job
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "worker.beat").touch()


async def work(app: FastAPI) -> None:
    """The background jobs until SIGTERM or Ctrl-C; the job in hand is finished."""
    task = asyncio.create_task(run_jobs(app))
    beat = asyncio.create_task(_beat(app.state.settings.var))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
    beat.cancel()


def _share_fairly() -> None:
    """A document composed in a thread leaves the interpreter to the loop after 1 ms, not 5: each packet asks for it."""
    sys.setswitchinterval(0.001)


def process() -> FastAPI:
    """One process of several: everything comes from the environment."""
    logs.install()
    _share_fairly()
    return create_app(get_settings())


def _fork_from_the_loaded() -> None:
    """A process that dies is replaced in a second: forked from one that has read the code, which takes 4 s otherwise.

    Uvicorn starts its processes through this context; the reading process holds no connection, no thread.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    _subprocess.spawn = context  # type: ignore[assignment]


class _Supervisor(Multiprocess):
    """Uvicorn's own, that lets go of its socket before it waits for its processes.

    Otherwise the system goes on accepting, for as long as they finish, connections that nobody will ever answer.
    """

    def join_all(self) -> None:
        for listening in self.sockets:
            listening.close()
        super().join_all()


def serve(settings: Settings, url: str, host: str, port: int, processes: int) -> None:
    """Serves until SIGTERM, which leaves `GRACE` seconds to what is under way. A process that dies is replaced."""
    _share_fairly()
    if processes == 1:
        app = create_app(settings, database_url=url)
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        return
    os.environ["DATABASE_URL"] = url
    _fork_from_the_loaded()
    # Each process writes its counters there, and any of them answers /metrics for all.
    counters = os.environ.setdefault(_COUNTERS, tempfile.mkdtemp(prefix="clausier-metrics-"))
    config = uvicorn.Config(
        "app.serving:process",
        factory=True,
        workers=processes,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        # A process busy with a long computation is not a dead one.
        timeout_worker_healthcheck=30,
    )
    try:
        _Supervisor(config, sockets=[config.bind_socket()]).run()
    finally:
        shutil.rmtree(counters, ignore_errors=True)
