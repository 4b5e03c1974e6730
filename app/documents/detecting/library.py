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
from app.library import cpv as codes
from app.library.record import ClauseRecord, Cpv
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
_MADE_FOR, _MADE_FOR_PART, _FOR_ANY, _SAME_KIND = 0.2, 0.17, 0.1, 0.05
"""What a fix gains: made first for the family, for a subject within it, for any purchase, of the passage's kind."""
_ALSO: Final = 0.4
"""Of that gain, what is left to a clause that is about something else first."""
_BRANCH: Final = 3
"""Digits of a CPV branch that still is a whole trade (391: furniture); a longer one is a subject within it."""
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
    cpv: Cpv

    def takes(self, stated: Sequence[str]) -> bool:
        """Whether one of the codes that the tender states is among its branches; true when nothing is stated."""
        kept = [code for code in stated if not any(code.startswith(prefix) for prefix in self.cpv.exclude)]
        if not stated or not self.cpv.include:
            return bool(kept) or not stated
        return any(codes.applies(code, self.cpv.include, ()) for code in kept)


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

    def fixes(self, text: str, wanted: "Wanted", limit: int = 2) -> tuple[str, ...]:
        """Clauses to put in the place of a passage: for this purchase, and about what is asked, first.

        A clause of another family that also serves this one, or about more than what is asked, must share the words
        of the passage to come before a general one.
        """
        scores = self.similar(text)
        ranked = [
            (-(scores.get(number, 0.0) + wanted.gain(clause) - 0.02 * clause.level), clause.id)
            for number, clause in enumerate(self.clauses)
            if wanted.suits(clause)
        ]
        return tuple(ident for _, ident in sorted(ranked)[:limit])

    @staticmethod
    def _fit(clause: Known, kind: Kind | None, levers: Sequence[str], family: str) -> float:
        return (
            _FAMILY_BONUS * (family in clause.families)
            + _LEVER_BONUS * bool(set(levers) & set(clause.levers))
            + _KIND_BONUS * (kind is clause.kind)
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a clause put in the place of a passage must be."""

    kinds: frozenset[Kind]
    levers: tuple[str, ...]
    family: str
    stated: tuple[str, ...] = ()
    """The CPV codes that the tender states."""
    kind: Kind | None = None
    """Of the demand that the passage makes."""

    def suits(self, clause: Known) -> bool:
        if clause.kind not in self.kinds or not {self.family, EVERYWHERE} & set(clause.families):
            return False
        if not clause.takes(self.stated) or (self.levers and not set(self.levers) & set(clause.levers)):
            return False
        # A social clause does not put a fault of the environment right.
        return not self.levers or _SOCIAL_LEVER in self.levers or _SOCIAL_LEVER not in clause.levers

    def gain(self, clause: Known) -> float:
        # The first lever of a clause is what it is about; the others are what it also serves.
        about = 1.0 if not self.levers or clause.levers[0] in self.levers else _ALSO
        return self._nearness(clause) * about + _SAME_KIND * (clause.kind is self.kind)

    def _nearness(self, clause: Known) -> float:
        if clause.families[0] != self.family:
            return _FOR_ANY if EVERYWHERE in clause.families else 0.0
        within = clause.cpv.include and min(map(len, clause.cpv.include)) > _BRANCH
        return _MADE_FOR_PART if within and not self.stated else _MADE_FOR


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
        record.cpv,
    )
