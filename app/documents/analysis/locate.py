"""Where our clauses stand in a file: by content control, by bookmark, else by their words. Pure.

LibreOffice drops the tags and shrinks a control to its first paragraph, keeps the alias and the bookmark, which it may
write twice with one name: a clause goes from the first paragraph of a name to the last (docx.md, section 5).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.documents.passages import Passage
from app.library.blocks import VARIABLE, blocks_of
from app.library.record import ClauseRecord
from app.text.similarity import Shingle, shingles
from app.text.typography import plain

Anchor = Literal["control", "bookmark", "text"]
_TAG: Final = re.compile(r"^(CEC-[A-Z]{3}-\d{3})@(\d{1,5})$")
_BOOKMARK: Final = re.compile(r"^clause_(CEC)_([A-Z]{3})_(\d{3})_(\d{1,4})_([A-Z]+)$")
_ENOUGH: Final = 0.6
"""Share of a paragraph's runs of words that a wording holds, for the paragraph to come from it."""
_KEPT: Final = 0.4
"""Share of a wording that must stand in a place, for the place to be that clause."""
_SHORTEST: Final = 5
"""Runs of three words: below, a paragraph says too little to be anybody's."""


@dataclass(frozen=True, slots=True)
class Place:
    """A clause in a piece: its passages, from `start` to before `end` in the list."""

    clause_id: str
    version: int | None
    wording: str
    """The piece whose wording it is, when the file says so."""
    start: int
    end: int
    anchor: Anchor


def marked(passages: Sequence[Passage]) -> list[Place]:
    """The clauses whose control or bookmark is still there, in reading order."""
    spans: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, passage in enumerate(passages):
        for name in passage.bookmarks:
            if _BOOKMARK.match(name):
                spans["bookmark", name].append(position)
    for number, (tag, positions) in enumerate(_runs(passages)):
        spans[f"control {number}", tag] = positions
    places: list[Place] = []
    taken: dict[int, int] = {}
    for (kind, name), positions in sorted(spans.items(), key=lambda item: (item[0][0] != "bookmark", item[1][0])):
        made = _by_bookmark(name, positions) if kind == "bookmark" else _by_control(name, positions)
        meets = next((taken[at] for at in range(made.start, made.end) if at in taken), None)
        if meets is not None:
            # The same clause twice marked: the control knows the version, the bookmark the extent.
            if places[meets].clause_id == made.clause_id and places[meets].version is None:
                places[meets] = _merged(places[meets], made)
            continue
        places.append(made)
        taken.update(dict.fromkeys(range(made.start, made.end), len(places) - 1))
    return sorted(places, key=lambda place: place.start)


def _runs(passages: Sequence[Passage]) -> Iterator[tuple[str, list[int]]]:
    """Neighbours under a same tag of ours; two copies side by side are told apart by their heading."""
    open_tag, positions = "", list[int]()
    for position, passage in enumerate(passages):
        tag = passage.control_tag if _TAG.match(passage.control_tag) else ""
        again = tag == open_tag and not (passage.heading_level and positions)
        if not again and positions:
            yield open_tag, positions
            positions = []
        if tag:
            positions.append(position)
        open_tag = tag
    if positions:
        yield open_tag, positions


def _by_bookmark(name: str, positions: list[int]) -> Place:
    found = _BOOKMARK.match(name)
    parts = found.groups() if found else ("", "", "", "", "")
    return Place("-".join(parts[:3]), None, parts[4], min(positions), max(positions) + 1, "bookmark")


def _by_control(tag: str, positions: list[int]) -> Place:
    found = _TAG.match(tag)
    ident, version = found.groups() if found else ("", "0")
    return Place(ident, int(version), "", min(positions), max(positions) + 1, "control")


def _merged(bookmark: Place, control: Place) -> Place:
    return Place(
        bookmark.clause_id,
        control.version,
        bookmark.wording,
        min(bookmark.start, control.start),
        max(bookmark.end, control.end),
        "control",
    )


class Words:
    """The wordings of a library, by their runs of three words: made once per generation."""

    def __init__(self, records: Iterable[ClauseRecord]) -> None:
        self.titles: dict[str, str] = {}
        self.sizes: Counter[tuple[str, str]] = Counter()
        self.lines: dict[tuple[str, str], frozenset[str]] = {}
        """The paragraphs and cells of each wording, for those too short to be told by their runs."""
        self._by_run: dict[Shingle, list[tuple[str, str]]] = defaultdict(list)
        for record in records:
            self.titles[record.id] = _key(record.title)
            for wording, text in record.wordings.items():
                name = (record.id, str(wording))
                runs = {run for part in _parts(text) for run in shingles(part)}
                self.lines[name] = frozenset(_key(line) for block in blocks_of(text) for line in block.texts)
                self.sizes[name] = len(runs)
                for run in runs:
                    self._by_run[run].append(name)

    def shares(self, runs: Iterable[Shingle]) -> Counter[tuple[str, str]]:
        """How many of these runs each wording holds."""
        found: Counter[tuple[str, str]] = Counter()
        for run in runs:
            found.update(self._by_run.get(run, ()))
        return found


def _parts(text: str) -> Iterator[str]:
    """What stands between two variables: a value is not the clause's own words."""
    for block in blocks_of(text):
        for item in block.texts:
            yield from VARIABLE.split(item)[::2]


def _key(text: str) -> str:
    return " ".join(plain(text).split()).casefold()


def by_words(passages: Sequence[Passage], free: Sequence[bool], words: Words) -> list[Place]:
    """Clauses of the library in the passages that no mark claims: whole, edited, or half kept."""
    groups: list[tuple[tuple[str, str], list[int], int]] = []
    for position, passage in enumerate(passages):
        if not free[position]:
            continue
        runs = shingles(passage.text)
        if len(runs) < _SHORTEST:
            continue
        shares = words.shares(runs)
        near = groups[-1] if groups and groups[-1][1][-1] >= position - 2 else None
        best = max(shares, key=lambda name: (shares[name], near is not None and near[0] == name), default=None)
        if near is not None and shares[near[0]] >= _ENOUGH * len(runs):
            best = near[0]  # the clause that began above goes on
        if best is None or shares[best] < _ENOUGH * len(runs):
            continue
        if near is not None and near[0] == best:
            groups[-1] = (best, [*near[1], position], near[2] + shares[best])
        else:
            groups.append((best, [position], shares[best]))
    return [
        _grouped(passages, free, name, positions, words)
        for name, positions, shared in groups
        if shared >= _KEPT * words.sizes[name]
    ]


def _grouped(
    passages: Sequence[Passage], free: Sequence[bool], name: tuple[str, str], positions: list[int], words: Words
) -> Place:
    start = positions[0]
    if start and free[start - 1] and _key(passages[start - 1].text).endswith(words.titles[name[0]]):
        start -= 1
    end = positions[-1] + 1
    while end < len(passages) and free[end] and _key(passages[end].text) in words.lines[name]:
        end += 1
    return Place(name[0], None, name[1], start, end, "text")


def claimed(count: int, places: Iterable[Place]) -> list[bool]:
    """Whether each passage is still free."""
    free = [True] * count
    for place in places:
        free[place.start : place.end] = [False] * (place.end - place.start)
    return free


def wordings_of(record: ClauseRecord, place: Place, piece: str = "") -> Mapping[str, str]:
    """The wordings that a place may hold: the one it names, else all."""
    named = place.wording or piece
    found = {str(key): text for key, text in record.wordings.items()}
    return {named: found[named]} if named in found else found
