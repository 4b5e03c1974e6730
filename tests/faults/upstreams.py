"""The services of others down, silent, or answering nonsense (F08): a French sentence, no 5xx of ours, no letter lost.

ProConnect’s own silence is a 503 that says so, the other ways to sign in left open: told, not counted.
"""

import asyncio
import time
from email import message_from_bytes
from email.policy import default
from typing import Any

import httpx
from aiosmtpd.controller import Controller

from app.database.engine import connect, sessions
from app.outbound.mail import Letter, write
from tests.accounts.people import siret_for
from tests.faults.cluster import Cluster, free_port
from tests.faults.lines import Line
from tests.faults.site import Site
from tests.faults.writers import new_key

GARBAGE = {
    "page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 17\r\n\r\n<html>oups</html>",
    "octets": bytes(range(256)) * 64,
    "500": b"HTTP/1.1 500 Oups\r\nContent-Length: 0\r\n\r\n",
    "forme": b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 22\r\n\r\n{"results": [{"a": 1}]',
    "rien": b"",
}


class Stranger:
    """A service that answers always the same bytes, or nothing at all while `silent`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.said = b""
        self.silent = False
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", self.port)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        if self.silent:
            await asyncio.sleep(20)
        writer.write(self.said)
        writer.close()

    async def stop(self) -> None:
        if self._server:
            self._server.close()


class Inbox:
    """Keeps each letter once refused `refusing` times for now (451)."""

    def __init__(self) -> None:
        self.refusing = 0
        self.ids: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.refusing:
            self.refusing -= 1
            return "451 4.3.0 plus tard"
        self.ids.append(str(message_from_bytes(envelope.content, policy=default)["Message-ID"]))
        return "250 OK"


async def _asked(site: Site, key: str, stranger: Stranger) -> list[Line]:
    seen: dict[str, list[int]] = {}
    slowest = 0.0
    async with httpx.AsyncClient(base_url=site.url, timeout=30) as client:

        async def ask(name: str) -> None:
            nonlocal slowest
            began = time.monotonic()
            origin = {"Origin": site.url, "Sec-Fetch-Site": "same-origin"}
            start = await client.post("/api/v1/proconnect/start", json={"purpose": "sign_in"}, headers=origin)
            read = await client.get("/api/v1/clauses/CEC-MOB-001")
            search = await client.get("/api/v1/firms", headers={"Authorization": f"Bearer {key}"})
            session = await client.get("/api/v1/session")
            slowest = max(slowest, time.monotonic() - began)
            seen[name] = [start.status_code, read.status_code, search.status_code, session.status_code]

        await ask("absent")
        await stranger.start()
        for name, said in GARBAGE.items():
            stranger.said = said
            await ask(name)
        stranger.silent = True
        await ask("muet")
        await stranger.stop()
    good = all(start in {502, 503} and others == [200, 200, 200] for start, *others in seen.values())
    return [
        Line(
            "ProConnect absent, muet, ou qui répond n’importe quoi",
            f"{seen if not good else 'refus poli, le reste répond'}",
            "503 dit, 200 ailleurs",
            good,
        ),
        Line("  durée, un essai de connexion et trois lectures", f"{slowest:.1f} s au plus", "≤ 10 s", slowest <= 10),
    ]


async def _register(port: int) -> list[Line]:
    """The open register, through the client that every room uses."""
    from app.registries.companies import Companies, Unreachable  # noqa: PLC0415

    stranger = Stranger()
    stranger.port = port
    said: list[str] = []
    slowest = 0.0
    for name in ("absent", *GARBAGE, "muet"):
        if name != "absent" and stranger._server is None:
            await stranger.start()
        stranger.said, stranger.silent = GARBAGE.get(name, b""), name == "muet"
        began = time.monotonic()
        try:
            await Companies(f"http://127.0.0.1:{port}").find(siret_for(7))
        except Unreachable:
            pass
        except Exception as error:  # noqa: BLE001 (what must never come out)
            said.append(f"{name}: {type(error).__name__}")
        slowest = max(slowest, time.monotonic() - began)
    await stranger.stop()
    return [
        Line(
            "registre des entreprises absent, muet, ou qui répond mal",
            ", ".join(said) or "« injoignable », sept fois",
            "jamais une erreur de nous",
            not said,
        ),
        Line("  durée", f"{slowest:.1f} s au plus", "≤ 4 s", slowest <= 4),
    ]


async def _letters(url: str, count: int) -> list[str]:
    engine = connect(url)
    try:
        async with sessions(engine)() as session, session.begin():
            letters = [await write(session, f"p{n}@exemple.test", Letter("Essai", "Bonjour.")) for n in range(count)]
            return [letter.message_id for letter in letters]
    finally:
        await engine.dispose()


def _mail(cluster: Cluster, port: int, *, quick: bool) -> Line:
    """A mail server absent at first, then busy, then well: each letter comes once."""
    count = 3 if quick else 10
    ids = asyncio.run(_letters(cluster.url, count))
    time.sleep(2)  # tried against a closed port
    inbox = Inbox()
    inbox.refusing = 1
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    until = time.monotonic() + 60
    while len(set(inbox.ids)) < count and time.monotonic() < until:
        # What waits for its minute is called now: the delays of the retries are the table's, not the test's.
        with_psycopg(cluster, "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
        time.sleep(0.5)
    controller.stop()
    once = sorted(inbox.ids) == sorted(ids)
    return Line(
        "courriel : serveur absent, puis occupé, puis rétabli",
        f"{len(inbox.ids)} reçus pour {count} écrits",
        "chacun une fois",
        once,
    )


def with_psycopg(cluster: Cluster, statement: str) -> None:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("SET search_path = jobs")  # the triggers of Procrastinate look for their tables by name
        connection.execute(statement.encode())


def run(*, quick: bool) -> list[Line]:
    stranger, smtp = Stranger(), free_port()
    settings = {
        "CLAUSIER_PROCONNECT_URL": f"http://127.0.0.1:{stranger.port}/api/v2",
        "CLAUSIER_PROCONNECT_CLIENT_ID": "essai",
        "CLAUSIER_PROCONNECT_CLIENT_SECRET": "essai",
        "CLAUSIER_SMTP_HOST": "127.0.0.1",
        "CLAUSIER_SMTP_PORT": str(smtp),
        "CLAUSIER_SMTP_SECURITY": "none",
        "CLAUSIER_WORKER": "true",
    }
    with Cluster() as cluster, Site(cluster.url, **settings) as site:
        lines = asyncio.run(_asked(site, asyncio.run(new_key(cluster.url)), stranger))
        lines.append(_mail(cluster, smtp, quick=quick))
    return lines + asyncio.run(_register(free_port()))
