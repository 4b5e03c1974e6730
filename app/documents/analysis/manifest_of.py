"""What we wrote into a file about its clauses, read back."""

import re
from collections.abc import Mapping
from typing import Final

from app.documents.analysis.pieces import Written
from app.documents.archive import Archive
from app.documents.markup import walk
from app.documents.xml import MANIFEST

_NAME: Final = f"{MANIFEST} "
_MOST: Final = 2000
"""Clauses of one document."""


def manifest_of(archive: Archive) -> list[Written]:
    found: list[Written] = []
    for name in archive.names:
        if re.fullmatch(r"customXml/item\d+\.xml", name) and MANIFEST.encode() in next(archive.chunks(name), b""):
            reading = _Reading(archive)
            walk(archive.chunks(name), reading.start, reading.end, reading.text)
            found += reading.clauses
    return found[:_MOST]


class _Reading:
    """The clauses of one manifest, with their values."""

    def __init__(self, archive: Archive) -> None:
        self.budget = archive.budget
        self.clauses: list[Written] = []
        self.values: dict[str, str] = {}
        self.blanks: list[str] = []
        self.value = ""
        """Name of the value being read."""

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == _NAME + "clause":
            self.values, self.blanks = {}, []
            self.said = said
        elif name == _NAME + "blank":
            self.blanks.append(said.get("name", ""))
        elif name == _NAME + "value":
            self.value = said.get("name", "")
            self.values[self.value] = ""

    def text(self, text: str) -> None:
        if self.value:
            self.budget.write(len(text))
            self.values[self.value] += text

    def end(self, name: str) -> None:
        if name == _NAME + "value":
            self.value = ""
        elif name == _NAME + "clause" and len(self.clauses) < _MOST:
            self.clauses.append(_written(self.said, self.values, self.blanks))


def _written(said: Mapping[str, str], values: Mapping[str, str], blanks: list[str]) -> Written:
    version = said.get("version", "")
    return Written(
        id=said.get("id", "")[:16],
        version=int(version) if version.isdecimal() and len(version) < 6 else 0,  # noqa: PLR2004 (a version is small)
        wording=said.get("wording", ""),
        values=values,
        blanks=tuple(blanks),
        lot=said.get("lots", ""),
        weight=said.get("weight", ""),
        reason=said.get("reason", ""),
    )
