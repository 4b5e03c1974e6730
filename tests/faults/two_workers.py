"""Two workers of jobs, one killed in the middle (F18, F23): each letter is sent, and each act has one effect.

A letter is the worst case, its effect being outside the database: the server's own 250 may be the last thing that the
killed worker heard. Twice is admitted for that one letter only, under the same Message-ID, which mail programs merge.
Seen to bite: without `app/outbound/rescue.py`, the letter in hand is never sent.
"""

import asyncio
import time
from collections import Counter
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.faults.cluster import Cluster, free_port
from tests.faults.lines import Line
from tests.faults.site import Site
from tests.faults.upstreams import _letters


class SlowInbox:
    """Each letter takes a moment, so that a kill falls inside one."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.begun = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        self.begun += 1
        await asyncio.sleep(0.3)
        self.ids.append(str(message_from_bytes(envelope.content, policy=default)["Message-ID"]))
        return "250 OK"


def run(*, quick: bool) -> list[Line]:
    count, port = 10 if quick else 40, free_port()
    inbox = SlowInbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    mail = {"CLAUSIER_SMTP_HOST": "127.0.0.1", "CLAUSIER_SMTP_PORT": str(port), "CLAUSIER_SMTP_SECURITY": "none"}
    with Cluster() as cluster, Site(cluster.url):
        first, second = (Site(cluster.url, command="work", **mail).start(wait=False) for _ in range(2))
        time.sleep(8)
        ids = asyncio.run(_letters(cluster.url, count))
        while inbox.begun < 3:
            time.sleep(0.01)
        assert first.process is not None
        first.process.kill()
        began, until = time.monotonic(), time.monotonic() + 300
        while len(set(inbox.ids)) < count and time.monotonic() < until:
            time.sleep(0.1)
        seconds = time.monotonic() - began
        time.sleep(1)
        second.stop()
        ticks = cluster.rows(
            "SELECT count(*), count(DISTINCT (task_name, defer_timestamp)) FROM jobs.procrastinate_periodic_defers"
        )
        unsent = cluster.rows("SELECT count(*) FROM mail WHERE sent_at IS NULL")[0][0]
    controller.stop()
    received = Counter(inbox.ids)
    twice = sum(number > 1 for number in received.values())
    return [
        Line(
            f"deux exécutants, {count} lettres, l’un tué au milieu",
            f"{len(set(ids) & received.keys())} reçues, {twice} en double, {unsent} en attente",
            "toutes, 1 double au plus",
            set(ids) == set(received) and twice <= 1 and unsent == 0,
        ),
        Line("  reprise de ce que le mort faisait", f"{seconds:.0f} s", "≤ 240 s", seconds <= 240),
        Line("  tâches périodiques : une par heure dite", str(ticks[0]), "égaux", ticks[0][0] == ticks[0][1]),
    ]
