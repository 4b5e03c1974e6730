"""Purchase families from CPV codes: the longest branch of clauses/families.yaml that contains the code wins."""

from dataclasses import dataclass, replace

from app.law.facts import Family
from app.law.phrases import NBSP
from app.law.purchase import Purchase


@dataclass(frozen=True, slots=True)
class ResolvedFamily:
    code: str
    label: str
    reason: str


def family_of(cpv: str, families: tuple[Family, ...]) -> Family | None:
    """The family of a code of eight digits; None when no branch contains it."""
    branches = [(len(prefix), family) for family in families for prefix in family.cpv if cpv.startswith(prefix)]
    return max(branches, key=lambda branch: branch[0])[1] if branches else None


def resolve(purchase: Purchase, families: tuple[Family, ...]) -> list[ResolvedFamily]:
    """What the user chose, else what the codes say, in the order of the codes."""
    by_code = {family.code: family for family in families}
    if purchase.families:
        return [ResolvedFamily(c, by_code[c].label, "Famille que vous avez choisie.") for c in purchase.families]
    found: dict[str, ResolvedFamily] = {}
    for cpv in purchase.cpv:
        family = family_of(cpv, families)
        if family is not None and family.code not in found:
            reason = f"Le code CPV{NBSP}{cpv} relève de cette famille."
            found[family.code] = ResolvedFamily(family.code, family.label, reason)
    return list(found.values())


def with_families(purchase: Purchase, families: tuple[Family, ...]) -> Purchase:
    """The purchase with its families filled in from the codes when the user chose none."""
    return replace(purchase, families=tuple(family.code for family in resolve(purchase, families)))
