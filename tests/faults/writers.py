"""Buyers who save files and note what they were told; each intent has one Idempotency-Key, kept over its retries."""

import asyncio
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

import httpx

from app.accounts.rules import OrganisationKind
from app.database.engine import connect, sessions
from tests.accounts.people import Org, _join, _key, _person, siret_for
from tests.faults.cluster import Cluster
from tests.purchases.makers import draft


async def new_key(url: str, number: int = 1) -> str:
    """An API key that may write, for an organisation of its own."""
    engine = connect(url)
    try:
        async with sessions(engine)() as session, session.begin():
            org = Org(0, siret_for(number), f"Commune {number}", OrganisationKind.LOCAL_AUTHORITY)
            person = await _person(session, f"acheteur{number}@exemple.test", "Camille", str(number))
            ident = await _join(session, person, "key_writer", org)
            return _key(session, person, ident, "key_writer", None)
    finally:
        await engine.dispose()


@dataclass
class Told:
    acknowledged: set[str] = field(default_factory=set)
    sent: int = 0
    """Attempts, retries included."""
    failed: Counter[str] = field(default_factory=Counter)
    """Attempts without a 201, by status or error."""
    slowest: float = 0
    replayed: int = 0


@dataclass
class Writers:
    base: str
    key: str
    count: int = 4
    pause: float = 0
    told: Told = field(default_factory=Told)
    stopping: bool = False

    async def run(self) -> None:
        await asyncio.gather(*(self._one() for _ in range(self.count)))

    async def _one(self) -> None:
        async with httpx.AsyncClient(base_url=self.base, timeout=10) as client:
            while not self.stopping:
                await self._save(client)
                await asyncio.sleep(self.pause)

    async def _save(self, client: httpx.AsyncClient) -> None:
        title = uuid.uuid4().hex
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": title}
        began = time.monotonic()
        while time.monotonic() - began < 60:
            self.told.sent += 1
            try:
                answer = await client.post(
                    "/api/v1/purchases", json={"title": title, "draft": draft()}, headers=headers
                )
            except httpx.HTTPError as error:
                self.told.failed[type(error).__name__] += 1
            else:
                if answer.status_code == 201:
                    self.told.acknowledged.add(title)
                    self.told.replayed += "idempotency-replayed" in answer.headers
                    self.told.slowest = max(self.told.slowest, time.monotonic() - began)
                    return
                self.told.failed[str(answer.status_code)] += 1
            await asyncio.sleep(0.05)


def compare(cluster: Cluster, told: Told) -> tuple[int, int]:
    """How many intents were lost, and how many were done twice."""
    held = Counter(str(title) for (title,) in cluster.rows("SELECT title FROM purchase_file"))
    return len(told.acknowledged - held.keys()), sum(count > 1 for count in held.values())
