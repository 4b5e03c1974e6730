"""A real server in a process of its own, a real Chromium: what a buyer has."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from app.accounts.fake_proconnect import CLIENT_ID, CLIENT_SECRET, Fake
from app.settings import ROOT
from tests.conftest import database

FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
)
FRONTEND = ROOT / "frontend"
READY_WITHIN = 60.0
"""Seconds to migrate an empty database, load the clauses and answer."""
PATIENCE = 30_000
"""Milliseconds for what a page must show: a busy machine is slow, not wrong."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _built() -> Path:
    """The built web app; made here when nobody made it."""
    dist = FRONTEND / "dist"
    if not (dist / "index.html").exists():
        subprocess.run(["npm", "run", "build"], cwd=FRONTEND, check=True, capture_output=True)
    return dist


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as response:  # noqa: S310 (our own server)
            return bool(response.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def _wait_until_ready(process: subprocess.Popen[str], url: str, log: Path) -> None:
    limit = time.monotonic() + READY_WITHIN
    while not _answers(f"{url}/health/ready"):
        if process.poll() is not None or time.monotonic() > limit:
            process.kill()
            pytest.fail(f"the server did not start:\n{log.read_text()[-2000:]}")
        # A port that refuses connections cannot be waited on otherwise.
        time.sleep(0.05)


@pytest.fixture(scope="session")
def proconnect() -> Iterator[Fake]:
    """The fake provider, on the loopback, in a thread: a test may change what it answers."""
    port = _free_port()
    fake = Fake(f"http://127.0.0.1:{port}/api/v2")
    server = uvicorn.Server(uvicorn.Config(fake.app(), port=port, log_level="warning", access_log=False))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield fake
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture(scope="session")
def site(server_url: str, proconnect: Fake, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running application, on a database of its own."""
    port, var = _free_port(), tmp_path_factory.mktemp("var")
    log = var / "server.log"
    for url in database(server_url, f"clausier_browser_{os.getpid()}"):
        env = {
            **os.environ,
            "DATABASE_URL": url,
            "CLAUSIER_VAR": str(var),
            "CLAUSIER_FRONTEND": str(_built()),
            "CLAUSIER_WORKER": "false",
            "CLAUSIER_COMPANIES_URL": "",
            "CLAUSIER_LIMITS": "1000",
            "CLAUSIER_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "CLAUSIER_PROCONNECT_URL": proconnect.issuer,
            "CLAUSIER_PROCONNECT_CLIENT_ID": CLIENT_ID,
            "CLAUSIER_PROCONNECT_CLIENT_SECRET": CLIENT_SECRET,
        }
        with log.open("w") as out:
            command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out, text=True)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(process, address, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(chromium: Browser, site: str, proconnect: Fake) -> Iterator[NewPage]:
    """A page in a browser of its own (storage included). An error in its console fails the test; so do, on every page
    that any test opens, a request to another site and a cookie that is not the session's.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []
    foreign: list[str] = []
    ours = (site, site.replace("127.0.0.1", "localhost"), "data:", "blob:", proconnect.issuer)

    def watch(request: Request) -> None:
        if not request.url.startswith(ours):
            foreign.append(request.url)

    def open_page(*, width: int = 1280, dark: bool = False, quiet: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            locale="fr-FR",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexts.append(context)
        context.on("request", watch)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if quiet:
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        return page

    yield open_page
    cookies = {cookie["name"] for context in contexts for cookie in context.cookies()}
    for context in contexts:
        context.close()
    assert errors == []
    assert foreign == []
    assert cookies <= {"session"}


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()
