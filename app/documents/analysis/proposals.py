"""Which clauses of the library put right what was found: a fragile passage, a duty without a clause. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.documents.analysis.schemas import ChoiceOut, ProposalOut, RoleOut
from app.law.purchase import Purchase
from app.law.rules import Report
from app.law.vocabulary import Status
from app.library.fit import candidates
from app.library.shelf import Shelf

_MOST: Final = 6
Near = Mapping[tuple[str, str], Sequence[str]]
"""Piece and section → the clauses of the library that its passages resemble."""


def near(roles: Iterable[RoleOut]) -> Near:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for role in roles:
        found[role.where.piece, role.where.section] += [one.clause_id for one in role.neighbours]
    return found


def choices(idents: Iterable[str], shelf: Shelf) -> list[ChoiceOut]:
    """Each once, those that may be offered, in the order given."""
    clauses = [clause for ident in dict.fromkeys(idents) if (clause := shelf.clause(ident))]
    offered = [clause for clause in clauses if clause.status is Status.ACTIVE]
    return [ChoiceOut(clause_id=clause.id, title=clause.record.title) for clause in offered[:_MOST]]


def proposals(report: Report, purchase: Purchase, shelf: Shelf) -> list[ProposalOut]:
    """For each duty that the file leaves open, what suits the purchase: the nearest and the softest first."""
    labels = {code: family.label for code, family in shelf.words.families.items()}
    suited = sorted(
        candidates(purchase, shelf.active, labels).values(), key=lambda one: (-one.nearness, one.record.level, one.id)
    )
    missing = dict.fromkeys(found.duty for found in report.findings if found.status == "missing" and found.duty)
    made = [
        ProposalOut(duty=duty, choices=choices((one.id for one in suited if duty in one.record.duties), shelf))
        for duty in missing
    ]
    return [one for one in made if one.choices]
