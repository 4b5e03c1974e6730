"""What an action on a thing says of circular economy, whatever the words: the concepts of `concepts.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

_SENTENCE: Final = re.compile(r"[.;](?=\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Concept:
    lever: str
    groups: tuple[re.Pattern[str], ...]
    without: re.Pattern[str] | None = None

    def __call__(self, sentence: str) -> bool:
        said = all(group.search(sentence) for group in self.groups)
        return said and not (self.without is not None and self.without.search(sentence))


def _pattern(words: str, classes: Mapping[str, str]) -> re.Pattern[str]:
    """One of the stems; a group between slashes is a pattern already."""
    words = re.sub(r"@(\w+)", lambda match: classes[match[1]], words).strip()
    if words.startswith("/"):
        return re.compile(words.strip("/"))
    parts = [word.replace("_", " ") for word in words.split()]
    return re.compile(
        r"\b(?:" + "|".join(rf"{part[:-1]}\b" if part.endswith("$") else rf"{part}\w*" for part in parts) + ")"
    )


def _read() -> tuple[Concept, ...]:
    told = yaml.safe_load(Path(__file__).with_name("concepts.yaml").read_text(encoding="utf-8"))
    classes: dict[str, str] = told["classes"]
    return tuple(
        Concept(
            concept["lever"],
            tuple(_pattern(words, classes) for words in concept["all"]),
            _pattern(concept["without"], classes) if "without" in concept else None,
        )
        for concept in told["concepts"]
    )


CONCEPTS: Final = _read()


@lru_cache(maxsize=8192)
def concepts_in(plain: str) -> frozenset[str]:
    """The levers that a folded text speaks of by what it does to things."""
    found: set[str] = set()
    for sentence in _SENTENCE.split(plain):
        found.update(c.lever for c in CONCEPTS if c.lever not in found and c(sentence))
    return frozenset(found)
