"""Schemathesis over the whole contract, on the real server: `python -m tests.bench.contract` (20,000 cases each).

Every route of the OpenAPI document is tried, whoever wrote it, on a server of its own with the real clauses: by a
visitor, then the protected ones by the person they are made for (`contract_people`). Another server may be tried:
`CLAUSIER_CONTRACT_URL`, and `CLAUSIER_CONTRACT_AUTH="Bearer clz_live_…"` with a key that it knows.
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
from tests.bench.contract_people import VISITOR, Identity, people_of
from tests.bench.library_etag import fill, free_port, served
from tests.conftest import database

CASES, MOST_SECONDS, SEED = 20_000, 1500, 20261124
READY_WITHIN = 60.0
PHASES = "examples,coverage,fuzzing,stateful"
CONFIG = Path(__file__).with_name("schemathesis.toml")


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    cases: int
    seconds: float
    report: str


SETTINGS = Settings(limits=100_000, worker=False, documents_at_once=1, companies_url="")


def serve(port: int, url: str) -> None:
    import uvicorn  # noqa: PLC0415 (in the process of the server only)

    os.environ["PATH"] = "/nonexistent"  # no LibreOffice: seconds a case, and its own tests elsewhere
    uvicorn.run(create_app(SETTINGS, database_url=url), port=port, log_level="error", access_log=False)


@contextlib.contextmanager
def server() -> Iterator[tuple[str, list[Identity]]]:
    """The address of a server with the real clauses, on a database of its own, and who tries it."""
    given, auth = os.environ.get("CLAUSIER_CONTRACT_URL"), os.environ.get("CLAUSIER_CONTRACT_AUTH")
    if given:
        yield given, [Identity("clé", {"Authorization": auth}) if auth else VISITOR]
        return
    engine = os.environ.get("DATABASE_URL") or embedded.start(ROOT / ".state" / "postgres")
    for url in database(engine, f"clausier_contract_{os.getpid()}"):
        migrate(url)
        asyncio.run(fill(url))
        people = people_of(url, SETTINGS)
        port = free_port()
        with served(serve, port, url):
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(address)
            yield address, people


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


def try_contract(  # noqa: PLR0913 (what a run is)
    address: str, who: Identity, *, examples: int, seconds: int, seed: int = 0, phases: str = PHASES, workers: int = 2
) -> Outcome:
    """`examples` bounds the cases of each operation. Without a seed: always the same ones."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "schemathesis.toml"
        config.write_text(f"{CONFIG.read_text()}\n{who.configuration()}")
        command = [
            str(Path(sys.executable).with_name("schemathesis")),
            f"--config-file={config}",
            "run",
            f"{address}/api/v1/openapi.json",
            f"--phases={phases}",
            "--checks=all",
            # A header that is always there cannot be left out to see who still answers: the visitor's run does that.
            *(["--exclude-checks=ignored_auth"] if who.headers else []),
            f"--max-examples={examples}",
            f"--workers={workers}",
            f"--seed={seed}" if seed else "--generation-deterministic",
            "--continue-on-failure",
            "--request-timeout=30",
            "--suppress-health-check=all",
            "--warnings=off",
            "--no-color",
            *(part for name, value in who.headers.items() for part in ("-H", f"{name}: {value}")),
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
    chosen, codes = set(sys.argv[1:]), []
    # The bench's own visitor tries the protected routes too.
    with server() as (address, people):
        with urlopen(f"{address}/api/v1/openapi.json") as answer:  # noqa: S310
            operations = sum(len(item) for item in json.load(answer)["paths"].values())
        for who in [VISITOR, *people[1:]]:
            if chosen and who.name not in chosen:
                continue
            outcome = try_contract(address, who, examples=CASES // operations, seconds=MOST_SECONDS, seed=SEED)
            codes.append(outcome.code)
            print(outcome.report)
            tried = operations - len(who.left_out)
            print(f"{who.name} : {outcome.cases} cas sur {tried} opérations en {outcome.seconds:.0f} s, graine {SEED}")
    return max(codes, default=2)


if __name__ == "__main__":
    sys.exit(main())
