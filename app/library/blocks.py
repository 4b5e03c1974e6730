"""The little markup of a wording: paragraphs, bullets, numbered items, simple tables, `{{ variables }}`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

VARIABLE: Final = re.compile(r"\{\{\s*([a-z][a-z0-9_]{1,40})\s*\}\}")
_BULLET: Final = re.compile(r"^- +(.*)$")
_NUMBER: Final = re.compile(r"^\d+\. +(.*)$")
_RULE: Final = re.compile(r"^\|(?:\s*:?-{3,}:?\s*\|)+$")


@dataclass(frozen=True, slots=True)
class Block:
    kind: Literal["paragraph", "bullets", "numbers", "table"]
    items: tuple[str, ...] = ()
    """One text for a paragraph, one per item of a list."""
    rows: tuple[tuple[str, ...], ...] = ()
    """A table's rows, the header first."""

    @property
    def texts(self) -> Iterator[str]:
        yield from self.items
        for row in self.rows:
            yield from row


def variables_in(text: str) -> list[str]:
    return VARIABLE.findall(text)


def blocks_of(text: str) -> list[Block]:
    """The blocks of a wording in order; lines of one paragraph or item are joined."""
    return [block for part in re.split(r"\n\s*\n", text.strip()) if part.strip() for block in _block(part)]


def _block(part: str) -> list[Block]:
    lines = [line.strip() for line in part.strip().splitlines()]
    if lines[0].startswith("|"):
        return [Block("table", rows=tuple(_cells(line) for line in lines if not _RULE.match(line)))]
    runs: list[tuple[Literal["paragraph", "bullets", "numbers"], list[str]]] = []
    for line in lines:
        bullet, number = _BULLET.match(line), _NUMBER.match(line)
        if bullet or number:
            kind: Literal["bullets", "numbers"] = "bullets" if bullet else "numbers"
            item = str((bullet or number)[1])  # type: ignore[index]  # one of the two matched
            if runs and runs[-1][0] == kind:
                runs[-1][1].append(item)
            else:
                runs.append((kind, [item]))
        elif runs:
            runs[-1][1][-1] += " " + line
        else:
            runs.append(("paragraph", [line]))
    return [Block(kind, tuple(items)) for kind, items in runs]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
