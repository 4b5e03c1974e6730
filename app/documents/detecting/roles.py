"""Demands grouped into roles: what a reader would call one clause."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.documents.detecting.demand import Demand
from app.documents.detecting.levers import SOCIAL
from app.documents.detecting.library import Library
from app.documents.detecting.results import Certainty, Neighbour, Role
from app.law.vocabulary import Kind

_CLOSE, _NEAR = 0.22, 0.12
_GENERAL_DUTIES: Final = {
    Kind.PERFORMANCE_CONDITION: "env-performance-condition",
    Kind.AWARD_CRITERION: "env-award-criterion",
    Kind.TECHNICAL_SPECIFICATION: "sustainable-specifications",
}
_SOCIAL_DUTY: Final = "social-performance-condition"


def roles_of(demands: Sequence[Demand], library: Library, family: str) -> list[Role]:
    return [_role(group, library, family) for group in _groups(demands)]


def _groups(demands: Sequence[Demand]) -> Iterator[list[Demand]]:
    """Consecutive demands of one article, of one kind, with a lever in common."""
    group: list[Demand] = []
    for demand in demands:
        if group and not _together(group[-1], demand):
            yield group
            group = []
        group.append(demand)
    if group:
        yield group


def _together(one: Demand, two: Demand) -> bool:
    return (
        one.section is two.section
        and one.kind is two.kind
        and two.lines[0].at - one.lines[-1].at <= 1
        and bool(set(one.levers) & set(two.levers))
    )


def _role(group: Sequence[Demand], library: Library, family: str) -> Role:
    lines = [line for demand in group for line in demand.lines]
    text = "\n".join(line.text for line in lines)
    levers = tuple(dict.fromkeys(lever for demand in group for lever in demand.levers))
    kind, section = group[0].kind, group[0].section
    near = library.neighbours(text, kind=kind, levers=levers, family=family)
    environmental, social = any(d.environmental for d in group), bool(set(levers) & SOCIAL)
    imposing = [demand for demand in group if demand.imposes]
    return Role(
        passages=tuple(line.at for line in lines),
        heading=section.heading,
        piece=section.piece,
        kind=kind,
        levers=levers,
        family=family,
        certainty=_certainty(levers, near, vague=any(demand.vague for demand in group)),
        neighbours=near,
        duties=_duties(kind, levers, near, library, environmental=environmental, social=social),
        environmental=environmental,
        social=social,
        has_measure=all(d.has_measure and not d.vague for d in imposing),
        has_proof=all(d.has_proof and not d.vague for d in imposing),
        has_penalty=all(d.sanctioned for d in imposing if d.kind is Kind.PERFORMANCE_CONDITION),
        text=text,
    )


def _certainty(levers: Sequence[str], near: Sequence[Neighbour], *, vague: bool) -> Certainty:
    """Words of ours and a clause of ours that says the same: two witnesses."""
    best = near[0].similarity if near else 0.0
    if levers and best >= _CLOSE and not vague:
        return "très probable"
    return "probable" if levers and best >= _NEAR else "à vérifier"


def _duties(  # noqa: PLR0913 (what a duty depends on)
    kind: Kind,
    levers: Sequence[str],
    near: Sequence[Neighbour],
    library: Library,
    *,
    environmental: bool,
    social: bool,
) -> tuple[str, ...]:
    """The general duty of the kind, and the duties of close clauses of the same kind and lever."""
    if kind is Kind.RECITAL:
        return ()
    found: list[str] = []
    if environmental and kind in _GENERAL_DUTIES:
        found.append(_GENERAL_DUTIES[kind])
    if social and kind in {Kind.PERFORMANCE_CONDITION, Kind.RESERVATION}:
        found.append(_SOCIAL_DUTY)
    by_id = {clause.id: clause for clause in library.clauses}
    for neighbour in near:
        clause = by_id[neighbour.clause]
        if clause.kind is kind and set(levers) & set(clause.levers) and neighbour.similarity >= _NEAR:
            found += [d for d in clause.duties if d not in {*_GENERAL_DUTIES.values(), _SOCIAL_DUTY}]
    return tuple(dict.fromkeys(found))
