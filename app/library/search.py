"""Searching the library in memory: words, facets, keyset pages. A few milliseconds at ten thousand clauses."""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from app.law.vocabulary import KIND_LABELS
from app.library.citations import keys_of_text
from app.library.facets import NAMES, Facets, mask_of, numbers_in
from app.library.guesses import Guesses
from app.library.postings import Fields, Postings
from app.library.published import PublishedClause
from app.library.query import Language, Query, Reader
from app.library.vocabularies import Vocabularies
from app.text.typos import Vocabulary
from app.text.words import full_words
from app.web.paging import BadCursor, cursor_of, key_of

Sort = Literal["relevance", "recent", "title"]

CUT: Final = 0.22
"""Clauses below this share of the best score are noise: they share one weak word with the query."""
ARTICLE, ID = 8.0, 1000.0
"""What an article and an id add to the clauses that hold them (a good word adds 4 to 8)."""


@dataclass(frozen=True, slots=True)
class Request:
    q: str = ""
    cpv: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Facet name → values: OR inside, AND between. `status` too; the active clauses when absent."""
    sort: Sort | None = None
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    hits: list[tuple[PublishedClause, float | None]]
    total: int
    facets: dict[str, list[dict[str, str | int]]]
    next: str | None
    query: Query
    """What the words were understood as."""

    @property
    def corrected(self) -> str | None:
        return self.query.corrected


class Index:
    """One state of the library, ready to be searched."""

    def __init__(
        self,
        clauses: Sequence[PublishedClause],
        words: Vocabularies,
        language: Language,
    ) -> None:
        self.clauses = tuple(sorted(clauses, key=lambda clause: clause.id))
        self.branches = {code: family.cpv for code, family in words.families.items()}
        self.facets = Facets(self.clauses, words)
        self._guesses = Guesses(self.clauses, self.branches)
        self._texts = {ident: keys_of_text(text) for ident, text in words.texts.items()}
        self._postings = Postings(
            [clause_fields(clause, words) for clause in self.clauses], [self._keys(clause) for clause in self.clauses]
        )
        self.reader = Reader(
            language,
            Vocabulary(_vocabulary(self.clauses, words, language)),
            self._postings,
            (family.prefix for family in words.families.values()),
            self.branches,
        )
        by_title = sorted(range(len(self.clauses)), key=lambda n: (self.clauses[n].record.title, self.clauses[n].id))
        self._title_rank = [0] * len(self.clauses)
        for rank, number in enumerate(by_title):
            self._title_rank[number] = rank
        self._age = [-clause.modified_on.toordinal() for clause in self.clauses]

    def _keys(self, clause: PublishedClause) -> Iterator[str]:
        yield clause.id
        for basis in clause.record.legal:
            yield from self._texts.get(basis.text, {basis.text})

    def search(self, request: Request) -> Result:
        query, scores, found = self._matching(request)
        chosen = self._chosen(request)
        facets = self.facets.counts(found, chosen)
        for mask in chosen.values():
            found &= mask
        numbers = numbers_in(found)
        page, following = self._page(request, numbers, scores)
        hits = [(self.clauses[number], round(scores[number], 4) if scores else None) for number in page]
        return Result(hits, len(numbers), facets, following, query)

    def holders(self, term: str) -> int:
        """How many clauses hold a stem."""
        return self._postings.holders(term)

    def total(self, request: Request) -> int:
        """How many clauses a request finds."""
        _, _, found = self._matching(request)
        for mask in self._chosen(request).values():
            found &= mask
        return found.bit_count()

    def _chosen(self, request: Request) -> dict[str, int]:
        return {n: self.facets.allowed(n, request.filters[n]) for n in NAMES if request.filters.get(n)}

    def _matching(self, request: Request) -> tuple[Query, list[float] | None, int]:
        """The query as read, the scores it gives, and what it leaves with the filters that are not counted."""
        query = self.reader.read(request.q) if request.q.strip() else Query()
        scores = self._scores(query) if not query.empty else None
        found = self._found(scores) if scores else (0 if request.q.strip() else self.facets.all)
        found &= self.facets.allowed("status", request.filters.get("status", ["active"]))
        found &= self.facets.allowed("commitment", request.filters.get("commitment", ()))
        if request.cpv:
            found &= mask_of(self._guesses.for_code(request.cpv), len(self.clauses))
        return query, scores, found

    def _scores(self, query: Query) -> list[float]:
        scores = [0.0] * len(self.clauses)
        for term, weight in query.terms.items():
            self._postings.add(scores, term, weight)
        for ident in query.ids:
            self._postings.add_key(scores, ident, ID)
        for key in query.articles:
            self._postings.add_key(scores, key, ARTICLE)
        self._guesses.add(scores, query)
        return scores

    def _found(self, scores: list[float]) -> int:
        best = max(scores, default=0.0)
        least = CUT * best
        return mask_of([n for n, score in enumerate(scores) if score >= least], len(scores)) if best > 0 else 0

    def _page(self, request: Request, numbers: list[int], scores: list[float] | None) -> tuple[list[int], str | None]:
        sort = request.sort or "relevance"
        keys = self._sort_keys(sort, numbers, scores)
        after = self._after(request.cursor, sort)
        keyed = list(zip(keys, numbers, strict=True))
        if after is not None:
            keyed = [pair for pair in keyed if pair > after]
        best = heapq.nsmallest(request.limit + 1, keyed)
        page = [number for _, number in best[: request.limit]]
        if len(best) <= request.limit:
            return page, None
        last, number = best[request.limit - 1]
        return page, cursor_of(sort, last, self.clauses[number].id)

    def _sort_keys(self, sort: Sort, numbers: list[int], scores: list[float] | None) -> Sequence[float]:
        """The smallest key comes first; equal keys keep the order of ids."""
        if sort == "title":
            return [self._title_rank[number] for number in numbers]
        if sort == "recent" or scores is None:
            return [self._age[number] for number in numbers]
        return [-round(scores[number], 4) for number in numbers]

    def _after(self, cursor: str | None, sort: Sort) -> tuple[float, int] | None:
        if cursor is None:
            return None
        made_for, value, ident = key_of(cursor, 3)
        if made_for != sort or not isinstance(value, int | float) or not isinstance(ident, str):
            raise BadCursor
        place = next((n for n, clause in enumerate(self.clauses) if clause.id >= ident), len(self.clauses))
        exact = place < len(self.clauses) and self.clauses[place].id == ident
        return value, place if exact else place - 1


def clause_fields(clause: PublishedClause, words: Vocabularies) -> Fields:
    record = clause.record
    families = " ".join(words.families[code].label for code in record.families if code in words.families)
    levers = " ".join(words.levers[code].label for code in record.levers if code in words.levers)
    labels = " ".join(words.labels[code].name for code in record.labels if code in words.labels)
    return {
        "title": (record.title, 5.0),
        "plain_title": (record.plain_title, 4.0),
        "families": (families, 3.0),
        "levers": (levers, 2.5),
        "summary": (record.summary, 2.0),
        "kind": (KIND_LABELS[record.kind], 2.0),
        "labels": (labels, 2.0),
        "why": (f"{record.why} {record.link_to_subject.reason}", 0.7),
        "wording": (" ".join(record.wordings.values()), 1.0),
    }


def _vocabulary(clauses: Sequence[PublishedClause], words: Vocabularies, language: Language) -> Mapping[str, int]:
    """Words towards which a typing fault is repaired: titles and vocabularies, not every word of every wording."""
    counts: Counter[str] = Counter()
    for clause in clauses:
        counts.update(full_words(f"{clause.record.title} {clause.record.plain_title} {clause.record.summary}"))
    for label in [f.label for f in words.families.values()] + [lever.label for lever in words.levers.values()]:
        counts.update(full_words(label))
    for _ in range(3):  # what buyers say, before a word that one clause happens to hold
        counts.update(language.thesaurus.vocabulary())
    counts.update(iter(language.label_words))
    return {word: count for word, count in counts.items() if word.isalpha()}
