"""What the paper for elected officials is made from: a basket, and what the buyer computed."""

from typing import Annotated

from pydantic import Field

from app.documents.schemas import Items, Justifications, Line, Lots
from app.documents.schemas_lifecycle import LifeCycleCostIn
from app.law.schemas import PurchaseIn, Strict
from app.market.schemas import Department


class ArgumentIn(Strict):
    """The body of `POST /check`, and what a page for elected officials shows besides."""

    purchase: PurchaseIn
    items: Items
    lots: Lots
    justifications: Justifications
    buyer_name: Line = ""
    departments: Annotated[list[Department], Field(max_length=13, default_factory=list)]
    """Where the market is measured; empty: the whole of France."""
    life_cycle_cost: LifeCycleCostIn | None = None
    """What the buyer typed in the calculator; without it, the page says that no cost is computed."""
