"""What a ranking is worth: nDCG@10, MRR, family@1, family@3, lever@3, zero results, time."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.library.record import ClauseRecord
from tests.bench.relevance.judgments import BEST, Judged

Ranking = Callable[[str], Sequence[ClauseRecord]]
"""A query → its clauses, the best first."""


def dcg(gains: Sequence[int]) -> float:
    return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains))


@dataclass(slots=True)
class Scores:
    ndcg: list[float] = field(default_factory=list)
    mrr: list[float] = field(default_factory=list)
    family_1: list[bool] = field(default_factory=list)
    family_3: list[bool] = field(default_factory=list)
    lever_3: list[bool] = field(default_factory=list)
    zero: list[bool] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    """Milliseconds."""
    faults: list[str] = field(default_factory=list)

    def row(self) -> str:
        means = (self.ndcg, self.mrr, self.family_1, self.family_3, self.lever_3, self.zero)
        p50, p95 = statistics.median(self.spent), statistics.quantiles(self.spent, n=20)[18]
        return (
            "  ".join(f"{statistics.fmean(v):6.3f}" if v else f"{'–':>6}" for v in means) + f"  {p50:6.2f}  {p95:6.2f}"
        )

    def mean(self, name: str) -> float:
        return statistics.fmean(getattr(self, name))


HEADER = "  ".join(f"{name:>6}" for name in ("nDCG10", "MRR", "fam@1", "fam@3", "lev@3", "zéro", "p50 ms", "p95 ms"))


def measure(queries: Sequence[Judged], ranking: Ranking, collection: Sequence[ClauseRecord]) -> Scores:
    scores = Scores()
    for judged in queries:
        begun = time.perf_counter()
        found = ranking(judged.query)
        scores.spent.append((time.perf_counter() - begun) * 1000)
        _judge(scores, judged, found, collection)
    return scores


def _judge(scores: Scores, judged: Judged, found: Sequence[ClauseRecord], collection: Sequence[ClauseRecord]) -> None:
    gains = [judged.gain(record) for record in found[:10]]
    ideal = sorted((judged.gain(record) for record in collection), reverse=True)[:10]
    ndcg = dcg(gains) / dcg(ideal)
    scores.ndcg.append(ndcg)
    first = next((place for place, gain in enumerate(gains, 1) if gain >= min(2, BEST)), 0)
    scores.mrr.append(1 / first if first else 0.0)
    scores.zero.append(not found)
    top = [record.family for record in found[:3]]
    if judged.families:
        scores.family_1.append(bool(top) and judged.asks_for(top[0]))
        scores.family_3.append(any(judged.asks_for(family) for family in top))
    if judged.levers:
        wanted = {lever for lever, grade in judged.levers.items() if grade == max(judged.levers.values())}
        scores.lever_3.append(any(wanted & set(record.levers) for record in found[:3]))
    missed = (judged.families and not scores.family_1[-1]) or (judged.levers and not scores.lever_3[-1])
    if missed or ndcg < 0.6:
        scores.faults.append(f"{ndcg:.2f} {judged.query!r} → {', '.join(f'{r.id}' for r in found[:3]) or 'rien'}")
