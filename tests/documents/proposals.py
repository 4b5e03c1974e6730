"""What is bought, what the tender says, what is found in it, and the clauses that would suit: labelled by hand.

`python -m tests.bench.proposals` prints in how many cases the first proposal suits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.documents.detecting import find
from app.documents.passages import Passage
from tests.documents.detection import TODAY, library

_LABELLED: Final = Path(__file__).with_name("proposals.txt")


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    bought: str
    said: str
    suits: frozenset[str]

    def proposed(self) -> tuple[str, ...] | None:
        """The clauses proposed; None when the passage itself is not found."""
        lines = (
            ("Objet du marché", 1),
            (f"Le marché a pour objet la fourniture {self.bought}.", 0),
            ("Prescriptions", 1),
            (self.said, 0),
        )
        passages: list[Passage] = []
        title = ""
        for text, level in lines:
            title = text if level else title
            path = () if level else (title,)
            passages.append(Passage(len(passages), "CCTP.docx", "document", text, "", level, path))
        found = find(passages, library(), today=TODAY).risks
        return next((risk.clauses for risk in found if risk.kind == self.kind), None)


def cases(part: str = "tuning") -> Iterator[Case]:
    here = ""
    for line in _LABELLED.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            here = line.removeprefix("# part: ") if "part: " in line else here
        elif here == part:
            kind, bought, said, suits = (field.strip() for field in line.split("|"))
            yield Case(kind, bought, said, frozenset(f"CEC-{name}" for name in suits.split()))


def measure(part: str = "tuning") -> tuple[int, list[tuple[Case, tuple[str, ...] | None]]]:
    """How many first proposals suit, and the cases where the first does not."""
    tried = [(case, case.proposed()) for case in cases(part)]
    wrong = [(case, found) for case, found in tried if not found or found[0] not in case.suits]
    return len(tried) - len(wrong), wrong
