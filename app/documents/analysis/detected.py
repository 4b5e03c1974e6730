"""The detection's reading of a dossier, kept to the passages that are not our own clauses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.detecting.results import Reading, Risk, Role
from app.documents.passages import Passage
from app.law.rules import BasketClause
from app.law.vocabulary import Kind, Piece
from app.text.typography import NBSP

_VERY_CLOSE, _CLOSE = 0.6, 0.35


@dataclass(frozen=True, slots=True)
class ForeignRole:
    """A passage that does what a clause does, and whether a risk bears on it."""

    role: Role
    passage: Passage
    weak: bool


@dataclass(frozen=True, slots=True)
class ForeignRisk:
    risk: Risk
    passage: Passage


@dataclass(frozen=True, slots=True)
class Detected:
    roles: tuple[ForeignRole, ...] = ()
    risks: tuple[ForeignRisk, ...] = ()


def foreign(reading: Reading, passages: Sequence[Passage], ours: Collection[int]) -> Detected:
    """What is said of other passages than ours, which the library answers for; `ours`: positions in `passages`.

    The reading itself saw them all: a criterion of ours is a criterion of the tender.
    """
    risks = [risk for risk in reading.risks if risk.passage not in ours]
    risky = {risk.passage for risk in risks if risk.severity != "info"}
    roles = [role for role in reading.roles if not any(at in ours for at in role.passages)]
    return Detected(
        roles=tuple(
            ForeignRole(role, passages[role.passages[0]], not role.is_good or any(at in risky for at in role.passages))
            for role in roles
            if role.kind is not Kind.RECITAL
        ),
        risks=tuple(ForeignRisk(risk, passages[risk.passage]) for risk in risks),
    )


LIKENESS: Final = ("très proche", "proche", "voisine")


def likeness(similarity: float) -> str:
    return LIKENESS[0 if similarity >= _VERY_CLOSE else 1 if similarity >= _CLOSE else 2]


def as_clause(found: ForeignRole) -> BasketClause:
    """For the check: a clause without an id of ours, that covers what its kind and its words cover."""
    role, passage = found.role, found.passage
    name = f"{passage.piece_name}, paragraphe{NBSP}{passage.index + 1}"
    return BasketClause(
        id=name,
        version=1,
        title=role.heading[-1] if role.heading else passage.text[:80],
        kind=role.kind,
        pieces=(role.piece or Piece.CCTP,),
        families=(role.family,),
        requirement=name,
        text=role.text,
        environmental=role.environmental,
        social=role.social,
        gain="small" if role.has_measure else "none",
        duties=role.duties,
        levers=role.levers,
        has_evidence=role.has_proof,
        has_control=role.has_proof,
        has_penalty=role.has_penalty,
    )
