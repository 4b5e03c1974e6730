"""Basket items as clauses ready to print: the version asked for, each value within its bounds, all refusals at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.documents.content import ChosenClause, Lot
from app.documents.required import Added, held, told
from app.documents.rules import Refusal, Weight, relation_refusals, weight_refusals
from app.documents.schemas import BasketItemIn
from app.documents.tables import criteria_of, scored_lots, weight_of
from app.documents.values import BadValue, read
from app.law.vocabulary import Kind
from app.library.published import PublishedClause
from app.library.record import ClauseRecord, Variable
from app.library.values import shown
from app.text.typography import NBSP

_WEIGHT_NAME = "poids"
"""The variable by which a criterion's wording prints its own weight."""


@dataclass(frozen=True, slots=True)
class Selection:
    clauses: tuple[ChosenClause, ...]
    refusals: tuple[Refusal, ...]
    added: tuple[Added, ...] = ()
    """Clauses that the basket lacked, already among `clauses`."""


def select(
    given: Sequence[BasketItemIn],
    published_at: Mapping[int, PublishedClause],
    lots: Sequence[Lot] = (),
    added: Sequence[Added] = (),
) -> Selection:
    """The clauses of a basket; `published_at` gives the published clause of each item that has one."""
    items = [*given, *(entry.item for entry in added)]
    found = {**published_at, **{len(given) + place: entry.clause for place, entry in enumerate(added)}}
    known = frozenset(lot.number for lot in lots)
    refusals = [
        Refusal(f"/items/{index}/clause_id", _absent(item)) for index, item in enumerate(items) if index not in found
    ]
    refusals += _unknown_lots(items, known)
    clauses: list[ChosenClause] = []
    seen: Counter[str] = Counter()
    for index, published in found.items():
        seen[published.id] += 1
        clause, wrong = _chosen(index, items[index], published, seen[published.id])
        clauses.append(clause)
        refusals += wrong
    basket = [held(index, clause.record, clause.lots) for index, clause in zip(found, clauses, strict=True)]
    refusals += relation_refusals(basket, known)
    return Selection(tuple(clauses), tuple(told(refusals, len(given), added)), tuple(added))


def _absent(item: BasketItemIn) -> str:
    if item.overlay:
        return f"Votre organisation n’a pas adapté la clause {item.clause_id}, ou vous n’êtes pas connecté en son nom."
    return f"La clause {item.clause_id} n’existe pas dans cette version."


def _unknown_lots(items: Sequence[BasketItemIn], known: frozenset[str]) -> list[Refusal]:
    return [
        Refusal(f"/items/{index}/lots/{place}", f"Le lot « {number} » n’est pas dans la liste des lots.")
        for index, item in enumerate(items)
        for place, number in enumerate(item.lots)
        if number not in known
    ]


def criteria_refusals(
    clauses: tuple[ChosenClause, ...], entered: Sequence[Weight], lots: tuple[Lot, ...] = ()
) -> list[Refusal]:
    """Whether the weights of every lot add up to 100."""
    found: dict[str, Refusal] = {}
    for lot in scored_lots(clauses, lots):
        chosen = criteria_of(clauses, lot.number if lot else None)
        total = sum((weight_of(clause) for clause in chosen), Decimal(0))
        for refusal in weight_refusals(total, entered):
            detail = f"{lot.name}{NBSP}: {refusal.detail}" if lot else refusal.detail
            found[detail] = Refusal(refusal.pointer, detail)
    return list(found.values())


def _chosen(
    index: int, item: BasketItemIn, published: PublishedClause, occurrence: int
) -> tuple[ChosenClause, list[Refusal]]:
    record = published.record
    refusals = _unknown_names(index, item, record)
    weight, wrong = _weight(index, item, record)
    refusals += wrong
    printed: dict[str, str | None] = {}
    raw: dict[str, Any] = {}
    for name, variable in record.variables.items():
        given = _given(name, variable, item, record)
        printed[name] = None
        if name in item.blank:
            continue
        if given is None or given == "":
            if variable.required:
                refusals.append(Refusal(f"/items/{index}/values/{name}", _empty(record, variable)))
            continue
        try:
            value = read(variable, given)
        except BadValue as error:
            pointer = f"/items/{index}/weight" if given is item.weight else f"/items/{index}/values/{name}"
            refusals.append(Refusal(pointer, f"{record.id}, {variable.label}\u00a0: {error}"))
            continue
        printed[name], raw[name] = shown(variable, value), value
        if name == _WEIGHT_NAME and weight is None and isinstance(value, Decimal):
            weight = value
    clause = ChosenClause(
        record=record,
        version=published.version,
        content_hash=published.content_hash,
        shown=printed,
        raw=raw,
        lots=tuple(dict.fromkeys(item.lots)),
        weight=weight,
        reason=item.reason,
        occurrence=occurrence,
        overlay=published.overlay,
    )
    return clause, refusals


def _given(name: str, variable: Variable, item: BasketItemIn, record: ClauseRecord) -> Any:  # noqa: ANN401
    """What is to be printed: a criterion's weight wins over the variable that says the same."""
    if name == _WEIGHT_NAME and record.kind is Kind.AWARD_CRITERION and item.weight is not None:
        return item.weight
    return item.values.get(name, variable.default)


def _weight(index: int, item: BasketItemIn, record: ClauseRecord) -> tuple[Decimal | None, list[Refusal]]:
    if item.weight is None:
        return None, []
    if record.kind is not Kind.AWARD_CRITERION:
        detail = f"La clause {record.id} n’est pas un critère d’attribution : elle n’a pas de poids."
        return None, [Refusal(f"/items/{index}/weight", detail)]
    return item.weight, []


def _unknown_names(index: int, item: BasketItemIn, record: ClauseRecord) -> list[Refusal]:
    return [
        Refusal(f"/items/{index}/{field}/{place}", f"La clause {record.id} n’a pas de variable « {name} ».")
        for field, names in (("values", {name: name for name in item.values}), ("blank", dict(enumerate(item.blank))))
        for place, name in names.items()
        if name not in record.variables
    ]


def _empty(record: ClauseRecord, variable: Variable) -> str:
    return f"{record.id}, {variable.label}\u00a0: donnez une valeur, ou laissez en blanc."
