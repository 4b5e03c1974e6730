"""The simulation in plain French: what the criterion changes, from which weight, and what spoils it. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from app.law.phrases import NBSP, listing, number
from app.purchases.scoring import Criterion, Formula, Step, marks
from app.purchases.simulation import Flip, Simulation
from app.text.typography import french

LEAST_WEIGHT: Final = Decimal(10)
LABELS: Final[dict[Formula, str]] = {
    "proportional_more": "Proportionnelle, plus est mieux",
    "proportional_less": "Proportionnelle, moins est mieux",
    "steps": "Par paliers publiés",
}
"""The three formulas; a given mark is none."""
METHOD: Final = (
    "Chaque note est arrondie au centième, le demi-centième vers le haut.",
    "Les points sont la note ramenée au poids du critère, arrondis de même\u202f; le total les additionne.",
    "À total égal, les offres sont à égalité et partagent leur rang. Annoncez au règlement comment les départager.",
    "Sans le critère environnemental, les autres poids sont relevés en proportion pour faire 100\u00a0%.",
)


def explained(formula: Formula) -> str:
    return {
        "proportional_more": "Note = maximum × valeur de l’offre ÷ meilleure valeur. La plus haute\u00a0: le maximum.",
        "proportional_less": "Note = maximum × plus basse valeur ÷ valeur de l’offre. La plus basse\u00a0: le maximum.",
        "steps": "Note = celle du palier que l’offre atteint. Au-dessous du premier palier, la note est zéro.",
    }[formula]


_EXAMPLES: Final[dict[Formula, tuple[tuple[int, ...], str]]] = {
    "proportional_more": ((5, 10, 0), "années de garantie au-delà du minimum"),
    "proportional_less": ((100000, 110000, 125000), "euros hors taxes"),
    "steps": ((4, 18, 30), "points au-dessus du minimum"),
}
_STEPS: Final = tuple(Step(Decimal(a), Decimal(m)) for a, m in ((0, 0), (1, 3), (10, 6), (25, 10)))


def example(formula: Formula) -> str:
    """A worked example, computed by the rule itself."""
    values, unit = _EXAMPLES[formula]
    criterion = Criterion("", Decimal(100), formula, steps=_STEPS if formula == "steps" else ())
    given = [Decimal(value) for value in values]
    shown = zip("ABC", given, marks(criterion, given), strict=True)
    said = [f"{name} propose {number(value)}, note {number(mark)}" for name, value, mark in shown]
    scale = ""
    if formula == "steps":
        rungs = [f"à partir de {number(step.at_least)}, {number(step.mark)}" for step in _STEPS]
        scale = f" Barème : {' ; '.join(rungs)}."
    return french(f"Sur 10, en {unit} : {' ; '.join(said)}.{scale}")


def sentence(simulation: Simulation) -> str:
    """« À 10 %, le critère ne change pas le classement ; à partir de 17 %, l’offre B passe devant. »"""
    here = f"À {number(simulation.environmental_weight)}{NBSP}%, {_effect(simulation)}"
    return french(f"{here} ; {_beyond(simulation)}.")


def _effect(simulation: Simulation) -> str:
    if simulation.changes_winner:
        first = [offer.name for offer in simulation.offers if offer.rank == 1]
        before = [offer.name for offer in simulation.offers if offer.rank_without == 1]
        return f"le critère environnemental change la première place : {_leads(first)}, au lieu de {_named(before)}"
    if simulation.changes_ranking:
        return "le critère environnemental change le classement, mais pas la première place"
    return "le critère environnemental ne change pas le classement"


def _beyond(simulation: Simulation) -> str:
    weight = simulation.environmental_weight
    later = [flip for flip in simulation.flips if flip.weight > weight]
    if later:
        return f"à partir de {number(later[0].weight)}{NBSP}%, {_turns(later[0])}"
    if simulation.changes_winner:
        return f"il le fait à partir de {number(simulation.flips[-1].weight)}{NBSP}%"
    return f"aucun poids {'plus élevé ' if simulation.flips else ''}ne changerait la première place"


def _turns(flip: Flip) -> str:
    if len(flip.after) > 1:
        return f"{_named(flip.after)} sont à égalité"
    come = [name for name in flip.after if name not in flip.before]
    return f"{said(come[0])} passe devant" if come else f"{said(flip.after[0])} reste seule en tête"


def _leads(names: Sequence[str]) -> str:
    return f"{_named(names)} {'arrive en tête' if len(names) == 1 else 'sont à égalité en tête'}"


def _named(names: Sequence[str]) -> str:
    return listing([said(name) for name in names])


def said(name: str) -> str:
    """« l’offre B » from « Offre B »; any other name between quotes."""
    return f"l’offre{name[5:]}" if name.startswith("Offre ") else f"«{NBSP}{name}{NBSP}»"


def notes(criteria: Sequence[Criterion], simulation: Simulation) -> list[str]:
    """What makes a criterion weak: the buyer should see it before publishing."""
    return [french(note) for note in _notes(criteria, simulation)]


def _notes(criteria: Sequence[Criterion], simulation: Simulation) -> Iterator[str]:
    if simulation.environmental_weight < LEAST_WEIGHT:
        yield (
            f"Le critère environnemental pèse moins de 10{NBSP}% : "
            "d’ordinaire, il ne départage pas les offres à ce poids."
        )
    for place, (criterion, spread) in enumerate(zip(criteria, simulation.spreads, strict=True)):
        obtained = [offer.marks[place] for offer in simulation.offers]
        quoted = f"«{NBSP}{criterion.label}{NBSP}»"
        if spread.points == 0:
            yield f"Toutes les offres ont la même note pour {quoted} : ce critère ne départage personne."
        elif criterion.formula == "proportional_less" and obtained.count(Decimal(0)) == len(obtained) - 1:
            yield f"Une valeur nulle donne zéro à toutes les autres pour {quoted} : préférez un barème par paliers."
        elif spread.points * 5 < criterion.weight:
            yield (
                f"{quoted} pèse {number(criterion.weight)}{NBSP}% mais n’écarte les offres que de "
                f"{number(spread.points)} point{'s' if spread.points >= 2 else ''} : "  # noqa: PLR2004 (French plural)
                "les offres sont proches, ou la formule écrase les écarts."
            )
