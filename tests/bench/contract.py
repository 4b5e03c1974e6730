"""Schemathesis over the whole contract, on the real server: `python -m tests.bench.contract` (20,000 cases).

Every route of the OpenAPI document is tried, whoever wrote it. A session for the protected ones: give
`CLAUSIER_CONTRACT_AUTH="Bearer clz_live_…"` and `CLAUSIER_CONTRACT_URL` (a server that knows the key); without them
a server of its own is started on an empty database with the real clauses, and 401 or 403 is what protected routes say.
"""

import asyncio
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from app.database import embedded
from app.database.migrate import migrate
from app.main import create_app
from app.settings import ROOT, Settings
from tests.bench.library_etag import fill, free_port, served
from tests.conftest import database

CASES, MOST_SECONDS, SEED = 20_000, 1500, 20261124
READY_WITHIN = 60.0
CONFIG = Path(__file__).with_name("schemathesis.toml")


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    cases: int
    seconds: float
    report: str


def serve(port: int, url: str) -> None:
    import uvicorn  # noqa: PLC0415 (in the process of the server only)

    os.environ["PATH"] = "/nonexistent"  # no LibreOffice: seconds a case, and its own tests elsewhere
    settings = Settings(limits=100_000, worker=False, documents_at_once=1)
    uvicorn.run(create_app(settings, database_url=url), port=port, log_level="error", access_log=False)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a server with the real clauses, on a database of its own."""
    given = os.environ.get("CLAUSIER_CONTRACT_URL")
    if given:
        yield given
        return
    engine = os.environ.get("DATABASE_URL") or embedded.start(ROOT / ".state" / "postgres")
    for url in database(engine, f"clausier_contract_{os.getpid()}"):
        migrate(url)
        asyncio.run(fill(url))
        port = free_port()
        with served(serve, port, url):
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(address)
            yield address


def wait_until_ready(address: str) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urlopen(f"{address}/health/ready", timeout=5):  # noqa: S310 (our own address)
            break
        time.sleep(0.1)
    else:
        raise SystemExit("le serveur ne répond pas")
    # The first contract is made on demand, which may outlast Schemathesis' own ten seconds on a busy machine.
    with urlopen(f"{address}/api/v1/openapi.json", timeout=READY_WITHIN) as contract:  # noqa: S310 (our own address)
        contract.read()


def try_contract(address: str, *, examples: int, seconds: int, seed: int = 0) -> Outcome:
    """Runs every phase; `examples` bounds the cases of each operation. Without a seed: always the same ones."""
    with tempfile.TemporaryDirectory() as folder:
        auth = os.environ.get("CLAUSIER_CONTRACT_AUTH")
        command = [
            str(Path(sys.executable).with_name("schemathesis")),
            f"--config-file={CONFIG}",
            "run",
            f"{address}/api/v1/openapi.json",
            "--phases=examples,coverage,fuzzing,stateful",
            "--checks=all",
            f"--max-examples={examples}",
            "--workers=2",
            f"--seed={seed}" if seed else "--generation-deterministic",
            "--continue-on-failure",
            "--request-timeout=30",
            "--suppress-health-check=all",
            "--warnings=off",
            "--no-color",
            *(["-H", f"Authorization: {auth}"] if auth else []),
        ]
        start = time.monotonic()
        ran = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, cwd=folder)
    told = ran.stdout + ran.stderr
    return Outcome(ran.returncode, _cases(told), time.monotonic() - start, told)


def _cases(report: str) -> int:
    """The count of the summary: « 3600 generated, 3600 passed »."""
    found = re.search(r"([\d,]+) generated", report)
    return int(found[1].replace(",", "")) if found else 0


def main() -> int:
    with server() as address:
        with urlopen(f"{address}/api/v1/openapi.json") as answer:  # noqa: S310
            operations = sum(len(item) for item in json.load(answer)["paths"].values())
        outcome = try_contract(address, examples=CASES // operations, seconds=MOST_SECONDS, seed=SEED)
    print(outcome.report)
    print(f"{outcome.cases} cas sur {operations} opérations en {outcome.seconds:.0f} s, graine {SEED}")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
