"""Backup and restore with the operator's own commands (F14): every row, a document byte for byte, the erased erased.

Seen to bite: with one byte of the archive changed, or `_erase_again` taken out of the command `serve`.
"""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg

from app.accounts.models import Person
from app.accounts.tombstones import erase_for_good
from app.database.engine import connect, sessions
from app.settings import ROOT
from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.reading import PURCHASE
from tests.faults.site import Site
from tests.faults.writers import new_key


def _command(site: Site, url: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "app", *arguments],
        cwd=ROOT, env={**site.environment, "DATABASE_URL": url}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


async def _document(site: Site, key: str) -> bytes:
    """The DOCX of the file that was saved, as its owner asks for it."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=site.url, timeout=60, headers=headers) as client:
        found = (await client.get("/api/v1/purchases")).json()["items"][0]
        body = {
            "purchase": PURCHASE,
            "items": [{"clause_id": "CEC-MOB-001", "values": {"part_reemploi": 35}}],
            "pieces": ["CCTP"],
        }
        match = {"If-Match": f'"{found["version"]}"'}
        answer = await client.post(f"/api/v1/purchases/{found['id']}/exports", json=body, headers=match)
        assert answer.status_code == 200, answer.text
        return answer.content


async def _somebody(url: str) -> int:
    """Who will leave after the backup; their number."""
    engine = connect(url)
    async with sessions(engine)() as session, session.begin():
        person = Person(email="parti@exemple.test", given_name="Dominique", family_name="Parti")
        session.add(person)
        await session.flush()
        ident = person.id
    await engine.dispose()
    return ident


def run(*, quick: bool) -> list[Line]:
    del quick
    with Cluster() as cluster, Cluster() as elsewhere, Site(cluster.url) as site:
        return _drill(cluster, elsewhere, site)


def _drill(cluster: Cluster, elsewhere: Cluster, site: Site) -> list[Line]:
    key = asyncio.run(new_key(cluster.url))
    httpx.post(
        site.url + "/api/v1/purchases",
        json={"title": "Mobilier"},
        headers={"Authorization": f"Bearer {key}"},
        timeout=60,
    )
    ident = asyncio.run(_somebody(cluster.url))
    before = asyncio.run(_document(site, key))
    archive = site.var / "clausier.tar"
    began = time.monotonic()
    told = _command(site, cluster.url, "backup", str(archive))
    saved = time.monotonic() - began
    asyncio.run(_leave(cluster.url, ident, site.var))
    began = time.monotonic()
    back = _command(site, elsewhere.url, "restore", str(archive))
    other = Site(elsewhere.url, CLAUSIER_VAR=str(site.var))
    with other:
        restored = time.monotonic() - began
        same = asyncio.run(_document(other, key)) == before
        audit = _command(site, elsewhere.url, "verify-audit")
    with psycopg.connect(elsewhere.url) as connection:
        person = connection.execute(
            "SELECT email, given_name, erased_at FROM person WHERE id = %s", (ident,)
        ).fetchone()
    gone = person is not None and person[:2] == (None, "") and person[2] is not None
    return [
        Line("sauvegarde", f"{saved:.1f} s : {told.partition('(')[2][:30]}", "en marche", "lignes" in told),
        Line(
            "  restauration ailleurs, jusqu’au service prêt",
            f"{restored:.1f} s : {back[:30]}",
            "≤ 600 s",
            restored <= 600,
        ),
        Line("  document d’un dossier enregistré", "identique à l’octet" if same else "différent", "identique", same),
        Line("  journal des actes", audit, "intact", audit.startswith("Journal intact")),
        Line("  personne effacée depuis la sauvegarde", "effacée de nouveau" if gone else str(person), "effacée", gone),
    ]


async def _leave(url: str, ident: int, folder: Path) -> None:
    """Erased as the application does it, with the line that outlives the base."""
    engine = connect(url)
    async with sessions(engine)() as session, session.begin():
        await erase_for_good(session, await session.get_one(Person, ident), folder)
    await engine.dispose()
