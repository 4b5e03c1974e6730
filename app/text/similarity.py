"""How much two texts say the same: shared runs of stems, numbers masked."""

from collections.abc import Iterable, Mapping

from app.text.stems import stem
from app.text.words import words

Shingle = tuple[str, ...]


def shingles(text: str, size: int = 3) -> frozenset[Shingle]:
    """The runs of `size` stems of a text. Numbers all read « # », so that another figure is not another text."""
    stems = ["#" if word.isdigit() else stem(word) for word in words(text)]
    if len(stems) < size:
        return frozenset([tuple(stems)]) if stems else frozenset()
    return frozenset(zip(*(stems[n:] for n in range(size)), strict=False))


def _weigh(parts: Iterable[Shingle], weights: Mapping[Shingle, float] | None) -> float:
    if weights is None:
        return float(sum(1 for _ in parts))
    return sum(weights.get(part, 1.0) for part in parts)


def jaccard(one: frozenset[Shingle], two: frozenset[Shingle], weights: Mapping[Shingle, float] | None = None) -> float:
    """Shared over all, 0 to 1; `weights` lets common turns of phrase count less."""
    union = _weigh(one | two, weights)
    return _weigh(one & two, weights) / union if union else 0.0


def containment(
    one: frozenset[Shingle], two: frozenset[Shingle], weights: Mapping[Shingle, float] | None = None
) -> float:
    """Shared over the smaller one, 0 to 1: high where a text is a part of the other."""
    smaller = min(_weigh(one, weights), _weigh(two, weights))
    return _weigh(one & two, weights) / smaller if smaller else 0.0
