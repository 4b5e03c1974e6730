"""A buyer's words read into what to look for: stems, repaired faults, synonyms, CPV codes, clause ids, articles."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.library.citations import cited
from app.library.cpv import codes_in, families_of
from app.library.noise import NOISE
from app.library.thesaurus import Thesaurus
from app.text.fold import fold
from app.text.stems import stem
from app.text.typos import Vocabulary
from app.text.words import EMPTY, words

LONGEST: Final = 400
"""Characters of a query that are read: a pasted notice says its object first."""
_ID: Final = re.compile(r"\b(?:cec)?[- ]?([a-z]{3})[- ](\d{3})\b")


@dataclass(slots=True)
class Query:
    terms: dict[str, float] = field(default_factory=dict)
    """Stem → weight: 1 for a typed word, less for a synonym or a word of any notice."""
    families: set[str] = field(default_factory=set)
    levers: set[str] = field(default_factory=set)
    cpv: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    corrected: str | None = None
    """The query with its faults repaired, when there were any."""

    @property
    def empty(self) -> bool:
        return not (self.terms or self.families or self.levers or self.cpv or self.ids or self.articles)

    def add(self, term: str, weight: float) -> None:
        self.terms[term] = max(weight, self.terms.get(term, 0.0))


class Reader:
    """Reads queries against one state of the library: its words, its thesaurus, its families."""

    def __init__(
        self,
        thesaurus: Thesaurus,
        vocabulary: Vocabulary,
        seen: Container[str],
        prefixes: Iterable[str],
        branches: Mapping[str, Iterable[str]],
    ) -> None:
        """`seen`: every word of the index; `prefixes`: MOB, INF…; `branches`: CPV branches per family."""
        self.thesaurus = thesaurus
        self.vocabulary = vocabulary
        self.seen = seen
        self.prefixes = frozenset(prefix.lower() for prefix in prefixes)
        self.branches = branches

    def read(self, text: str) -> Query:
        text = text[:LONGEST]
        query = Query(cpv=codes_in(text), articles=cited(text, typed=True))
        for prefix, number in _ID.findall(fold(text)):
            if prefix in self.prefixes:
                query.ids.append(f"CEC-{prefix.upper()}-{number}")
        for code in query.cpv:
            query.families.update(families_of(code, self.branches))
        typed = words(text)
        repaired = [self.repaired(word) for word in typed]
        if repaired != typed:
            query.corrected = " ".join(repaired)
        self._look_for(query, repaired)
        return query

    def repaired(self, word: str) -> str:
        """The word itself when something holds it as it is, else its likeliest correction.

        A fault may share its stem with another word (« mobiler » and « mobile »): the word decides, not the stem.
        """
        if word in EMPTY or word in self.seen or self.thesaurus.knows(word):
            return word
        return self.vocabulary.repair(word) or word

    def _look_for(self, query: Query, typed: list[str]) -> None:
        special = " ".join([*query.cpv, *query.ids]).lower()
        for word in typed:
            if word not in EMPTY and word not in special and len(word) > 1:
                term = stem(word)
                query.add(term, 0.2 if term in NOISE else 1.0)
        for hint in self.thesaurus.hints(typed):
            # An expression of several words is surer than the sum of its words.
            for term in hint.means:
                query.add(term, 0.5 if hint.length == 1 else 0.7)
            if hint.family:
                query.families.add(hint.family)
            query.levers.update(hint.levers)
