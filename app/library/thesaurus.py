"""What buyers type against what clauses say: synonyms, acronyms and slang, from `clauses/thesaurus.yaml`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.library.files import read_yaml
from app.library.record import Code, Strict, Text
from app.text.stems import stem
from app.text.words import full_words, words


class Entry(Strict):
    say: list[Text]
    means: list[Text]
    family: Code | None = None
    levers: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """What an expression of the query stands for."""

    start: int
    length: int
    """Where it stands in the words of the query."""
    means: tuple[str, ...]
    """Stems to look for as well."""
    family: str | None
    levers: tuple[str, ...]


class Thesaurus:
    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
        for entry in entries:
            for phrase in entry.say:
                key = tuple(stem(word) for word in words(phrase))
                if key:
                    self._by_first[key[0]].append((key, entry))
        self._words = frozenset(self.vocabulary())
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def vocabulary(self) -> Iterator[str]:
        """Every word that the thesaurus understands: typing faults are repaired towards them too."""
        for entry in self.entries:
            for phrase in (*entry.say, *entry.means):
                yield from full_words(phrase)

    def knows(self, word: str) -> bool:
        return word in self._words

    def hints(self, typed: Sequence[str]) -> list[Hint]:
        """The expressions found in the folded words of a query; the longest one wins at each place."""
        stems = [stem(word) for word in typed]
        found: list[Hint] = []
        place = 0
        while place < len(stems):
            length = 1
            for key, entry in self._by_first.get(stems[place], ()):  # the longest expressions first
                if len(key) >= length and tuple(stems[place : place + len(key)]) == key:
                    length = len(key)
                    means = tuple(stem(word) for text in entry.means for word in full_words(text))
                    found.append(Hint(place, length, means, entry.family, entry.levers))
            place += length
        return found


def read_thesaurus(root: Path) -> Thesaurus:
    path = root / "thesaurus.yaml"
    rows = read_yaml(path.read_text(encoding="utf-8")) if path.exists() else []
    return Thesaurus([Entry.model_validate(row) for row in rows])
