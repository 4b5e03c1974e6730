"""One state of the library in memory: every clause, the search index, and answers already made as bytes."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Final

from app.law.vocabulary import Status
from app.library.cpv import Nomenclature, read_nomenclature
from app.library.published import PublishedClause
from app.library.search import Index
from app.library.thesaurus import Thesaurus, read_thesaurus
from app.library.vocabularies import Vocabularies, read_vocabularies
from app.web.etag import Page

_MOST_BYTES: Final = 64 * 1024 * 1024


class ReadyPages:
    """Answers kept until there are 64 MiB of them; the least recently used leave first."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._most = most
        self._held = 0

    def get(self, key: Hashable) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def keep(self, key: Hashable, page: Page) -> Page:
        if key not in self._pages:
            self._pages[key] = page
            self._held += len(page.body)
            while self._held > self._most and len(self._pages) > 1:
                _, gone = self._pages.popitem(last=False)
                self._held -= len(gone.body)
        return page


class Shelf:
    """Immutable but for its ready pages: a new generation makes a new shelf."""

    def __init__(
        self,
        generation: int,
        clauses: Iterable[PublishedClause],
        words: Vocabularies,
        thesaurus: Thesaurus,
        nomenclature: Nomenclature,
    ) -> None:
        self.generation = generation
        self.words = words
        self.thesaurus = thesaurus
        self.nomenclature = nomenclature
        self.index = Index(list(clauses), words, thesaurus)
        self.clauses: dict[str, PublishedClause] = {clause.id: clause for clause in self.index.clauses}
        self.ready = ReadyPages()

    def clause(self, ident: str) -> PublishedClause | None:
        """The current version, withdrawn clauses included."""
        return self.clauses.get(ident)

    @property
    def active(self) -> list[PublishedClause]:
        """What may be offered, in the order of ids."""
        return [clause for clause in self.clauses.values() if clause.status is Status.ACTIVE]


def make_shelf(generation: int, clauses: Iterable[PublishedClause], root: Path) -> Shelf:
    """The shelf of some clauses, with the vocabularies of `root`."""
    return Shelf(generation, clauses, read_vocabularies(root), read_thesaurus(root), read_nomenclature(root))
