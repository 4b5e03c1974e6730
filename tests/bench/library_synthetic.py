"""Ten thousand clauses varied from the real ones: same lengths, same words, other ids, nouns and figures."""

import random
from datetime import UTC, datetime
from typing import Final

from app.library.files import clause_paths, read_all
from app.library.published import PublishedClause
from app.library.record import ClauseRecord
from app.settings import ROOT

FOLDER: Final = ROOT / "clauses"
NOUNS: Final = """
    chaises tables armoires écrans claviers serveurs barquettes couverts bennes cloisons portes luminaires pneus vélos
    tondeuses haies composteurs cartons palettes ramettes cartouches blouses gants draps jouets stands granulats enrobés
    """.split()  # noqa: SIM905 (thirty quoted words read worse)


def real_records() -> list[ClauseRecord]:
    return [file.record for file in read_all(clause_paths(FOLDER), FOLDER)[0]]


def varied(count: int, seed: int = 7) -> list[PublishedClause]:
    """Each clause takes its title from one real clause, its wording from another, and a noun from the list."""
    chance = random.Random(seed)  # noqa: S311 (a bench, not a secret)
    records = real_records()
    now = datetime(2026, 11, 24, tzinfo=UTC)
    made = []
    for number in range(count):
        base, other, noun = chance.choice(records), chance.choice(records), chance.choice(NOUNS)
        record = base.model_copy(
            update={
                "id": f"CEC-{chance.choice('ABCDEFGH')}{number // 1000 + 10:02d}-{number % 1000:03d}",
                "title": f"{base.title} – {noun}",
                "summary": f"{base.summary} Concerne les {noun}.",
                "wordings": {**base.wordings, **{p: f"{t} {noun}" for p, t in list(other.wordings.items())[:1]}},
                "families": list(dict.fromkeys([*base.families, *other.families]))[:2],
                "levers": list(dict.fromkeys([*base.levers, *other.levers]))[:3],
                "level": chance.choice((1, 2, 3)),
            }
        )
        made.append(PublishedClause(record, 1, "", now))
    return made
