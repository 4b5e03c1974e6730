"""Precision and recall of the reading of foreign tenders, and its speed: `python -m tests.bench.detecting [-v]`.

Target on the kept-out part: precision ≥ 0.90 and recall ≥ 0.85; 10,000 paragraphs in less than 15 s on one core.
`-v` lists the mistakes of the tuning part only: the kept-out part is never tuned on.
"""

import sys
import time
from dataclasses import replace

from app.documents.detecting import find
from app.documents.passages import Passage
from tests.documents.corpus import corpus
from tests.documents.detection import TODAY, library, measure, table

PRECISION, RECALL, SECONDS, PARAGRAPHS = 0.90, 0.85, 15.0, 10_000


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
    for size in (PARAGRAPHS // 10, PARAGRAPHS):
        passages = _dossier(size)
        begun = time.process_time()
        find(passages, known, today=TODAY)
        spent[size] = time.process_time() - begun
        print(f"{size} paragraphes : {spent[size]:.2f} s, {size / spent[size]:.0f} par seconde")
    overall = kept.overall
    good = overall.precision >= PRECISION and overall.recall >= RECALL and spent[PARAGRAPHS] <= SECONDS
    print("objectif tenu" if good else "objectif manqué")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(verbose="-v" in sys.argv))
