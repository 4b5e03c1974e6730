"""Words to clauses: an inverted index in memory, field weights and BM25 saturation computed once."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.text.stems import stem
from app.text.words import full_words

K1: Final = 1.2
"""How soon a repeated word stops adding (BM25)."""
LENGTH: Final = 0.6
"""How much a long field is discounted (BM25's b)."""

Fields = Mapping[str, tuple[str, float]]
"""Field name → its text and its weight."""


class Postings:
    """Stem → the documents that hold it, each with its impact."""

    def __init__(self, documents: Sequence[Fields], keys: Sequence[Iterable[str]] = ()) -> None:
        """`keys` are exact terms per document (articles, ids), never stemmed."""
        self.size = len(documents)
        self.words: set[str] = set()
        """Every word seen, folded but not stemmed."""
        counted = [{name: self._counts(full_words(text)) for name, (text, _) in fields.items()} for fields in documents]
        lengths = _mean_lengths(counted)
        frequencies: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (fields, counts) in enumerate(zip(documents, counted, strict=True)):
            for term, frequency in _weighted(fields, counts, lengths).items():
                frequencies[term].append((number, frequency))
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        for term, found in frequencies.items():
            idf = self._idf(len(found))
            self._postings[term] = (
                array("L", (number for number, _ in found)),
                array("f", (idf * tf * (K1 + 1) / (K1 + tf) for _, tf in found)),
            )
        self._keys: defaultdict[str, list[int]] = defaultdict(list)
        for number, terms in enumerate(keys):
            for term in set(terms):
                self._keys[term].append(number)

    def _counts(self, words: Sequence[str]) -> Counter[str]:
        self.words.update(words)
        return Counter(stem(word) for word in words)

    def _idf(self, holders: int) -> float:
        return math.log(1 + (self.size - holders + 0.5) / (holders + 0.5))

    def __contains__(self, term: object) -> bool:
        return term in self._postings

    def holders(self, term: str) -> int:
        found = self._postings.get(term)
        return len(found[0]) if found else 0

    def weight(self, term: str) -> float:
        """How much a term says: its inverse document frequency, 0 when nothing holds it."""
        found = self._postings.get(term)
        return self._idf(len(found[0])) if found else 0.0

    def add(self, scores: list[float], term: str, factor: float) -> None:
        """Adds a term's impacts to the scores of its documents."""
        found = self._postings.get(term)
        if found:
            for number, impact in zip(*found, strict=True):
                scores[number] += factor * impact

    def has_key(self, key: str) -> bool:
        return key in self._keys

    def add_key(self, scores: list[float], key: str, amount: float) -> int:
        """The same for an exact key; says how many documents hold it."""
        found = self._keys.get(key, ())
        for number in found:
            scores[number] += amount
        return len(found)


def _mean_lengths(counted: Sequence[Mapping[str, Counter[str]]]) -> dict[str, float]:
    totals: Counter[str] = Counter()
    for fields in counted:
        for name, counts in fields.items():
            totals[name] += counts.total()
    return {name: max(total / len(counted), 1.0) for name, total in totals.items()}


def _weighted(fields: Fields, counts: Mapping[str, Counter[str]], lengths: Mapping[str, float]) -> dict[str, float]:
    """BM25F: the frequencies of the fields, discounted by length, weighted, then summed."""
    weighted: dict[str, float] = defaultdict(float)
    for name, (_, weight) in fields.items():
        discount = weight / (1 - LENGTH + LENGTH * counts[name].total() / lengths[name])
        for term, count in counts[name].items():
            weighted[term] += count * discount
    return weighted
