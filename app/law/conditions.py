"""Conditions of duties, judged with three values (Kleene): True, False, None for « not known yet ».

A fact that the buyer has not given is unknown, so a duty « depends » rather than silently applying or not.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.law.facts import AgecCategory, Condition, Law, Threshold
from app.law.fold import folded
from app.law.purchase import Purchase
from app.law.vocabulary import BuyerKind, Nature

Verdict = bool | None
Assumptions = Mapping[Condition, bool]
NOTHING: Final[Assumptions] = {}


@dataclass(frozen=True, slots=True)
class Case:
    """A purchase before the law."""

    purchase: Purchase
    law: Law


def conjunction(values: Iterable[Verdict]) -> Verdict:
    seen = list(values)
    if False in seen:
        return False
    return None if None in seen else True


def disjunction(values: Iterable[Verdict]) -> Verdict:
    seen = list(values)
    if True in seen:
        return True
    return None if None in seen else False


def negation(value: Verdict) -> Verdict:
    return None if value is None else not value


def judge(condition: Condition, case: Case, assumed: Assumptions = NOTHING) -> Verdict:
    """The verdict on a tree; `assumed` forces leaves, to explore what unknown facts would change."""
    if condition in assumed:
        return assumed[condition]
    if condition.all:
        return conjunction(judge(child, case, assumed) for child in condition.all)
    if condition.any:
        return disjunction(judge(child, case, assumed) for child in condition.any)
    if condition.not_ is not None:
        return negation(judge(condition.not_, case, assumed))
    return _leaf(condition, case)


def is_always(condition: Condition) -> bool:
    return condition == Condition()


def pivot(condition: Condition, case: Case, assumed: Assumptions) -> Condition:
    """The first unknown leaf that keeps an unknown tree unknown."""
    for child in (*condition.all, *condition.any, *((condition.not_,) if condition.not_ else ())):
        if judge(child, case, assumed) is None:
            return pivot(child, case, assumed)
    return condition


def _leaf(leaf: Condition, case: Case) -> Verdict:
    if leaf.fact is None:
        return None if leaf.ask else True
    return _JUDGES[leaf.fact](leaf, case)


def _value_in(read: Callable[[Purchase], str | None]) -> Callable[[Condition, Case], Verdict]:
    def verdict(leaf: Condition, case: Case) -> Verdict:
        value = read(case.purchase)
        return None if value is None else value in leaf.in_

    return verdict


def _number(read: Callable[[Purchase], Decimal | int | None]) -> Callable[[Condition, Case], Verdict]:
    def verdict(leaf: Condition, case: Case) -> Verdict:
        value = read(case.purchase)
        return None if value is None else _compare(leaf, Decimal(value), case)

    return verdict


def _compare(leaf: Condition, value: Decimal, case: Case) -> Verdict:
    if leaf.more_than is not None:
        return value > leaf.more_than
    if leaf.less_than is not None:
        return value < leaf.less_than
    if isinstance(leaf.at_least, Decimal):
        return value >= leaf.at_least
    return _reaches(value, possible_thresholds(str(leaf.at_least), case))


def _reaches(value: Decimal, thresholds: set[Decimal | None]) -> Verdict:
    """Unknown as soon as two possible thresholds disagree, or when one of them is not known for that date."""
    verdicts = {None if threshold is None else value >= threshold for threshold in thresholds}
    return verdicts.pop() if len(verdicts) == 1 else None


def possible_thresholds(name: str, case: Case) -> set[Decimal | None]:
    """Every amount that the named threshold may have, given what is known of the buyer, the nature and the date."""
    purchase = case.purchase
    kinds = [purchase.buyer.kind] if purchase.buyer.kind else list(BuyerKind)
    natures = [purchase.nature] if purchase.nature else list(Nature)
    found: set[Decimal | None] = set()
    for kind in kinds:
        for nature in natures:
            found |= {t.value for t in case.law.targets.thresholds if _holds(t, name, kind, nature, purchase)} or {None}
    return found


def _holds(threshold: Threshold, name: str, kind: BuyerKind, nature: Nature, purchase: Purchase) -> bool:
    return (
        threshold.name == name
        and nature in threshold.natures
        and (not threshold.buyers or kind in threshold.buyers)
        and (threshold.defence is None or threshold.defence == purchase.defence)
        and threshold.in_force_from <= purchase.launch_date
        and (threshold.in_force_to is None or purchase.launch_date <= threshold.in_force_to)
    )


def _competition(leaf: Condition, case: Case) -> Verdict:
    """Is there a competition, hence criteria? Below the threshold of R. 2122-8 the buyer may still want one."""
    purchase = case.purchase
    if purchase.procedure is not None:
        return (purchase.procedure != "none") == leaf.is_
    if purchase.estimated_value is None:
        return None
    reached = _reaches(purchase.estimated_value, possible_thresholds("dispense", case))
    return leaf.is_ if reached else None


def _families(leaf: Condition, case: Case) -> Verdict:
    purchase = case.purchase
    if not purchase.families and not purchase.cpv:
        return None
    return bool(set(leaf.in_) & set(purchase.families))


def in_branch(code: str, prefixes: Iterable[str], excluded: Iterable[str] = ()) -> Verdict:
    """Is a CPV code inside one of the branches? None for a code so general that it contains the branch."""
    if any(code.startswith(prefix) for prefix in excluded):
        return False
    significant = code.rstrip("0").ljust(2, "0")
    wanted = list(prefixes)
    if any(code.startswith(prefix) for prefix in wanted):
        return True
    return None if any(prefix.startswith(significant) for prefix in wanted) else False


def overlaps(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _without_code(prefixes: Iterable[str], case: Case) -> Verdict:
    """No code given: a family chosen by hand whose branches meet none of the prefixes rules them out."""
    chosen = [f for f in case.law.families if f.code in case.purchase.families]
    if not chosen:
        return None
    wanted = list(prefixes)
    meets = any(overlaps(branch, prefix) for family in chosen for branch in family.cpv for prefix in wanted)
    return None if meets else False


def _cpv(leaf: Condition, case: Case) -> Verdict:
    if not case.purchase.cpv:
        return _without_code(leaf.starts_with, case)
    return disjunction(in_branch(code, leaf.starts_with, leaf.except_) for code in case.purchase.cpv)


def agec_categories(case: Case) -> list[AgecCategory]:
    """The categories of decree 2024-134 that the CPV codes point to (our own, indicative table)."""
    return [
        category
        for category in case.law.targets.agec
        if any(in_branch(code, category.cpv, category.cpv_except) for code in case.purchase.cpv)
    ]


def _agec(leaf: Condition, case: Case) -> Verdict:
    if case.purchase.cpv:
        verdict = disjunction(
            in_branch(code, category.cpv, category.cpv_except)
            for code in case.purchase.cpv
            for category in case.law.targets.agec
        )
    else:
        verdict = _without_code((prefix for category in case.law.targets.agec for prefix in category.cpv), case)
    return verdict if leaf.is_ else negation(verdict)


def _mentions(leaf: Condition, case: Case) -> Verdict:
    """Silence proves nothing: an object that does not say « démolition » may hide one."""
    said = folded(case.purchase.object)
    return True if any(folded(word) in said for word in leaf.mentions) else None


_JUDGES: Final[Mapping[str, Callable[[Condition, Case], Verdict]]] = {
    "agec": _agec,
    "buyer.annual_purchases": _number(lambda p: p.buyer.annual_purchases),
    "buyer.fleet_size": _number(lambda p: p.buyer.fleet_size),
    "buyer.kind": _value_in(lambda p: p.buyer.kind),
    "buyer.population": _number(lambda p: p.buyer.population),
    "competition": _competition,
    "cpv": _cpv,
    "defence": lambda leaf, case: case.purchase.defence == leaf.is_,
    "duration_months": _number(lambda p: p.duration_months),
    "estimated_value": _number(lambda p: p.estimated_value),
    "families": _families,
    "floor_area": _number(lambda p: p.floor_area),
    "nature": _value_in(lambda p: p.nature),
    "object": _mentions,
    "procedure": _value_in(lambda p: p.procedure),
}
