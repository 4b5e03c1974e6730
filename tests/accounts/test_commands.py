"""The commands of accounts: a first operator, and a fake ProConnect that only one's own machine can reach."""

import os
import subprocess
import sys
import time

import httpx
import pytest

from app.settings import ROOT


def _command(*words: str, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_first_operator_is_given_a_link_that_serves_once(database_url: str) -> None:
    run = _command("create-admin", "operateur.commande@exemple.test", url=database_url)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip().splitlines()[-1].startswith("http://127.0.0.1:8000/creer-un-compte/confirmer#")


def test_a_wrong_address_is_one_sentence(database_url: str) -> None:
    run = _command("create-admin", "operateur", url=database_url)
    assert (run.returncode, len(run.stderr.strip().splitlines())) == (1, 1)


def test_the_fake_listens_on_the_loopback_only(unused_port: int) -> None:
    words = [sys.executable, "-m", "app", "fake-proconnect", "--port", str(unused_port)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        limit = time.monotonic() + 60
        while True:
            try:
                url = f"http://127.0.0.1:{unused_port}/api/v2/.well-known/openid-configuration"
                found = httpx.get(url, timeout=2).json()
                break
            except httpx.HTTPError:
                assert time.monotonic() < limit
                time.sleep(0.1)  # a port that refuses connections cannot be waited on otherwise
        assert found["issuer"] == f"http://127.0.0.1:{unused_port}/api/v2"
        with open(f"/proc/{process.pid}/net/tcp", encoding="ascii") as table:  # noqa: PTH123
            listening = [line.split()[1] for line in table if line.split()[1].endswith(f":{unused_port:04X}")]
        assert {address.split(":")[0] for address in listening} == {"0100007F"}
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def unused_port() -> int:
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
