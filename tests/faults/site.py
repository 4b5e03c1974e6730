"""The application as an operator starts it: `python -m app serve`, in processes of its own, killed by their ids."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

import httpx
import psutil

from app.settings import ROOT
from tests.faults.cluster import free_port


class Site:
    def __init__(self, database_url: str, *, processes: int = 1, command: str = "serve", **settings: str) -> None:
        self.port, self.processes = free_port(), processes
        self.url = f"http://127.0.0.1:{self.port}"
        self.var = Path(tempfile.mkdtemp(prefix="clausier-site-"))
        self.log = self.var / "site.log"
        self.temporary = self.var / "tmp"
        self.temporary.mkdir()
        self.folder = ROOT
        """Whose code it runs: another version's tree, for the tests of upgrades."""
        self.command = [sys.executable, "-m", "app", command]
        if command == "serve":
            self.command += ["--port", str(self.port), "--processes", str(processes)]
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CLAUSIER_")},
            "DATABASE_URL": database_url,
            "CLAUSIER_VAR": str(self.var),
            "CLAUSIER_LIMITS": "100000",
            "CLAUSIER_WORKER": "false",
            "CLAUSIER_COMPANIES_URL": "",
            "TMPDIR": str(self.temporary),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> Self:
        self.process = subprocess.Popen(
            self.command, env=self.environment, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=self.log.open("ab")
        )
        if wait:
            try:
                self.wait("/health/ready")
                while self.started() < self.processes:
                    time.sleep(0.05)
            except TimeoutError:
                self.stop()
                raise
        return self

    def wait(self, path: str, status: int = 200, within: float = 180) -> float:
        """Seconds until the address answers so."""
        began = time.monotonic()
        while time.monotonic() - began < within:
            if self.status(path) == status:
                return time.monotonic() - began
            time.sleep(0.05)
        raise TimeoutError(f"{path} is not {status}: {self.log.read_text()[-3000:]}")

    def status(self, path: str, **asked: Any) -> int:
        try:
            return httpx.get(self.url + path, timeout=asked.pop("timeout", 5), **asked).status_code
        except httpx.HTTPError:
            return 0

    def workers(self) -> list[psutil.Process]:
        """The processes that answer: forked from the one that has read the code, or the only one."""
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        return [one for child in parent.children() for one in child.children()] or [parent]

    def started(self) -> int:
        """How many workers have come to serve since the start."""
        return self.log.read_text().count("Application startup complete")

    def kill_worker(self) -> None:
        """kill -9 of the youngest of the workers."""
        youngest = max(self.workers(), key=lambda one: one.create_time())
        youngest.kill()

    def stop(self, seconds: float = 30) -> int:
        """SIGTERM; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            for one in [*psutil.Process(self.process.pid).children(recursive=True), self.process]:
                one.kill()
            return -9

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.stop()
