"""Our search, and the two baselines of the same run: words alone, and chance."""

import random
from collections.abc import Sequence

from app.library.postings import Postings
from app.library.published import PublishedClause
from app.library.record import ClauseRecord
from app.library.schemas import ClauseQuery
from app.library.search import Request, clause_fields
from app.library.shelf import Shelf
from app.text.stems import stem
from app.text.words import full_words
from tests.bench.relevance.measures import Ranking


def ours(shelf: Shelf) -> Ranking:
    def rank(query: str) -> Sequence[ClauseRecord]:
        result = shelf.index.search(Request(q=ClauseQuery(q=query).q, limit=10))
        return [clause.record for clause, _ in result.hits]

    return rank


def words_only(shelf: Shelf) -> Ranking:
    """BM25 on French stems: no thesaurus, no repair, no family, no code, no article."""
    clauses: Sequence[PublishedClause] = shelf.index.clauses
    postings = Postings([clause_fields(clause, shelf.words) for clause in clauses])

    def rank(query: str) -> Sequence[ClauseRecord]:
        scores = [0.0] * len(clauses)
        for term in {stem(word) for word in full_words(query)}:
            postings.add(scores, term, 1.0)
        found = sorted((-score, number) for number, score in enumerate(scores) if score > 0)
        return [clauses[number].record for _, number in found[:10]]

    return rank


def by_chance(shelf: Shelf) -> Ranking:
    chance = random.Random(1)  # noqa: S311 (a baseline)
    records = [clause.record for clause in shelf.index.clauses]
    return lambda _: chance.sample(records, 10)
