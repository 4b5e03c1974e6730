"""What the detection finds in somebody else's text, tied to its passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.documents.passages import Passage
from app.law.rules import BasketClause
from app.law.vocabulary import Kind, Piece


@dataclass(frozen=True, slots=True)
class Role:
    """A passage that does what a clause does."""

    passage: Passage
    kind: Kind
    levers: tuple[str, ...]
    families: tuple[str, ...]
    neighbours: tuple[tuple[str, str], ...]
    """Clauses of the library that are near, each with its likeness in words."""
    confidence: str
    weak: bool

    def as_clause(self, number: int) -> BasketClause:
        """For the check: a clause without an id of ours, which covers what its kind and its levers cover."""
        return BasketClause(
            id=f"¶{self.passage.index + 1}",
            version=number,
            title=self.passage.heading_path[-1] if self.passage.heading_path else self.passage.text[:80],
            kind=self.kind,
            pieces=(Piece.CCTP,),
            families=self.families,
            requirement="",
            text=self.passage.text,
            environmental=bool(set(self.levers) - {"insertion-ess"}),
            social="insertion-ess" in self.levers,
            levers=self.levers,
            has_evidence=not self.weak,
            has_control=not self.weak,
        )


@dataclass(frozen=True, slots=True)
class Risk:
    """Words that weaken a tender, with what to do about them."""

    passage: Passage
    kind: str
    label: str
    severity: Literal["blocking", "warning", "info"]
    start: int
    end: int
    sentence: str
    confidence: str
    clause_id: str


@dataclass(frozen=True, slots=True)
class Detected:
    roles: Sequence[Role] = ()
    risks: Sequence[Risk] = ()
