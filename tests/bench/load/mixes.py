"""Who asks what: searches never seen before, clauses at random, files of one buyer in fifty, DOCX of forty clauses."""

import random
import uuid
from collections.abc import Sequence
from typing import Any, Final

import psycopg

from app.law.vocabulary import Piece
from tests.bench.library_search import QUERIES
from tests.bench.load.generator import Ask, ask
from tests.documents.made import records
from tests.faults.reading import PURCHASE
from tests.purchases.makers import draft, item

PIECES: Final = 40
"""Clauses of the DOCX."""
_WORDS: Final = tuple({word for query in QUERIES for word in query.split() if len(word) > 3})


def searches(count: int, seed: int = 7) -> list[Ask]:
    """Two or three words and a filter: none is asked twice, so none is answered from memory."""
    chance = random.Random(seed)  # noqa: S311 (a bench, not a secret)
    made = {}
    while len(made) < count:
        words = "+".join(chance.sample(_WORDS, chance.choice((2, 3)))).replace(" ", "+")
        level = chance.choice(("", "&level=1", "&level=2", "&family=mobilier", "&lever=reemploi"))
        made[f"/api/v1/clauses?q={_quoted(words)}{level}&limit=20"] = None
    return [ask("recherche", path) for path in made]


def _quoted(words: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(words, safe="+")


def clauses(url: str) -> list[Ask]:
    with psycopg.connect(url) as connection:
        idents = [ident for (ident,) in connection.execute("SELECT id FROM clause ORDER BY id")]
    return [ask("clause", f"/api/v1/clauses/{ident}") for ident in idents]


def document(count: int = PIECES) -> Ask:
    """A CCTP of real clauses, with their own default values."""
    items: list[dict[str, Any]] = []
    for ident, record in records().items():
        defaults = {name: variable.default for name, variable in record.variables.items()}
        tied = (*record.relations.requires, *record.relations.excludes, *record.relations.replaces)
        if len(items) < count and Piece.CCTP in record.wordings and None not in defaults.values() and not tied:
            items.append({"clause_id": ident, "values": defaults})
    return ask("docx", "/api/v1/documents", {"purchase": PURCHASE, "items": items, "pieces": ["CCTP"]})


def creations(key: str, count: int) -> list[Ask]:
    """Files of ten clauses."""
    typed = draft(items=[item(ident) for ident in list(records())[:10]])
    return [
        ask("écriture", "/api/v1/purchases", {"title": f"Essai {uuid.uuid4().hex}", "draft": typed}, key=key)
        for _ in range(count)
    ]


def reads_of_files(url: str, key: str, count: int = 100) -> list[Ask]:
    """The list of a buyer, and its files."""
    with psycopg.connect(url) as connection:
        owner = "SELECT organisation_id FROM purchase_file ORDER BY id LIMIT 1"
        found = connection.execute(
            f"SELECT id FROM purchase_file WHERE organisation_id = ({owner}) LIMIT {count}".encode()
        )
        idents = [ident for (ident,) in found]
    return [
        ask("liste", "/api/v1/purchases?limit=20", key=key),
        *(ask("dossier", f"/api/v1/purchases/{ident}", key=key) for ident in idents),
    ]


def weighed(parts: Sequence[tuple[float, Sequence[Ask]]]) -> list[Ask]:
    """Each part has its share of the mix, spread over its requests."""
    return [Ask(one.kind, one.raw, share / len(asks)) for share, asks in parts for one in asks]


def nominal(url: str, key: str) -> list[Ask]:
    """80 % reads (half of them searches), 15 % saved files (a third of them writes), 5 % DOCX."""
    listed, *files = reads_of_files(url, key)
    pages = [
        ask("page", path, accept="text/html")
        for path in ("/clauses", "/clauses/CEC-MOB-001", "/obligations", "/charte")
    ]
    return weighed(
        (
            (40, searches(6000)),
            (30, clauses(url)),
            (10, pages),
            (5, [listed]),
            (5, files),
            (5, creations(key, 50)),
            (5, [document()]),
        )
    )
