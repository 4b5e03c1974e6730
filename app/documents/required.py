"""The clauses that a basket needs and lacks: pulled in with their defaults, and told. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.rules import Held, Refusal, lacking
from app.documents.schemas import BasketItemIn
from app.law.vocabulary import Status
from app.library.published import PublishedClause
from app.library.record import ClauseRecord

_MOST: Final = 100
"""Clauses pulled in at most: far above what the relations of the library ask for."""


@dataclass(frozen=True, slots=True)
class Added:
    """A clause that the basket did not hold."""

    item: BasketItemIn
    clause: PublishedClause
    origin: int
    """Place in the basket of the clause that needs it, however far down the chain."""
    because: str
    """Id of the clause that requires it."""


def held(index: int, record: ClauseRecord, lots: Sequence[str]) -> Held:
    relations = record.relations
    return Held(
        index=index,
        id=record.id,
        title=record.title,
        kind=record.kind,
        requirement=record.requirement,
        lots=frozenset(lots),
        requires=tuple(relations.requires),
        excludes=tuple(relations.excludes),
        replaces=tuple(relations.replaces),
    )


def pulled_in(
    items: Sequence[BasketItemIn],
    found: Mapping[int, PublishedClause],
    known: Callable[[str], PublishedClause | None],
    lots: frozenset[str],
) -> list[Added]:
    """What the relations of the basket ask for, with what those clauses ask for in turn."""
    basket = [held(index, published.record, items[index].lots) for index, published in found.items()]
    added: list[Added] = []
    waiting = list(basket)
    while waiting and len(added) < _MOST:
        clause = waiting.pop(0)
        for needed in clause.requires:
            where = lacking(clause, needed, basket, lots)
            published = known(needed) if where is not None else None
            if where is None or published is None or published.status is Status.WITHDRAWN:
                continue
            item = BasketItemIn(clause_id=needed, lots=sorted(where), values={}, blank=[])
            added.append(Added(item, published, clause.index, clause.id))
            basket.append(held(clause.index, published.record, item.lots))
            waiting.append(basket[-1])
    return added


def told(refusals: Sequence[Refusal], size: int, added: Sequence[Added]) -> list[Refusal]:
    """What is wrong with a clause that was pulled in, said at the clause that needs it."""
    moved = []
    for refusal in refusals:
        _, head, place, *_ = [*refusal.pointer.split("/"), "", ""]
        pulled = head == "items" and place.isdigit() and int(place) >= size
        pointer = f"/items/{added[int(place) - size].origin}" if pulled else refusal.pointer
        moved.append(Refusal(pointer, refusal.detail))
    return moved
