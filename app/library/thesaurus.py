"""What buyers type against what clauses say: synonyms, acronyms and slang, from `clauses/thesaurus.yaml`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from app.law.vocabulary import Kind
from app.library.files import read_yaml
from app.library.record import Code, Strict, Text
from app.text.stems import stem
from app.text.words import EMPTY, full_words, words


class Entry(Strict):
    say: list[Text]
    means: list[Text]
    family: Code | None = None
    weight: Annotated[float, Field(gt=0, le=3)] = 1.0
    """How surely the words name the purchase: less for a place (« école »), more for a trade (« nettoyage »)."""
    levers: tuple[Code, ...] = ()
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """What an expression of the query stands for."""

    start: int
    length: int
    """Where it stands in the words of the query."""
    means: tuple[str, ...]
    """Stems to look for as well."""
    family: str | None
    weight: float
    levers: tuple[str, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    typed: tuple[str, ...]
    stems: tuple[str, ...]
    entry: Entry
    means: tuple[str, ...]


def _meaningful(text: str) -> tuple[str, ...]:
    """The words of an expression without its small words, unless it has no other."""
    return tuple(full_words(text)) or tuple(words(text))


class Thesaurus:
    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)
        for entry in entries:
            means = tuple(stem(word) for text in entry.means for word in full_words(text))
            for text in entry.say:
                typed = _meaningful(text)
                if len("".join(typed)) > 1:
                    phrase = _Phrase(typed, tuple(map(stem, typed)), entry, means)
                    self._by_first[phrase.stems[0]].append(phrase)
        self._words = frozenset(self.vocabulary())
        for found in self._by_first.values():
            found.sort(key=lambda phrase: -len(phrase.stems))

    def vocabulary(self) -> Iterator[str]:
        """Every word that the thesaurus understands: typing faults are repaired towards them too."""
        for entry in self.entries:
            for phrase in (*entry.say, *entry.means):
                yield from full_words(phrase)

    def phrases(self) -> Iterator[tuple[str, Entry]]:
        """Every expression as written, with its entry: what suggestions complete."""
        for entry in self.entries:
            for text in entry.say:
                yield text, entry

    def knows(self, word: str) -> bool:
        return word in self._words

    def hints(self, typed: Sequence[str]) -> list[Hint]:
        """The expressions found in the folded words of a query; the longest one wins at each place."""
        places = [place for place, word in enumerate(typed) if word not in EMPTY] or list(range(len(typed)))
        kept = tuple(typed[place] for place in places)
        stems = tuple(map(stem, kept))
        found: list[Hint] = []
        at = 0
        while at < len(stems):
            matching = self._longest(kept, stems, at)
            length = len(matching[0].stems) if matching else 1
            typed_here = kept[at : at + length]
            found += [_hint(phrase, places[at], length, typed_here) for phrase in matching]
            at += length
        return found

    def _longest(self, typed: tuple[str, ...], stems: tuple[str, ...], at: int) -> list[_Phrase]:
        """The longest expressions that start here; those typed exactly so rather than those of the same stems."""
        found: list[_Phrase] = []
        for phrase in self._by_first.get(stems[at], ()):  # the longest first
            length = len(phrase.stems)
            if found and length < len(found[0].stems):
                break
            if stems[at : at + length] == phrase.stems:
                found.append(phrase)
        exact = [phrase for phrase in found if typed[at : at + len(phrase.typed)] == phrase.typed]
        return exact or found


COUSIN: Final = 0.6
"""What is left of a weight when only the stems agree: « programme » is not « programmiste »."""


def _hint(phrase: _Phrase, place: int, length: int, typed: tuple[str, ...]) -> Hint:
    entry = phrase.entry
    same = all(one.rstrip("esx") == two.rstrip("esx") for one, two in zip(typed, phrase.typed, strict=True))
    weight = entry.weight if same else COUSIN * entry.weight
    return Hint(place, length, phrase.means, entry.family, weight, entry.levers, entry.kinds)


def read_thesaurus(root: Path) -> Thesaurus:
    path = root / "thesaurus.yaml"
    rows = read_yaml(path.read_text(encoding="utf-8")) if path.exists() else []
    return Thesaurus([Entry.model_validate(row) for row in rows])
