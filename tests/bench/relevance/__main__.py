"""How well the search understands buyers: `python -m tests.bench.relevance [--faults]`.

Three sets: the half that was tuned on, the half held out, and blind queries whose failures nobody looks at (`--faults`
shows those of the tuning half only). Targets, on what was not tuned on: nDCG@10 ≥ 0.80, family@1 ≥ 0.88, lever@3 ≥
0.85, zero ≤ 1 %, p95 ≤ 20 ms at 10,000 clauses.
"""

import sys
import time
from datetime import UTC, datetime

from app.library.published import PublishedClause
from app.library.shelf import Shelf, make_shelf
from tests.bench.library_synthetic import FOLDER, real_records, varied
from tests.bench.relevance.judgments import Judged, halves, read
from tests.bench.relevance.measures import HEADER, Scores, measure
from tests.bench.relevance.rankings import by_chance, ours, words_only

PADDED = 10_000


def report(shelf: Shelf, sets: dict[str, list[Judged]]) -> dict[str, Scores]:
    """Prints a line per set and ranking; gives our scores."""
    records = [clause.record for clause in shelf.index.clauses]
    rankings = {"Clausier": ours(shelf), "mots seuls": words_only(shelf), "hasard": by_chance(shelf)}
    kept: dict[str, Scores] = {}
    print(f"{'':<28}{HEADER}")
    for name, queries in sets.items():
        for label, ranking in rankings.items():
            scores = measure(queries, ranking, records)
            print(f"{name} ({len(queries)}), {label:<11}"[:28].ljust(28) + scores.row())
            if label == "Clausier":
                kept[name] = scores
    return kept


def kept_promises(scores: Scores) -> bool:
    wanted = {"ndcg": 0.80, "family_1": 0.88, "lever_3": 0.85}
    return all(scores.mean(name) >= least for name, least in wanted.items()) and scores.mean("zero") <= 0.01


def answerable(queries: list[Judged], shelf: Shelf) -> list[Judged]:
    """Without the queries whose family has no clause yet; they are counted, not hidden."""
    records = [clause.record for clause in shelf.index.clauses]
    return [judged for judged in queries if any(judged.gain(record) >= 2 for record in records)]


def main(arguments: list[str]) -> int:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    real = [PublishedClause(record, 1, "", now) for record in real_records()]
    shelf = make_shelf(1, real, FOLDER)
    tuning, held = halves(read("queries.tsv"))
    given = {"réglage": tuning, "réservé": held, "aveugle": read("blind.tsv"), "titres": read("titles.tsv")}
    sets = {name: answerable(queries, shelf) for name, queries in given.items()}
    for name, queries in given.items():
        if len(queries) != len(sets[name]):
            print(f"{name} : {len(queries) - len(sets[name])} requêtes sans clause qui leur réponde, écartées.")
    print(f"\nCollection réelle, {len(real)} clauses")
    small = report(shelf, sets)
    if "--faults" in arguments:
        print(*small["réglage"].faults, sep="\n")
        return 0
    begun = time.perf_counter()
    padded = make_shelf(2, [*real, *varied(PADDED - len(real))], FOLDER)
    print(f"\nCollection complétée à {PADDED} clauses (index prêt en {time.perf_counter() - begun:.1f} s)")
    large = report(padded, sets)
    fast = all(sorted(s.spent)[int(len(s.spent) * 0.95)] <= 20 for s in large.values())
    return 0 if all(kept_promises(small[name]) for name in ("réservé", "aveugle")) and fast else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
