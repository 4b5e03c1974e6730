"""A purchase as the buyer describes it; None everywhere means « not known yet », never « no »."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from app.law.vocabulary import BuyerKind, Nature

Procedure = Literal["none", "adapted", "formal"]


@dataclass(frozen=True, slots=True)
class Buyer:
    kind: BuyerKind | None = None
    population: int | None = None
    annual_purchases: Decimal | None = None
    """Euros excluding VAT per year."""
    fleet_size: int | None = None
    """Vehicles of 3.5 t or less (or buses and coaches, for a purchase of these)."""


@dataclass(frozen=True, slots=True)
class Purchase:
    object: str
    launch_date: date
    """When the consultation starts or the notice is sent: the date that decides which law applies (OB-10)."""
    cpv: tuple[str, ...] = ()
    """Codes of eight digits, without check digit."""
    nature: Nature | None = None
    estimated_value: Decimal | None = None
    """Euros excluding VAT, whole contract."""
    procedure: Procedure | None = None
    buyer: Buyer = field(default_factory=Buyer)
    floor_area: Decimal | None = None
    """Square metres."""
    duration_months: int | None = None
    defence: bool = False
    families: tuple[str, ...] = ()
    """Resolved from the CPV codes (`families.py`) or chosen by the user."""
