"""What the award simulator reads and answers over HTTP. Names of offers and criteria are free text of the buyer."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from app.documents.schemas import Filled, Percent
from app.law.schemas import FromFacts, Strict
from app.law.schemas_reference import Figure
from app.purchases.scoring import Criterion, Formula, Step
from app.purchases.simulation import WHOLE, Offer

Label = Annotated[Filled, Field(max_length=200)]
Amount = Annotated[Decimal, Field(ge=0, le=1_000_000_000_000, allow_inf_nan=False, decimal_places=4)]
Scale = Annotated[Decimal, Field(gt=0, le=1000, allow_inf_nan=False, decimal_places=2)]
Mark = Annotated[Decimal, Field(ge=0, le=1000, allow_inf_nan=False, decimal_places=2)]


class StepIn(Strict):
    at_least: Amount
    """The value from which the mark is given."""
    mark: Mark


class AwardCriterionIn(Strict):
    label: Label
    weight: Percent
    formula: Formula
    environmental: bool = False
    scale_max: Scale = Decimal(10)
    steps: Annotated[list[StepIn], Field(max_length=20, default_factory=list)]

    @model_validator(mode="after")
    def _steps_make_a_scale(self) -> Self:
        if self.formula != "steps":
            return self
        if len(self.steps) < 2:  # noqa: PLR2004
            raise ValueError("Un barème par paliers a au moins deux paliers.")
        values = [step.at_least for step in self.steps]
        if any(later <= before for before, later in pairwise(values)):
            raise ValueError("Les seuils des paliers vont en croissant.")
        heights = [step.mark for step in self.steps]
        if heights not in (sorted(heights), sorted(heights, reverse=True)):
            raise ValueError("Les notes des paliers montent toutes, ou descendent toutes.")
        if heights[0] > heights[-1] and values[0] > 0:
            raise ValueError("Quand moins est mieux, le premier palier commence à zéro.")
        if max(heights) > self.scale_max:
            raise ValueError("Une note de palier dépasse la note maximale du critère.")
        return self

    @property
    def as_criterion(self) -> Criterion:
        steps = tuple(Step(step.at_least, step.mark) for step in self.steps)
        return Criterion(self.label, self.weight, self.formula, self.environmental, self.scale_max, steps)


class OfferIn(Strict):
    name: Label
    values: Annotated[list[Amount], Field(min_length=1, max_length=12)]
    """What the offer proposes for each criterion, in their order: a price, a number of years, a rate…"""


class SimulationIn(Strict):
    criteria: Annotated[list[AwardCriterionIn], Field(min_length=2, max_length=12)]
    offers: Annotated[list[OfferIn], Field(min_length=2, max_length=5)]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if len({criterion.environmental for criterion in self.criteria}) == 1:
            raise ValueError("Il faut au moins un critère environnemental et un critère qui ne l’est pas.")
        total = sum((criterion.weight for criterion in self.criteria), Decimal(0))
        if total != WHOLE:
            shown = f"{total.normalize():f}".replace(".", ",")
            raise ValueError(f"Les poids des critères font {shown}\u00a0% au lieu de 100\u00a0%.")
        if len({offer.name.casefold() for offer in self.offers}) < len(self.offers):
            raise ValueError("Deux offres portent le même nom.")
        if any(len(offer.values) != len(self.criteria) for offer in self.offers):
            raise ValueError("Chaque offre donne une valeur par critère.")
        for place, criterion in enumerate(self.criteria):
            if criterion.formula == "given" and max(offer.values[place] for offer in self.offers) > criterion.scale_max:
                raise ValueError(f"Une note de «\u00a0{criterion.label}\u00a0» dépasse la note maximale.")
        return self

    def as_rules(self) -> tuple[list[Criterion], list[Offer]]:
        return (
            [criterion.as_criterion for criterion in self.criteria],
            [Offer(offer.name, tuple(offer.values)) for offer in self.offers],
        )


class RankedOfferOut(FromFacts):
    name: str
    rank: int
    rank_without: int
    """Its rank had the environmental criterion no weight."""
    total: Figure
    total_without: Figure
    marks: list[Figure]
    points: list[Figure]


class AtWeightOut(FromFacts):
    weight: Figure
    totals: list[Figure]
    leaders: list[int]


class FlipOut(FromFacts):
    weight: Figure
    before: list[str]
    after: list[str]


class SpreadOut(FromFacts):
    label: str
    weight: Figure
    points: Figure


class SimulationOut(BaseModel):
    sentence: str
    notes: list[str]
    offers: list[RankedOfferOut]
    environmental_weight: Figure
    changes_ranking: bool
    changes_winner: bool
    sensitivity: list[AtWeightOut]
    """What the offers would get at each whole percent, 0 to 100."""
    flips: list[FlipOut]
    spreads: list[SpreadOut]
    method: list[str]


class FormulaOut(BaseModel):
    code: Formula
    label: str
    explanation: str
    example: str
    direction: Literal["more", "less", "steps"]


class FormulaPage(BaseModel):
    items: list[FormulaOut]
    method: list[str]
