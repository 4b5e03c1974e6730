"""One state of the library in memory: every clause, the search index, and answers already made as bytes."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from app.law.routes import today_in_paris
from app.law.vocabulary import Status
from app.library.completer import Completer
from app.library.cpv import CpvEntry, Nomenclature, read_nomenclature
from app.library.cpv_words import read_words
from app.library.published import PublishedClause
from app.library.query import Language
from app.library.ready import ReadyPages
from app.library.search import Index
from app.library.standing import on_day
from app.library.thesaurus import read_thesaurus
from app.library.vocabularies import Vocabularies, read_vocabularies


class Shelf:
    """Immutable but for its ready pages: a new generation makes a new shelf."""

    def __init__(  # noqa: PLR0913 (each is a part of one state)
        self,
        generation: int,
        clauses: Iterable[PublishedClause],
        words: Vocabularies,
        language: Language,
        nomenclature: Nomenclature,
        *,
        day: date,
    ) -> None:
        self.generation = generation
        self.day = day
        """The day of its levels: a clause falls when the law catches up with it."""
        self.words = words
        self.thesaurus = language.thesaurus
        self.nomenclature = nomenclature
        self.index = Index(list(clauses), words, language)
        self.completer = Completer(language.thesaurus, self.index.holders)
        self.clauses: dict[str, PublishedClause] = {clause.id: clause for clause in self.index.clauses}
        self.ready = ReadyPages()

    def clause(self, ident: str) -> PublishedClause | None:
        """The current version, withdrawn clauses included."""
        return self.clauses.get(ident)

    @property
    def active(self) -> list[PublishedClause]:
        """What may be offered, in the order of ids."""
        return [clause for clause in self.clauses.values() if clause.status is Status.ACTIVE]


def make_shelf(
    generation: int,
    clauses: Iterable[PublishedClause],
    root: Path,
    cpv: Sequence[CpvEntry] = (),
    day: date | None = None,
) -> Shelf:
    """The shelf of some clauses, with the vocabularies of `root`; `cpv`: the imported nomenclature, if any."""
    language = Language(read_thesaurus(root), read_words(root))
    nomenclature = Nomenclature(cpv) if cpv else read_nomenclature(root)
    words, day = read_vocabularies(root), day or today_in_paris()
    return Shelf(generation, [on_day(c, words.law, day) for c in clauses], words, language, nomenclature, day=day)
