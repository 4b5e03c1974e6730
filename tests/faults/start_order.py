"""The application started before its database, and on a schema that is not its own (F22).

Seen to bite: without `serving.awaited`, the process exits at once with « La base de données ne répond pas ».
"""

import time

import psycopg

from tests.faults.cluster import Cluster
from tests.faults.lines import Line
from tests.faults.site import Site

NEWER = "ffff00000000"


def run(*, quick: bool) -> list[Line]:
    late = 5 if quick else 60
    cluster = Cluster()
    try:
        cluster.start()
        with Site(cluster.url):
            pass
        cluster.stop()
        site = Site(cluster.url).start(wait=False)
        time.sleep(late)
        waited = site.process is not None and site.process.poll() is None
        cluster.start()
        seconds = site.wait("/health/ready") if waited else 0.0
        lines = [
            Line(f"application lancée {late} s avant sa base", "attend" if waited else "est partie", "attend", waited),
            Line("  prête après la base", f"{seconds:.1f} s", "≤ 5 s", waited and seconds <= 5),
        ]
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute("UPDATE alembic_version SET version_num = %s", (NEWER,))
        ready = site.status("/health/ready")
        lines.append(
            Line(
                "  le schéma devient plus récent qu’elle", f"/health/ready {ready}", "200 (elle continue)", ready == 200
            )
        )
        site.stop()
        refused = Site(cluster.url).start(wait=False)
        assert refused.process is not None
        code = refused.process.wait(120)
        said = refused.log.read_text().strip()
        one = code == 1 and "\n" not in said and "plus récent" in said
        lines.append(
            Line("démarrage sur un schéma plus récent", f"code {code} : {said[:60]}…", "refus en une phrase", one)
        )
        return lines
    finally:
        cluster.__exit__()
