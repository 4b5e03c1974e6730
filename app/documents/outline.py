"""The articles that a piece will have: which clauses go where, which articles stay, and their numbers.

Done for every piece before any text is written, so that pieces can cite each other's articles.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.documents.content import ChosenClause, ClauseBlock
from app.documents.job import CompositionJob, nature_of
from app.documents.pieces import Written
from app.documents.skeleton import Gap, Skeleton, SkeletonArticle, Slot
from app.law.vocabulary import Kind, Piece

_OFFERED = frozenset({Kind.AWARD_CRITERION, Kind.VARIANT, Kind.SELECTION_CRITERION})
"""Kinds whose wording at the CCAP is about what the holder offered."""


_REQUIRED = frozenset({Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION})


@dataclass(slots=True)
class Node:
    """An article that stays, with its number and what stands under it."""

    article: SkeletonArticle
    number: str = ""
    level: int = 1
    children: "list[Node | ClauseBlock]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    piece: Written
    nodes: tuple[Node, ...]
    facts: frozenset[str]

    def numbers(self) -> dict[str, str]:
        """Key of an article, or of a clause, → its number."""
        return dict(_numbers(self.nodes))

    def clauses(self) -> Iterator[ClauseBlock]:
        yield from (entry for entry in walk(self.nodes) if isinstance(entry, ClauseBlock))


def walk(nodes: "Sequence[Node | ClauseBlock]") -> "Iterator[Node | ClauseBlock]":
    for node in nodes:
        yield node
        if isinstance(node, Node):
            yield from walk(node.children)


def _numbers(nodes: "Sequence[Node | ClauseBlock]") -> Iterator[tuple[str, str]]:
    for node in walk(nodes):
        yield (node.article.key if isinstance(node, Node) else node.key), node.number


def only_sanctions(clause: ChosenClause, wording: Piece) -> bool:
    """Whether this wording only sanctions what the clause requires in another piece."""
    record = clause.record
    elsewhere = any(piece in record.wordings for piece in (Piece.CCTP, Piece.ANNEXE))
    return (
        wording is Piece.CCAP
        and record.penalty is not None
        and elsewhere
        and record.kind is not Kind.PENALTY
        and "pénalité" in record.wordings[wording].casefold()
    )


def _fit(slot: Slot, clause: ChosenClause, wording: Piece, piece: Written) -> int:
    """How narrowly the slot suits the wording; -1 when it does not."""
    record = clause.record
    if str(wording) not in [str(each) for each in (slot.pieces or (piece,))]:
        return -1
    social = record.social and not record.environmental
    tests = (
        (slot.penalty is not None, slot.penalty == only_sanctions(clause, wording), 8),
        (bool(slot.kinds), record.kind in slot.kinds, 4),
        (bool(slot.levers), record.levers[0] in slot.levers, 2),
        (slot.social is not None, slot.social == social, 1),
    )
    if any(asked and not met for asked, met, _ in tests):
        return -1
    return sum(worth for asked, _, worth in tests if asked)


def _slots(articles: Sequence[SkeletonArticle | Gap]) -> Iterator[Gap]:
    for entry in articles:
        if isinstance(entry, Gap):
            yield entry
        else:
            yield from _slots(entry.articles)


_chosen: dict[tuple[int, str, int, str, Piece], tuple[Skeleton, int]] = {}
"""(skeleton, clause version, wording) → the place of its slot, -1 for none; the skeleton kept, so that its id stays."""
_CAPACITY = 16384


def _slot(skeleton: Skeleton, gaps: Sequence[Gap], clause: ChosenClause, wording: Piece) -> int:
    """The narrowest slot for a wording, the first of equals, from memory when this version was placed before."""
    key = (id(skeleton), clause.record.id, clause.version, clause.content_hash, wording)
    # An organisation's own wording has the id and version of its parent: it is placed anew each time.
    known = None if clause.overlay else _chosen.get(key)
    if known is None:
        fits = [(_fit(gap.slot, clause, wording, skeleton.piece), -place) for place, gap in enumerate(gaps)]
        best, place = max(fits, default=(-1, 0))
        if len(_chosen) >= _CAPACITY:
            _chosen.clear()
        known = (skeleton, -place if best >= 0 else -1)
        if not clause.overlay:
            _chosen[key] = known
    return known[1]


def _placed(skeleton: Skeleton, clauses: Sequence[ChosenClause]) -> dict[int, list[tuple[ChosenClause, Piece]]]:
    """Slot (by identity) → the wordings it takes, in the order of the basket."""
    gaps = list(_slots(skeleton.articles))
    found: dict[int, list[tuple[ChosenClause, Piece]]] = {id(gap): [] for gap in gaps}
    for clause in clauses:
        for wording in clause.record.wordings:
            place = _slot(skeleton, gaps, clause, wording)
            if place >= 0:
                found[id(gaps[place])].append((clause, wording))
    return found


def holds(conditions: Sequence[str], facts: frozenset[str]) -> bool:
    """Whether every condition holds: a fact, or « not » and a fact."""
    return all((name.removeprefix("not ") in facts) != name.startswith("not ") for name in conditions)


def facts_of(job: CompositionJob, piece: Written, placed: Sequence[tuple[ChosenClause, Piece]]) -> frozenset[str]:
    """What a skeleton's `when` may ask about."""
    records = [clause.record for clause in job.clauses]
    here = piece.value
    inside = [clause.record for clause, wording in placed if wording.value == here]
    duties, terms = job.references.duties, job.references.terms
    found = {
        "ccag": job.ccag is not None,
        f"ccag:{job.ccag}": job.ccag is not None,
        "cpv": bool(job.purchase.cpv),
        "lots": bool(job.lots),
        "clauses": bool(records),
        "engagements": any(r.kind in _OFFERED for r in inside),
        "conditions": any(r.kind is Kind.PERFORMANCE_CONDITION and r.environmental for r in records),
        "penalties": any(r.penalty or r.kind is Kind.PENALTY for r in records),
        "follow_up": any(r.control for r in records),
        "requirements": any(r.kind in _REQUIRED and r.environmental for r in records),
        "duties": any(code in duties for r in records for code in r.duties),
        "justifications": bool(job.justifications),
        "life_cycle_cost": job.life_cycle_cost is not None,
        "definitions": any(term in terms for r in inside for term in r.definitions),
    }
    return frozenset(
        {
            f"nature:{nature_of(job.purchase) or 'unknown'}",
            f"procedure:{job.purchase.procedure or 'unknown'}",
            *(f"has:{kind}" for kind in {record.kind for record in inside}),
            *(f"wording:{wording}" for wording in {piece for record in records for piece in record.wordings}),
            *(name for name, holds_here in found.items() if holds_here),
        }
    )


def outline(job: CompositionJob, piece: Written) -> Outline:
    skeleton = job.references.skeletons[piece]
    placed = _placed(skeleton, job.clauses)
    facts = facts_of(job, piece, [entry for slot in placed.values() for entry in slot])
    nodes = _kept(skeleton.articles, placed, facts, (), 1)
    return Outline(piece, tuple(node for node in nodes if isinstance(node, Node)), facts)


class Outlines:
    """The outlines and the numbers of every piece, each made when it is first asked for: pieces cite each other."""

    def __init__(self, job: CompositionJob) -> None:
        self._job = job
        self._known: dict[Written, tuple[Outline, Mapping[str, str]]] = {}

    def _of(self, piece: Written) -> tuple[Outline, Mapping[str, str]]:
        if piece not in self._known:
            made = outline(self._job, piece)
            self._known[piece] = (made, made.numbers())
        return self._known[piece]

    def outline(self, piece: Written) -> Outline:
        return self._of(piece)[0]

    def numbers(self, piece: Written) -> Mapping[str, str]:
        """Key of an article, or of a clause, → its number."""
        return self._of(piece)[1]


def _kept(
    entries: Sequence[SkeletonArticle | Gap],
    placed: Mapping[int, list[tuple[ChosenClause, Piece]]],
    facts: frozenset[str],
    above: tuple[int, ...],
    level: int,
) -> "list[Node | ClauseBlock]":
    """The entries that stay, numbered: an article with neither text nor clause goes."""
    kept: list[Node | ClauseBlock] = []
    for entry in entries:
        if isinstance(entry, Gap):
            for clause, wording in placed[id(entry)]:
                number = ".".join(map(str, (*above, len(kept) + 1)))
                kept.append(ClauseBlock(clause, wording, number, level))
        elif holds(entry.when, facts):
            here = (*above, len(kept) + 1)
            children = _kept(entry.articles, placed, facts, here, level + 1)
            if entry.body or children:
                kept.append(Node(entry, ".".join(map(str, here)), level, children))
    return kept
