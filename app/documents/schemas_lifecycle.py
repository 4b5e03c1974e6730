"""What the life-cycle-cost calculator reads and answers over HTTP."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from app.documents.lifecycle import Costs, Post
from app.documents.schemas import Filled, Rate, Typed, Years
from app.law.schemas import FromFacts, Strict
from app.law.schemas_reference import Figure

Money = Annotated[Decimal, Field(ge=0, le=1_000_000_000_000, allow_inf_nan=False, decimal_places=2)]
Signed = Annotated[Decimal, Field(ge=-1_000_000_000_000, le=1_000_000_000_000, allow_inf_nan=False, decimal_places=2)]


class OfferCostsIn(Strict):
    """Euros excluding VAT, for the whole quantity."""

    name: Annotated[Filled, Field(max_length=200)]
    acquisition: Money
    use: Money = Decimal(0)
    """Per year."""
    maintenance: Money = Decimal(0)
    """Per year."""
    end_of_life: Signed = Decimal(0)
    """Once per set; negative when it is sold."""
    externalities: Money = Decimal(0)
    """Per year, put in money."""
    lifetime_years: Years | None = None

    @property
    def as_costs(self) -> Costs:
        return Costs(**self.model_dump())


class LifeCycleCostIn(Strict):
    period_years: Years
    discount_rate: Rate
    """Percent per year, chosen by the buyer; 0: no discounting. There is no default."""
    externalities_method: Annotated[Typed, Field(max_length=2000)] = ""
    """How the externalities were put in money, and from which source."""
    offers: Annotated[list[OfferCostsIn], Field(min_length=1, max_length=5)]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if len({offer.name.casefold() for offer in self.offers}) < len(self.offers):
            raise ValueError("Deux offres portent le même nom.")
        if any(offer.externalities for offer in self.offers) and not self.externalities_method.strip():
            raise ValueError("Dites comment les externalités sont chiffrées : elles doivent pouvoir être vérifiées.")
        return self


class YearOut(FromFacts):
    year: int
    spent: Figure
    present: Figure


class OfferCostOut(FromFacts):
    name: str
    rank: int
    total: Figure
    per_year: Figure
    purchases: int
    posts: dict[Post, Figure]
    years: list[YearOut]


class LifeCycleCostOut(BaseModel):
    sentence: str
    offers: list[OfferCostOut]
    legal: list[str]
    """The articles, with « référence à vérifier » where nobody has read them again."""
    method: list[str]
