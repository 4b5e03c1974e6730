"""Precision and recall of the reading of foreign tenders, and its speed: `python -m tests.bench.detecting [-v]`.

Target on the kept-out part, for every kind: precision ≥ 0.90 and recall ≥ 0.85; a dossier of 1,000 pages (20 paragraphs
a page) in less than 30 s on one core, and no dearer per paragraph than one of 100 pages by more than half.
`-v` lists the mistakes of the tuning part only: the kept-out part is never tuned on.
"""

import sys
import time
from dataclasses import replace

from app.documents.detecting import find
from app.documents.passages import Passage
from tests.documents.corpus import corpus
from tests.documents.detection import PRECISION, RECALL, TODAY, library, measure, table

SECONDS, PAGES, PER_PAGE, DEARER = 30.0, (100, 500, 1_000), 20, 1.5


def _dossier(size: int) -> list[Passage]:
    """A dossier of that many paragraphs: the extracts one after the other, again and again, numbers changed."""
    found: list[Passage] = []
    turn = 0
    while len(found) < size:
        for extract in (*corpus("tuning"), *corpus("kept")):
            found += [
                replace(
                    passage, piece_name=f"{turn}-{extract.name}-{passage.piece_name}", text=f"{passage.text} {turn}"
                )
                for passage in extract.passages
            ]
        turn += 1
    return found[:size]


def main(*, verbose: bool) -> int:
    started = time.perf_counter()
    known = library()
    print(f"bibliothèque apprise en {time.perf_counter() - started:.1f} s ({len(known.clauses)} clauses)")
    tuning, kept = measure("tuning"), measure("kept")
    print("\n".join(table([("tuning", tuning), ("kept out", kept)])))
    if verbose:
        print("\n".join(tuning.mistakes))
    spent = {}
    for pages in PAGES:
        passages = _dossier(pages * PER_PAGE)
        begun = time.process_time()
        find(passages, known, today=TODAY)
        spent[pages] = time.process_time() - begun
        print(f"{pages} pages : {spent[pages]:.2f} s, {len(passages) / spent[pages]:.0f} paragraphes par seconde")
    below = {k: s for k, s in sorted(kept.kinds.items()) if s.precision < PRECISION or s.recall < RECALL}
    for kind, score in below.items():
        print(f"sous l’objectif : {kind}, précision {score.precision:.2f}, rappel {score.recall:.2f}")
    linear = spent[PAGES[-1]] / PAGES[-1] <= DEARER * spent[PAGES[0]] / PAGES[0]
    if not corpus("kept"):
        print("aucune partie réservée : précision et rappel ne sont pas jugés")
    good = bool(corpus("kept")) and not below and spent[PAGES[-1]] <= SECONDS and linear
    print("objectif tenu" if good else "objectif manqué")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(verbose="-v" in sys.argv))
