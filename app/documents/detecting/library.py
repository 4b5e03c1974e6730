"""The library as the detection needs it: which clause says something close to a passage, which one puts a fault right.

`learn` is the slow part (about a second for a few hundred clauses): once per generation of the library.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.detecting.results import Neighbour
from app.law.facts import LawText
from app.law.vocabulary import Kind, Status
from app.library.record import ClauseRecord
from app.library.thesaurus import Thesaurus
from app.library.vocabularies import Vocabularies
from app.text.stems import stem
from app.text.words import EMPTY, words

REPEATED: Final = 0.42
"""Cosine from which a passage of a dozen words says what a clause says (measured on the tuning corpus)."""
SHOWN: Final = 3
"""Neighbours shown per passage."""
_VARIABLE: Final = re.compile(r"\{\{[^{}]*\}\}")
_FAMILY_BONUS, _LEVER_BONUS, _KIND_BONUS = 0.35, 0.3, 0.2
EVERYWHERE: Final = "toutes-familles"
_SOCIAL_LEVER: Final = "insertion-ess"


@dataclass(frozen=True, slots=True)
class Known:
    """A clause, as far as the detection looks at it."""

    id: str
    title: str
    kind: Kind
    levers: tuple[str, ...]
    families: tuple[str, ...]
    duties: tuple[str, ...]
    level: int


@dataclass(frozen=True)
class Library:
    """Pure data, safe to share between readings."""

    clauses: tuple[Known, ...]
    texts: Mapping[str, LawText]
    thesaurus: Thesaurus
    idf: Mapping[str, float]
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    """Stem → clauses that hold it, with their normalised weight."""

    def similar(self, text: str) -> dict[int, float]:
        """Clause number → cosine of the stems, 0 to 1."""
        vector = _weights(Counter(stems_of(text)), self.idf)
        scores: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for number, theirs in self.postings.get(term, ()):
                scores[number] += weight * theirs
        return scores

    def neighbours(
        self, text: str, *, kind: Kind | None, levers: Sequence[str], family: str, limit: int = SHOWN
    ) -> tuple[Neighbour, ...]:
        """The closest clauses; of two as close, the one of the same family, lever and kind."""
        scores = self.similar(text)

        def rank(number: int) -> float:
            return scores[number] * (1 + self._fit(self.clauses[number], kind, levers, family))

        best = sorted(scores, key=lambda number: (-rank(number), self.clauses[number].id))[:limit]
        return tuple(Neighbour(self.clauses[n].id, self.clauses[n].title, round(min(scores[n], 1.0), 2)) for n in best)

    def repeated(self, text: str) -> Known | None:
        """The clause whose words the passage is made of, if there is one."""
        scores = self.similar(text)
        if not scores:
            return None
        best = max(scores, key=lambda number: (scores[number], self.clauses[number].id))
        return self.clauses[best] if scores[best] >= REPEATED else None

    def fixes(
        self, text: str, *, kinds: frozenset[Kind], levers: Sequence[str] = (), family: str, limit: int = 2
    ) -> tuple[str, ...]:
        """Clauses of these kinds to put in the place of a passage: of the family, then for every family."""
        scores = self.similar(text)
        ranked: list[tuple[float, str]] = []
        for number, clause in enumerate(self.clauses):
            if clause.kind not in kinds or not {family, EVERYWHERE} & set(clause.families):
                continue
            if levers and not set(levers) & set(clause.levers):
                continue
            # A social clause does not put a fault of the environment right.
            if levers and _SOCIAL_LEVER in clause.levers and _SOCIAL_LEVER not in levers:
                continue
            own = 0.2 if family in clause.families else 0.0
            ranked.append((-(scores.get(number, 0.0) + own - 0.02 * clause.level), clause.id))
        return tuple(ident for _, ident in sorted(ranked)[:limit])

    @staticmethod
    def _fit(clause: Known, kind: Kind | None, levers: Sequence[str], family: str) -> float:
        return (
            _FAMILY_BONUS * (family in clause.families)
            + _LEVER_BONUS * bool(set(levers) & set(clause.levers))
            + _KIND_BONUS * (kind is clause.kind)
        )


def stems_of(text: str) -> list[str]:
    """The stems that mean something; numbers all read « # »."""
    return ["#" if word.isdigit() else stem(word) for word in words(text) if word not in EMPTY]


def _weights(counts: Mapping[str, int], idf: Mapping[str, float]) -> dict[str, float]:
    raw = {term: (1 + math.log(count)) * idf[term] for term, count in counts.items() if term in idf}
    norm = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {term: weight / norm for term, weight in raw.items()} if norm else {}


def learn(records: Iterable[ClauseRecord], words_of: Vocabularies, thesaurus: Thesaurus) -> Library:
    """Every active clause, indexed by what it says (title, summary and each wording)."""
    kept = sorted((r for r in records if r.status is Status.ACTIVE), key=lambda record: record.id)
    counts = [Counter(stems_of(_VARIABLE.sub(" 1 ", _said(record)))) for record in kept]
    spread = Counter(term for count in counts for term in count)
    idf = {term: math.log(1 + len(kept) / seen) for term, seen in spread.items()}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, count in enumerate(counts):
        for term, weight in _weights(count, idf).items():
            postings[term].append((number, weight))
    return Library(
        clauses=tuple(_known(record) for record in kept),
        texts=words_of.texts,
        thesaurus=thesaurus,
        idf=idf,
        postings={term: tuple(found) for term, found in postings.items()},
    )


def _said(record: ClauseRecord) -> str:
    return "\n".join([record.title, record.summary, *record.wordings.values()])


def _known(record: ClauseRecord) -> Known:
    return Known(
        record.id,
        record.title,
        record.kind,
        tuple(record.levers),
        tuple(record.families),
        tuple(record.duties),
        record.level,
    )
