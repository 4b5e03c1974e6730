"""A buyer's words read into what to look for: stems, repaired faults, synonyms, CPV codes, clause ids, articles."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.law.vocabulary import Kind
from app.library.citations import cited
from app.library.cpv import codes_in, families_of
from app.library.cpv_words import Words
from app.library.fit import GENERAL
from app.library.noise import NOISE
from app.library.postings import Postings
from app.library.spelling import Speller, plain_acronyms, proper_names
from app.library.thesaurus import Hint, Thesaurus
from app.text.fold import fold
from app.text.stems import stem
from app.text.typos import Vocabulary
from app.text.words import EMPTY, words

LONGEST: Final = 400
"""Characters of a query that are read: a pasted notice says its object first."""
MOST_WORDS: Final = 60
_ID: Final = re.compile(r"\b(?:cec)?[- ]?([a-z]{3})[- ](\d{3})\b")
_SPELT: Final = re.compile(r"[^\W\d_]+")
_FOR: Final = frozenset("pour dans destine destinee destines destinees affecte affectes chez profit attention".split())  # noqa: SIM905
"""What follows says where or for whom, not what is bought."""
CONTEXT, NAME, EXPRESSION, OPENING = 0.5, 0.2, 1.3, 1.25
"""Shares of a family's points: after « pour »; a proper name; several words; the first thing named."""
CODE, LABEL_WORD, SURE = 2.0, 0.45, 0.6
"""Points of a CPV code; of a word of its labels; what a hint must weigh to be the first thing named."""


@dataclass(slots=True)
class Query:
    terms: dict[str, float] = field(default_factory=dict)
    """Stem → weight: 1 for a typed word, less for a synonym or a word of any notice."""
    families: dict[str, float] = field(default_factory=dict)
    """Family → how surely the words name it."""
    levers: set[str] = field(default_factory=set)
    kinds: set[Kind] = field(default_factory=set)
    cpv: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    corrected: str | None = None
    """The query with its faults repaired, when there were any."""
    unknown: list[str] = field(default_factory=list)
    """Words that nothing here holds."""

    @property
    def empty(self) -> bool:
        return not (self.terms or self.families or self.levers or self.cpv or self.ids or self.articles)

    def add(self, term: str, weight: float) -> None:
        self.terms[term] = max(weight, self.terms.get(term, 0.0))

    def vote(self, family: str, points: float) -> None:
        self.families[family] = self.families.get(family, 0.0) + points

    @property
    def ranked_families(self) -> list[str]:
        """The surest first; those far behind it are not guesses."""
        best = max(self.families.values(), default=0.0)
        likely = [(-points, code) for code, points in self.families.items() if points >= 0.4 * best]
        return [code for _, code in sorted(likely)]


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of buyers' words, beside the clauses: the thesaurus and the words of the CPV labels."""

    thesaurus: Thesaurus
    label_words: Words


class Reader:
    """Reads queries against one state of the library: its words, its thesaurus, its families."""

    def __init__(
        self,
        language: Language,
        vocabulary: Vocabulary,
        postings: Postings,
        prefixes: Iterable[str],
        branches: Mapping[str, Iterable[str]],
    ) -> None:
        """`prefixes`: MOB, INF…; `branches`: CPV branches per family."""
        thesaurus, label_words = language.thesaurus, language.label_words
        self.thesaurus = thesaurus
        self.seen = seen = postings.words
        self._postings = postings
        self.prefixes = frozenset(prefix.lower() for prefix in prefixes)
        self.branches = branches
        self._written = {fold(word): word for text, _ in thesaurus.phrases() for word in _SPELT.findall(text.lower())}
        self._by_stem = {stem(word): guess for word, guess in label_words.items()}
        self.speller = Speller(vocabulary, lambda word: word in seen or word in label_words or thesaurus.knows(word))

    def read(self, text: str) -> Query:
        text = plain_acronyms(text[:LONGEST])
        query = Query(cpv=codes_in(text))
        # « programme 2026-2029 » looks like a decree: only what a clause rests on is a reference.
        query.articles = {key for key in cited(text, typed=True) if self._postings.has_key(key)}
        for prefix, number in _ID.findall(fold(text)):
            if prefix in self.prefixes:
                query.ids.append(f"CEC-{prefix.upper()}-{number}")
        for code in query.cpv:
            for family in families_of(code, self.branches):
                query.vote(family, CODE)
        typed, names = words(text)[:MOST_WORDS], proper_names(text)
        repaired = self.speller.repaired(typed, names)
        if repaired != typed:
            query.corrected = " ".join(self._written.get(word, word) for word in repaired)
        self._look_for(query, repaired, names)
        return query

    def _look_for(self, query: Query, typed: list[str], names: frozenset[str]) -> None:
        hints = self.thesaurus.hints(typed)
        hinted = {place for hint in hints for place in range(hint.start, hint.start + hint.length)}
        shares = _shares(typed, names)
        special = " ".join([*query.cpv, *query.ids]).lower()
        for place, word in enumerate(typed):
            if word in EMPTY or word in special or len(word) == 1:
                continue
            term = stem(word)
            query.add(term, 0.2 if term in NOISE or word in names else 1.0)
            if place not in hinted:
                self._guess_from_labels(query, word, term, shares[place])
        self._follow(query, hints, shares)
        if query.articles or query.ids:
            # The words around a reference (« du code de l’environnement ») say nothing of the purchase.
            query.families = {family: 0.3 * points for family, points in query.families.items()}
        if not query.families and (query.levers or query.kinds):
            # Nothing says what is bought: clauses made for any purchase come first.
            query.vote(GENERAL, 0.3)

    def _guess_from_labels(self, query: Query, word: str, term: str, share: float) -> None:
        guess = self._by_stem.get(term)
        if guess and term not in NOISE:
            query.vote(guess[0], LABEL_WORD * guess[1] * share)
        elif not guess and word.isalpha() and word not in self.seen:
            query.unknown.append(word)

    @staticmethod
    def _follow(query: Query, hints: list[Hint], shares: list[float]) -> None:
        first = next((hint.start for hint in hints if hint.family and hint.weight >= SURE), None)
        for hint in hints:
            # An expression of several words is surer than the sum of its words.
            for term in hint.means:
                query.add(term, 0.5 if hint.length == 1 else 0.7)
            if hint.family:
                points = hint.weight * shares[hint.start] * (EXPRESSION if hint.length > 1 else 1.0)
                query.vote(hint.family, points * (OPENING if hint.start == first else 1.0))
            query.levers.update(hint.levers)
            query.kinds.update(hint.kinds)


def _shares(typed: list[str], names: frozenset[str]) -> list[float]:
    """How much each word says of the object: the whole, or less once the title tells where and for whom."""
    shares: list[float] = []
    current = 1.0
    for word in typed:
        if word in _FOR and shares:
            current = CONTEXT
        elif word == "lot":
            current = 1.0
        shares.append(NAME if word in names else current)
    return shares
