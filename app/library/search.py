"""Searching the library in memory: words, facets, keyset pages. A few milliseconds at ten thousand clauses."""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from app.law.vocabulary import KIND_LABELS
from app.library.citations import keys_of_text
from app.library.cpv import applies, families_of
from app.library.facets import NAMES, Facets, mask_of, numbers_in
from app.library.postings import Fields, Postings
from app.library.published import PublishedClause
from app.library.query import Query, Reader
from app.library.thesaurus import Thesaurus
from app.library.vocabularies import Vocabularies
from app.text.typos import Vocabulary
from app.text.words import full_words
from app.web.paging import BadCursor, cursor_of, key_of

Sort = Literal["relevance", "recent", "title"]

CUT: Final = 0.22
"""Clauses below this share of the best score are noise: they share one weak word with the query."""
FAMILY, LEVER, CPV_BRANCH, ARTICLE, ID = 4.0, 1.5, 5.0, 8.0, 1000.0
"""What each thing understood in the query adds to the clauses that hold it (a good word adds 4 to 8)."""


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
    corrected: str | None


class Index:
    """One state of the library, ready to be searched."""

    def __init__(self, clauses: Sequence[PublishedClause], words: Vocabularies, thesaurus: Thesaurus) -> None:
        self.clauses = tuple(sorted(clauses, key=lambda clause: clause.id))
        self.branches = {code: family.cpv for code, family in words.families.items()}
        self.facets = Facets(self.clauses, words)
        self._texts = {ident: keys_of_text(text) for ident, text in words.texts.items()}
        self._postings = Postings(
            [_fields(clause, words) for clause in self.clauses], [self._keys(clause) for clause in self.clauses]
        )
        self.reader = Reader(
            thesaurus,
            Vocabulary(_vocabulary(self.clauses, words, thesaurus)),
            self._postings,
            (family.prefix for family in words.families.values()),
            self.branches,
        )
        by_title = sorted(range(len(self.clauses)), key=lambda n: (self.clauses[n].record.title, self.clauses[n].id))
        self._title_rank = {number: rank for rank, number in enumerate(by_title)}

    def _keys(self, clause: PublishedClause) -> Iterator[str]:
        yield clause.id
        for basis in clause.record.legal:
            yield from self._texts.get(basis.text, {basis.text})

    def search(self, request: Request) -> Result:
        query = self.reader.read(request.q) if request.q.strip() else Query()
        scores = self._scores(query) if not query.empty else None
        found = self._found(scores) if scores else (self.facets.all if not request.q.strip() else 0)
        found &= self.facets.allowed("status", request.filters.get("status", ["active"]))
        found &= self.facets.allowed("commitment", request.filters.get("commitment", ()))
        found &= self._for_code(request.cpv) if request.cpv else self.facets.all
        chosen = {n: self.facets.allowed(n, request.filters[n]) for n in NAMES if request.filters.get(n)}
        facets = self.facets.counts(found, chosen)
        for mask in chosen.values():
            found &= mask
        numbers = numbers_in(found)
        page, following = self._page(request, numbers, scores)
        hits = [(self.clauses[number], round(scores[number], 4) if scores else None) for number in page]
        return Result(hits, len(numbers), facets, following, query.corrected)

    def _scores(self, query: Query) -> list[float]:
        scores = [0.0] * len(self.clauses)
        for term, weight in query.terms.items():
            self._postings.add(scores, term, weight)
        for ident in query.ids:
            self._postings.add_key(scores, ident, ID)
        for key in query.articles:
            self._postings.add_key(scores, key, ARTICLE)
        self._add_guesses(scores, query)
        return scores

    def _add_guesses(self, scores: list[float], query: Query) -> None:
        """What the words let guess: a family, levers, the branch of a code."""
        for family in query.families:
            for number in numbers_in(self.facets.allowed("family", [family])):
                # The home family first: a clause may also serve others.
                scores[number] += FAMILY if self.clauses[number].record.family == family else FAMILY / 2
        for lever in query.levers:
            for number in numbers_in(self.facets.allowed("lever", [lever])):
                scores[number] += LEVER
        for code in query.cpv:
            for number, clause in enumerate(self.clauses):
                if applies(code, clause.record.cpv.include, clause.record.cpv.exclude):
                    scores[number] += CPV_BRANCH

    def _found(self, scores: list[float]) -> int:
        least = CUT * max(scores, default=0.0)
        return mask_of((n for n, score in enumerate(scores) if score > 0 and score >= least), len(scores))

    def _for_code(self, code: str) -> int:
        """The clauses that an object of this code may carry: their branch, or any code of their family."""
        families = set(families_of(code, self.branches)) | {"toutes-familles"}
        return mask_of(
            (
                number
                for number, clause in enumerate(self.clauses)
                if (
                    applies(code, clause.record.cpv.include, clause.record.cpv.exclude)
                    if clause.record.cpv.include
                    else families & set(clause.record.families)
                )
            ),
            len(self.clauses),
        )

    def _page(self, request: Request, numbers: list[int], scores: list[float] | None) -> tuple[list[int], str | None]:
        sort = request.sort or "relevance"
        key = self._sort_key(sort, scores)
        after = self._after(request.cursor, sort)
        keyed = ((key(number), number) for number in numbers)
        best = heapq.nsmallest(request.limit + 1, (pair for pair in keyed if after is None or pair > after))
        page = [number for _, number in best[: request.limit]]
        if len(best) <= request.limit:
            return page, None
        last, number = best[request.limit - 1]
        return page, cursor_of(sort, last, self.clauses[number].id)

    def _sort_key(self, sort: Sort, scores: list[float] | None) -> Any:  # noqa: ANN401 (a function of a number)
        if sort == "title":
            return self._title_rank.__getitem__
        if sort == "recent" or scores is None:
            return lambda number: -self.clauses[number].modified_on.toordinal()
        return lambda number: -round(scores[number], 4)

    def _after(self, cursor: str | None, sort: Sort) -> tuple[float, int] | None:
        if cursor is None:
            return None
        made_for, value, ident = key_of(cursor, 3)
        if made_for != sort or not isinstance(value, int | float) or not isinstance(ident, str):
            raise BadCursor
        place = next((n for n, clause in enumerate(self.clauses) if clause.id >= ident), len(self.clauses))
        exact = place < len(self.clauses) and self.clauses[place].id == ident
        return value, place if exact else place - 1


def _fields(clause: PublishedClause, words: Vocabularies) -> Fields:
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


def _vocabulary(clauses: Sequence[PublishedClause], words: Vocabularies, thesaurus: Thesaurus) -> Mapping[str, int]:
    """Words towards which a typing fault is repaired: titles and vocabularies, not every word of every wording."""
    counts: Counter[str] = Counter()
    for clause in clauses:
        counts.update(full_words(f"{clause.record.title} {clause.record.plain_title} {clause.record.summary}"))
    for label in [f.label for f in words.families.values()] + [lever.label for lever in words.levers.values()]:
        counts.update(full_words(label))
    counts.update(thesaurus.vocabulary())
    return {word: count for word, count in counts.items() if word.isalpha()}
