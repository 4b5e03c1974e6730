"""A second witness beside the patterns: three linear models that weigh the words of a passage.

Learned from the tuning texts by `python -m tests.bench.witness`; a word never met before counts by its stem, its
beginning and its ending. Each answers with a probability: is it a demand about the environment, is it done by somebody
while the contract lasts (or is it what the product is), does it bind to nothing.
"""

import json
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from app.text.stems import stem
from app.text.words import words

Question = Literal["demand", "done", "vague"]
BIAS: Final = ""
LEARNED: Final = Path(__file__).with_name("witness.json")
_MOST_WORDS: Final = 80
"""Words read of a passage: a longer one is judged on its beginning."""
_LONG_STEM, _PREFIX, _ENDING = 5, 5, 3


def features(plain: str) -> frozenset[str]:
    return frozenset(_features(words(plain)[:_MOST_WORDS]))


def _features(said: list[str]) -> Iterator[str]:
    yield BIAS
    before = "<"
    for place, word in enumerate(said):
        root = "#" if word.isdigit() else stem(word)
        yield f"{root}"
        yield f"{before} {root}"
        if len(word) > _LONG_STEM:
            yield f"{word[:_PREFIX]}-"
        if len(word) >= _LONG_STEM:
            yield f"-{word[-_ENDING:]}"
        if place < 3:  # noqa: PLR2004 (who acts stands first)
            yield f"{place}={word}"
        before = root
    yield f"{before} >"


def _read() -> Mapping[Question, Mapping[str, float]]:
    learned: dict[Question, dict[str, float]] = json.loads(LEARNED.read_text(encoding="utf-8"))["weights"]
    return learned


_WEIGHTS: Final = _read()


_TELLING: Final = 0.5


def telling(plain: str) -> frozenset[str]:
    """The words of a passage that alone speak of our demands: « déchets », « consigne », « réemploi »."""
    weights = _WEIGHTS["demand"]
    roots = {stem(word) for word in words(plain) if len(word) >= _LONG_STEM}
    return frozenset(root for root in roots if weights.get(root, 0.0) >= _TELLING)


@lru_cache(maxsize=8192)
def probability(question: Question, plain: str) -> float:
    weights = _WEIGHTS[question]
    total = sum(weights.get(feature, 0.0) for feature in features(plain))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
