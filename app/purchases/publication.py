"""The publication codes of a basket, lot by lot: each code with the clauses that cause it. Pure.

DECP, eForms and OCDS only say that a clause exists; nothing says which one. A buyer may set the codes by hand, with a
reason: what the basket says stays beside it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.law.covering import ids, lots_of
from app.law.findings import BasketClause
from app.law.fold import folded
from app.law.phrases import NBSP
from app.law.rules_basket import DEMANDS
from app.law.vocabulary import KIND_LABELS, Kind
from app.purchases.publication_lists import FIELDS, NO_ENVIRONMENT, NO_SOCIAL, Field
from app.text.typography import NARROW

_GOALS: Final[tuple[Field, ...]] = ("BT-774", "BT-775")
LONGEST: Final = 6000
"""Characters of BT-777."""
SEMICOLON: Final = f"{NARROW}; "
_COUNTED: Final = frozenset({*DEMANDS, Kind.AWARD_CRITERION, Kind.RESERVATION})
"""What the DECP count; the other codes follow, so that they never disagree by themselves."""
_NOT_CIRCULAR: Final = frozenset({"approvisionnement-durable", "insertion-ess"})
_GOAL_WORDS: Final = {
    "clim-mitig": r"\bco2\b|gaz a effet de serre|\bbas carbone|empreinte carbone|faibles? emissions?",
    "clim-adapt": r"ilots? de chaleur|adaptation au changement climatique",
    "pollu-prev": r"\bpollu|substances? (?:dangereuses?|preoccupantes?)|toxicite|organiques volatils|endocrinien",
    "biodiv-eco": r"biodiversite|ecosysteme|produits? phyto",
    "water-mar": r"consommations? d.eau|economies? d.eau|milieux? aquatiques?|ressources? en eau",
}
_SOCIAL_WORDS: Final = {
    "opp": r"insertion|eloignee?s? de l.emploi|handicap",
    "acc-all": r"accessibilite|mobilite reduite",
    "work-cond": r"conditions? de travail",
    "gen-eq": r"egalite (?:professionnelle|entre les femmes)",
    "hum-right": r"travail force|travail des enfants|droits (?:humains|de l.homme)|devoir de vigilance",
}


@dataclass(frozen=True, slots=True)
class Coded:
    """A code that the basket gives, and why."""

    code: str
    reason: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """What the buyer publishes instead, and why."""

    field: Field
    codes: tuple[str, ...]
    reason: str
    lot: str | None = None


@dataclass(frozen=True, slots=True)
class FieldCodes:
    field: Field
    derived: tuple[Coded, ...]
    codes: tuple[str, ...]
    """What is published: the derived codes, or those of the buyer."""
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class LotCodes:
    lot: str | None
    fields: tuple[FieldCodes, ...]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    """BT-777: code of BT-06 → the sentence that names the clauses."""
    strategies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """OCDS: « BT-774/circ-econ » → how the goal is pursued."""

    def codes(self, name: Field) -> tuple[str, ...]:
        return next(entry.codes for entry in self.fields if entry.field == name)


def publication_codes(basket: Sequence[BasketClause], overrides: Iterable[Override] = ()) -> tuple[LotCodes, ...]:
    """One set of codes per lot; a clause without a lot counts in each."""
    by_place = {(override.lot, override.field): override for override in overrides}
    lots: Sequence[str | None] = lots_of(basket) or [None]
    return tuple(_of_lot(lot, [c for c in basket if c.lot is None or c.lot == lot], by_place) for lot in lots)


def _of_lot(
    lot: str | None, basket: Sequence[BasketClause], overrides: Mapping[tuple[str | None, Field], Override]
) -> LotCodes:
    counted = [c for c in basket if c.kind in _COUNTED]
    derived = _derived(counted)
    fields = []
    for name in FIELDS:
        override = overrides.get((lot, name))
        codes = override.codes if override else tuple(coded.code for coded in derived[name])
        fields.append(FieldCodes(name, derived[name], codes, override))
    strategic = next(entry.codes for entry in fields if entry.field == "BT-06")
    goals = {f"{name}/{coded.code}": coded.clauses for name in _GOALS for coded in derived[name]}
    return LotCodes(
        lot=lot,
        fields=tuple(fields),
        descriptions={code: text for code in strategic if (text := _description(code, counted))},
        strategies={code: _strategies(c for c in counted if c.id in causes) for code, causes in goals.items()},
    )


def _derived(basket: Sequence[BasketClause]) -> dict[Field, tuple[Coded, ...]]:
    green = [c for c in basket if c.environmental]
    social = [c for c in basket if c.social or c.kind is Kind.RESERVATION]
    return {
        "decp-environmental": _decp(green, "Clause environnementale", "Critère environnemental", NO_ENVIRONMENT),
        "decp-social": _decp(social, "Clause sociale", "Critère social", NO_SOCIAL, reserved="Marché réservé"),
        "BT-06": _strategic(green, social),
        "BT-774": _goals(green, _circular(green), _GOAL_WORDS),
        "BT-775": _goals(social, _inclusive(social), _SOCIAL_WORDS),
        "BT-776": (),
        "BT-805": _referential(green),
    }


def _decp(
    clauses: Sequence[BasketClause], clause: str, criterion: str, nothing: str, *, reserved: str = ""
) -> tuple[Coded, ...]:
    demands = [c for c in clauses if c.kind in DEMANDS]
    criteria = [c for c in clauses if c.kind is Kind.AWARD_CRITERION]
    kept = [c for c in clauses if reserved and c.kind is Kind.RESERVATION]
    found = [
        Coded(code, f"{why}{NBSP}: {_named(causes)}.", ids(causes))
        for code, why, causes in (
            (clause, "Exigé par le marché", demands),
            (criterion, "Noté à l’attribution", criteria),
            (reserved, "Participation réservée", kept),
        )
        if causes
    ]
    return tuple(found) or (Coded(nothing, "Aucune clause de la sélection ne le demande."),)


def _strategic(green: Sequence[BasketClause], social: Sequence[BasketClause]) -> tuple[Coded, ...]:
    found = []
    if green:
        found.append(Coded("env-imp", f"Clauses environnementales{NBSP}: {_named(green)}.", ids(green)))
    if social:
        found.append(Coded("soc-obj", f"Clauses sociales{NBSP}: {_named(social)}.", ids(social)))
    return tuple(found) or (Coded("none", "La sélection n’a ni clause environnementale, ni clause sociale."),)


def _circular(green: Sequence[BasketClause]) -> list[Coded]:
    causes = [c for c in green if set(c.levers) - _NOT_CIRCULAR]
    return (
        [Coded("circ-econ", f"Leviers d’économie circulaire{NBSP}: {_named(causes)}.", ids(causes))] if causes else []
    )


def _inclusive(social: Sequence[BasketClause]) -> list[Coded]:
    causes = [c for c in social if "insertion-ess" in c.levers or c.kind is Kind.RESERVATION]
    return (
        [Coded("opp", f"Insertion ou participation réservée{NBSP}: {_named(causes)}.", ids(causes))] if causes else []
    )


def _goals(clauses: Sequence[BasketClause], by_lever: list[Coded], words: Mapping[str, str]) -> tuple[Coded, ...]:
    """By lever first, then by what the wordings speak of; « other » when nothing is recognised."""
    found = list(by_lever)
    known = {coded.code for coded in found}
    for code, pattern in words.items():
        causes = [c for c in clauses if re.search(pattern, folded(f"{c.title} {c.text}"))]
        if causes and code not in known:
            found.append(Coded(code, f"Le texte en parle, à confirmer{NBSP}: {_named(causes)}.", ids(causes)))
    if clauses and not found:
        found.append(Coded("other", f"Aucun objectif reconnu dans{NBSP}: {_named(clauses)}.", ids(clauses)))
    return tuple(found)


def _referential(green: Sequence[BasketClause]) -> tuple[Coded, ...]:
    if not green:
        return ()
    served = [c for c in green if c.charter]
    if served:
        why = "La charte n’est un référentiel ni européen, ni national, à confirmer"
        return (Coded("other", f"{why}{NBSP}: {_named(served)}.", ids(served)),)
    return (Coded("none", "Les clauses ne viennent d’aucun référentiel d’achat écologique."),)


def _named(clauses: Sequence[BasketClause], most: int = 3) -> str:
    names = list(dict.fromkeys(f"«{NBSP}{clause.title}{NBSP}»" for clause in clauses))
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" et {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else "")


def _description(code: str, basket: Sequence[BasketClause]) -> str:
    """The sentence of BT-777, cut at a clause when it would be too long."""
    wanted = {
        "env-imp": [c for c in basket if c.environmental],
        "soc-obj": [c for c in basket if c.social or c.kind is Kind.RESERVATION],
    }.get(code, [])
    if not wanted:
        return ""
    opening = f"Clauses environnementales{NBSP}: " if code == "env-imp" else f"Clauses sociales{NBSP}: "
    said: list[str] = []
    for clause in wanted:
        said.append(f"{clause.title} ({KIND_LABELS[clause.kind].lower()})")
        if len(opening) + len(SEMICOLON.join(said)) > LONGEST - 1:
            said.pop()
            break
    return f"{opening}{SEMICOLON.join(said)}."


_STRATEGIES: Final = (
    ("technicalSpecifications", Kind.TECHNICAL_SPECIFICATION),
    ("contractPerformanceConditions", Kind.PERFORMANCE_CONDITION),
    ("awardCriteria", Kind.AWARD_CRITERION),
    ("reservedParticipation", Kind.RESERVATION),
)


def _strategies(clauses: Iterable[BasketClause]) -> tuple[str, ...]:
    kinds = {clause.kind for clause in clauses}
    return tuple(name for name, kind in _STRATEGIES if kind in kinds)
