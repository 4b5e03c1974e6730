"""The figures of a reason: AGEC rates of the year, fleet rates of the buyer. A null is said, never filled."""

from datetime import date
from typing import Final

from app.law.conditions import Case, agec_categories
from app.law.facts import AgecCategory, Duty, FleetRate, Rate
from app.law.phrases import NBSP, listing, number
from app.law.vocabulary import Confidence

TIERS: Final = (2024, 2027, 2030)


def tier(when: date) -> int:
    """The tier that holds on a day: each one lasts until the next (droit.md, section 1.6)."""
    return max((year for year in TIERS if year <= when.year), default=TIERS[0])


def detail(duty: Duty, case: Case) -> str:
    if duty.detail == "agec":
        return "".join(f" {agec_sentence(category, case)}" for category in agec_categories(case))
    if duty.detail == "fleet":
        return f" {fleet_sentence(case)}" if case.purchase.buyer.kind else ""
    return ""


def _rate(name: str, rate: Rate) -> str | None:
    if rate.not_applicable:
        return f"{name}{NBSP}: sans objet"
    if rate.value is None:
        return None
    doubt = "" if rate.confidence is Confidence.VERIFIED else " (à vérifier)"
    return f"{name}{NBSP}: {number(rate.value)}{NBSP}%{doubt}"


def agec_sentence(category: AgecCategory, case: Case) -> str:
    """« Catégorie 9 « Mobilier… », palier 2024 : réemploi : 20 % ; recyclé : 15 %. »"""
    year = tier(case.purchase.launch_date)
    pairs = (("réemploi", category.reuse[year]), ("matières recyclées", category.recycled[year]))
    known = [said for name, rate in pairs if (said := _rate(name, rate)) is not None]
    label = category.label.replace("'", "’")
    name = f"Catégorie indicative {category.number} «{NBSP}{label}{NBSP}», palier {year}"
    missing = case.law.targets.agec_missing
    if not known:
        return f"{name} : {missing}."
    rest = "" if len(known) == len(pairs) else f" ; {missing}"
    return f"{name} — {' ; '.join(known)}{rest}."


def fleet_rates(case: Case, when: date) -> list[FleetRate]:
    kind = case.purchase.buyer.kind
    return [
        rate
        for rate in case.law.targets.fleet
        if kind in rate.buyers
        and (rate.in_force_from is None or rate.in_force_from <= when)
        and (rate.in_force_to is None or when <= rate.in_force_to)
    ]


def fleet_sentence(case: Case) -> str:
    """The least shares of the renewal of the year, by buyer; two rates for one category are both said."""
    names = {"low": "faibles émissions", "very_low": "très faibles émissions"}
    said = []
    for category, name in names.items():
        values = sorted({r.value for r in fleet_rates(case, case.purchase.launch_date) if r.category == category})
        if values:
            said.append(f"{listing([f'{number(v)}{NBSP}%' for v in values], 'ou')} de véhicules à {name}")
    year = case.purchase.launch_date.year
    if not said:
        return f"Part minimale de {year} : à lire dans l’article L.{NBSP}224-8 du code de l’environnement."
    return f"Part minimale du renouvellement annuel en {year} : {listing(said)}."
